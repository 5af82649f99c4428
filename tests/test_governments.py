"""Capitals that stand for governments: where they act, are addressed or are a party, and nowhere else."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

import kg
from kg.model import Document
from kg.nlp.coreference import find_coreference
from kg.nlp.model import load_model, parse
from kg.validate import validate


@cache
def _nlp() -> Language:
    return load_model()


# The text, and the capitals in it that stand for their government.
READINGS: list[tuple[str, list[str]]] = [
    # they act
    ("Moscow accused Kyiv of shelling a village on Tuesday.", ["Moscow", "Kyiv"]),
    ("Beijing rejected the demand and expelled two diplomats.", ["Beijing"]),
    ("Washington and Beijing agreed to cut tariffs.", ["Washington", "Beijing"]),
    ("Riga, Vilnius and Tallinn called for a summit.", ["Riga", "Vilnius", "Tallinn"]),
    ("Tehran has never said that it would leave the treaty.", ["Tehran"]),
    ("Ankara is considering a plan to send troops to Tripoli.", ["Ankara"]),
    ("Cairo, which brokered the truce, is hot.", ["Cairo"]),
    ("The agreement signed by Ottawa takes effect in May.", ["Ottawa"]),
    ("The sanctions against Pyongyang will stay, Seoul announced.", ["Pyongyang", "Seoul"]),
    ("Ottawa recalled its ambassador.", ["Ottawa"]),
    ("Seoul is ready for talks with Pyongyang.", ["Seoul", "Pyongyang"]),
    # they are addressed
    ("NATO urged Moscow to withdraw its troops.", ["Moscow"]),
    ("Tehran asked Caracas for oil.", ["Tehran", "Caracas"]),
    ("Kyiv wants Berlin to deliver tanks.", ["Kyiv", "Berlin"]),
    ("Washington has imposed new sanctions on Tehran.", ["Washington", "Tehran"]),
    # they are a party, or own a deed
    ("The minister held talks with Tehran in Moscow.", ["Tehran"]),
    ("Talks between London and Dublin broke down.", ["London", "Dublin"]),
    ("According to Damascus, the attack was a provocation.", ["Damascus"]),
    ("Moscow's refusal angered Washington.", ["Moscow", "Washington"]),
    # places
    ("Snow fell in Moscow on Monday.", []),
    ("The president flew to Washington on Friday.", []),
    ("The ship left Lisbon for Athens.", []),
    ("The Moscow meeting ended without a deal.", []),
    ("The train from London to Paris was late.", []),
    ("Flights between London and Madrid were cancelled.", []),
    ("Russia attacked Kyiv with missiles.", []),
    ("Earthquakes hit Tokyo and Lima.", []),
    ("Central Moscow rejected the plan.", []),
    # towns
    ("Paris hosted the games in 2024.", []),
    ("London has nine million inhabitants and is growing.", []),
    ("Lima is ready for summer.", []),
    ("Vienna woke up to snow.", []),
    ("Moscow's mayor opened the bridge.", []),
    ("Kyiv and Kharkiv announced blackouts.", []),
    ("Rome beat Paris in the final.", []),
    # Brussels stands for too much
    ("Brussels warned Budapest over the new law.", ["Budapest"]),
    # people
    ("Denzel Washington opened the show. Washington said he was tired.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_readings(text: str, expected: list[str]) -> None:
    doc = parse(_nlp(), text)
    assert [doc[i].text for i in sorted(find_coreference(doc).governments)] == expected


@pytest.mark.model
def test_the_government_and_the_city_are_two_things() -> None:
    graph = kg.build([Document("Moscow rejected the offer. Diplomats met in Moscow. It will send troops to Syria.")])
    rows = graph.select(
        "SELECT ?role ?who WHERE { ?event ?role ?who . VALUES ?role { kg:agent kg:location } "
        "?who skos:altLabel|rdfs:label 'Moscow'@en }"
    ).rows
    assert {(str(role).rsplit("#", 1)[-1], str(who).rsplit("/", 1)[-1]) for role, who in rows} == {
        ("agent", "Government_of_Russia"),
        ("location", "Moscow"),
    }
    states = graph.select("SELECT ?name WHERE { ?government kg:governmentOf/rdfs:label ?name }").rows
    assert states == (("Russia",),)
    assert validate(graph).conforms, str(validate(graph))


@pytest.mark.model
def test_seats_of_power_name_their_state() -> None:
    graph = kg.build([Document("The Kremlin denied the report. The Russian government resigned.")])
    rows = graph.select("SELECT ?who WHERE { ?actor kg:seatOf|kg:governmentOf entity:Russia ; rdfs:label ?who }").rows
    assert sorted(rows) == [("Kremlin",), ("Russian government",)]


@pytest.mark.model
def test_unresolved_pronouns_are_marked() -> None:
    graph = kg.build([Document("They left the town. Ann Lee said she was tired. Somebody called the police.")])
    rows = graph.select("SELECT ?label WHERE { ?who kg:unresolved true ; rdfs:label ?label }").rows
    assert rows == (("They",),)
    assert validate(graph).conforms, str(validate(graph))


@pytest.mark.model
def test_several_take_the_role_together() -> None:
    graph = kg.build([Document("Peru and Chile signed a treaty. The two countries will build a port.")])
    rows = graph.select(
        "SELECT ?label WHERE { ?event kg:trigger 'build' ; kg:agent ?who . ?who rdfs:label ?label } ORDER BY ?label"
    ).rows
    assert rows == (("Chile",), ("Peru",), ("The two countries",))
    members = graph.select(
        "SELECT ?name WHERE { ?group a kg:Group ; schema:member/rdfs:label ?name } ORDER BY ?name"
    ).rows
    assert members == (("Chile",), ("Peru",))
    assert validate(graph).conforms, str(validate(graph))
