"""Gazetteers that users have: tables and SKOS, what they add to, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.gazetteer import load_gazetteer
from kg.gazetteer_files import read_gazetteer
from kg.vocab import SCHEMA

WD = "http://www.wikidata.org/entity/"
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix wd: <http://www.wikidata.org/entity/> .
<https://thesaurus.example/> a skos:ConceptScheme ; skos:prefLabel "Ports"@en .
<https://thesaurus.example/7> a skos:Concept, schema:Organization ;
    skos:prefLabel "Hafenamt Norden"@de, "Norden Port Authority"@en ; skos:altLabel "NPA"@en ;
    skos:hiddenLabel "Norden Port Autority" ;
    skos:exactMatch wd:Q99999991 .
wd:Q36 skos:prefLabel "Poland"@en ; skos:altLabel "the Polish Republic"@en .
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "mine.csv",
        "\ufeffName,aliases,type,wikidata,iri\n"
        'Arden Lines,"Arden| Arden Shipping ",Corporation,Q99999992,\n'
        "Mira Holt,,Person,,https://www.wikidata.org/wiki/Q99999993\n"
        "Zorvale,,,,https://people.example/z\n",
    )
    arden, mira, zorvale = read_gazetteer(table)
    assert (arden.id, arden.aliases, arden.types) == (
        "Arden_Lines",
        ("Arden", "Arden Shipping"),
        (str(SCHEMA.Corporation),),
    )
    assert arden.matches == (f"{WD}Q99999992",)
    assert mira.matches == (f"{WD}Q99999993",)
    assert (zorvale.types, zorvale.matches) == ((), ())


@pytest.mark.parametrize(("name", "separator"), [("mine.tsv", "\t"), ("mine.csv", ";")])
def test_other_separators(tmp_path: Path, name: str, separator: str) -> None:
    [entry] = read_gazetteer(write(tmp_path, name, separator.join(["name", "type"]) + "\nArden" + separator + "City\n"))
    assert entry.types == (str(SCHEMA.City),)


def test_skos(tmp_path: Path) -> None:
    port, poland = sorted(read_gazetteer(write(tmp_path, "ports.ttl", SKOS)), key=lambda entry: entry.id)
    assert port.label == "Norden Port Authority"
    assert port.aliases == ("Hafenamt Norden", "NPA", "Norden Port Autority")
    assert port.types == (str(SCHEMA.Organization),)
    assert port.matches == (f"{WD}Q99999991",)
    assert (poland.id, poland.matches) == ("Poland", (f"{WD}Q36",))


def test_what_is_known_gains_names_and_keeps_the_rest(tmp_path: Path) -> None:
    world = load_gazetteer(own=[write(tmp_path, "ports.ttl", SKOS)])
    poland = world.by_name("the Polish Republic")[0]
    assert poland is world.by_name("Poland")[0]
    assert poland.capitals == ("Warsaw",)
    assert world.by_name("NPA")[0].id == "Norden_Port_Authority"


def test_one_name_with_another_link_is_another_thing(tmp_path: Path) -> None:
    table = write(tmp_path, "mine.csv", "name,type,wikidata\nPoland,City,Q99999994\n")
    world = load_gazetteer(own=[table])
    assert world.by_id("Poland").matches == (f"{WD}Q36",)  # type: ignore[union-attr]
    assert world.by_id("Poland_Q99999994").types == (str(SCHEMA.City),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "label,type\nX,City\n", r"a\.csv:1: has no column 'label' to read; the columns are: name"),
        ("a.csv", "type\nCity\n", r"a\.csv:1: has no column 'name'"),
        ("a.csv", "name,type\nX,City\n,City\n", r"a\.csv:3: has no name"),
        ("a.csv", "name,type\nX,Cty\n", r"a\.csv:2: type 'Cty' is no class of schema\.org"),
        ("a.csv", "name,wikidata\nX,36\n", r"a\.csv:2: '36' is no item like Q7184"),
        ("a.csv", "name,iri\nX,not an iri\n", r"a\.csv:2: 'not an iri' is no IRI"),
        ("a.csv", "name,type\nX,City,more\n", r"a\.csv:2: has more fields"),
        ("a.csv", "", r"a\.csv:1: has no column 'name'"),
        ("a.csv", "name\n", r"a\.csv: names nothing"),
        ("a.ttl", "@prefix skos: <http://skos> .\n<x> skos:prefLabel", r"a\.ttl:2: "),
        ("a.ttl", "", r"a\.ttl: names nothing"),
        ("a.xlsx", "", r"a\.xlsx: no gazetteer by its suffix"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(OntologyError, match=said):
        read_gazetteer(write(tmp_path, name, text))


def test_a_table_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="No such file"):
        read_gazetteer(tmp_path / "none.csv")
    path = tmp_path / "old.csv"
    path.write_bytes("name\nÅland\n".encode("latin-1"))
    with pytest.raises(OntologyError, match="not UTF-8"):
        read_gazetteer(path)
