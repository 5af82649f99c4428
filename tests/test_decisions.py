"""What a user decides about identity, in a file and in the graph; and the list of what was made one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import OntologyError, SettingError
from kg.graph import KnowledgeGraph
from kg.identity import consolidate, read_decisions
from kg.merges import merges
from kg.model import Document
from kg.pipeline import read_documents

PREFIXES = "@prefix e: <https://example.org/kg/entity/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
ENTITY = "https://example.org/kg/entity/"
TEXTS = (
    "The Harbour Court of Auditors (HCA) criticised Norway. The HCA wants a review of the plan.",
    "The HCA criticised Norway on Friday. Dr. Jana F. Holt praised the HCA.",
    "Jana Holt resigned on Monday. Norway thanked Holt.",
)
DOCUMENTS = [Document(text, published=date(2024, 5, 14 + day)) for day, text in enumerate(TEXTS)]


def write(folder: Path, turtle: str) -> Path:
    path = folder / "decisions.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def pairs(graph: KnowledgeGraph) -> dict[tuple[str, str], float]:
    found = merges(graph)
    return {(m.merged.removeprefix(ENTITY), m.into.removeprefix(ENTITY)): m.score for m in found if ENTITY in m.merged}


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ("e:A owl:sameAs e:B . e:B owl:differentFrom e:A .", "both and neither"),
        ('e:A owl:sameAs "B" .', "decides nothing"),
        ("e:A owl:equivalentClass e:B .", "decides nothing"),
        ("e:A owl:sameAs", r"decisions\.ttl:3: "),
    ],
)
def test_a_file_that_decides_nothing_is_refused(tmp_path: Path, turtle: str, said: str) -> None:
    with pytest.raises(OntologyError, match=said):
        read_decisions(write(tmp_path, turtle))


@pytest.mark.model
def test_what_is_forbidden_stays_apart_and_what_is_forced_is_one(tmp_path: Path) -> None:
    free = kg.build(DOCUMENTS)
    assert {("HCA", "Harbour_Court_of_Auditors"), ("Jana_Holt", "Jana_F._Holt")} <= pairs(free).keys()
    turtle = "e:HCA owl:differentFrom e:Harbour_Court_of_Auditors . e:Jana_F._Holt owl:differentFrom e:Jana_Holt ."
    assert not pairs(kg.build(DOCUMENTS, identity=[write(tmp_path, turtle)]))
    forced = pairs(kg.build(DOCUMENTS[2:], identity=[write(tmp_path, "e:Jana_Holt owl:sameAs e:Norway .")]))
    assert forced == {("Jana_Holt", "Norway"): 1.0}


@pytest.mark.model
def test_merges_of_one_thing_and_of_a_low_score() -> None:
    graph = kg.build(DOCUMENTS)
    assert {m.label for m in merges(graph, about="Jana F. Holt")} == {"Jana F. Holt"}
    assert merges(graph, about=f"{ENTITY}Jana_Holt") == merges(graph, about="Jana F. Holt")
    assert all(m.score <= 0.8 for m in merges(graph, below=0.8))
    with pytest.raises(SettingError, match="nothing in the graph has that name"):
        merges(graph, about="Nobody")


@pytest.mark.model
@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(3)), kept=st.sets(st.integers(0, 2)))
def test_a_graph_depends_on_its_documents_alone(order: list[int], kept: set[int]) -> None:
    read = _read()
    chosen = [i for i in order if i in kept]
    graph = consolidate(quad for i in chosen for quad in read[i])
    assert graph == consolidate(quad for i in sorted(kept) for quad in reversed(read[i]))
    assert consolidate(graph) == graph


def _read() -> list[tuple[ox.Quad, ...]]:
    if not _CACHE:
        _CACHE.extend(quads for _, quads in read_documents(DOCUMENTS))
    return _CACHE


_CACHE: list[tuple[ox.Quad, ...]] = []
