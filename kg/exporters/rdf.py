"""RDF files, all written from sorted triples so that a graph always gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.exporters.networks import NOT_XML
from kg.graph import KnowledgeGraph
from kg.vocab import RDF, RDFS, XSD

# Locals that every Turtle parser reads without escapes; anything else is written as a full IRI.
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# Numbers in plain form stand bare; "01" or "+1" would be read back as 1 by some parsers.
_BARE = {
    str(XSD.integer): re.compile(r"0|-?[1-9][0-9]*"),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    str(XSD.boolean): re.compile("true|false"),
}
_FIRST = (f"<{RDF.type}>", f"<{RDFS.label}>")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
_XML_NAMESPACE = re.compile(rb' xmlns:\w+="[^"]*"')

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = Subject | ox.Literal
Name = Callable[[str], str]


def write_ntriples(graph: KnowledgeGraph, path: Path) -> None:
    """Write the union of all named graphs as sorted N-Triples."""
    path.write_bytes(ox.serialize(graph.triples(), format=ox.RdfFormat.N_TRIPLES) or b"")


def write_nquads(graph: KnowledgeGraph, path: Path) -> None:
    """Write sorted N-Quads, each triple with the named graph of its document."""
    path.write_bytes(ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b"")


def write_turtle(graph: KnowledgeGraph, path: Path) -> None:
    """Write the union of all named graphs as Turtle: grouped by subject, types first, only the prefixes used."""
    namer = Namer(graph.prefixes())
    blocks = list(_subjects(graph.triples(), namer.term))
    path.write_bytes("\n".join([*namer.header(), *blocks]).encode())


def write_trig(graph: KnowledgeGraph, path: Path) -> None:
    """Write TriG: the default graph, if it has triples, then each named graph."""
    namer = Namer(graph.prefixes())
    blocks: list[str] = []
    for name, quads in by_graph(graph):
        subjects = _subjects((quad.triple for quad in quads), namer.term)
        if isinstance(name, ox.DefaultGraph):
            blocks += subjects
        else:
            lines = "\n".join(subjects).rstrip("\n").split("\n")
            inner = "\n".join(f"    {line}" if line else "" for line in lines)
            blocks.append(f"{namer.term(str(name))} {{\n{inner}\n}}\n")
    path.write_bytes("\n".join([*namer.header(), *blocks]).encode())


def by_graph(graph: KnowledgeGraph) -> Iterator[tuple[Subject | ox.DefaultGraph, Iterable[ox.Quad]]]:
    """Yield the sorted quads of the default graph, if it has any, and of each named graph by name."""
    found: dict[str, list[ox.Quad]] = {}
    for quad in graph.quads():
        found.setdefault(str(quad.graph_name), []).append(quad)
    found = {"": found.pop("DEFAULT", []), **found}
    for _, quads in sorted(item for item in found.items() if item[1]):
        yield quads[0].graph_name, quads


class Namer:
    """Writes terms in Turtle, each worked out once, and keeps which prefixes it has used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = {space: prefix for prefix, space in sorted(prefixes.items(), reverse=True)}
        self._iris: dict[str, str] = {}
        self._terms: dict[str, str] = {}
        self._used: set[str] = set()

    def header(self) -> list[str]:
        """Return the @prefix lines needed, sorted, and an empty line after them."""
        spaces = sorted((self._spaces[space], space) for space in self._used)
        return [*(f"@prefix {prefix}: <{space}> ." for prefix, space in spaces), *([""] if spaces else [])]

    def iri(self, iri: str) -> str:
        """Return a prefixed name where its local part needs no escape, else the IRI in angle brackets."""
        if (written := self._iris.get(iri)) is None:
            written = self._iris[iri] = self._shortened(iri)
        return written

    def _shortened(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._spaces.get(iri[:cut])
        if prefix is None or not _PLAIN_LOCAL.fullmatch(iri, cut):
            return f"<{iri}>"
        self._used.add(iri[:cut])
        return f"{prefix}:{iri[cut:]}"

    def term(self, term: str) -> str:
        """Return a term, given as N-Triples have it, in Turtle."""
        if (written := self._terms.get(term)) is None:
            written = self._terms[term] = self._in_turtle(term)
        return written

    def _in_turtle(self, term: str) -> str:
        if term.startswith("<<") or not term.endswith(">"):
            return term
        if term.startswith("<"):
            return self.iri(term[1:-1])
        value, _, datatype = term[1:-1].rpartition('"^^<')
        bare = _BARE.get(datatype)
        return value if bare and bare.fullmatch(value) else f'"{value}"^^{self.iri(datatype)}'


def _subjects(triples: Iterable[ox.Triple], term: Name) -> Iterator[str]:
    """Yield the Turtle of each subject, lines of predicates under it."""
    # As text, since reading a part of a triple makes a new object of it; neither subject nor predicate has a space.
    parts = (str(triple).split(" ", 2) for triple in triples)
    for subject, facts in groupby(parts, key=itemgetter(0)):
        objects: dict[str, list[str]] = {predicate: [] for predicate in _FIRST}
        for _, predicate, value in facts:
            objects.setdefault(predicate, []).append(term(value))
        lines = (
            f"{'a' if predicate == _FIRST[0] else term(predicate)} {', '.join(values)}"
            for predicate, values in objects.items()
            if values
        )
        yield f"{term(subject)} " + " ;\n    ".join(lines) + " .\n"


def write_xml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the union of all named graphs as RDF/XML.

    A character that XML cannot write becomes U+FFFD. Raises KgError for a property whose IRI does not end
    in an XML name: RDF/XML has no way to write it.
    """
    for predicate in sorted({triple.predicate.value for triple in graph.triples()}):
        if not _XML_NAME.search(predicate):
            raise KgError(f"RDF/XML cannot write the property <{predicate}>")
    data = (
        ox.serialize(map(_fit_for_xml, graph.triples()), format=ox.RdfFormat.RDF_XML, prefixes=graph.prefixes()) or b""
    )
    start = data.index(b"<rdf:RDF")
    end = data.index(b">", start)
    declared = b"".join(sorted(_XML_NAMESPACE.findall(data, start, end)))
    # A carriage return left as it is would be read back as a line feed.
    rest = data[end:].replace(b"\r", b"&#13;")
    path.write_bytes(data[:start] + b"<rdf:RDF" + declared + rest + b"\n")


def _fit_for_xml(triple: ox.Triple) -> ox.Triple:
    term = triple.object
    if not isinstance(term, ox.Literal) or not NOT_XML.search(term.value):
        return triple
    clean = NOT_XML.sub("\ufffd", term.value)
    literal = ox.Literal(clean, language=term.language) if term.language else ox.Literal(clean, datatype=term.datatype)
    return ox.Triple(triple.subject, triple.predicate, literal)
