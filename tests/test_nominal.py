"""Events that a noun names: who takes part, what a verb lends it, and nouns that name none.

A row gives all participants by role: a role that is not named must not be filled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc

from kg.extractors import extract_all
from kg.extractors.nominal import extract_nominals
from kg.extractors.relation import extract_relations
from kg.model import Gap, Reason, Role, Statement
from kg.nlp.annotation import Annotation
from kg.nlp.model import parse
from kg.ontology import lexicon

if TYPE_CHECKING:
    from spacy.language import Language

VOCAB = spacy.blank("en").vocab
Read = Callable[[str], tuple[Statement, ...]]


def roles(statement: Statement) -> dict[str, list[str]]:
    """Return the wordings by role."""
    found: dict[str, list[str]] = {}
    for argument in statement.arguments:
        found.setdefault(argument.role.value, []).append(argument.mention.text)
    return found


def nominals(doc: Doc) -> list[Statement | Gap]:
    """Return what the nominal extractor yields."""
    return list(extract_nominals(Annotation(doc)))


# -- without a model


def arrest(preposition: str) -> Doc:
    """Return the parse of "Zimmer's arrest PREPOSITION Kovac shocked us"."""
    words = ["Zimmer", "'s", "arrest", preposition, "Kovac", "shocked", "us"]
    return Doc(
        VOCAB,
        words=words,
        heads=[2, 0, 5, 2, 3, 5, 5],
        deps=["poss", "case", "nsubj", "prep", "pobj", "ROOT", "dobj"],
        tags=["NNP", "POS", "NN", "IN", "NNP", "VBD", "PRP"],
        pos=["PROPN", "PART", "NOUN", "ADP", "PROPN", "VERB", "PRON"],
        lemmas=["Zimmer", "'s", "arrest", preposition, "Kovac", "shock", "we"],
        ents=["B-PERSON", "O", "O", "O", "B-PERSON", "O", "O"],
    )


@pytest.mark.parametrize(
    ("preposition", "expected"),
    [
        ("by", {"patient": ["Zimmer"], "agent": ["Kovac"]}),
        ("of", {"agent": ["Zimmer"], "patient": ["Kovac"]}),
    ],
)
def test_an_owner_acts_beside_an_object_and_is_acted_on_beside_a_doer(
    preposition: str, expected: dict[str, list[str]]
) -> None:
    [found] = nominals(arrest(preposition))
    assert isinstance(found, Statement)
    assert roles(found) == expected


def test_the_mention_of_an_owner_has_no_case() -> None:
    [found] = nominals(arrest("by"))
    assert isinstance(found, Statement)
    owner = found.arguments[0].mention
    assert (owner.text, owner.span.start, owner.span.end) == ("Zimmer", 0, 6)


def test_a_verb_that_is_no_support_lends_nothing() -> None:
    doc = Doc(
        VOCAB,
        words=["Minsk", "regretted", "riots"],
        heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "dobj"],
        tags=["NNP", "VBD", "NNS"],
        pos=["PROPN", "VERB", "NOUN"],
        lemmas=["Minsk", "regret", "riot"],
    )
    [found] = nominals(doc)
    assert isinstance(found, Gap) and found.reason is Reason.NO_PARTICIPANT


def test_no_noun_of_the_list_has_a_class() -> None:
    from kg.events import event_types  # noqa: PLC0415 - only here

    nouns = event_types().nouns
    assert not [w for w in lexicon().words("eventNoun", "noun") if any(not ws for ws, _ in nouns.get(w, ()))]


# -- with the model

OWN = [
    ("Norway's annexation of the island angered Denmark.", "annexation", {"agent": "Norway", "patient": "the island"}),
    (
        "The detention of two nurses by soldiers angered Peru.",
        "detention",
        {"patient": "two nurses", "agent": "soldiers"},
    ),
    ("Olaf Berg's dismissal surprised the town.", "dismissal", {"patient": "Olaf Berg"}),
    ("The board's dismissal of Olaf Berg was a surprise.", "dismissal", {"agent": "The board", "patient": "Olaf Berg"}),
    (
        "The sale of the railway to Spain by the state failed.",
        "sale",
        {"patient": "the railway to Spain", "recipient": "Spain", "agent": "the state"},
    ),
    ("EU sanctions on Myanmar continued.", "sanction", {"agent": "EU", "recipient": "Myanmar"}),
    ("A Danish air strike on rebel positions failed.", "strike", {"agent": "Danish", "patient": "rebel positions"}),
    ("NATO-Georgia talks stalled.", "talk", {"agent": ["NATO", "Georgia"]}),
    ("The accord between Chile and two island states was kept.", "accord", {"agent": ["Chile", "two island states"]}),
    ("Police killing of a student led to riots.", "killing", {"agent": "Police", "patient": "a student"}),
    ("Gas exports to Hungary fell.", "export", {"patient": "Gas", "destination": "Hungary"}),
    ("Student protests in Lima went on.", "protest", {"agent": "Student", "location": "Lima"}),
    ("The Iraq war changed everything.", "war", {"location": "Iraq"}),
    ("Criticism from the bishops grew.", "criticism", {"agent": "the bishops"}),
    (
        "The seizure of a trawler by Iceland raised tempers.",
        "seizure",
        {"patient": "a trawler by Iceland", "agent": "Iceland"},
    ),
    ("Berlin's worst fire in years destroyed a market.", "fire", {"location": "Berlin"}),
    ("An attack from rebels shook the port.", "attack", {"agent": "rebels"}),
    ("The Battle of Verdun was long.", "battle", {"patient": "Verdun"}),
]
LENT = [
    (
        "The bank is under investigation by Swiss prosecutors.",
        "investigation",
        {"agent": "Swiss prosecutors", "patient": "The bank"},
    ),
    ("The convoy came under attack from militants.", "attack", {"agent": "militants", "patient": "The convoy"}),
    ("The airline faces an inquiry by regulators.", "inquiry", {"agent": "regulators", "patient": "The airline"}),
    (
        "There were clashes between farmers and police in Quito.",
        "clash",
        {"agent": ["farmers", "police"], "location": "Quito"},
    ),
    ("The talks with the miners took place in Oslo.", "talk", {"partner": "the miners", "location": "Oslo"}),
    ("The envoy is on a visit to Hanoi.", "visit", {"destination": "Hanoi", "agent": "The envoy"}),
    ("Greece received a loan from the bank.", "loan", {"agent": "the bank", "recipient": "Greece"}),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "expected"), [*OWN, *LENT])
def test_participants(read: Read, text: str, trigger: str, expected: dict[str, str | list[str]]) -> None:
    [found] = [s for s in read(text) if s.rule == "nominal" and s.trigger == trigger]
    assert roles(found) == {k: [v] if isinstance(v, str) else v for k, v in expected.items()}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The firm announced the launch of a satellite.", "launch"),
        ("Lawyers for the suspect criticised the arrest.", "arrest"),
        ("The film shows the riots in Quito.", "riot"),
        ("The jury gave them a win over Chile.", "win"),
    ],
)
def test_only_supporting_verbs_lend_their_subject(read: Read, text: str, lemma: str) -> None:
    found = [s for s in read(text) if s.rule == "nominal" and s.trigger == lemma]
    assert not [a for s in found for a in s.arguments if a.role is Role.AGENT]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "An attack helicopter landed in Lima.",
        "The trade minister smiled.",
        "The building was old.",
        "New settlements in the valley have no water.",
        "The government painted the wall.",
        "Battle Creek is a town.",
    ],
)
def test_what_names_no_event(nlp: Language, text: str) -> None:
    assert nominals(parse(nlp, text)) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The minister held talks with miners in Oslo.", "talk"),
        ("Workers went on strike in Malta.", "strike"),
        ("Peru launched an attack on the fort.", "attack"),
        ("Sanctions were imposed on Fiji.", "sanction"),
    ],
)
def test_verb_and_noun_of_one_trigger_are_one_event(nlp: Language, text: str, lemma: str) -> None:
    statements, gaps = extract_all(Annotation(parse(nlp, text)))
    assert not [s for s in statements if s.rule == "nominal"]
    assert [(g.statement.trigger, g.reason) for g in gaps] == [(lemma, Reason.PART_OF_TRIGGER)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The Winter Olympics in Oslo were a success.", "olympics"),
        ("Hurricane Katrina hit Florida in August.", "hurricane"),
        ("Brazil hosted the World Cup.", "cup"),
    ],
)
def test_proper_names_of_events(nlp: Language, text: str, trigger: str) -> None:
    found = [each.statement if isinstance(each, Gap) else each for each in nominals(parse(nlp, text))]
    assert trigger in [each.trigger for each in found]


@pytest.mark.model
def test_a_noun_after_a_preposition_is_part_of_no_trigger_without_one(read: Read) -> None:
    [found] = [s for s in read("The summit ended without an agreement.") if s.rule.startswith("clause")]
    assert found.predicate.endswith("Event")


# -- relations


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Olaf Berg is a member of NATO.", ["memberOf"]),
        ("Estonia has been a member of NATO since 2004.", ["memberOf"]),
        ("Estonia became a member of NATO.", ["memberOf"]),
        ("Estonia was a member of NATO.", []),
        ("Olaf Berg had been the chairman of Nokia.", []),
        ("Olaf Berg was the son of Mary Berg.", ["parent"]),
        ("The mayor of Lyon, Olaf Berg, resigned.", ["affiliation", "jobTitle"]),
        ("Ministers met at NATO's headquarters in Brussels.", ["location"]),
        ("Ministers met at NATO's exercise in Brussels.", []),
    ],
)
def test_relations_that_hold(nlp: Language, text: str, expected: list[str]) -> None:
    assert sorted(s.trigger for s in extract_relations(Annotation(parse(nlp, text)))) == expected


# -- who takes part, where the noun or its class says otherwise


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Mexican imports rose in May.", "import", {("origin", "Mexican")}),
        ("Toyota sales fell.", "sale", {("patient", "Toyota")}),
        ("His appointments were criticised.", "appointment", {("agent", "His")}),
        ("Her appointment was criticised.", "appointment", {("patient", "Her")}),
        ("He spoke of the impact of the war.", "impact", {("cause", "the war")}),
        ("The destruction of the port shocked him.", "destruction", {("patient", "the port")}),
        ("There will be a protest of the award by Boeing.", "protest", {("topic", "the award by Boeing")}),
        (
            "The condemnation of the killing of a boy by police grew.",
            "killing",
            {("patient", "a boy"), ("agent", "police")},
        ),
    ],
)
def test_participants_by_noun(read: Read, text: str, trigger: str, expected: set[tuple[str, str]]) -> None:
    [found] = [s for s in read(text) if s.trigger == trigger]
    assert {(a.role.value, a.mention.text) for a in found.arguments} == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A strong quake struck the town.", "NaturalDisaster"),
        ("Rebels struck the base.", "Assault"),
        ("The device supports video.", "Event"),
        ("The party supports the bill.", "Support"),
        ("The firm fired Anna Berg.", "Dismiss"),
        ("The boy fell from a ladder.", "Event"),
        ("Profits fell in May.", "Decrease"),
        ("The car came to a stop.", "Event"),
        ("He came to Berlin.", "Travel"),
        ("Two tourists were killed in a crash.", "TakeLife"),
        ("Soldiers killed two men.", "Kill"),
    ],
)
def test_the_kind_of_participant_decides_the_class(read: Read, text: str, expected: str) -> None:
    [found] = [s for s in read(text) if s.rule.startswith("clause")]
    assert found.predicate.rsplit("#")[-1].rsplit("/")[-1] == expected
