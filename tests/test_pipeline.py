"""The whole way: the mission's sentence, words of the user's own, and the options of build and extract."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from spacy.language import Language

import kg
from kg.errors import ModelError, OntologyError, SettingError, SourceError
from kg.graph import KnowledgeGraph
from kg.model import Document, Modality, Polarity
from kg.nlp.model import parse
from kg.vocab import KG

pytestmark = pytest.mark.model

MISSION = "NATO will deploy battalions to Estonia, Latvia, Lithuania, Poland"
ENTITY = "https://example.org/kg/entity/"
PLACES = {f"{ENTITY}{name}" for name in ("Estonia", "Latvia", "Lithuania", "Poland")}


@pytest.fixture(scope="module")
def mission() -> KnowledgeGraph:
    """The graph of the mission's sentence."""
    return kg.build([Document(MISSION)])


def test_the_missions_sentence(mission: KnowledgeGraph) -> None:
    found = mission.query(
        "SELECT ?e ?agent ?patient WHERE { ?e a ev:Deploy ; kg:agent ?agent ; kg:patient/rdfs:label ?patient }"
    )
    [(event, agent, patient)] = found.rows
    assert (agent, patient) == (f"{ENTITY}NATO", "battalions")
    destinations = mission.query(f"SELECT ?d WHERE {{ <{event}> kg:destination ?d }}").rows
    assert {d for (d,) in destinations} == PLACES
    claims = mission.query(f"SELECT ?m ?p WHERE {{ ?c kg:about <{event}> ; kg:modality ?m ; kg:polarity ?p }}").rows
    assert claims == ((str(KG.Planned), str(KG.Positive)),)
    assert len(mission.query("SELECT DISTINCT ?e WHERE { ?e a sem:Event }").rows) == 1
    assert len(mission.query("SELECT DISTINCT ?e WHERE { ?c a kg:Claim ; kg:evidence/nif:anchorOf ?e }").rows) == 1


def test_the_missions_statement_has_no_other_role() -> None:
    [extraction] = kg.extract([Document(MISSION)])
    [statement] = extraction.statements
    assert (statement.trigger, statement.surface) == ("deploy", "will deploy")
    assert (statement.modality, statement.polarity) == (Modality.PLANNED, Polarity.POSITIVE)
    assert [a.role.value for a in statement.arguments] == ["agent", "patient", *["destination"] * 4]
    assert (statement.speaker, statement.time) == (None, None)


def first_query(root: Path) -> str:
    """Return the first SPARQL query of the README."""
    found = re.search(r"```sparql\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.S)
    assert found is not None
    return found[1]


def test_the_readmes_query_in_rdflib_and_in_oxigraph(mission: KnowledgeGraph, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    mission.save(path)
    answers = rdflib.Graph().parse(path).query(first_query(root))
    assert {str(row[0]) for row in answers} == PLACES
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    solutions = store.query(first_query(root))
    assert isinstance(solutions, ox.QuerySolutions)
    assert {solution[0].value for solution in solutions} == PLACES
    assert {place for (place,) in mission.query(first_query(root)).rows} == PLACES


def test_what_is_denied_makes_no_direct_triple() -> None:
    graph = kg.build(
        [Document("NATO did not deploy battalions to Estonia. If rebels attack Latvia, NATO will defend Latvia.")]
    )
    assert graph.query("SELECT ?p WHERE { ?a ?p ?b FILTER(STRSTARTS(STR(?p), STR(relation:))) }").rows == ()


def test_two_articles_about_one_event() -> None:
    graph = kg.build([Document("Canada invaded Malta."), Document("As is known, Canada invaded Malta.")])
    [(claims,)] = graph.query("SELECT (COUNT(?c) AS ?n) WHERE { ?e kg:trigger 'invade' . ?c kg:about ?e }").rows
    assert claims == 2
    assert len(graph.query("SELECT ?e WHERE { ?e kg:trigger 'invade' }").rows) == 1


# The user's own words

OWN = """
@prefix ev: <https://w3id.org/newskg/event#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix entity: <https://example.org/kg/entity/> .

ev:Yodel a kg:EventType, owl:Class ; rdfs:label "yodel"@en ; rdfs:subClassOf ev:Praise ; kg:trigger "yodel" .
entity:Zorbania a schema:Country ; rdfs:label "Zorbania"@en ; skos:altLabel "Zorb Land"@en ; kg:demonym "Zorbanian"@en ;
    skos:exactMatch wd:Q999999999 .
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file with an event type and a country of the user's own."""
    path = tmp_path / "own.ttl"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_an_event_type_of_the_users_own(own: Path) -> None:
    text = Document("Olaf Berg yodelled in Malta.")
    for ontology, expected in (([own], "Yodel"), ([], "Event")):
        [extraction] = kg.extract([text], ontology=ontology)
        assert [s.predicate.rsplit("#")[-1].rsplit("/")[-1] for s in extraction.statements] == [expected]
    graph = kg.build([text], ontology=[own])
    assert len(graph.query("SELECT ?e WHERE { ?e a ev:Yodel . ev:Yodel rdfs:subClassOf+ ev:Praise }").rows) == 1


def test_an_entity_of_the_users_own(own: Path) -> None:
    text = Document("Zorb Land sent ships to Malta. Malta praised Zorbania.")
    graph = kg.build([text], ontology=[own])
    assert graph.query("SELECT ?m WHERE { entity:Zorbania skos:exactMatch ?m }").rows == (
        ("http://www.wikidata.org/entity/Q999999999",),
    )
    assert len(graph.query("SELECT ?e WHERE { ?e kg:agent|kg:patient|kg:recipient entity:Zorbania }").rows) == 2
    assert "Zorb_Land" not in str(graph.quads())


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix ev: <x", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        kg.build([Document("Malta sent ships.")], ontology=[broken])


# Options


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        kg.build([Document("Malta sent ships.")], model="no_such_model")


def test_what_cannot_be_read_goes_to_on_error_and_the_rest_is_built(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Malta sent ships to Libya.", encoding="utf-8")
    errors: list[SourceError] = []
    documents: list[Document] = []
    graph = kg.build(
        [tmp_path / "missing.txt", good, Document("Libya thanked Malta.")],
        on_error=errors.append, on_document=documents.append,
    )  # fmt: skip
    assert [Path(e.source).name for e in errors] == ["missing.txt"]
    assert [d.text.strip() for d in documents] == ["Malta sent ships to Libya.", "Libya thanked Malta."]
    assert len(graph.documents()) == 2


def test_nothing_gives_an_empty_graph() -> None:
    assert len(kg.build([])) == 0


def test_the_date_is_for_documents_that_have_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Malta closed the port yesterday.", encoding="utf-8")
    [extraction] = kg.extract([path], date=date(2024, 5, 14))
    assert [t.value for t in extraction.times] == ["2024-05-13"]


def test_boilerplate_gives_no_statements(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Malta sends ships\n\nMalta sent ships to Libya on Monday, officials said.\n\n"
        "Read more: Norway attacks Sweden\n\nSource: https://news.example/malta\n",
        encoding="utf-8",
    )
    [extraction] = kg.extract([path])
    assert extraction.document.title == "Malta sends ships"
    assert extraction.document.url == "https://news.example/malta"
    assert {s.trigger for s in extraction.statements} == {"send", "say"}
    labels = {e[0].label for e in extraction.entities.values()}
    assert not labels & {"Norway", "Sweden", "Read", "Source"}


def test_another_base() -> None:
    graph = kg.build([Document(MISSION)], base="https://kb.example/")
    assert len(graph.query("SELECT ?p WHERE { <https://kb.example/entity/NATO> relation:willDeployTo ?p }").rows) == 4


def test_every_mention_of_a_statement_is_resolved() -> None:
    [extraction] = kg.extract(
        [Document('Olaf Berg, the mayor of Valletta, said: "We sent ships to the Baltic states."')]
    )
    for statement in extraction.statements:
        for mention in (a.mention for a in statement.arguments):
            assert extraction.entities[mention]


@pytest.mark.model
def test_one_path_is_one_source(tmp_path: Path) -> None:
    path = tmp_path / "ships.txt"
    path.write_text("Malta sent ships to Libya.", encoding="utf-8")
    assert kg.build(str(path)) == kg.build([path])


def test_a_base_that_is_no_iri_is_refused_before_anything_is_read() -> None:
    with pytest.raises(SettingError, match="base"):
        kg.build([Document("Malta sent ships.")], base="foo")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("As Zeitung.NET reported, Malta sent ships.", ["As Zeitung.NET reported, Malta sent ships."]),
        ("Malta met Peru. NET profits fell.", ["Malta met Peru.", "NET profits fell."]),
        ("Ships for Malta\n\nPeru sent them.", ["Ships for Malta", "Peru sent them."]),
        ("Peru sent ships\nto Malta.", ["Peru sent ships to Malta."]),
    ],
)
def test_sentences_end_with_paragraphs_and_not_inside_names(nlp: Language, text: str, sentences: list[str]) -> None:
    assert [s.text.strip() for s in parse(nlp, text).sents] == sentences
