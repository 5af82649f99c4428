"""Narrowed shapes find what pySHACL finds with all targets, on graphs broken at random and for each constraint."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import SH

from kg.graph import KnowledgeGraph
from kg.ontology import ontology_dir
from kg.shacl import narrowed
from kg.validate import _ontology, _ontology_quads, _take_whole_graph_checks, _turtle

GRAPH = KnowledgeGraph.load(Path(__file__).parent / "data" / "graph.trig")
TRIPLES = GRAPH.triples()
HEAD = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x.example/> .\n"
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)


def _found(data: rdflib.Graph, shapes: rdflib.Graph, ontology: rdflib.Graph | None = None) -> set[tuple[str, ...]]:
    """Give focus node, component, path and value of each result."""
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none")
    return {
        tuple(
            str(results.value(node, part))
            for part in (SH.focusNode, SH.sourceConstraintComponent, SH.value, SH.sourceShape)
        )
        if not isinstance(results.value(node, SH.sourceShape), rdflib.BNode)
        else tuple(str(results.value(node, part)) for part in (SH.focusNode, SH.sourceConstraintComponent, SH.value))
        for node in results.subjects(rdflib.RDF.type, SH.ValidationResult)
    }


def _shapes() -> rdflib.Graph:
    rules = _turtle(ontology_dir() / "shapes.ttl")
    _take_whole_graph_checks(rules)
    return rules


SHAPES = _shapes()
_terms = sorted({term for triple in TRIPLES for term in (triple.subject, triple.object)}, key=str)
_odd = [
    ox.Literal(""),
    ox.Literal("x", language="en"),
    ox.Literal("2031-02-31", datatype=ox.NamedNode(str(rdflib.XSD.date))),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    gone=st.sets(st.sampled_from(TRIPLES), max_size=4),
    more=st.lists(st.tuples(st.sampled_from(TRIPLES), st.sampled_from([*_terms, *_odd])), max_size=3),
)
def test_a_graph_broken_at_random_is_judged_the_same(
    gone: set[ox.Triple], more: list[tuple[ox.Triple, ox.NamedNode | ox.Literal]]
) -> None:
    triples = (set(TRIPLES) - gone) | {ox.Triple(triple.subject, triple.predicate, term) for triple, term in more}
    graph, store = KnowledgeGraph(ox.Quad(*triple) for triple in triples), ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    store.extend(ox.Quad(*quad.triple) for quad in _ontology_quads())
    data = graph.to_rdflib()
    assert _found(data, narrowed(SHAPES, store), _ontology()) == _found(data, SHAPES, _ontology())


DATA = (
    HEAD
    + """
x:a a x:Thing ; x:p 1, 2 ; x:q "one"@en, "two"@en, "eins"@de ; x:r x:b .
x:b a x:Small ; x:p 5 ; x:q "three" ; x:r x:a , x:c .
x:c a x:Thing ; x:p "five" ; x:q "four"@en ; x:day "2020-02-30"^^xsd:date .
x:d a x:Thing ; x:s 3 ; x:t 2 ; x:day "2020-02-03"^^xsd:date ; x:r "words" .
x:Small rdfs:subClassOf x:Thing . x:e x:r _:blank . _:blank a x:Thing .
"""
)
KINDS = [
    "sh:property [ sh:path x:p ; sh:minCount 1 ]", "sh:property [ sh:path x:p ; sh:maxCount 1 ]",
    "sh:property [ sh:path x:p ; sh:minCount 2 ]", "sh:property [ sh:path x:p ; sh:maxCount 0 ]",
    "sh:property [ sh:path x:p ; sh:datatype xsd:integer ]", "sh:property [ sh:path x:day ; sh:datatype xsd:date ]",
    "sh:property [ sh:path x:day ; sh:datatype xsd:gYear ]", "sh:property [ sh:path x:r ; sh:nodeKind sh:IRI ]",
    "sh:property [ sh:path x:r ; sh:class x:Thing ]", "sh:property [ sh:path x:r ; sh:class x:Small ]",
    "sh:property [ sh:path x:p ; sh:minInclusive 2 ]", "sh:property [ sh:path x:p ; sh:maxExclusive 5 ]",
    "sh:property [ sh:path x:q ; sh:minLength 4 ]", "sh:property [ sh:path x:q ; sh:pattern '^T' ; sh:flags 'i' ]",
    "sh:property [ sh:path x:q ; sh:maxLength 3 ]", "sh:property [ sh:path x:q ; sh:uniqueLang true ]",
    "sh:property [ sh:path x:q ; sh:languageIn ( 'en' ) ]", "sh:property [ sh:path x:s ; sh:lessThan x:t ]",
    "sh:property [ sh:path x:p ; sh:in ( 1 2 ) ]", "sh:property [ sh:path x:p ; sh:hasValue 1 ]",
    "sh:property [ sh:path [ sh:inversePath x:r ] ; sh:minCount 1 ]",
    "sh:property [ sh:path ( x:r x:p ) ; sh:minCount 1 ]",
    "sh:property [ sh:path [ sh:alternativePath ( x:p x:s ) ] ; sh:maxCount 1 ]",
    "sh:property [ sh:path x:r ; sh:node [ sh:property [ sh:path x:p ; sh:minCount 1 ] ] ]",
    "sh:or ( [ sh:property [ sh:path x:p ; sh:minCount 1 ] ] [ sh:property [ sh:path x:s ; sh:minCount 1 ] ] )",
    "sh:and ( [ sh:property [ sh:path x:p ; sh:minCount 1 ] ] [ sh:property [ sh:path x:q ; sh:minCount 1 ] ] )",
    "sh:xone ( [ sh:property [ sh:path x:p ; sh:minCount 1 ] ] [ sh:property [ sh:path x:r ; sh:minCount 1 ] ] )",
    "sh:not [ sh:property [ sh:path x:p ; sh:minCount 1 ] ]", "sh:class x:Small", "sh:nodeKind sh:IRI",
    "sh:in ( x:a x:b )",
    "sh:closed true ; sh:ignoredProperties ( rdfs:label )", "sh:deactivated true ; sh:class x:Small",
    "sh:property [ sh:path x:r ; sh:qualifiedValueShape [ sh:class x:Small ] ; sh:qualifiedMinCount 1 ]",
    "sh:property [ sh:path x:p ; sh:equals x:s ]", "sh:severity sh:Warning ; sh:message 'm' ; sh:class x:Small",
]  # fmt: skip
TARGETS = ["sh:targetClass x:Thing", "sh:targetNode x:a, x:d", "sh:targetSubjectsOf x:r", "sh:targetObjectsOf x:r"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_constraint_finds_the_same_by_any_target(kind: str) -> None:
    data, store = rdflib.Graph().parse(data=DATA, format="turtle"), ox.Store()
    store.load(input=DATA.encode(), format=ox.RdfFormat.TURTLE)
    for target in TARGETS:
        shapes = rdflib.Graph().parse(data=f"{HEAD}x:shape a sh:NodeShape ; {target} ; {kind} .", format="turtle")
        assert _found(data, narrowed(shapes, store)) == _found(data, shapes), target


def test_a_shape_that_is_a_class_keeps_its_instances() -> None:
    data, store = rdflib.Graph().parse(data=DATA, format="turtle"), ox.Store()
    store.load(input=DATA.encode(), format=ox.RdfFormat.TURTLE)
    text = f"{HEAD}x:Thing a sh:NodeShape, owl:Class, rdfs:Class ; sh:property [ sh:path x:none ; sh:minCount 1 ] ."
    shapes = rdflib.Graph().parse(data=text, format="turtle")
    assert _found(data, narrowed(shapes, store)) == _found(data, shapes) != set()


def test_most_nodes_of_a_sound_graph_are_not_looked_at() -> None:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in TRIPLES)
    store.extend(ox.Quad(*quad.triple) for quad in _ontology_quads())
    start = time.perf_counter()
    shapes = narrowed(SHAPES, store)
    assert time.perf_counter() - start < 5
    assert not [
        target for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetNode) if (None, target, None) in shapes
    ]
