"""JSON-LD 1.1: compact, with a context made from the ontology and the shapes, so that a key always has one form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pyoxigraph as ox
from rdflib.namespace import SH

from kg.exporters.rdf import Namer, Subject, Term, by_graph
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_dir, read_turtle
from kg.vocab import KG, OWL, RDF, RDFS, SCHEMA, SKOS, XSD

Name = Callable[[str], str]
Coercion: TypeAlias = Mapping[str, str]

_TYPE, _STRING = str(RDF.type), str(XSD.string)
_LANGUAGE = "en"
# What is written for people to read, in the language of the news.
_TEXTS = tuple(map(str, (RDFS.label, SKOS.altLabel, SCHEMA.headline, SCHEMA.jobTitle)))


@cache
def coercions() -> Mapping[str, Coercion]:
    """Return how a property's values are meant when they stand as plain strings: things, texts or a datatype.

    Read from kg.ttl (kind of property, range) and shapes.ttl (sh:datatype, sh:class, sh:nodeKind).

    >>> coercions()[str(KG.about)], coercions()[str(KG.confidence)]
    (mappingproxy({'@type': '@id'}), mappingproxy({'@type': 'http://www.w3.org/2001/XMLSchema#decimal'}))
    """
    found: dict[str, dict[str, str]] = {}
    for name in ("kg.ttl", "relations.ttl", "shapes.ttl"):
        facts = _facts(ontology_dir() / name)
        for subject, values in facts.items():
            path = next(iter(values.get(str(SH.path), ())), subject)
            if path.startswith("http") and (kind := _value_type(values)):
                found.setdefault(path, {"@type": kind})
    found |= {iri: {"@language": _LANGUAGE} for iri in _TEXTS}
    return MappingProxyType({iri: MappingProxyType(value) for iri, value in sorted(found.items())})


def _facts(path: Path) -> dict[str, dict[str, list[str]]]:
    facts: dict[str, dict[str, list[str]]] = {}
    for quad in read_turtle(path):
        if isinstance(quad.object, ox.NamedNode):
            facts.setdefault(_text(quad.subject), {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    return facts


def _text(term: Subject) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value_type(values: Mapping[str, list[str]]) -> str | None:
    types, ranges = values.get(_TYPE, []), values.get(str(RDFS.range), []) + values.get(str(SH.datatype), [])
    things = [
        str(SH["class"]) in values,
        str(SH.IRI) in values.get(str(SH.nodeKind), []),
        str(OWL.ObjectProperty) in types,
    ]
    if any(things) or str(KG.role) in values.get(str(RDFS.subPropertyOf), []):
        return "@id"
    return next((iri for iri in ranges if iri.startswith(str(XSD)) and iri != _STRING), None)


def context(prefixes: Mapping[str, str]) -> dict[str, object]:
    """Return a JSON-LD context: the prefixes, then each property known to the ontology with the type of its values.

    >>> context({"kg": str(KG._NS)})["kg:about"]
    {'@id': 'kg:about', '@type': '@id'}
    """
    name = Namer(prefixes).iri
    terms: dict[str, object] = {}
    for iri, value in coercions().items():
        if not (key := name(iri)).startswith("<"):
            terms[key] = {"@id": key, **{kind: _name(each, name) for kind, each in value.items()}}
    return {**dict(sorted(prefixes.items())), **dict(sorted(terms.items()))}


def write_context(graph: KnowledgeGraph, path: Path) -> None:
    """Write the context alone, as it stands in every JSON-LD file of a graph with this base."""
    path.write_bytes(f'{{"@context": {_lines(context(graph.prefixes()))}}}\n'.encode())


def write_jsonld(graph: KnowledgeGraph, path: Path) -> None:
    """Write JSON-LD 1.1: the context, then each document's named graph, a node on each line."""
    # An IRI whose scheme is a prefix of ours ("geo:59.4,24.7") would be read as a prefixed name.
    schemes = {
        iri.value.partition(":")[0] for triple in graph.triples() for iri in triple if isinstance(iri, ox.NamedNode)
    }
    prefixes = {prefix: space for prefix, space in sorted(graph.prefixes().items()) if prefix not in schemes}
    name = Namer(prefixes).iri
    parts: list[str] = []
    for graph_name, quads in by_graph(graph):
        nodes = [_node(subject, facts, name) for subject, facts in groupby(quads, key=lambda quad: quad.subject)]
        if isinstance(graph_name, ox.DefaultGraph):
            parts += nodes
        else:
            parts.append(f'{{"@id": {_json(_id(graph_name, name))}, "@graph": [\n' + ",\n".join(nodes) + "\n]}")
    data = f'{{"@context": {_lines(context(prefixes))},\n"@graph": [\n' + ",\n".join(parts) + "\n]}\n"
    path.write_bytes(data.encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(value: Mapping[str, object]) -> str:
    return "{\n" + ",\n".join(f"  {_json(key)}: {_json(each)}" for key, each in value.items()) + "\n}"


def _name(iri: str, name: Name) -> str:
    return name(iri).strip("<>")


def _id(term: Subject, name: Name) -> str:
    return _name(term.value, name) if isinstance(term, ox.NamedNode) else str(term)


def _node(subject: Subject, facts: Iterable[ox.Quad], name: Name) -> str:
    types: list[object] = []
    node: dict[str, list[object]] = {"@type": types}
    for fact in facts:
        if fact.predicate.value == _TYPE and isinstance(fact.object, ox.NamedNode | ox.BlankNode):
            types.append(_id(fact.object, name))
        else:
            key = _name(fact.predicate.value, name)
            # A property that has no prefixed name is no term of the context.
            coercion = coercions().get(fact.predicate.value, {}) if not key.startswith(("http:", "https:")) else {}
            node.setdefault(key, []).append(_value(fact.object, name, coercion))
    single = {key: values[0] if len(values) == 1 else values for key, values in node.items() if values}
    return _json({"@id": _id(subject, name), **single})


def _value(term: Term, name: Name, coercion: Coercion) -> object:
    meant = coercion.get("@type")
    if not isinstance(term, ox.Literal):
        return _id(term, name) if meant == "@id" else {"@id": _id(term, name)}
    if term.language:
        plain = coercion.get("@language") == term.language
        return term.value if plain else {"@language": term.language, "@value": term.value}
    if term.datatype.value == _STRING:
        return {"@value": term.value} if coercion else term.value
    return term.value if meant == term.datatype.value else {"@type": _id(term.datatype, name), "@value": term.value}
