"""Who and what take part in a clause: each row gives a trigger and all its arguments by their place in the clause.

A place is "subject", "object", "dative", "complement" or the preposition; one that is not named must not be filled.
None is a verb that gives no statement. Near misses stand beside what they resemble.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Kind, Statement

Read = Callable[[str], tuple[Statement, ...]]
Row = tuple[str, str, dict[str, list[str]] | None]

pytestmark = pytest.mark.model

CONTROL: list[Row] = [
    (
        "The ministry selected two firms to build the bridge.",
        "build",
        {"subject": ["two firms"], "object": ["the bridge"]},
    ),
    (
        "Prosecutors accused the banker of laundering money.",
        "launder",
        {"subject": ["the banker"], "object": ["money"]},
    ),
    (
        "Prosecutors accused the opposition of plotting a coup.",
        "plot",
        {"subject": ["the opposition"], "object": ["a coup"]},
    ),
    ("The newspaper quoted the governor as saying the dam would hold.", "say", {"subject": ["the governor"]}),
    ("The agency quoted Morales saying that the talks had failed.", "say", {"subject": ["Morales"]}),
    ("Hungary promised the Commission to repeal the law.", "repeal", {"subject": ["Hungary"], "object": ["the law"]}),
    (
        "The storm forced the airline to cancel 30 flights.",
        "cancel",
        {"subject": ["the airline"], "object": ["30 flights"]},
    ),
    ("The general made the prisoners dig trenches.", "make", {"subject": ["The general"], "object": ["the prisoners"]}),
    ("The general made the prisoners dig trenches.", "dig", {"subject": ["the prisoners"], "object": ["trenches"]}),
    ("The king had the editor arrested.", "arrest", {"subject": ["the editor"]}),
    ("The fence kept migrants from reaching the island.", "reach", {"subject": ["migrants"], "object": ["the island"]}),
    ("The Kremlin warned the West against sending troops.", "send", {"subject": ["the West"], "object": ["troops"]}),
    (
        "Airbus won a contract to supply tankers to Brazil.",
        "supply",
        {"subject": ["Airbus"], "object": ["tankers"], "to": ["Brazil"]},
    ),
    (
        "Airbus won a contract worth $2 billion to build six jets.",
        "build",
        {"subject": ["Airbus"], "object": ["six jets"]},
    ),
    ("Siemens's bid to buy Alstom failed.", "buy", {"subject": ["Siemens"], "object": ["Alstom"]}),
    (
        "The attempt by rebels to seize the airport was foiled.",
        "seize",
        {"subject": ["rebels"], "object": ["the airport"]},
    ),
    (
        "The new law makes it possible for courts to seize assets.",
        "seize",
        {"subject": ["courts"], "object": ["assets"]},
    ),
    ("It is up to Congress to ratify the treaty.", "ratify", {"subject": ["Congress"], "object": ["the treaty"]}),
    (
        "The terrain was too steep for tanks to cross the valley.",
        "cross",
        {"subject": ["tanks"], "object": ["the valley"]},
    ),
    ("The opposition called on the premier to resign.", "resign", {"subject": ["the premier"]}),
    ("The company is likely to sell its refinery.", "sell", {"subject": ["The company"], "object": ["its refinery"]}),
    (
        "The regulator gave Google six months to change its terms.",
        "change",
        {"subject": ["Google"], "object": ["its terms"]},
    ),
    (
        "The crew, unable to control the fire, abandoned the ship.",
        "control",
        {"subject": ["The crew"], "object": ["the fire"]},
    ),
    (
        "To avoid default, Zambia asked China to restructure its loans.",
        "avoid",
        {"subject": ["Zambia"], "object": ["default"]},
    ),
    (
        "To avoid default, Zambia asked China to restructure its loans.",
        "restructure",
        {"subject": ["China"], "object": ["its loans"]},
    ),
    (
        "It took firefighters six hours to bring the blaze under control.",
        "bring",
        {"subject": ["firefighters"], "object": ["the blaze"], "under": ["control"]},
    ),
    (
        "The treaty commits Iran to shipping its uranium abroad.",
        "ship",
        {"subject": ["Iran"], "object": ["its uranium"], "where": ["abroad"]},
    ),
    ("The court found Okoro guilty of embezzling funds.", "embezzle", {"subject": ["Okoro"], "object": ["funds"]}),
    ("Chile had difficulty finding a buyer.", "find", {"subject": ["Chile"], "object": ["a buyer"]}),
    ("Kenya sent two ships to rescue the crew.", "rescue", {"subject": ["Kenya"], "object": ["the crew"]}),
    ("The law makes it a crime to insult the king.", "insult", {"object": ["the king"]}),
    (
        "The new law makes it possible for courts to seize assets.",
        "make",
        {"subject": ["The new law"], "complement": ["possible"]},
    ),
    (
        "A lawyer hired by the family to investigate the death left.",
        "investigate",
        {"subject": ["A lawyer"], "object": ["the death"]},
    ),
    (
        "Greece asked its creditors for more time to repay its debts.",
        "repay",
        {"subject": ["Greece"], "object": ["its debts"]},
    ),
    (
        "Having crossed the river, the soldiers attacked the fort.",
        "cross",
        {"subject": ["the soldiers"], "object": ["the river"]},
    ),
    (
        "The envoy accused the regime of war crimes.",
        "accuse",
        {"subject": ["The envoy"], "object": ["the regime"], "of": ["war crimes"]},
    ),
    ("The envoy accused the mayor of Lima.", "accuse", {"subject": ["The envoy"], "object": ["the mayor of Lima"]}),
]
NOBODY: list[Row] = [
    ("Prices rose, leading to protests across the country.", "lead", {"to": ["protests across the country"]}),
    ("The bridge was closed to protect pedestrians.", "protect", {"object": ["pedestrians"]}),
    ("The problem was solved by replacing the pump.", "replace", {"object": ["the pump"]}),
    ("Dynamite was used to destroy the bridge.", "destroy", {"object": ["the bridge"]}),
    ("Leaving the EU would cost Britain billions.", "leave", {"object": ["the EU"]}),
    ("The bridge is hard to cross.", "cross", None),
    ("The wall, which cost $20 million to build, collapsed.", "build", None),
    ("The decision to expel the diplomats angered Moscow.", "expel", {"object": ["the diplomats"]}),
]
PARTICIPLES: list[Row] = [
    ("The army shelled the town, killing 12 civilians.", "kill", {"subject": ["The army"], "object": ["12 civilians"]}),
    ("Speaking in Cairo, the minister condemned the raid.", "speak", {"subject": ["the minister"], "in": ["Cairo"]}),
    (
        "The tanker was seized by commandos while heading for Singapore.",
        "head",
        {"subject": ["The tanker"], "for": ["Singapore"]},
    ),
    ("The bank was fined after lying to investors.", "lie", {"subject": ["The bank"], "to": ["investors"]}),
    ("Founded in 1921, the company employs 3,000 people.", "found", {"subject": ["the company"]}),
]
RELATIVES: list[Row] = [
    (
        "The village from which the refugees fled was bombed.",
        "flee",
        {"subject": ["the refugees"], "from": ["The village"]},
    ),
    ("The country to which the arms were shipped denied it.", "ship", {"subject": ["the arms"], "to": ["The country"]}),
    ("The city where the leaders met is under siege.", "meet", {"subject": ["the leaders"], "in": ["The city"]}),
    ("The reactor the firm built exploded.", "build", {"subject": ["the firm"], "object": ["The reactor"]}),
    ("The reactor the firm built exploded.", "explode", {"subject": ["The reactor"]}),
    (
        "Boeing unveiled the first model to be built in Texas.",
        "build",
        {"subject": ["the first model"], "in": ["Texas"]},
    ),
    ("She became the first woman to lead the party.", "lead", {"subject": ["She"], "object": ["the party"]}),
    (
        "The only lawmaker to oppose the bill was Ana Silva.",
        "oppose",
        {"subject": ["The only lawmaker"], "object": ["the bill"]},
    ),
    (
        "One of the soldiers who attacked the convoy surrendered.",
        "attack",
        {"subject": ["the soldiers"], "object": ["the convoy"]},
    ),
]
TWO_OBJECTS: list[Row] = [
    ("Sweden sold Hungary 14 jets.", "sell", {"subject": ["Sweden"], "dative": ["Hungary"], "object": ["14 jets"]}),
    ("Japan sent Nepal tents.", "send", {"subject": ["Japan"], "dative": ["Nepal"], "object": ["tents"]}),
    (
        "The bank charged customers hidden fees.",
        "charge",
        {"subject": ["The bank"], "dative": ["customers"], "object": ["hidden fees"]},
    ),
    (
        "The government granted the miners permission to dig.",
        "grant",
        {"subject": ["The government"], "dative": ["miners"], "object": ["permission"]},
    ),
    ("The government granted the miners permission to dig.", "dig", {"subject": ["miners"]}),
    ("Sweden sold Boeing 747 jets.", "sell", {"subject": ["Sweden"], "object": ["Boeing 747 jets"]}),
    ("Japan sent Russian tents.", "send", {"subject": ["Japan"], "object": ["Russian tents"]}),
]
SMALL: list[Row] = [
    (
        "The court declared the referendum illegal.",
        "declare",
        {"subject": ["The court"], "object": ["the referendum"], "complement": ["illegal"]},
    ),
    (
        "The jury found the senator guilty of fraud.",
        "find",
        {"subject": ["The jury"], "object": ["the senator"], "complement": ["guilty of fraud"]},
    ),
    (
        "The committee considers the plan a mistake.",
        "consider",
        {"subject": ["The committee"], "object": ["the plan"], "complement": ["a mistake"]},
    ),
    (
        "The assembly elected Morales president.",
        "elect",
        {"subject": ["The assembly"], "object": ["Morales"], "complement": ["president"]},
    ),
    (
        "The assembly elected Katalin Novak president.",
        "elect",
        {"subject": ["The assembly"], "object": ["Katalin Novak"], "complement": ["president"]},
    ),
    (
        "The premier named her finance minister.",
        "name",
        {"subject": ["The premier"], "object": ["her"], "complement": ["finance minister"]},
    ),
    (
        "The premier thanked her finance minister.",
        "thank",
        {"subject": ["The premier"], "object": ["her finance minister"]},
    ),
    (
        "The blast left 12 people dead.",
        "leave",
        {"subject": ["The blast"], "object": ["12 people"], "complement": ["dead"]},
    ),
    ("The judges were stripped of immunity.", "strip", {"subject": ["The judges"], "of": ["immunity"]}),
    (
        "The law strips three judges of their immunity.",
        "strip",
        {"subject": ["The law"], "object": ["three judges"], "of": ["their immunity"]},
    ),
    ("The police arrested the mayor of Lima.", "arrest", {"subject": ["The police"], "object": ["the mayor of Lima"]}),
]
COORDINATION: list[Row] = [
    ("Poland sent tanks and Latvia trucks.", "send", {"subject": ["Poland"], "object": ["tanks"]}),
    (
        "France sent Mali 4,000 troops and Chad provided another 1,200.",
        "send",
        {"subject": ["France"], "dative": ["Mali"], "object": ["4,000 troops"]},
    ),
    (
        "France sent Mali 4,000 troops and Chad provided another 1,200.",
        "provide",
        {"subject": ["Chad"], "object": ["another 1,200"]},
    ),
    (
        "France criticised the raid, and so did Belgium.",
        "criticise",
        {"subject": ["France", "Belgium"], "object": ["the raid"]},
    ),
    ("Sweden joined NATO, and Finland did too.", "join", {"subject": ["Sweden", "Finland"], "object": ["NATO"]}),
    ("Sweden joined NATO, but Finland did not.", "join", {"subject": ["Sweden"], "object": ["NATO"]}),
    (
        "Russia did not sign the treaty and neither did China.",
        "sign",
        {"subject": ["Russia", "China"], "object": ["the treaty"]},
    ),
    (
        "The parliament has approved, and the king has signed, the reform.",
        "approve",
        {"subject": ["The parliament"], "object": ["the reform"]},
    ),
    ("Troops shot at and wounded a driver.", "shoot", {"subject": ["Troops"], "at": ["a driver"]}),
    ("Egypt, but not Sudan, signed the accord.", "sign", {"subject": ["Egypt"], "object": ["the accord"]}),
    ("He was arrested, tried and executed.", "try", {"subject": ["He"]}),
    ("He was arrested and died.", "die", {"subject": ["He"]}),
    ("The ships left Oslo on Monday and Bergen on Tuesday.", "leave", {"subject": ["The ships"], "object": ["Oslo"]}),
    ("Harper & Lane sued Goldberg & Sons.", "sue", {"subject": ["Harper & Lane"], "object": ["Goldberg & Sons"]}),
    (
        "Smith, Weber & Co. NV bought the shipyard.",
        "buy",
        {"subject": ["Smith, Weber & Co. NV"], "object": ["the shipyard"]},
    ),
    ("Harper and Lane sued the city.", "sue", {"subject": ["Harper", "Lane"], "object": ["the city"]}),
    (
        "The project will cost between $12 million and $20 million.",
        "cost",
        {"subject": ["The project"], "object": ["between $12 million and $20 million"]},
    ),
    (
        "Ericsson, along with Nokia, won the tender.",
        "win",
        {"subject": ["Ericsson"], "object": ["the tender"], "along with": ["Nokia"]},
    ),
    (
        "Turkey together with Qatar funded the school.",
        "fund",
        {"subject": ["Turkey"], "object": ["the school"], "together with": ["Qatar"]},
    ),
    (
        "Iran held talks with Oman in Muscat.",
        "hold",
        {"subject": ["Iran"], "object": ["talks with Oman"], "with": ["Oman"], "in": ["Muscat"]},
    ),
]
ADDED: list[Row] = [
    (
        "The bill was adopted, as well as a package of measures.",
        "adopt",
        {"subject": ["The bill", "a package of measures"]},
    ),
    (
        "The bill is expected to be adopted, as well as a package of measures.",
        "adopt",
        {"subject": ["The bill", "a package of measures"]},
    ),
    ("The bill was adopted and a package was rejected.", "adopt", {"subject": ["The bill"]}),
]
DENIED: list[Row] = [
    (
        "Malta does not pay its dues regularly.",
        "pay",
        {"subject": ["Malta"], "object": ["its dues"], "adverb": ["regularly"]},
    ),
    ("Malta does not pay its dues, sadly.", "pay", {"subject": ["Malta"], "object": ["its dues"]}),
    ("Malta pays its dues regularly.", "pay", {"subject": ["Malta"], "object": ["its dues"]}),
]
EMPTY: list[Row] = [
    ("It was Poland that vetoed the budget.", "veto", {"subject": ["Poland"], "object": ["the budget"]}),
    ("It was in Vienna that the deal was signed.", "sign", {"subject": ["the deal"], "in": ["Vienna"]}),
    ("What angered the union was the decision.", "anger", {"subject": ["the decision"]}),
    ('"Nobody," insisted Petrov, "will stop the project."', "insist", {"subject": ["Petrov"]}),
    ('"Nobody," insisted Petrov, "will stop the project."', "stop", {"subject": ["Nobody"], "object": ["the project"]}),
    (
        "Only after the war did the country join the alliance.",
        "join",
        {"subject": ["the country"], "object": ["the alliance"]},
    ),
    ("It said it would close the plant.", "close", {"subject": ["it"], "object": ["the plant"]}),
    ("It is ready to deploy missiles.", "deploy", {"subject": ["It"], "object": ["missiles"]}),
    ("It is likely to sell the refinery.", "sell", {"subject": ["It"], "object": ["the refinery"]}),
    ("It was told that the bank would close.", "tell", {"subject": ["It"]}),
]
ADJUNCTS: list[Row] = [
    (
        "In a statement, the company apologised for the delay.",
        "apologise",
        {"subject": ["the company"], "for": ["the delay"]},
    ),
    ("For the first time, women voted in the emirate.", "vote", {"subject": ["women"], "in": ["the emirate"]}),
    (
        "The ship sailed from Riga to Oslo for repairs.",
        "sail",
        {"subject": ["The ship"], "from": ["Riga"], "to": ["Oslo"], "for": ["repairs"]},
    ),
    ("With the army in control of the capital, the president fled.", "flee", {"subject": ["the president"]}),
    (
        "The agency called for a re-run of the tender.",
        "call",
        {"subject": ["The agency"], "for": ["a re-run of the tender"]},
    ),
    (
        "The tanker collided with a ferry off Sicily.",
        "collide",
        {"subject": ["The tanker"], "with": ["a ferry"], "off": ["Sicily"]},
    ),
]


def places(statement: Statement) -> dict[str, list[str]]:
    """Return the wordings by place in the clause."""
    found: dict[str, list[str]] = {}
    for argument in statement.arguments:
        place = argument.slot if argument.slot != "oblique" else argument.preposition or "where"
        found.setdefault(place, []).append(argument.mention.text)
    return found


ROWS = [
    *CONTROL,
    *NOBODY,
    *PARTICIPLES,
    *RELATIVES,
    *TWO_OBJECTS,
    *SMALL,
    *COORDINATION,
    *ADDED,
    *DENIED,
    *EMPTY,
    *ADJUNCTS,
]


@pytest.mark.parametrize(("text", "trigger", "expected"), ROWS, ids=[f"{r[1]}: {r[0]}" for r in ROWS])
def test_arguments(read: Read, text: str, trigger: str, expected: dict[str, list[str]] | None) -> None:
    found = [s for s in read(text) if s.trigger == trigger and s.kind is not Kind.RELATION and s.rule != "nominal"]
    assert (places(found[0]) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("It is expected that Spain will send ships.", "expect"),
        ("It was reported that rebels seized the port.", "report"),
        ("It is unclear whether Malta will ratify the treaty.", "be"),
        ("It was time for Serbia to recognise Kosovo.", "be"),
        ("It was Poland that vetoed the budget.", "be"),
        ("It takes two hours to cross the strait.", "take"),
        ("It remains to be seen whether the truce will hold.", "see"),
        ("There were clashes in Beirut.", "be"),
        ("There is no evidence that the suspects lied.", "be"),
        ("France criticised the raid, and so did Belgium.", "do"),
    ],
)
def test_words_that_stand_for_a_clause_give_no_statement(read: Read, text: str, trigger: str) -> None:
    assert [s for s in read(text) if s.trigger == trigger and s.kind is not Kind.RELATION] == []


def test_a_verb_left_out_gives_a_statement(read: Read) -> None:
    sent = [s for s in read("Poland sent tanks and Latvia trucks.") if s.trigger == "send"]
    assert [places(s) for s in sent] == [
        {"subject": ["Poland"], "object": ["tanks"]},
        {"subject": ["Latvia"], "object": ["trucks"]},
    ]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The opposition called on the premier to resign.", "to resign"),
        ("The ministers discussed how to protect shipping.", "to protect"),
        ("It is up to Congress to ratify the treaty.", "to ratify"),
        ("The mayor was forced to resign.", "was forced to resign"),
        ("The senator agreed to resign.", "agreed to resign"),
    ],
)
def test_verb_group(read: Read, text: str, surface: str) -> None:
    assert surface in {s.surface for s in read(text)}


@pytest.mark.parametrize(
    ("text", "preposition", "role"),
    [
        ("Belgium moved crates to Bamako.", "to", "destination"),
        ("The clerk waved to the soldiers.", "to", "recipient"),
        ("The rouble fell to 90.", "to", "attribute"),
        ("The firm bought the mine for $3 billion.", "for", "instrument"),
        ("The jet flew for 9,000 miles.", "for", "manner"),
        ("The ship sailed for Oslo.", "for", "destination"),
        ("The ship sailed for repairs.", "for", "purpose"),
        ("The barracks were converted into a museum.", "into", "attribute"),
        ("Protesters threw stones at the police.", "at", "recipient"),
        ("The tanker collided with a ferry off Sicily.", "off", "location"),
    ],
)
def test_roles_of_prepositions(read: Read, text: str, preposition: str, role: str) -> None:
    found = {a.role.value for s in read(text) for a in s.arguments if a.preposition == preposition}
    assert found == {role}


@pytest.mark.parametrize(
    "text",
    [
        "In a statement, the company apologised.",
        "For the first time, women voted.",
        "In addition to tanks, Spain sent radars.",
        "With the army in control of the capital, the president fled.",
    ],
)
def test_a_setting_is_no_participant(read: Read, text: str) -> None:
    assert [a for s in read(text) for a in s.arguments if a.slot == "oblique" and s.rule != "nominal"] == []
