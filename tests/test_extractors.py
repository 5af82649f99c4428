"""Sentences of every construction, and what is read from each; then near misses, and what every extractor owes.

A row names a trigger and all its arguments: a role that is not named must not be filled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kg.extractors import EXTRACTORS, extract_statements, extractors
from kg.model import Kind, Mention, Span, Statement

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet
    from spacy.language import Language

Read = Callable[[str], tuple[Statement, ...]]

pytestmark = pytest.mark.model


def words(mention: Mention) -> str:
    """Return the wording of a mention, or of what it stands for."""
    return (mention.antecedent or mention).text


def row(text: str, trigger: str, *, wrong: str = "", **expected: Any) -> ParameterSet:
    """Make a row: fillers by role, and modality, polarity, speaker and time where they are not the usual ones.

    ``wrong`` says why the sentence is not read rightly yet.
    """
    usual = {"modality": "Actual", "polarity": "Positive", "speaker": None, "time": None}
    roles = {k: [v] if isinstance(v, str) else v for k, v in expected.items() if k not in usual}
    said = usual | {k: v for k, v in expected.items() if k in usual}
    marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
    return pytest.param(text, trigger, roles, said, id=f"{trigger}: {text}", marks=marks)


def roles_of(statement: Statement) -> dict[str, list[str]]:
    """Return the wordings by role."""
    found: dict[str, list[str]] = {}
    for argument in statement.arguments:
        found.setdefault(argument.role.value, []).append(words(argument.mention))
    return found


def one(statements: tuple[Statement, ...], trigger: str) -> Statement:
    """Return the one event with a trigger."""
    [found] = [s for s in statements if s.trigger == trigger and s.kind is not Kind.RELATION]
    return found


VOICE = [
    row(
        "NATO will deploy battalions to Estonia, Latvia, Lithuania, Poland",
        "deploy",
        modality="Planned",
        agent="NATO",
        patient="battalions",
        destination=["Estonia", "Latvia", "Lithuania", "Poland"],
    ),
    row(
        "Canada sent two icebreakers to Greenland.",
        "send",
        agent="Canada",
        patient="two icebreakers",
        destination="Greenland",
    ),
    row(
        "Two icebreakers were sent to Greenland by Canada.",
        "send",
        agent="Canada",
        patient="Two icebreakers",
        destination="Greenland",
    ),
    row("Two icebreakers were sent to Greenland.", "send", patient="Two icebreakers", destination="Greenland"),
    row(
        "Norway gave Iceland three helicopters.",
        "give",
        agent="Norway",
        recipient="Iceland",
        patient="three helicopters",
    ),
    row("Norway lent Iceland $5 million.", "lend", agent="Norway", recipient="Iceland", patient="$5 million"),
    row("Norway lent $5 million to Iceland.", "lend", agent="Norway", recipient="Iceland", patient="$5 million"),
    row("Malta's port was bombed by rebels.", "bomb", agent="rebels", patient="Malta's port"),
    row("The bridge collapsed on Friday.", "collapse", patient="The bridge", time="2024-05-10"),
    row(
        "Norway gave three helicopters to Iceland.",
        "give",
        agent="Norway",
        recipient="Iceland",
        patient="three helicopters",
    ),
    row(
        "Rebels burned a village.",
        "burn",
        agent="Rebels",
        patient="a village",
    ),
    row(
        "Norway flew doctors to Nepal.",
        "fly",
        agent="Norway",
        patient="doctors",
        destination="Nepal",
    ),
]

PREPOSITIONS = [
    row("Poland bought tanks from South Korea.", "buy", agent="Poland", patient="tanks", origin="South Korea"),
    row(
        "The ship sailed from Oslo to Riga through Denmark.",
        "sail",
        agent="The ship",
        origin="Oslo",
        destination="Riga",
        location="Denmark",
    ),
    row("Peru met with Bolivia in Lima.", "meet", agent="Peru", partner="Bolivia", location="Lima"),
    row("Norway negotiated with Iceland about fish.", "negotiate", agent="Norway", partner="Iceland", topic="fish"),
    row(
        "The army attacked the rebels with drones.",
        "attack",
        agent="The army",
        patient="the rebels",
        instrument="drones",
    ),
    row("Norway expelled a diplomat for spying.", "expel", agent="Norway", patient="a diplomat", cause="spying"),
    row("Google sued Oracle over patents.", "sue", agent="Google", recipient="Oracle", topic="patents"),
    row("Poland asked Germany for tanks.", "ask", agent="Poland", recipient="Germany", topic="tanks"),
    row(
        "Poland hailed Anna Lindqvist as a hero.", "hail", agent="Poland", patient="Anna Lindqvist", attribute="a hero"
    ),
    row(
        "Poland travelled from Warsaw to Berlin by train.",
        "travel",
        agent="Poland",
        origin="Warsaw",
        destination="Berlin",
        manner="train",
    ),
    row("Kenya sent doctors in exchange for fish.", "send", agent="Kenya", patient="doctors", purpose="fish"),
    row(
        "Malta bought 12 frigates for $3 million.", "buy", agent="Malta", patient="12 frigates", instrument="$3 million"
    ),
    row("Norway voted for the law.", "vote", agent="Norway", patient="the law"),
    row(
        "The Minister visited Malta with Olaf Berg.",
        "visit",
        agent="The Minister",
        destination="Malta",
        partner="Olaf Berg",
    ),
    row(
        "Canada imposed sanctions on Belarus.",
        "impose",
        agent="Canada",
        patient="sanctions on Belarus",
        recipient="Belarus",
    ),
    row(
        "The rebels did not attack Malta but Libya.",
        "attack",
        agent="The rebels",
        patient="Malta",
        polarity="Negative",
    ),
    row("The judge rejected a request by the defence.", "request", agent="the defence"),
    row(
        "The minister rejected an attack on Libya.", "attack", patient="Libya", modality="Planned", polarity="Negative"
    ),
    row(
        "Kenya mobilised in response to threats.",
        "mobilise",
        agent="Kenya",
        cause="threats",
    ),
    row(
        "The minister visited Lima with regret.",
        "visit",
        agent="The minister",
        destination="Lima",
        manner="regret",
    ),
]

COORDINATION = [
    row("Peru and Chile signed a fishing treaty.", "sign", agent=["Peru", "Chile"], patient="a fishing treaty"),
    row(
        "The army shelled the port, looted the market and left the city.", "shell", agent="The army", patient="the port"
    ),
    row(
        "The army shelled the port, looted the market and left the city.",
        "loot",
        agent="The army",
        patient="the market",
    ),
    row(
        "The army shelled the port, looted the market and left the city.", "leave", agent="The army", patient="the city"
    ),
    row(
        "Norway and Denmark will build and launch a satellite.",
        "build",
        agent=["Norway", "Denmark"],
        patient="a satellite",
        modality="Planned",
    ),
    row(
        "Norway and Denmark will build and launch a satellite.",
        "launch",
        agent=["Norway", "Denmark"],
        patient="a satellite",
        modality="Planned",
    ),
    row(
        "Portugal withdrew its soldiers from Angola, Mozambique and Timor.",
        "withdraw",
        agent="Portugal",
        patient="its soldiers",
        origin=["Angola", "Mozambique", "Timor"],
    ),
    row(
        "Norway exported fish to Japan, Korea and China.",
        "export",
        agent="Norway",
        patient="fish",
        destination=["Japan", "Korea", "China"],
    ),
    row(
        "Finland met with Denmark, Iceland and Greenland.",
        "meet",
        agent="Finland",
        partner=["Denmark", "Iceland", "Greenland"],
    ),
    row("The law was drafted and adopted by parliament.", "adopt", agent="parliament", patient="The law"),
    row(
        "Malta closed the port in 2015 and reopened the port in 2019.",
        "close",
        agent="Malta",
        patient="the port",
        time="2015",
    ),
    row(
        "Malta closed the port in 2015 and reopened the port in 2019.",
        "reopen",
        agent="Malta",
        patient="the port",
        time="2019",
    ),
    row(
        "The law was signed by the king, the queen and the premier.",
        "sign",
        patient="The law",
        agent=["the king", "the queen", "the premier"],
        wrong="the parser takes the second of a list with articles for an apposition",
    ),
]

CONTROL = [
    row(
        "Kenya agreed to send tents to Somalia.",
        "send",
        agent="Kenya",
        patient="tents",
        recipient="Somalia",
        modality="Planned",
    ),
    row(
        "Kenya refused to send tents to Somalia.",
        "send",
        agent="Kenya",
        patient="tents",
        recipient="Somalia",
        modality="Planned",
        polarity="Negative",
    ),
    row(
        "Kenya is ready to hold talks with Uganda.",
        "hold",
        agent="Kenya",
        patient="talks with Uganda",
        partner="Uganda",
        modality="Planned",
    ),
    row(
        "The treaty is expected to be adopted by Kenya.",
        "adopt",
        agent="Kenya",
        patient="The treaty",
        modality="Planned",
    ),
    row(
        "A new law is expected to be adopted in June.", "adopt", patient="A new law", modality="Planned", time="2024-06"
    ),
    row("Brazil urged Bolivia to reopen the port.", "reopen", agent="Bolivia", patient="the port", modality="Required"),
    row(
        "Brazil promised Bolivia to reopen the port.", "reopen", agent="Brazil", patient="the port", modality="Planned"
    ),
    row(
        "Malta was urged by Italy to reopen the port.", "reopen", agent="Malta", patient="the port", modality="Required"
    ),
    row("Malta was urged by Italy to reopen the port.", "urge", agent="Italy", recipient="Malta"),
    row("The minister was asked to resign.", "resign", agent="The minister", modality="Required"),
    row("Turkey began bombing Latakia.", "bomb", agent="Turkey", patient="Latakia"),
    row("Officials seem to support the plan.", "support", agent="Officials", patient="the plan", modality="Possible"),
    row("Italy wants Malta to use the port.", "use", agent="Malta", patient="the port", modality="Planned"),
    row("Italy allowed Malta to use the port.", "use", agent="Malta", patient="the port", modality="Possible"),
    row("Italy let Malta use the port.", "use", agent="Malta", patient="the port"),
    row("Malta was accused of attacking Libya.", "attack", agent="Malta", patient="Libya", modality="Possible"),
    row(
        "Peru accused Bolivia of attacking Chile.",
        "attack",
        agent="Bolivia",
        patient="Chile",
        modality="Possible",
        speaker="Peru",
    ),
    row(
        "Peru prevented Bolivia from attacking Chile.",
        "attack",
        agent="Bolivia",
        patient="Chile",
        polarity="Negative",
    ),
    row(
        "Peru called on Bolivia to release the hostages.",
        "release",
        agent="Bolivia",
        patient="the hostages",
        modality="Required",
    ),
]

CLAUSES = [
    row("The company that built the bridge sued Vietnam.", "build", agent="The company", patient="the bridge"),
    row("The company that built the bridge sued Vietnam.", "sue", agent="The company", recipient="Vietnam"),
    row("The bridge that Vietnam built collapsed.", "build", agent="Vietnam", patient="The bridge"),
    row("The rebels, who attacked Bamako, released three hostages.", "attack", agent="The rebels", patient="Bamako"),
    row("Denmark, which joined NATO in 1949, will buy frigates.", "join", agent="Denmark", patient="NATO", time="1949"),
    row(
        "Denmark, which joined NATO in 1949, will buy frigates.",
        "buy",
        agent="Denmark",
        patient="frigates",
        modality="Planned",
    ),
    row("Olaf Berg, who was arrested in May, was released by a court.", "arrest", patient="Olaf Berg", time="2024-05"),
    row(
        "Olaf Berg, who was arrested in May, was released by a court.", "release", agent="a court", patient="Olaf Berg"
    ),
    row("The city they came from was bombed.", "come", agent="they", origin="The city"),
    row("Soldiers trained by Sweden attacked Bamako.", "train", agent="Sweden", patient="Soldiers"),
    row("Soldiers trained by Sweden attacked Bamako.", "attack", agent="Soldiers", patient="Bamako"),
    row("Soldiers guarding the embassy killed two protesters.", "guard", agent="Soldiers", patient="the embassy"),
    row("The rebels seized weapons made in Libya.", "make", patient="weapons", location="Libya"),
    row("Having shelled the port, the navy left.", "shell", agent="the navy", patient="the port"),
    row("Supported by Norway, Malta closed the port.", "support", agent="Norway", patient="Malta"),
    row("Malta opened talks, angering Libya.", "anger", agent="Malta", patient="Libya"),
]

PARTICLES = [
    row("The union called off the strike.", "call", agent="The union", patient="the strike"),
    row("The rebels took over the airport.", "take", agent="The rebels", patient="the airport"),
    row("Canada blew up the bridge.", "blow", agent="Canada", patient="the bridge"),
    row("Canada carried out an attack.", "carry", agent="Canada", patient="an attack"),
    row("The king stepped down.", "step", agent="The king"),
]

COPULAS = [
    row("The port is in Malta.", "be", agent="The port", location="Malta"),
    row(
        "Estonia remains a member of the European Union.",
        "remain",
        agent="Estonia",
        attribute="a member of the European Union",
    ),
    row("Olaf Berg was elected president of Malta.", "elect", patient="Olaf Berg", attribute="president of Malta"),
    row("Estonia is not a member of OPEC.", "be", agent="Estonia", attribute="a member of OPEC", polarity="Negative"),
]

NOMINAL = [
    row("The annexation of Crimea in 2014 angered Poland.", "annexation", patient="Crimea", time="2014"),
    row(
        "The annexation of Crimea in 2014 angered Poland.",
        "anger",
        agent="The annexation of Crimea in 2014",
        patient="Poland",
    ),
    row(
        "Consultations between NATO and Georgia took place in Riga.",
        "consultation",
        agent=["NATO", "Georgia"],
        location="Riga",
    ),
    row("Sweden's invasion of Norway surprised Denmark.", "invasion", agent="Sweden", patient="Norway"),
    row(
        "The arrest of Anna Lindqvist by Swedish police shocked Norway.",
        "arrest",
        agent="Swedish police",
        patient="Anna Lindqvist",
    ),
    row(
        "The sale of Nokia to Ericsson was approved.", "sale", patient="Nokia", recipient="Ericsson", modality="Planned"
    ),
    row("The resignation of Olaf Berg was accepted.", "resignation", agent="Olaf Berg"),
    row("Malta's attack on Libya failed.", "attack", agent="Malta", patient="Libya"),
    row("Protests in Malta against the law continued.", "protest", location="Malta", topic="the law"),
    row(
        "The withdrawal of Norwegian troops from Malta began on Monday.",
        "withdrawal",
        patient="Norwegian troops",
        origin="Malta",
    ),
    row("The planned invasion of Bolivia worried Chile.", "invasion", patient="Bolivia", modality="Planned"),
    row("The general welcomed the arrest of Anna Lindqvist.", "arrest", patient="Anna Lindqvist"),
    row(
        "Poland protested against the arrest of Anna Lindqvist.",
        "arrest",
        patient="Anna Lindqvist",
    ),
    row(
        "No invasion of Malta took place.",
        "invasion",
        patient="Malta",
        polarity="Negative",
    ),
]

LINDQVIST = "Anna Lindqvist"
SPEAKERS = [
    row("Anna Lindqvist said Peru attacked Bolivia.", "attack", agent="Peru", patient="Bolivia", speaker=LINDQVIST),
    row(
        "Peru attacked Bolivia, according to Anna Lindqvist.",
        "attack",
        agent="Peru",
        patient="Bolivia",
        speaker=LINDQVIST,
    ),
    row('"Peru attacked Bolivia," Anna Lindqvist said.', "attack", agent="Peru", patient="Bolivia", speaker=LINDQVIST),
    row('Anna Lindqvist said: "Peru attacked Bolivia."', "attack", agent="Peru", patient="Bolivia", speaker=LINDQVIST),
    row(
        "Anna Lindqvist said that Peru attacked Bolivia. She added that Chile had sent troops to La Paz.",
        "send",
        agent="Chile",
        patient="troops",
        destination="La Paz",
        speaker=LINDQVIST,
    ),
    row(
        "Olaf Berg said Malta closed the port. He said Libya had attacked sailors.",
        "attack",
        agent="Libya",
        patient="sailors",
        speaker="Olaf Berg",
    ),
    row("Peru attacked Bolivia, police said on Monday.", "attack", agent="Peru", patient="Bolivia", speaker="police"),
    row("Malta closed the port, Reuters reported.", "close", agent="Malta", patient="the port", speaker="Reuters"),
    row(
        "Malta said it would not close the port.",
        "close",
        agent="Malta",
        patient="the port",
        speaker="Malta",
        modality="Planned",
        polarity="Negative",
    ),
    row(
        '"We will not close the port," Olaf Berg told reporters.',
        "close",
        agent="We",
        patient="the port",
        speaker="Olaf Berg",
        modality="Planned",
        polarity="Negative",
    ),
    row(
        "Peru denied that it had attacked Bolivia.",
        "attack",
        agent="Peru",
        patient="Bolivia",
        speaker="Peru",
        polarity="Negative",
    ),
    # the article itself says so
    row("Peru attacked Bolivia. Anna Lindqvist visited Lima.", "attack", agent="Peru", patient="Bolivia"),
    row(
        "Olaf Berg visited Malta and said Libya had attacked sailors.", "visit", agent="Olaf Berg", destination="Malta"
    ),
    row("Poland promised to buy frigates.", "buy", agent="Poland", patient="frigates", modality="Planned"),
    row("Anna Lindqvist said hello. Peru attacked Bolivia.", "attack", agent="Peru", patient="Bolivia"),
    row(
        "According to Anna Lindqvist, Peru attacked Bolivia.",
        "attack",
        agent="Peru",
        patient="Bolivia",
        speaker=LINDQVIST,
    ),
]

TIMES = [
    row("Peru met Bolivia on 3 May 2024.", "meet", agent="Peru", partner="Bolivia", time="2024-05-03"),
    row("Peru met Bolivia in July 2016.", "meet", agent="Peru", partner="Bolivia", time="2016-07"),
    row("Peru met Bolivia last week.", "meet", agent="Peru", partner="Bolivia", time="2024-W19"),
    row("Peru met Bolivia on Thursday.", "meet", agent="Peru", partner="Bolivia", time="2024-05-09"),
    row(
        "Peru meets Bolivia on Thursday.",
        "meet",
        agent="Peru",
        partner="Bolivia",
        time="2024-05-16",
        modality="Planned",
    ),
    row("Peru will meet Bolivia next year.", "meet", agent="Peru", partner="Bolivia", time="2025", modality="Planned"),
    row("Malta closed the port two days ago.", "close", agent="Malta", patient="the port", time="2024-05-12"),
    row("Malta closed the port yesterday.", "close", agent="Malta", patient="the port", time="2024-05-13"),
    row(
        "Malta will close the port tomorrow.",
        "close",
        agent="Malta",
        patient="the port",
        time="2024-05-15",
        modality="Planned",
    ),
    row("In May, Malta closed the port.", "close", agent="Malta", patient="the port", time="2024-05"),
    row("Malta has closed the port since 2015.", "close", agent="Malta", patient="the port", time="2015"),
    row("Malta closed the port.", "close", agent="Malta", patient="the port"),
]

COREFERENCE = [
    row(
        "NATO met in Riga. The Alliance will send ships to Norway.",
        "send",
        agent="NATO",
        patient="ships",
        destination="Norway",
        modality="Planned",
    ),
    row(
        "Anna Lindqvist visited Riga. She met Jens Stoltenberg.",
        "meet",
        agent="Anna Lindqvist",
        partner="Jens Stoltenberg",
    ),
    row("Anna Lindqvist visited Riga. Lindqvist praised Latvia.", "praise", agent="Anna Lindqvist", patient="Latvia"),
    row("Olaf Berg leads Nokia. The company sued Apple.", "sue", agent="Nokia", recipient="Apple"),
    row("Malta closed its port. The country also expelled diplomats.", "expel", agent="Malta", patient="diplomats"),
    row(
        "The European Union fined Google. The bloc also warned Apple.",
        "warn",
        agent="The European Union",
        recipient="Apple",
    ),
    row("Nokia's chief executive, Olaf Berg, visited Malta.", "visit", agent="Olaf Berg", destination="Malta"),
]


@pytest.mark.parametrize(
    ("text", "trigger", "roles", "said"),
    [
        *VOICE,
        *PREPOSITIONS,
        *COORDINATION,
        *CONTROL,
        *CLAUSES,
        *PARTICLES,
        *COPULAS,
        *NOMINAL,
        *SPEAKERS,
        *TIMES,
        *COREFERENCE,
    ],
)
def test_sentences(read: Read, text: str, trigger: str, roles: dict[str, list[str]], said: dict[str, Any]) -> None:
    found = one(read(text), trigger)
    assert roles_of(found) == roles
    assert {
        "modality": found.modality.value,
        "polarity": found.polarity.value,
        "speaker": found.speaker and words(found.speaker),
        "time": found.time and found.time.value,
    } == said


# Event types

TYPES = [
    ("NATO will deploy battalions to Estonia.", "deploy", "Deploy"),
    ("The union called off the strike.", "call", "EndProtest"),
    ("Poland voted against the treaty.", "vote", "Reject"),
    ("Norway voted for the law.", "vote", "Endorse"),
    ("The king stepped down.", "step", "Resign"),
    ("The king stepped into the street.", "step", "Event"),
    ("Canada carried out an attack.", "carry", "Assault"),
    ("Canada imposed sanctions on Belarus.", "impose", "Sanction"),
    ("The annexation of Crimea in 2014 angered Poland.", "annexation", "Invade"),
    ("It rained in Warsaw.", "rain", "Event"),
]


@pytest.mark.parametrize(("text", "trigger", "name"), TYPES, ids=[f"{t[1]}: {t[0]}" for t in TYPES])
def test_event_types(read: Read, text: str, trigger: str, name: str) -> None:
    assert one(read(text), trigger).predicate.replace("#", "/").rsplit("/", 1)[-1] == name


# Quantities


@pytest.mark.parametrize(
    ("text", "role", "value", "lower", "upper", "unit"),
    [
        ("Malta bought 12 frigates.", "patient", 12, None, None, None),
        ("Peru killed at least 40 rebels.", "patient", 40, 40, None, None),
        ("Peru paid $3.5 million to Bolivia.", "patient", 3_500_000, None, None, "USD"),
        ("Peru sent 1,200 tents to Bolivia.", "patient", 1200, None, None, None),
        ("Between 20 and 30 sailors left Malta.", "agent", None, 20, 30, None),
    ],
)
def test_quantities(
    read: Read, text: str, role: str, value: float | None, lower: float | None, upper: float | None, unit: str | None
) -> None:
    [found] = [a.mention.quantity for s in read(text) for a in s.arguments if a.role.value == role]
    assert found is not None
    assert (found.value, found.lower, found.upper) == (value, lower, upper)
    assert unit is None or found.unit == unit


def test_no_quantity_where_nothing_is_counted(read: Read) -> None:
    assert [a.mention.quantity for s in read("Malta sent tents to Libya.") for a in s.arguments] == [None] * 3


# Relations

RELATIONS = [
    ("Secretary General Jens Stoltenberg met the king.", [("jobTitle", "Jens Stoltenberg", "Secretary General")]),
    ("Foreign Minister Anna Lindqvist visited Riga.", [("jobTitle", "Anna Lindqvist", "Foreign Minister")]),
    (
        "Swedish Foreign Minister Anna Lindqvist visited Riga.",
        [("affiliation", "Anna Lindqvist", "Swedish"), ("jobTitle", "Anna Lindqvist", "Foreign Minister")],
    ),
    (
        "Nokia chief executive Olaf Berg visited Malta.",
        [("affiliation", "Olaf Berg", "Nokia"), ("jobTitle", "Olaf Berg", "chief executive")],
    ),
    (
        "Anna Lindqvist, the mayor of Uppsala, resigned.",
        [("affiliation", "Anna Lindqvist", "Uppsala"), ("jobTitle", "Anna Lindqvist", "mayor")],
    ),
    (
        "Anna Lindqvist is the mayor of Uppsala.",
        [("affiliation", "Anna Lindqvist", "Uppsala"), ("jobTitle", "Anna Lindqvist", "mayor")],
    ),
    (
        "Chancellor Olaf Berg and President Anna Lindqvist met in Malta.",
        [("jobTitle", "Olaf Berg", "Chancellor"), ("jobTitle", "Anna Lindqvist", "President")],
    ),
    ("Estonia is a member of NATO.", [("memberOf", "Estonia", "NATO")]),
    (
        "Malta and Libya are members of the African Union.",
        [("memberOf", "Malta", "the African Union"), ("memberOf", "Libya", "the African Union")],
    ),
    # near misses
    ("The minister visited Riga.", []),
    ("The Minister visited Malta with Olaf Berg.", []),
    ("General elections were held in Malta.", []),
    ("Ms. Anna Lindqvist won the election.", []),
    ("Olaf Berg, 54, visited Malta.", []),
    ("Tourist Malta is in Europe.", []),
    ("The ship is a member of the fleet.", []),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS, ids=[r[0] for r in RELATIONS])
def test_relations(read: Read, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [s for s in read(text) if s.kind is Kind.RELATION]
    rows = []
    for statement in found:
        subject, value = (a.mention for a in statement.arguments)
        assert statement.evidence.of(text)
        rows.append((statement.trigger, subject.name, value.text))
    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "modality", "polarity"),
    [
        ("Olaf Berg is the president of Nokia.", "Actual", "Positive"),
        ("Olaf Berg is not the president of Nokia.", "Actual", "Negative"),
        ("Olaf Berg may become the president of Nokia.", "Possible", "Positive"),
        ("Olaf Berg will become the president of Nokia.", "Planned", "Positive"),
    ],
)
def test_a_relation_has_the_factuality_of_its_copula(read: Read, text: str, modality: str, polarity: str) -> None:
    [found] = [s for s in read(text) if s.trigger == "jobTitle"]
    assert (found.modality.value, found.polarity.value) == (modality, polarity)


def test_a_name_after_office_and_place(read: Read) -> None:
    found = read("The mayor of Uppsala, Anna Lindqvist, resigned on Monday.")
    assert [s.arguments[0].mention.name for s in found if s.trigger == "jobTitle"] == ["Anna Lindqvist"]


# Near misses


@pytest.mark.parametrize(
    ("text", "trigger", "absent"),
    [
        ("Peru sent doctors in order to help Bolivia.", "send", {"topic", "manner", "location"}),
        ("The minister accepted the offer with regret.", "accept", {"partner"}),
        ("Malta closed the port in full.", "close", {"location", "manner"}),
        ("Malta closed the port in May.", "close", {"location", "manner"}),
        ("Malta closed the port after the storm.", "close", {"location", "cause"}),
        ("Malta closed the port despite the strike.", "close", {"cause", "location"}),
        ("Peru attacked Bolivia, according to Anna Lindqvist.", "attack", {"topic", "recipient", "manner"}),
    ],
)
def test_no_role_for_what_is_no_participant(read: Read, text: str, trigger: str, absent: set[str]) -> None:
    assert not set(roles_of(one(read(text), trigger))) & absent


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Kenya is ready to hold talks.", "be"),
        ("The law is expected to be adopted.", "expect"),
        ("Turkey began bombing Latakia.", "begin"),
        ("Canada launched an attack.", "attack"),
        ("Kenya mobilised in response to threats.", "response"),
        ("Malta may close the port in May.", "may"),
    ],
)
def test_no_statement_of_its_own(read: Read, text: str, trigger: str) -> None:
    assert [s for s in read(text) if s.trigger == trigger] == []


def test_an_extractor_of_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(annotation: object) -> Iterator[Statement]:
        return iter(())

    point = SimpleNamespace(name="zz", load=lambda: silent)
    monkeypatch.setattr("kg.extractors.entry_points", lambda *, group: [point] if group == "kg.extractors" else [])
    assert extractors.__wrapped__() == (*EXTRACTORS.values(), silent)


@pytest.mark.parametrize(
    ("text", "victim", "sender"),
    [
        ("If Russia attacks Norway, Sweden will send ships.", "Norway", "Sweden"),
        pytest.param(
            *("If Russia attacks Estonia, Poland will send troops to Riga.", "Estonia", "Poland"),
            marks=pytest.mark.xfail(
                strict=True, reason="the parser coordinates the subject of the main clause with the object before it"
            ),
        ),
    ],
)
def test_a_country_that_begins_the_main_clause_is_no_item_of_a_list(
    read: Read, text: str, victim: str, sender: str
) -> None:
    assert roles_of(one(read(text), "attack")) == {"agent": ["Russia"], "patient": [victim]}
    assert roles_of(one(read(text), "send"))["agent"] == [sender]


def test_saying_is_a_report_not_an_event(read: Read) -> None:
    assert [s.kind for s in read("Anna Lindqvist said Peru attacked Bolivia.")] == [Kind.REPORT, Kind.EVENT]


def test_confidence_is_less_for_what_is_inferred(read: Read) -> None:
    told = one(read("Kenya sends tents to Somalia."), "send").confidence
    inferred = one(read("Kenya agreed to send tents to Somalia."), "send").confidence
    assert 0.3 <= inferred < told <= 1.0


# What every extractor owes

ARTICLE = """🚢 Ships for Malta

Olaf Berg, the mayor of Valletta, said on Monday that Malta 🇲🇹 would buy ships from Norway.
"We need them," he added.

The purchase of ships worries “Libya”, which did not sign the treaty of 2019.

Read more: Norway sells ships to Libya
"""


@pytest.mark.parametrize("name", sorted(EXTRACTORS))
def test_contract_of_an_extractor(nlp: Language, name: str) -> None:
    from kg.nlp.annotation import Annotation  # noqa: PLC0415 - spaCy is only there with the model
    from kg.nlp.model import parse  # noqa: PLC0415 - the same

    boilerplate = (Span(0, ARTICLE.index("\n")), Span(ARTICLE.index("Read more"), len(ARTICLE) - 1))

    def run() -> tuple[Statement, ...]:
        return tuple(
            EXTRACTORS[name](Annotation(parse(nlp, ARTICLE, boilerplate=boilerplate), boilerplate=boilerplate))
        )

    found = run()
    assert found
    assert found == run()
    for statement in found:
        mentions = [a.mention for a in statement.arguments] + ([statement.speaker] if statement.speaker else [])
        spans = [statement.trigger_span, statement.evidence, *(m.span for m in mentions)]
        spans += [adjunct.span for adjunct in statement.adjuncts]
        for span in spans:
            assert 0 <= span.start < span.end <= len(ARTICLE)
            assert span.of(ARTICLE) == span.of(ARTICLE).strip()
        assert not any(
            b.overlaps(s) for b in boilerplate for s in (statement.trigger_span, *(m.span for m in mentions))
        )
        assert statement.evidence.covers(statement.trigger_span)
        assert 0 < statement.confidence <= 1
        assert statement.rule
        assert statement.predicate.startswith("http")
        for mention in mentions:
            assert mention.text
            assert mention.span.of(ARTICLE).replace("“", '"').replace("”", '"').startswith(mention.text[:3])
            assert mention.head_start in range(mention.span.start, mention.span.end)


def test_statements_stand_in_text_order_and_each_once(read: Read) -> None:
    found = read(ARTICLE)
    assert [s.trigger_span for s in found] == sorted(s.trigger_span for s in found)
    assert len(set(found)) == len(found)


def test_nothing_from_nothing(read: Read) -> None:
    for text in ("", " ", "\n\n", "...", "Hello!", "🚢", "Malta"):
        assert read(text) == ()


def test_extract_statements_runs_every_extractor(read: Read) -> None:
    assert extract_statements.__doc__
    rules = {s.rule.split(".")[0] for s in read(ARTICLE)}
    assert {"clause", "nominal", "apposition"} <= rules


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor of Uppsala, Anna Lindqvist, opened the bridge.", "Anna Lindqvist"),
        ("The mayor of Uppsala, a town in Sweden, opened the bridge.", None),
    ],
)
def test_who_holds_an_office_in_a_place(read: Read, text: str, name: str | None) -> None:
    [agent] = [a.mention for s in read(text) if s.trigger == "open" for a in s.arguments if a.role == "agent"]
    assert (agent.antecedent.name if agent.antecedent else None) == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The union has threatened to strike.", "StopWork"),
        ("Teachers will strike on Monday.", "StopWork"),
        ("Rebels struck at dawn.", "Assault"),
    ],
)
@pytest.mark.model
def test_who_strikes_decides_what_it_is(read: Read, text: str, kind: str) -> None:
    assert [s.predicate.rsplit("#", 1)[-1] for s in read(text) if s.trigger in {"strike", "struck"}] == [kind]
