"""The gazetteer: its data has no faults, and names find what they should and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.gazetteer import Entry, Gazetteer, gazetteer, load_gazetteer

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from check_gazetteer import faults

PREFIXES = """
@prefix e: <https://example.org/my/> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return load_gazetteer()


def test_no_faults() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        ('e:A a schema:Place ; rdfs:label "A"@en, "B"@en .', "A: has 2 labels"),
        ('e:A a schema:Place ; rdfs:label "A" .', "is not a text in English"),
        ('e:A a schema:Hotel ; rdfs:label "A"@en .', "A: no known class"),
        ('e:A a schema:Place ; rdfs:label "A"@en ; kg:shortname "B"@en .', "unknown property"),
        ('e:A a schema:Place ; rdfs:label "A"@en ; skos:exactMatch wd:Q36 .', "Q36: stands for A, Poland"),
        ('e:A a schema:Place ; rdfs:label "A"@en ; skos:exactMatch wd:Q036 .', "is no Wikidata item"),
        ('e:A a schema:Organization ; rdfs:label "A"@en ; schema:member e:B .', "member B is not defined"),
        ('e:A a schema:Country ; rdfs:label "A"@en .', "A: no demonym"),
        ('e:A a schema:Country ; rdfs:label "A"@en ; kg:demonym "Aish"@en .', "A: no capital"),
        ('e:A a schema:Country ; rdfs:label "poland"@en .', "'poland' is the label of Poland"),
        ('e:A a schema:City ; rdfs:label "A"@en ; kg:capitalOf e:A .', "does not say the inverse"),
        (
            'e:A a schema:GovernmentOrganization ; rdfs:label "A"@en ; kg:governmentOf e:B, e:C .',
            "A: the government of more than one state",
        ),
        ('e:A a schema:Place, kg:Group ; rdfs:label "A"@en .', "a group of fewer than two"),
    ],
)
def test_faults_are_found(tmp_path: Path, turtle: str, fault: str) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    assert any(fault in line for line in faults(path)), faults(path)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Poland", "Poland"),
        ("POLAND", "Poland"),
        ("Poland's", "Poland"),
        ("Poland’s", "Poland"),
        ("Poland 's", "Poland"),
        ("the Netherlands", "Netherlands"),
        ("The Philippines'", "Philippines"),
        ("US", "United_States"),
        ("U.S.", "United_States"),
        ("the U.S.", "United_States"),
        ("U.S.'s", "United_States"),
        ("USA", "United_States"),
        ("united states", "United_States"),
        ("the United States of America", "United_States"),
        ("U.K.", "United_Kingdom"),
        ("Great Britain", "United_Kingdom"),
        ("UAE", "United_Arab_Emirates"),
        ("Cote d'Ivoire", "Ivory_Coast"),
        ("Côte d’Ivoire", "Ivory_Coast"),
        ("Guinea-Bissau", "Guinea-Bissau"),
        ("Guinea - Bissau", "Guinea-Bissau"),
        ("Türkiye", "Turkey"),
        ("Kiev", "Kyiv"),
        ("Sao Paulo", "Sao_Paulo"),
        ("The Hague", "The_Hague"),
        ("NATO", "NATO"),
        ("Nato", "NATO"),
        ("NATO's", "NATO"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("WHO", "World_Health_Organization"),
        ("U.N.", "United_Nations"),
        ("U.N. Security Council", "United_Nations_Security_Council"),
        ("Al Qaeda", "Al-Qaeda"),
        ("al-Qaida", "Al-Qaeda"),
        ("the Baltic States", "Baltic_states"),
        ("Baltic countries", "Baltic_states"),
        ("the Kremlin", "Kremlin"),
        ("St. Petersburg", "Saint_Petersburg"),
        ("Georgia", "Georgia"),
        ("Washington", "Washington"),
        ("New York", "New_York"),
        ("Gaza", "Gaza_Strip"),
    ],
)
def test_by_name(world: Gazetteer, name: str, first: str) -> None:
    found = world.by_name(name)
    assert found and found[0].id == first


@pytest.mark.parametrize(
    "name",
    [
        *("us", "Us", "who", "Who", "un", "nato", "it", "turkey", "china", "jordan", "chad", "apple", "amazon", "nice"),
        *("Hague", "Pole", "Polish", "the Alliance", "the bloc", "Senate", "", "the", "'s", ".", "Moscow time"),
    ],
)
def test_by_name_finds_nothing(world: Gazetteer, name: str) -> None:
    assert world.by_name(name) == ()


def test_ambiguous_names_give_all_countries_first(world: Gazetteer) -> None:
    assert [entry.id for entry in world.by_name("Georgia")] == ["Georgia", "Georgia_US"]
    assert [entry.id for entry in world.by_name("Congo")] == [
        "Democratic_Republic_of_the_Congo",
        "Republic_of_the_Congo",
    ]
    assert [entry.id for entry in world.by_name("New York")] == ["New_York", "New_York_State"]


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("Polish", ["Poland"]),
        ("POLISH", ["Poland"]),
        ("Pole", ["Poland"]),
        ("Poles", ["Poland"]),
        ("Poles'", ["Poland"]),
        ("American", ["United_States"]),
        ("Dutch", ["Netherlands"]),
        ("Frenchman", ["France"]),
        ("Congolese", ["Democratic_Republic_of_the_Congo", "Republic_of_the_Congo"]),
        ("North Korean", ["North_Korea"]),
        ("Kurdish", ["Kurdistan"]),
        ("European", ["Europe"]),
        ("polish", []),
        ("poles", []),
        ("swedes", []),
        ("Poland", []),
        ("", []),
    ],
)
def test_by_demonym(world: Gazetteer, word: str, ids: list[str]) -> None:
    assert [entry.id for entry in world.by_demonym(word)] == ids


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("the Alliance", "NATO"),
        ("alliance", "NATO"),
        ("the bloc", "European_Union"),
        ("the world body", "United_Nations"),
    ],
)
def test_by_short_name(world: Gazetteer, name: str, id: str) -> None:
    assert id in [entry.id for entry in world.by_short_name(name)]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Moscow", "Government_of_Russia"),
        ("Kiev", "Government_of_Ukraine"),
        ("Bogota", "Government_of_Colombia"),
        ("Brussels", None),
        ("Amsterdam", None),
        ("St. Petersburg", None),
        ("Alliance", None),
        ("Atlantis", None),
    ],
)
def test_government_at(world: Gazetteer, name: str, id: str | None) -> None:
    found = world.government_at(name)
    assert (found.id if found is not None else None) == id


def test_every_state_has_at_most_one_government(world: Gazetteer) -> None:
    states = [entry.government_of for entry in world.entries.values() if entry.government_of is not None]
    assert len(states) == len(set(states)) == 195
    seats = [name for e in world.entries.values() if e.government_of is not None for name in e.short_names]
    assert len(seats) == len(set(seats))
    for entry in world.entries.values():
        if entry.government_of is not None:
            for seat in entry.short_names:
                assert world.by_name(seat)[0].capital_of == entry.government_of, seat


def test_entries_carry_the_world(world: Gazetteer) -> None:
    poland, baltic, nato, kremlin = map(world.by_id, ("Poland", "Baltic_states", "NATO", "Kremlin"))
    assert poland and baltic and nato and kremlin
    assert poland.capitals == ("Warsaw",) and poland.matches == ("http://www.wikidata.org/entity/Q36",)
    assert (warsaw := world.by_id("Warsaw")) and warsaw.capital_of == "Poland"
    assert baltic.members == ("Estonia", "Latvia", "Lithuania") and baltic.is_group
    assert "Poland" in nato.members and not nato.is_group
    assert kremlin.seat_of == "Russia"
    assert world.by_id("Atlantis") is None


@pytest.mark.parametrize(
    ("text", "start", "end", "first"),
    [
        ("in Bosnia and Herzegovina today", 1, 4, "Bosnia_and_Herzegovina"),
        ("Bosnia and Croatia", 0, 1, "Bosnia_and_Herzegovina"),
        ("Guinea - Bissau voted", 0, 3, "Guinea-Bissau"),
        ("the United States met", 0, 3, "United_States"),
        ("U.S. troops", 0, 1, "United_States"),
        ("North Korea fired", 0, 2, "North_Korea"),
    ],
)
def test_longest(world: Gazetteer, text: str, start: int, end: int, first: str) -> None:
    found = world.longest(text.split(), start)
    assert found and found[0] == end and found[1][0].id == first


@pytest.mark.parametrize("text", ["us too", "who said", "turkey farm", "the talks"])
def test_longest_finds_nothing(world: Gazetteer, text: str) -> None:
    assert world.longest(text.split(), 0) is None


def test_extra_files_add_and_replace(tmp_path: Path, world: Gazetteer) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        PREFIXES + 'e:Acme%20Ltd a schema:Organization ; rdfs:label "Acme Ltd"@en ; skos:altLabel "ACME"@en .\n'
        'e:Warsaw a schema:City ; rdfs:label "Warszawa"@en .',
        encoding="utf-8",
    )
    mine = load_gazetteer(path)
    assert [entry.id for entry in mine.by_name("Acme")] == ["Acme Ltd"]
    assert [entry.label for entry in mine.by_name("Warszawa")] == ["Warszawa"] and not mine.by_name("Warsaw")
    assert world.by_name("Warsaw") and load_gazetteer() is world


def test_an_entry_without_label_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(PREFIXES + "e:A a schema:Place .", encoding="utf-8")
    with pytest.raises(OntologyError, match="no rdfs:label"):
        load_gazetteer(path)


def test_order_of_entries_does_not_matter() -> None:
    one, two = Entry("A", "Same"), Entry("B", "Same")
    assert gazetteer([one, two]).by_name("Same") == gazetteer([two, one]).by_name("Same") == (one, two)
