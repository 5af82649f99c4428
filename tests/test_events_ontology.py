"""The event ontology: what it must hold, and how words are looked up in it."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDF, RDFS, SKOS

from kg.errors import OntologyError
from kg.events import EventType, event_types
from kg.model import Role
from kg.ontology import lexicon, ontology_dir
from kg.vocab import EV, KG, SEM

PLOVER = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "SANCTION",
    "PROTEST",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
PREFIXES = """@prefix ev: <https://w3id.org/newskg/event#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology_dir() / "events.ttl")


def name(found: EventType | None) -> str | None:
    return found and found.name


def write(folder: Path, turtle: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def test_at_least_450_distinct_verbs_and_event_nouns() -> None:
    types = event_types()
    assert len(types.verbs.keys() | types.nouns.keys()) >= 450
    with_plover = {
        head for table in (types.verbs, types.nouns) for head, es in table.items() if any(t and t.plover for _, t in es)
    }
    assert len(with_plover) >= 450


def test_all_16_plover_types_have_their_triggers() -> None:
    types = event_types()
    count = Counter(t.plover for table in (types.verbs, types.nouns) for es in table.values() for _, t in es if t)
    assert sorted(set(count) - {None}) == sorted(PLOVER)
    assert all(count[each] >= 8 for each in PLOVER)
    tops = {t.plover: t for t in types.types.values() if t.plover and t.parents == (str(SEM.Event),)}
    assert {plover: t.name for plover, t in tops.items()} == {plover: plover.capitalize() for plover in PLOVER}


def test_every_class_is_labelled_and_defined_in_english(graph: Graph) -> None:
    for node in graph.subjects(RDF.type, KG.EventType):
        for text in (graph.value(node, RDFS.label), graph.value(node, SKOS.definition)):
            assert isinstance(text, Literal) and text.language == "en" and text.strip(), node


def test_nothing_but_event_classes_is_described(graph: Graph) -> None:
    assert set(graph.subjects()) == set(graph.subjects(RDF.type, KG.EventType))
    assert all(str(node).startswith(str(EV)) for node in graph.subjects())


def test_every_class_reaches_the_root_through_known_classes() -> None:
    types = event_types()
    for each in types.types.values():
        assert each.parents[-1] == str(SEM.Event)
        assert all(types.by_iri(parent) for parent in each.parents[:-1])


def test_triggers_are_lemmas_in_lower_case(graph: Graph) -> None:
    for each in (KG.trigger, KG.nounTrigger, KG.plainTrigger, KG.plainNounTrigger):
        for trigger in graph.objects(None, each):
            words = str(trigger).split()
            assert str(trigger) == " ".join(words)
            assert all(word == word.lower() for word in words if ":" not in word)


def test_the_kinds_that_triggers_ask_for_are_known(graph: Graph) -> None:
    """A misspelt kind would never match: slots and kinds are those of `kg.nlp.support`."""
    named = {each.name for each in event_types().types.values()}
    known = {"actor", "clause", "none", "person", "place", "plural", "thing"}
    slots = {"subject", "object", "poss", "number", "of", "to", "in", "by", "into", "for", "from", "on"}
    for each in (KG.trigger, KG.nounTrigger, KG.plainTrigger, KG.plainNounTrigger):
        for word in (word for trigger in graph.objects(None, each) for word in str(trigger).split() if ":" in word):
            slot, _, kind = word.partition(":")
            assert slot in slots, word
            assert kind in known | named or slot == "subject", word


@pytest.mark.parametrize(
    "lemma",
    [
        "say",
        "tell",
        "add",
        "note",
        "state",
        "announce",
        "report",
        "explain",
        "write",
        "confirm",
        "stress",
        "be",
        "have",
        "do",
        "make",
        "get",
        "go",
    ],
)
def test_neutral_verbs_evoke_nothing(lemma: str) -> None:
    assert event_types().verb(lemma) is None


@pytest.mark.parametrize(
    ("lemma", "words", "expected"),
    [
        ("deploy", "", "Deploy"),
        ("send", "troop to", "Deploy"),
        ("send", "blanket to", "HumanitarianAid"),
        ("send", "postcard", None),
        ("call", "on", "Ask"),
        ("call", "for", "Demand"),
        ("call", "off", "Cancel"),
        ("call", "off strike", "EndProtest"),
        ("call", "off talk", "BreakOffTalks"),
        ("call", "", None),
        ("cut", "tie with", "BreakRelations"),
        ("cut", "ribbon", None),
        ("strike", "target", "Assault"),
        ("strike", "deal with", "SignAgreement"),
        ("fire", "missile at", "Shell"),
        ("fire", "minister", "Dismiss"),
        ("fire", "at", "Shoot"),
        ("release", "hostage", "Release"),
        ("release", "report", "Publish"),
        ("take", "hostage", "Abduct"),
        ("take", "photograph", None),
        ("take", "to street", "Protest"),
        ("lay", "down arm", "Surrender"),
        ("lay", "egg", None),
        ("give", "in to", "Concede"),
        ("meet", "", "Meet"),
        ("meet", "target", "Fulfil"),
        ("deliver", "", "Supply"),
        ("deliver", "vaccine to", "HumanitarianAid"),
        ("share", "belief", None),
        ("share", "intelligence with", "ShareInformation"),
        ("threaten", "", "Threaten"),
        ("help", "", None),
        ("help", "refugee", "Aid"),
        ("leave", "", None),
        ("leave", "treaty", "BreakRelations"),
        ("give", "grant", "EconomicAid"),
        ("give", "smile", None),
        ("be", "willing", "BeWilling"),
        ("be", "tired", None),
        ("seize", "ship", "Seize"),
        ("seize", "power", "Overthrow"),
        ("stag", "rally", "Demonstrate"),
        ("defunde", "", "StopAid"),
        ("fire", "test", "Exercise"),
    ],
)
def test_verbs(lemma: str, words: str, expected: str | None) -> None:
    assert name(event_types().verb(lemma, words=set(words.split()))) == expected


@pytest.mark.parametrize(
    ("lemma", "words", "expected"),
    [
        ("strike", "subject:NaturalDisaster subject:thing subject:quake object:place", "NaturalDisaster"),
        ("strike", "subject:missile subject:thing object:thing", "Assault"),
        ("strike", "subject:actor object:thing", "Assault"),
        ("strike", "chord", None),
        ("demonstrate", "object:none", "Demonstrate"),
        ("demonstrate", "skill object:thing", None),
        ("demonstrate", "object:clause", None),
        ("hold", "rally subject:person subject:senator", None),
        ("hold", "rally subject:student subject:person", "Demonstrate"),
        ("postpone", "vote object:thing", "Postpone"),
        ("delay", "flight object:thing", "Postpone"),
        ("cancel", "flight object:thing", "Cancel"),
        ("hospitalize", "object:person", "Treat"),
        ("succeed", "object:person object:actor", "Replace"),
        ("succeed", "object:none", None),
        ("turn", "into in decade object:thing", None),
        ("turn", "in himself", "Surrender"),
        ("meet", "bar object:thing", "Fulfil"),
        ("meet", "fate object:thing", None),
        ("meet", "object:actor", "Meet"),
        ("support", "video subject:thing object:thing", None),
        ("support", "bill subject:actor object:thing", "Support"),
        ("provide", "contrast object:thing", None),
        ("provide", "tool subject:actor object:thing", "Supply"),
        ("transfer", "to object:none", None),
        ("appeal", "to subject:thing", None),
        ("appeal", "to subject:person", "Ask"),
        ("retaliate", "against", None),
        ("retaliate", "with tariff", "Sanction"),
        ("come", "to stop to:Stop", None),
        ("come", "to to:place", "Travel"),
        ("enter", "office object:thing", None),
        ("enter", "city object:place", "Travel"),
        ("fire", "object:person object:actor", "Dismiss"),
        ("fire", "at crowd", "Shoot"),
        ("fall", "from subject:person", None),
        ("fall", "from subject:thing", "Decrease"),
        ("decline", "subject:share subject:thing object:none", "Decrease"),
        ("decline", "subject:person object:none", "Refuse"),
        ("kill", "subject:NaturalDisaster object:person", "TakeLife"),
        ("kill", "subject:person object:person", "Kill"),
        ("import", "object:thing", "Import"),
        ("produce", "subject:actor object:thing", "Produce"),
        ("produce", "subject:thing evidence object:thing", None),
    ],
)
def test_the_kind_of_participant_decides(lemma: str, words: str, expected: str | None) -> None:
    assert name(event_types().verb(lemma, words=set(words.split()))) == expected


@pytest.mark.parametrize(
    ("lemma", "words", "expected"),
    [
        ("attack", "heart", None),
        ("attack", "", "Assault"),
        ("rally", "campaign", "RallySupport"),
        ("rally", "against", "Demonstrate"),
        ("rally", "in", None),
        ("support", "for video", None),
        ("support", "for", "Support"),
        ("damage", "number:plural", None),
        ("damage", "", "Damage"),
        ("release", "of film of:thing", "Publish"),
        ("release", "of of:person of:actor", "Release"),
        ("release", "of of:thing", None),
        ("import", "", "Import"),
        ("production", "", "Produce"),
        ("delivery", "", "Supply"),
        ("supply", "", None),
        ("deal", "big", None),
    ],
)
def test_nouns_in_one_sense_only(lemma: str, words: str, expected: str | None) -> None:
    assert name(event_types().noun(lemma, words=set(words.split()))) == expected


@pytest.mark.parametrize(
    ("lemma", "words", "expected"),
    [
        ("deployment", "", "Deploy"),
        ("talk", "", "Discuss"),
        ("talk", "peace", "Negotiate"),
        ("strike", "", "StopWork"),
        ("strike", "hunger", "HungerStrike"),
        ("strike", "air", "Assault"),
        ("strike", "on port", "Assault"),
        ("lifting", "of sanction", "EaseSanction"),
        ("fire", "cease", "Ceasefire"),
        ("out", "pull of troop", "Withdraw"),
        ("fire", "warm", None),
        ("table", "", None),
        ("government", "", None),
    ],
)
def test_nouns(lemma: str, words: str, expected: str | None) -> None:
    assert name(event_types().noun(lemma, words=set(words.split()))) == expected


@pytest.mark.parametrize("lemma", ["decision", "delivery", "invasion", "election", "test", "ceasefire"])
def test_event_nouns(lemma: str) -> None:
    assert event_types().is_event_noun(lemma)


@pytest.mark.parametrize("lemma", ["building", "government", "organisation", "statement", "table", "soldier", "out"])
def test_nouns_that_name_things(lemma: str) -> None:
    assert not event_types().is_event_noun(lemma)


def test_the_list_of_further_event_nouns_is_long_and_single_words() -> None:
    words = lexicon().words("eventNoun", "noun")
    assert len(words) >= 250
    assert all(word == word.lower().strip() and " " not in word for word in words)


def test_frames_are_inherited_and_the_nearer_wins() -> None:
    types = event_types()
    deploy, ask = types.verb("deploy"), types.verb("urge")
    assert deploy and ask
    assert deploy.frame["in"] is Role.DESTINATION
    assert deploy.frame["against"] is Role.RECIPIENT  # from ev:Mobilize
    assert ask.frame["object"] is Role.RECIPIENT
    assert ask.frame["to-inf"] is Role.TOPIC
    assert deploy.plover == "MOBILIZE" and deploy.parents == (str(EV.Mobilize), str(SEM.Event))


def test_a_noun_may_have_roles_of_its_own() -> None:
    attack = event_types().verb("attack")
    assert attack and "on" not in attack.frame and attack.noun_frame["on"] is Role.PATIENT
    meet = event_types().verb("meet")
    assert meet and meet.noun_frame["with"] is Role.PARTNER and "under" not in meet.frame


def test_the_words_of_a_trigger_are_told() -> None:
    words = {"talk", "with", "leader", "in"}
    assert event_types().verb_words("hold", words=words) == {"talk"}
    assert event_types().verb_words("meet", words={"with"}) == {"with"}
    assert event_types().verb_words("hold", words={"hand"}) == frozenset()


def test_own_ontology_adds_and_takes_over(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        """ev:Bunker a kg:EventType ; rdfs:subClassOf ev:Trade ; rdfs:label "bunker" ; kg:trigger "bunker", "ship" .
        ev:Pardon a kg:EventType ; kg:trigger "spare" .""",
    )
    types = event_types(own)
    bunker = types.verb("ship")
    assert bunker and bunker.name == "Bunker" and bunker.plover == "COOPERATE"
    assert bunker.frame["with"] is Role.PARTNER
    assert name(types.verb("spare")) == "Pardon"
    assert types.verb("pardon") is None  # its triggers are stated anew
    assert name(types.noun("amnesty")) == "Pardon"  # its nouns are not
    assert name(event_types().verb("ship")) == "Trade"


@pytest.mark.parametrize(
    ("turtle", "reason"),
    [
        ("ev:A a kg:EventType ; rdfs:subClassOf sem:Event .", "ev:A has no rdfs:label"),
        ('ev:A a kg:EventType ; rdfs:label "a" ; rdfs:subClassOf ev:Nowhere .', "undefined superclass ev:Nowhere"),
        ('ev:A a kg:EventType ; rdfs:label "a" ; kg:frame "to=goal" .', "'to=goal'"),
        ('ev:A a kg:EventType ; rdfs:label "a" ; kg:frame "agent" .', "'agent'"),
        ('ev:A a kg:EventType ; rdfs:label "a" ; kg:trigger " " .', "empty verb trigger"),
        (
            'ev:A a kg:EventType ; rdfs:label "a" ; kg:trigger "zap" .\n'
            'ev:B a kg:EventType ; rdfs:label "b" ; kg:trigger "zap" .',
            "verb trigger 'zap' of both ev:A and ev:B",
        ),
    ],
)
def test_a_wrong_file_is_named_with_the_reason(tmp_path: Path, turtle: str, reason: str) -> None:
    path = write(tmp_path, turtle)
    with pytest.raises(OntologyError) as caught:
        event_types(path)
    assert caught.value.path == str(path)
    assert reason in caught.value.reason


def test_a_circle_of_classes_does_not_hang(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """ev:A a kg:EventType ; rdfs:label "a" ; rdfs:subClassOf ev:B .
        ev:B a kg:EventType ; rdfs:label "b" ; rdfs:subClassOf ev:A .""",
    )
    found = event_types(path).by_iri(str(EV.A))
    assert found and found.parents == (str(EV.B), str(SEM.Event))


def test_the_page_is_up_to_date() -> None:
    root = Path(__file__).parent.parent
    page = root / "docs" / "event-types.md"
    generator = runpy.run_path(str(root / "benchmarks" / "event_types_doc.py"))
    assert page.read_text(encoding="utf-8") == generator["document"]()
