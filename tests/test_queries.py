"""The library of named queries: known answers on a graph made by hand, parameters bound as terms, the page about it."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from queries_page import page

from kg.errors import SettingError
from kg.graph import KnowledgeGraph
from kg.queries import Parameter, _term, bound, named_queries, named_query
from kg.vocab import KG

ROOT = Path(__file__).parent.parent
EV = "https://example.org/kg/event/"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(ROOT / "tests" / "data" / "questions.trig")


def _answer(graph: KnowledgeGraph, name: str, columns: str, **parameters: str) -> list[tuple[object, ...]]:
    answer = graph.named_query(name, **parameters)
    chosen = [answer.variables.index(column) for column in columns.split()]
    return [tuple(_short(row[i]) for i in chosen) for row in answer]


def _short(value: object) -> object:
    return value.removeprefix("https://example.org/kg/") if isinstance(value, str) else value


KNOWN: list[tuple[str, dict[str, str], str, list[tuple[object, ...]]]] = [
    ("who-said-what", {"agent": "Oskar Bell"}, "statement polarity claim", [
        ("Norland shell Sundria", "Positive", "claim/c12"), ("Norland shell Sundria", "Positive", "claim/c22")]),
    ("who-said-what", {"agent": "oskar bell", "since": "2031-01-11"}, "claim", [("claim/c22",)]),
    ("who-said-what", {"agent": "Norland"}, "polarity quote", [
        ("Negative", "Norland denied that it had shelled the Sundrian Republic.")]),
    ("who-did-what-to-whom", {}, "who what role whom claims", [
        ("Norland", "shell", "patient", "Sundria", 2),
        ("Norland", "meet", "location", "Porto Lume", 3), ("Norland", "meet", "partner", "Sundria", 3)]),
    ("who-did-what-to-whom", {"target": "Porto Lume"}, "what", [("meet",)]),
    ("who-did-what-to-whom", {"agent": "Sundria"}, "what", []),  # only planned
    ("corroborated", {}, "event independent documents", [("event/e1", 2, 3)]),
    ("corroborated", {"sources": "1"}, "event independent documents", [
        ("event/e1", 2, 3), ("event/e4", 1, 2), ("event/e2", 1, 2), ("event/e5", 1, 1), ("event/e3", 1, 1)]),
    ("corroborated", {"sources": "3"}, "event", []),
    ("single-source", {}, "event source documents", [("event/e5", "d4", 1), ("event/e2", "Harbour Wire", 2)]),
    ("single-source", {"type": "assault"}, "event", [("event/e2",)]),
    ("single-source", {"type": "CONSULT"}, "event", []),
    ("disputed", {}, "label affirmedBy deniedBy event no", [
        ("Norland shell Sundria", "Oskar Bell", "Norland", "event/e2", "claim/c32"),
        ("Norland shell Sundria", "Oskar Bell", "Norland", "event/e2", "claim/c32"),
        ("Norland, memberOf: Lake Union", "Valley Times", "d4", None, "claim/c43")]),
    ("disputed", {"entity": "Sundria"}, "event", [("event/e2",)] * 2),
    ("disputed", {"entity": "Lake Union"}, "yes", [("claim/c34",)]),
    ("disputed", {"entity": "Porto Lume"}, "event", []),
    ("announced-never-reported", {}, "event begin", [("event/e3", date(2031, 3, 1))]),
    ("announced-never-reported", {"before": "2031-02-01"}, "event", []),
    ("timeline", {"entity": "the Sundrian Republic"}, "day event role document", [
        (date(2031, 1, 9), "event/e1", "partner", f"document/d{n}") for n in (1, 2, 3)] + [
        (date(2031, 1, 10), "event/e2", "patient", "document/d1"),
        (date(2031, 1, 11), "event/e2", "patient", "document/d2"),
        (date(2031, 1, 12), "event/e2", "patient", "document/d3"),
        (date(2031, 3, 1), "event/e3", "agent", "document/d3")]),
    ("denials", {}, "deniedBy claim", [("Norland", "claim/c32")]),
    ("denials", {"speaker": "Oskar Bell"}, "claim", []),
    ("speakers", {}, "name claims documents denials", [
        ("Mara Iven", 2, 2, 0), ("Oskar Bell", 2, 2, 0), ("Norland", 1, 1, 1)]),
    ("events-by-type-and-month", {}, "month plover events documents", [
        ("2031-01", "ASSAULT", 1, 2), ("2031-01", "CONSULT", 1, 3)]),
    ("events-by-type-and-month", {"agent": "Sundria"}, "plover", []),
    ("meetings", {}, "begin type place document", [
        (date(2031, 1, 9), "meet", "Porto Lume", f"document/d{n}") for n in (1, 2, 3)]),
    ("meetings", {"entity": "Mara Iven"}, "event", []),
    ("network", {"entity": "Porto Lume"}, "name events documents", [("Norland", 1, 3), ("Sundria", 1, 3)]),
    ("network", {"entity": "Norland"}, "name events", [("Sundria", 3), ("Porto Lume", 1)]),
    ("events-at", {"place": "Norland"}, "event role modality", [("event/e3", "to", "Planned")]),
    ("documents-about", {"entity": "Mara Iven"}, "document claims", [("document/d1", 2), ("document/d2", 1)]),
    ("documents-about", {"entity": "Lake Union"}, "document publisher", [
        ("document/d4", None), ("document/d3", "Valley Times")]),
    ("merges", {}, "score merged into", [
        (0.85, "entity/Sundrian_Republic", "entity/Sundria"), (0.97, "event/e1b", "event/e1")]),
    ("merges", {"limit": "0.9"}, "merged documents", [("entity/Sundrian_Republic", 1)]),
    ("members-of", {"group": "Lake Union"}, "name polarity document", [
        ("Norland", "Positive", "document/d3"), ("Norland", "Negative", "document/d4"),
        ("Sundria", "Negative", "document/d4")]),
    ("evidence", {"event": "event:e2"}, "speaker polarity begin end claim", [
        ("Oskar Bell", "Positive", 53, 94, "claim/c12"), ("Oskar Bell", "Positive", 53, 94, "claim/c22"),
        ("Norland", "Negative", 53, 110, "claim/c32")]),
    ("offices", {}, "name title document", [("Mara Iven", "Foreign Minister", "document/d1")]),
    ("offices", {"person": "Oskar Bell"}, "name", []),
    ("copies", {}, "copy original source", [("document/d2", "document/d1", "Harbour Wire")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), KNOWN)
def test_answers_are_those_known(
    graph: KnowledgeGraph, name: str, parameters: dict[str, str], columns: str, rows: list[tuple[object, ...]]
) -> None:
    assert _answer(graph, name, columns, **parameters) == rows


def test_every_query_has_a_known_answer() -> None:
    assert {name for name, *_ in KNOWN} == set(named_queries())


@pytest.mark.parametrize("name", named_queries())
def test_a_query_is_plain_sparql_and_orders_its_rows_wholly(graph: KnowledgeGraph, name: str) -> None:
    query = named_query(name)
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in graph.triples())
    list(store.query(query.text))  # with no prefix declared for it
    assert query.title
    assert query.description.endswith(".")
    assert re.search(r"\} .*ORDER BY|^\} .*ORDER BY", query.text, re.M)
    assert "GROUP_CONCAT" not in query.text, "its order is no part of SPARQL"
    for term in set(re.findall(r"\bkg:(\w+)", query.text)):
        assert KG[term]


def test_either_of_two_values(graph: KnowledgeGraph) -> None:
    answer = graph.named_query("who-said-what", agent=["Oskar Bell", "Norland"])
    assert len(answer) == 3


def test_a_graph_of_another_base() -> None:
    text = (ROOT / "tests" / "data" / "questions.trig").read_text(encoding="utf-8")
    other = text.replace("https://example.org/kg/", "https://news.example/x/")
    graph = KnowledgeGraph(ox.parse(input=other, format=ox.RdfFormat.TRIG))
    assert len(graph.named_query("evidence", event="event:e2")) == 3
    assert len(graph.named_query("events-at", place="Norland")) == 1


WRONG = [
    ("who-said-what", {}, "needs it"),
    ("who-said-what", {"agent": "Oscar Bell"}, "near it: Oskar Bell"),
    ("who-said-what", {"agent": "Nobody At All"}, "nothing in the graph has that name"),
    ("who-said-what", {"agent": ""}, "nothing in the graph has that name"),
    ("who-said-what", {"agent": "entity:Nobody"}, "nothing in the graph has that name"),
    ("who-said-what", {"agent": "NORLAND", "since": "yesterday"}, "a day, as in"),
    ("who-said-what", {"agents": "Norland"}, "it takes: agent, since"),
    ("speakers", {"agent": "Norland"}, "it takes none"),
    ("corroborated", {"sources": "two"}, "a whole number"),
    ("corroborated", {"sources": "2 } UNION { ?s ?p ?o"}, "a whole number"),
    ("merges", {"limit": "NaN"}, "not a number"),
    ("evidence", {"event": "e2"}, "IRI"),
    ("evidence", {"event": "<https://x.example/a> } SELECT"}, "IRI"),
    ("single-source", {"type": "assult"}, "near it: assault"),
    ("no-such-query", {}, "there are: announced"),
]


@pytest.mark.parametrize(("name", "parameters", "message"), WRONG)
def test_what_is_wrong_is_said(graph: KnowledgeGraph, name: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(SettingError, match=re.escape(message)):
        graph.named_query(name, **parameters)


def test_a_name_that_two_things_have_is_refused_with_both(graph: KnowledgeGraph) -> None:
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    other = ox.Quad(
        ox.NamedNode("https://example.org/kg/entity/Norland_2"), label, ox.Literal("Norland", language="en")
    )
    with pytest.raises(SettingError, match="2 things have that name; give one of: entity:Norland, entity:Norland_2"):
        (graph | KnowledgeGraph([other])).named_query("events-at", place="Norland")


def test_a_label_counts_before_an_alias(graph: KnowledgeGraph) -> None:
    alias = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    other = ox.Quad(ox.NamedNode("https://example.org/kg/entity/Oskar_Bell"), alias, ox.Literal("Norland"))
    assert len((graph | KnowledgeGraph([other])).named_query("events-at", place="Norland")) == 1


@given(st.text())
def test_a_string_is_bound_as_one_term_whatever_it_holds(text: str) -> None:
    term = _term(Parameter("name", "string", "", ""), text, KnowledgeGraph())
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    [row] = ox.Store().query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert row["x"].value == text


@pytest.mark.parametrize("query", named_queries().values(), ids=lambda query: query.name)
def test_examples_name_their_parameters_and_bind(graph: KnowledgeGraph, query: object) -> None:
    query = named_query(query.name)  # type: ignore[attr-defined]
    words = shlex.split(query.example)
    assert words[:3] == ["kg", "query", query.name]
    assert {word.partition("=")[0] for word in words[4::2]} == {p.name for p in query.parameters if p.default is None}
    for parameter in query.parameters:
        if parameter.type in {"date", "integer", "number"}:
            assert parameter.example in bound_to(query.name, graph, parameter)


def bound_to(name: str, graph: KnowledgeGraph, parameter: Parameter) -> str:
    needed = {
        p.name: "event:e1" if p.type == "iri" else "Norland" for p in named_query(name).parameters if not p.default
    }
    return bound(named_query(name), graph, needed | {parameter.name: parameter.example})


def test_the_page_is_that_of_the_queries() -> None:
    written = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert written == page(), "run: python tests/queries_page.py"


@pytest.mark.model
@pytest.mark.parametrize("name", named_queries())
def test_every_query_runs_on_the_examples(examples_graph: KnowledgeGraph, name: str) -> None:
    event = str(examples_graph.select("SELECT ?e { ?e a sem:Event } ORDER BY ?e LIMIT 1").rows[0][0])
    query = named_query(name)
    needed = {p.name: event if p.type == "iri" else p.example for p in query.parameters if p.default is None}
    examples_graph.named_query(name, **needed)
