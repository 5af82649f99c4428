"""The closure: what follows is added, in a graph of its own, and nothing else."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import SettingError
from kg.graph import KnowledgeGraph
from kg.infer import Rules, closure
from kg.validate import validate

GRAPH = KnowledgeGraph.load(Path(__file__).parent / "data" / "questions.trig")


@pytest.fixture(scope="module", params=Rules)
def closed(request: pytest.FixtureRequest) -> KnowledgeGraph:
    if request.param is Rules.OWLRL:
        pytest.importorskip("reasonable")
    return closure(GRAPH, request.param)


@pytest.mark.parametrize(("ask", "before"), [
    ("ASK { event:e1 a ev:Consult }", False), ("ASK { event:e2 a ev:Assault }", False),
    ("ASK { event:e1 kg:role entity:Sundria }", False), ("ASK { event:e1 sem:hasActor entity:Norland }", False),
    ("ASK { event:e1 a ev:Meet }", True),
])  # fmt: skip
def test_what_follows_is_there(closed: KnowledgeGraph, ask: str, before: bool) -> None:
    assert GRAPH.query(ask) is before
    assert closed.query(ask) is True


@pytest.mark.parametrize("ask", [
    "ASK { event:e1 a ev:Assault }", "ASK { ?x owl:sameAs ?x }", "ASK { ?x a owl:Thing }",
    "ASK { event:e4 a ev:Mobilize }",
])  # fmt: skip
def test_what_does_not_follow_is_not(closed: KnowledgeGraph, ask: str) -> None:
    assert closed.query(ask) is False


def test_all_that_is_new_stands_in_a_graph_of_its_own(closed: KnowledgeGraph) -> None:
    new = {quad.graph_name for quad in closed.quads() if quad not in GRAPH}
    assert new == {ox.NamedNode("https://example.org/kg/inferred")}
    assert set(GRAPH.quads()) <= set(closed.quads())
    assert validate(closed).conforms


def test_twice_is_once() -> None:
    once = closure(GRAPH, Rules.RDFS)
    assert closure(once, Rules.RDFS) == once


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "reasonable":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingError, match=r"newskg\[infer\]"):
        closure(GRAPH, Rules.OWLRL)
