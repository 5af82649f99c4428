"""Small articles and the whole graph each must give; ``KG_UPDATE_GOLDEN=1`` rewrites the expectation.

Every triple of an expected graph was read against its article and is true of it.
The run that made a graph is left out, and the confidence with it, so that neither a new version nor a new
calibration changes the expectation.
"""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import graph_diff, isomorphic

import kg
from kg.graph import KnowledgeGraph
from kg.model import Document
from kg.validate import validate
from kg.vocab import KG, PROV

GOLDEN = Path(__file__).parent / "golden"
ARTICLES = sorted(path.stem for path in GOLDEN.glob("*.txt"))

pytestmark = pytest.mark.model


@cache
def build(name: str) -> KnowledgeGraph:
    """Build the graph of one article."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    return kg.build([Document(text, published=date(2024, 5, 14), identifier=name)])


def without_run(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Leave out what names the run, and how sure the reading is."""
    left_out = {str(PROV.wasGeneratedBy), str(KG.confidence)}
    return KnowledgeGraph(q for q in graph if q.predicate.value not in left_out and "/run/" not in q.subject.value)


def readable(graph: Graph) -> str:
    """Return the triples as sorted lines, for a message."""
    return "\n".join(sorted(" ".join(term.n3() for term in triple) for triple in graph))


@pytest.mark.parametrize("name", ARTICLES)
def test_graph(name: str) -> None:
    path = GOLDEN / f"{name}.ttl"
    found = without_run(build(name))
    if os.environ.get("KG_UPDATE_GOLDEN"):
        found.save(path)
    expected = Graph().parse(path, format="turtle")
    actual = found.to_rdflib()
    union = Graph()
    for triple in actual.triples((None, None, None)):
        union.add(triple)
    if not isomorphic(union, expected):
        _, more, fewer = graph_diff(union, expected)
        pytest.fail(f"not expected:\n{readable(more)}\n\nmissing:\n{readable(fewer)}")


@pytest.mark.parametrize("name", ARTICLES)
def test_graph_passes_the_shapes(name: str) -> None:
    report = validate(build(name))
    assert report.conforms, str(report)


@pytest.mark.parametrize("name", ARTICLES)
def test_evidence_is_in_the_article(name: str) -> None:
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    rows = build(name).query("SELECT ?b ?e ?q WHERE { ?p nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?q }").rows
    assert rows
    assert all(
        text[begin:end] == quote for begin, end, quote in rows if isinstance(begin, int) and isinstance(end, int)
    )
