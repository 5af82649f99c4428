"""The store: what is on disk is one whole state, and asking it is asking the graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.store import Store, asread, database, swap
from kg.store.commit import commit
from kg.store.lock import writing
from kg.store.manifest import Entry, Manifest


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(Path(__file__).parent / "data" / "graph.trig")


def put(folder: Path, graph: KnowledgeGraph) -> None:
    """Store each named graph of a document as a document."""
    with writing(folder):
        by_name: dict[str, list[ox.Quad]] = {}
        for quad in graph:
            by_name.setdefault(str(quad.graph_name).strip("<>").rpartition("/")[2], []).append(quad)
        entries = [Entry(name, name, asread.write_document(folder, name, quads)) for name, quads in by_name.items()]
        commit(folder, Manifest(tuple(sorted(entries))), graph)


# reading


def test_what_is_stored_is_read_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    put(tmp_path, graph)
    store = Store(tmp_path)
    assert store.graph() == graph
    assert store.base == graph.base
    assert store.prefixes() == graph.prefixes()
    assert database.is_whole(tmp_path / swap.CURRENT)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?name { entity:Cyprus rdfs:label ?name }",
        "SELECT DISTINCT ?p { ?s ?p ?o } ORDER BY DESC(?p) LIMIT 3",
        "ASK { ?claim a kg:Claim }",
        "ASK { ?claim a kg:Nothing }",
        "CONSTRUCT WHERE { ?s a sem:Event }",
        "DESCRIBE entity:Cyprus",
    ],
)
def test_a_question_has_one_answer_in_memory_and_on_disk(query: str, graph: KnowledgeGraph, tmp_path: Path) -> None:
    put(tmp_path, graph)
    assert Store(tmp_path).query(query) == graph.query(query)


def test_a_wrong_query_is_explained(graph: KnowledgeGraph, tmp_path: Path) -> None:
    put(tmp_path, graph)
    with pytest.raises(QueryError, match="needs a prefix"):
        Store(tmp_path).query("SELECT ?s { ?s a Event }")


def test_anyone_can_open_the_database(graph: KnowledgeGraph, tmp_path: Path) -> None:
    put(tmp_path, graph)
    with_pyoxigraph = ox.Store.read_only(str(tmp_path / "store"))
    assert len(list(with_pyoxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == len(graph.triples())
    assert len(list(with_pyoxigraph.named_graphs())) == 3


def test_an_open_store_stays_what_it_was_until_it_is_refreshed(graph: KnowledgeGraph, tmp_path: Path) -> None:
    put(tmp_path, graph)
    store = Store(tmp_path)
    assert not store.refresh()
    put(tmp_path, KnowledgeGraph())
    assert store.graph() == graph
    assert store.query("ASK { ?s ?p ?o }") is True
    assert store.refresh()
    assert store.query("ASK { ?s ?p ?o }") is False
    assert len(store.graph()) == 0


def test_no_store_yet(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph here yet; make one with: kg build SOURCE\.\.\. -o "):
        Store(tmp_path / "nowhere")
