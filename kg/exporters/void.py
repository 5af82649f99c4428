"""A description of the graph as a dataset, in VoID and DCAT: what is in it, counted, and under which licence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.exporters.rdf import write_turtle
from kg.graph import KnowledgeGraph
from kg.vocab import DCAT, DCT, OWL, PREFIXES, PROV, RDF, SCHEMA, VOID, XSD

_TYPE = str(RDF.type)


def describe(
    graph: KnowledgeGraph, *, title: str = "News knowledge graph", licence: str | None = None
) -> KnowledgeGraph:
    """Return the VoID and DCAT description of ``graph``: counts, classes, properties, vocabularies, period, version.

    The version is a hash of the content, and no date of today is in it. ``licence`` is the IRI of a licence.

    >>> len(describe(KnowledgeGraph()).select("SELECT ?d WHERE { ?d a void:Dataset ; void:triples 0 }"))
    1
    """
    return KnowledgeGraph(ox.Quad(*triple) for triple in _triples(graph, title, licence))


def write_void(graph: KnowledgeGraph, path: Path) -> None:
    """Write the description as Turtle, without a licence: the one who publishes the graph says it."""
    write_turtle(describe(graph), path)


def _triples(graph: KnowledgeGraph, title: str, licence: str | None) -> Iterator[ox.Triple]:
    dataset = f"{graph.base}dataset"
    triples = graph.triples()
    yield from _facts(dataset, RDF.type, _node(VOID.Dataset), _node(DCAT.Dataset))
    yield from _facts(dataset, DCT.title, ox.Literal(title, language="en"))
    yield from _facts(dataset, OWL.versionInfo, ox.Literal(_version(graph)))
    yield from _facts(dataset, VOID.uriSpace, ox.Literal(graph.base))
    yield from _facts(dataset, DCAT.theme, _node(SCHEMA.NewsArticle))
    if licence is not None:
        yield from _facts(dataset, DCT.license, ox.NamedNode(licence))
    counts = {
        VOID.triples: len(triples),
        VOID.documents: len(graph.documents()),
        VOID.entities: len(graph.index.entities),
        VOID.distinctSubjects: len({triple.subject for triple in triples}),
        VOID.distinctObjects: len({triple.object for triple in triples}),
    }
    for property, count in counts.items():
        yield from _facts(dataset, property, _number(count))
    for space in _vocabularies(triples):
        yield from _facts(dataset, VOID.vocabulary, ox.NamedNode(space))
    for run in graph.index.by_type.get(str(PROV.Activity), ()):
        yield from _facts(dataset, PROV.wasGeneratedBy, ox.NamedNode(run))
    yield from _period(graph, dataset)
    yield from _partitions(triples, dataset)


def _version(graph: KnowledgeGraph) -> str:
    lines = ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b""
    return hashlib.sha256(lines).hexdigest()[:16]


def _period(graph: KnowledgeGraph, dataset: str) -> Iterator[ox.Triple]:
    """Yield the days between which the articles were published, where any says so."""
    days = sorted(document.published for document in graph.documents() if document.published)
    if days:
        period = f"{dataset}#published"
        yield from _facts(dataset, DCT.temporal, ox.NamedNode(period))
        yield from _facts(period, RDF.type, _node(DCT.PeriodOfTime))
        for property, day in ((DCAT.startDate, days[0]), (DCAT.endDate, days[-1])):
            yield from _facts(period, property, ox.Literal(day, datatype=_node(XSD.date)))


def _partitions(triples: tuple[ox.Triple, ...], dataset: str) -> Iterator[ox.Triple]:
    classes = Counter(_classes(triples))
    properties = Counter(triple.predicate.value for triple in triples)
    yield from _facts(dataset, VOID.classes, _number(len(classes)))
    yield from _facts(dataset, VOID.properties, _number(len(properties)))
    yield from _partition(dataset, classes, VOID.classPartition, VOID["class"], VOID.entities)
    yield from _partition(dataset, properties, VOID.propertyPartition, VOID.property, VOID.triples)


def _partition(dataset: str, counts: Mapping[str, int], has: Any, of: Any, counted: Any) -> Iterator[ox.Triple]:
    for iri, count in counts.items():
        part = f"{dataset}#{hashlib.sha256(iri.encode()).hexdigest()[:16]}"
        yield from _facts(dataset, has, ox.NamedNode(part))
        yield from _facts(part, of, ox.NamedNode(iri))
        yield from _facts(part, counted, _number(count))


def _vocabularies(triples: tuple[ox.Triple, ...]) -> list[str]:
    """Return the namespaces of the prefix table in which a property or a class used stands."""
    used = {triple.predicate.value for triple in triples}
    used.update(_classes(triples))
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in used}
    return sorted(spaces & set(PREFIXES.values()))


def _classes(triples: tuple[ox.Triple, ...]) -> Iterator[str]:
    for triple in triples:
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            yield triple.object.value


def _node(iri: object) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_node(XSD.integer))


def _facts(subject: str, predicate: object, *values: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
    for value in values:
        yield ox.Triple(ox.NamedNode(subject), _node(predicate), value)
