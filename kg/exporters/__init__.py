"""One table of file formats: a suffix, what it is for, and the function that writes it; and the page in a notebook."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FormatError
from kg.exporters import ftm, jsonld, neo4j, networks, rdf, tables, void
from kg.exporters.notebook import Shown as Shown
from kg.exporters.reifiers import with_reifiers
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


def _write_rdf12(exporter: Exporter) -> Callable[[KnowledgeGraph, Path], None]:
    return lambda graph, path: exporter.write(with_reifiers(graph), path)


EXPORTERS: dict[str, Exporter] = {
    exporter.suffix: exporter
    for exporter in (
        Exporter(".ttl", "Turtle: RDF to read, the union of all documents", rdf.write_turtle),
        Exporter(".nt", "N-Triples: RDF, one triple a line", rdf.write_ntriples),
        Exporter(".trig", "TriG: Turtle with a named graph for each document", rdf.write_trig),
        Exporter(".nq", "N-Quads: one triple a line, with the document's graph", rdf.write_nquads),
        Exporter(".jsonld", "JSON-LD, with a context and a named graph for each document", jsonld.write_jsonld),
        Exporter(".context.jsonld", "the context of the JSON-LD alone", jsonld.write_context),
        Exporter(".rdf", "RDF/XML, the union of all documents", rdf.write_xml),
        Exporter(".graphml", "GraphML, for Gephi, yEd or Cytoscape", networks.write_graphml),
        Exporter(".gexf", "GEXF, for Gephi", networks.write_gexf),
        Exporter(".csv", "CSV: a row for each claim about an event", tables.write_csv),
        Exporter(
            ".events.csv", "CSV: a row for each event, with its claims and sources counted", tables.write_events_csv
        ),
        Exporter(".parquet", "Parquet: the rows of .csv", tables.write_parquet),
        Exporter(".events.parquet", "Parquet: the rows of .events.csv", tables.write_events_parquet),
        Exporter(".nodes.csv", "CSV of nodes for neo4j-admin database import", neo4j.write_nodes),
        Exporter(".relationships.csv", "CSV of relationships for the same", neo4j.write_relationships),
        Exporter(".ftm.json", "followthemoney entities, a line each, for Aleph and the like", ftm.write_ftm),
        Exporter(".void.ttl", "VoID and DCAT: the dataset described and counted", void.write_void),
        Exporter(".html", "one HTML page that draws the graph and works offline", _write_html),
    )
}
# RDF 1.2 as well: ".rdf12.ttl" is ".ttl" with events as the reifiers of their shortcuts.
RDF12 = (".ttl", ".nt", ".trig", ".nq")
EXPORTERS.update(
    {
        exporter.suffix: exporter
        for exporter in (
            Exporter(f".rdf12{suffix}", f"RDF 1.2: {EXPORTERS[suffix].label}", _write_rdf12(EXPORTERS[suffix]))
            for suffix in RDF12
        )
    }
)


def suffix_of(path: Path) -> str:
    """Return the longest suffix of a file name that is a format, or its last suffix.

    >>> suffix_of(Path("a.b.events.csv")), suffix_of(Path("events.csv")), suffix_of(Path("a.docx"))
    ('.events.csv', '.csv', '.docx')
    """
    name = path.name.lower()
    fitting = [suffix for suffix in EXPORTERS if name.endswith(suffix) and name != suffix]
    return max(fitting, key=len, default=path.suffix.lower())


def save(graph: KnowledgeGraph, path: Path, *, format: str | None = None) -> None:
    """Write ``graph`` to ``path`` in ``format`` ("ttl", ".ttl"), by default that of the suffix; the folder is made.

    A file that is there already is replaced at once or, on any error, not at all.
    Raises FormatError where EXPORTERS has no such format.
    """
    suffix = suffix_of(path) if format is None else f".{format.removeprefix('.')}".lower()
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
