"""One table of file formats: a suffix, what it is for, and the function that writes it; and the page in a notebook."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FormatError
from kg.exporters import rdf, tables
from kg.exporters.notebook import Shown as Shown
from kg.graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Exporter:
    """A file format: ``write`` puts a graph into a file, the same bytes for the same graph."""

    suffix: str
    label: str
    write: Callable[[KnowledgeGraph, Path], None]


def _write_html(graph: KnowledgeGraph, path: Path) -> None:
    from kg.exporters.html import write_html  # noqa: PLC0415 - pyvis is imported only where a page is made

    write_html(graph, path)


EXPORTERS: dict[str, Exporter] = {
    exporter.suffix: exporter
    for exporter in (
        Exporter(".ttl", "Turtle: RDF to read, the union of all documents", rdf.write_turtle),
        Exporter(".nt", "N-Triples: RDF, one triple a line", rdf.write_ntriples),
        Exporter(".trig", "TriG: Turtle with a named graph for each document", rdf.write_trig),
        Exporter(".nq", "N-Quads: one triple a line, with the document's graph", rdf.write_nquads),
        Exporter(".jsonld", "JSON-LD, with a named graph for each document", rdf.write_jsonld),
        Exporter(".rdf", "RDF/XML, the union of all documents", rdf.write_xml),
        Exporter(".graphml", "GraphML, for Gephi, yEd or Cytoscape", tables.write_graphml),
        Exporter(".csv", "CSV: a row for each claim about an event", tables.write_csv),
        Exporter(".html", "one HTML page that draws the graph and works offline", _write_html),
    )
}


def save(graph: KnowledgeGraph, path: Path, *, format: str | None = None) -> None:
    """Write ``graph`` to ``path`` in ``format`` ("ttl", ".ttl"), by default that of the suffix; the folder is made.

    A file that is there already is replaced at once or, on any error, not at all.
    Raises FormatError where EXPORTERS has no such format.
    """
    suffix = (path.suffix if format is None else f".{format.removeprefix('.')}").lower()
    if (exporter := EXPORTERS.get(suffix)) is None:
        raise FormatError(format or suffix or path.name, tuple(EXPORTERS))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        exporter.write(graph, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def shown(graph: KnowledgeGraph, *, about: str | None, hops: int, height: int) -> Shown:
    """Return the page that draws ``graph``, or what surrounds the thing named ``about``, for a notebook."""
    from kg.exporters.html import render_html  # noqa: PLC0415 - pyvis is imported only where a page is made

    return Shown(render_html(graph, about=about, hops=hops), height)
