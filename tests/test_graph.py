"""KnowledgeGraph: a set, its files, and the views derived from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import FormatError, QueryError, SourceError
from kg.graph import KnowledgeGraph, QueryResult
from kg.index import python_value
from kg.views import COLUMNS
from kg.vocab import KG, RDF, RDFS, XSD

ENTITY = "https://example.org/kg/entity/"
FIRST, SECOND = "a000000000000001", "b000000000000002"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(Path(__file__).parent / "data" / "graph.trig")


def _quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal, name: str | None = None) -> ox.Quad:
    where = ox.NamedNode(name) if name else None
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, where)


# the set


def test_the_union_of_two_graphs_is_their_merge(graph: KnowledgeGraph) -> None:
    halves = graph.quads()[::2], graph.quads()[1::2]
    merged = KnowledgeGraph(halves[0]) | KnowledgeGraph(halves[1]) | KnowledgeGraph(halves[0])
    assert merged == graph
    assert hash(merged) == hash(graph)
    assert merged.quads() == graph.quads()
    assert graph != KnowledgeGraph(halves[0])
    assert graph != "a graph"


def test_triples_are_the_union_of_the_named_graphs(graph: KnowledgeGraph) -> None:
    triples = graph.triples()
    assert len(triples) == len(set(triples)) < len(graph), "both documents state that Cyprus is a country"
    assert set(triples) == {quad.triple for quad in graph}
    assert list(map(str, triples)) == sorted(map(str, triples))


def test_an_empty_graph_has_every_view(tmp_path: Path) -> None:
    empty = KnowledgeGraph()
    assert (len(empty), empty.quads(), empty.triples(), empty.documents()) == (0, (), (), ())
    assert not empty.query("ASK { ?s ?p ?o }")
    assert len(empty.to_rdflib()) == 0
    assert empty.to_networkx().number_of_nodes() == 0
    assert list(empty.to_pandas().columns) == list(COLUMNS)
    assert empty.stats().unclassified_share == 0.0


def test_base_is_read_off_the_graph() -> None:
    claim = _quad("https://kg.press/x/claim/1", RDF.type, ox.NamedNode(str(KG.Claim)))
    graph = KnowledgeGraph([claim])
    assert graph.base == "https://kg.press/x/"
    assert graph.prefixes()["entity"] == "https://kg.press/x/entity/"
    assert KnowledgeGraph().base == "https://example.org/kg/"


# documents


def test_documents(graph: KnowledgeGraph) -> None:
    first, second = graph.documents()
    assert (first.id, first.identifier, first.title, first.published, first.publisher, first.language) == (
        FIRST,
        "wire-7",
        "Frigates for Cyprus",
        "2031-01-15",
        "Harbour Wire",
        "en",
    )
    assert first.url == "https://news.example/frigates?id=7&lang=en"
    assert (second.id, second.url) == (SECOND, None)


# loading


def test_load_names_the_file_and_the_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<http://a/s> <http://a/p> 1 .\n<http://a/s> <http://a/p> .\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"broken\.ttl:2: ") as caught:
        KnowledgeGraph.load(broken)
    assert caught.value.line == 2


@pytest.mark.parametrize("name", ["missing.ttl", "missing.nq"])
def test_load_of_a_missing_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=name):
        KnowledgeGraph.load(tmp_path / name)


@pytest.mark.parametrize("name", ["graph.html", "graph", "graph.docx"])
def test_load_of_what_is_not_rdf(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match=r"\.ttl"):
        KnowledgeGraph.load(tmp_path / name)


# queries


def test_a_triple_that_two_documents_state_is_found_once(graph: KnowledgeGraph) -> None:
    assert graph.select("SELECT (COUNT(*) AS ?n) { entity:Cyprus rdfs:label ?name }").rows == ((1,),)
    assert graph.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { entity:Cyprus rdfs:label ?name } }").rows == ((2,),)


def test_every_prefix_may_be_used_undeclared(graph: KnowledgeGraph) -> None:
    asked = "SELECT ?who { event:0b12 kg:agent ?who . ?who a schema:Country . document:b000000000000002 a nif:Context }"
    assert graph.select(asked).rows == ((f"{ENTITY}Norland",),)
    for prefix in graph.prefixes():
        assert graph.query(f"ASK {{ ?s ?p ?o . FILTER({prefix}:x != ?s) }}")


def test_select_gives_python_values(graph: KnowledgeGraph) -> None:
    result = graph.query("""SELECT ?label ?begin ?confidence ?speaker {
        ?claim kg:about ?event ; kg:confidence ?confidence . ?event rdfs:label ?label ; kg:agent entity:Harbour_League .
        OPTIONAL { ?event sem:hasBeginTimeStamp ?begin } OPTIONAL { ?claim kg:speaker ?speaker } }""")
    assert isinstance(result, QueryResult)
    assert result.variables == ("label", "begin", "confidence", "speaker")
    assert list(result) == [("Harbour League demand return", None, 0.85, None)]
    assert len(result) == 1
    assert result.to_pandas().to_dict("list") == {
        "label": ["Harbour League demand return"], "begin": [None], "confidence": [0.85], "speaker": [None],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("4", XSD.integer, 4),
        ("0.86", XSD.decimal, 0.86),
        ("true", XSD.boolean, True),
        ("0", XSD.boolean, False),
        ("2031-03-01", XSD.date, date(2031, 3, 1)),
        ("the ides of March", XSD.date, "the ides of March"),
        ("2031-03", XSD.gYearMonth, "2031-03"),
        ("4", XSD.string, "4"),
    ],
)
def test_python_values(text: str, datatype: str, value: object) -> None:
    found = python_value(ox.Literal(text, datatype=ox.NamedNode(str(datatype))))
    assert (found, type(found)) == (value, type(value))


def test_rows_are_sorted_unless_the_query_orders_them(graph: KnowledgeGraph) -> None:
    names = [row[0] for row in graph.select("SELECT ?name { ?x a schema:Country ; rdfs:label ?name }")]
    assert names == ["Cyprus", "Norland"]
    down = graph.select("SELECT ?name { ?x a schema:Country ; rdfs:label ?name } ORDER BY DESC(?name)")
    assert [row[0] for row in down] == ["Norland", "Cyprus"]
    inner = graph.select(
        "SELECT ?name { { SELECT ?name { ?x a schema:Country ; rdfs:label ?name } ORDER BY DESC(?name) } }"
    )
    assert [row[0] for row in inner] == ["Cyprus", "Norland"]


def test_ask_and_construct(graph: KnowledgeGraph) -> None:
    assert graph.query("ASK { event:0a11 a ev:Send }") is True
    assert graph.query("ASK { event:0a11 a ev:Shell }") is False
    made = graph.query("CONSTRUCT { ?who rdfs:seeAlso ?what } WHERE { ?what kg:agent ?who }")
    assert isinstance(made, KnowledgeGraph)
    assert len(made) == 4
    assert graph.query("SELECT ?g { GRAPH ?g { event:0a11 a sem:Event } }").rows == (  # type: ignore[union-attr]
        (f"https://example.org/kg/document/{FIRST}",),
    )


def test_a_query_that_is_wrong_says_where(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="2:") as caught:
        graph.query("SELECT ?x {\n ?x kg:agent }")
    assert caught.value.query.startswith("SELECT")
    with pytest.raises(QueryError):
        graph.query("SELECT ?x { ?x nobody:knows ?y }")
    with pytest.raises(QueryError, match="SELECT"):
        graph.select("ASK { ?s ?p ?o }")


def test_what_sparql_finds_rdflib_finds_too(graph: KnowledgeGraph) -> None:
    asked = "SELECT ?to WHERE { ?who relation:willSendTo/rdfs:label ?to }"
    assert (
        [str(row[0]) for row in graph.to_rdflib().query(asked)] == [row[0] for row in graph.select(asked)] == ["Cyprus"]
    )


# views


def test_to_rdflib_keeps_every_triple_and_lexical_form(graph: KnowledgeGraph) -> None:
    odd = _quad(f"{ENTITY}X", str(KG.quantity), ox.Literal("007", datatype=ox.NamedNode(str(XSD.integer))))
    view = (graph | KnowledgeGraph([odd])).to_rdflib()
    assert len(view) == len(graph.triples()) + 1
    assert [str(value) for value in view.objects(rdflib.URIRef(f"{ENTITY}X"))] == ["007"]
    assert dict(view.namespaces())["kg"] == rdflib.URIRef(str(KG._NS))


def test_to_rdflib_refuses_what_rdflib_cannot_hold() -> None:
    inner = ox.Triple(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal("o"))
    with pytest.raises(ValueError, match="triple term"):
        KnowledgeGraph([ox.Quad(ox.NamedNode("http://a/r"), ox.NamedNode("http://a/p"), inner)]).to_rdflib()


def test_networkx_nodes(graph: KnowledgeGraph) -> None:
    view = graph.to_networkx()
    assert isinstance(view, nx.MultiDiGraph)
    kinds = nx.get_node_attributes(view, "kind")
    assert sorted(kinds.values()) == ["entity"] * 5 + ["event"] * 4 + ["participant"] * 3
    assert view.nodes[f"{ENTITY}Norland"] == {"label": "Norland", "type": "Country", "kind": "entity"}
    event = view.nodes["https://example.org/kg/event/0a11"]
    assert event == {"label": "our navy send two frigates to Cyprus", "type": "send", "kind": "event"}


def test_networkx_edges(graph: KnowledgeGraph) -> None:
    edges = {
        (a.rpartition("/")[2], b.rpartition("/")[2], d["label"]): (d["kind"], d["modality"], d["polarity"], d["claims"])
        for a, b, d in graph.to_networkx().edges(data=True)
    }
    assert edges["0a12", "Cyprus", "patient"] == ("role", "Actual", "Negative", 1)
    assert edges["0b11", "0b12", "topic"] == ("role", "Actual", "Positive", 1)
    assert edges["Ada_Quill", "Tide_Party", "memberOf"] == ("relation", "Actual", "Positive", 1)
    assert edges["Harbour_League", "Norland", "demand"] == ("shortcut", "Actual", "Positive", 1)
    assert edges[f"{FIRST}-1-navy", "Cyprus", "will send to"] == ("shortcut", "Planned", "Positive", 1)
    assert edges["Harbour_League", "Cyprus", "member"] == ("relation", "", "", 0)
    assert len(edges) == 15


def test_the_views_do_not_depend_on_the_order_of_the_quads(graph: KnowledgeGraph) -> None:
    turned = KnowledgeGraph(reversed(graph.quads()))
    assert list(turned.to_networkx().edges(data=True, keys=True)) == list(
        graph.to_networkx().edges(data=True, keys=True)
    )
    assert list(turned.to_networkx().nodes(data=True)) == list(graph.to_networkx().nodes(data=True))
    assert turned.to_pandas().equals(graph.to_pandas())


def test_to_pandas_has_a_row_for_each_claim_about_an_event(graph: KnowledgeGraph) -> None:
    table = graph.to_pandas().set_index("event")
    assert len(table) == 4
    row = table.loc["https://example.org/kg/event/0a11"]
    expected = {
        "type": "send", "plover": "MOBILIZE", "trigger": "send", "agent": "our navy", "patient": "two frigates",
        "destination": "Cyprus", "manner": "by rotation", "begin": "2031-03-01", "end": "2031-03-31",
        "time": "in March 2031", "modality": "Planned", "polarity": "Positive", "speaker": "Ada Quill",
        "confidence": 0.86,
        "document": FIRST, "title": "Frigates for Cyprus", "date": "2031-01-15", "publisher": "Harbour Wire",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["evidence"].startswith('"Our navy') and row["evidence"].endswith("said.")
    assert table.loc["https://example.org/kg/event/0b11", "topic"] == "Norland return the crew"
    unclassified = table.loc["https://example.org/kg/event/0b12"]
    assert unclassified[["type", "plover", "title"]].isna().all()


def test_stats(graph: KnowledgeGraph) -> None:
    stats = graph.stats()
    assert (stats.documents, stats.events, stats.relations, stats.claims) == (2, 4, 2, 6)
    assert (stats.named, stats.unnamed, stats.unclassified, stats.unclassified_share) == (5, 3, 1, 0.25)
    assert list(stats.by_modality.items()) == [("Actual", 4), ("Planned", 1), ("Required", 1)]
    assert stats.by_polarity == {"Positive": 5, "Negative": 1}
    assert list(stats.by_type) == ["demand", "send", "shell"]
    assert list(stats.by_speaker) == ["Ada Quill", "Harbour League", "Norland"]


def test_repr_names_the_size(graph: KnowledgeGraph) -> None:
    assert repr(graph) == f"<KnowledgeGraph: {len(graph.triples())} triples of 2 documents>"
    assert graph.quads()[0] in graph
    assert str(RDFS.label) in {quad.predicate.value for quad in graph}


@pytest.mark.parametrize(
    ("sparql", "reason"),
    [
        ("SELECT ?s WHERE { ?s foo:bar ?o }", "prefix foo: is not declared"),
        ("DELETE WHERE { ?s ?p ?o }", "queries only read"),
        ('SELECT ?s WHERE { ?s rdfs:label "foo:bar" ', "error at"),
    ],
)
def test_a_query_that_cannot_be_run_says_why(sparql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        KnowledgeGraph().query(sparql)
