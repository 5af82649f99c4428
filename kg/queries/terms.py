"""Find the RDF term that a person means by a name, an alias, a CURIE or an IRI."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from typing import Protocol

import pyoxigraph as ox

from kg.errors import SettingError
from kg.sparql import QueryResult

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_NEAR = 5

_NAMES = """
SELECT DISTINCT ?name ?rank ?thing WHERE {
  VALUES (?property ?rank) { (rdfs:label 0) (skos:altLabel 1) }
  ?thing ?property ?name .
  FILTER(STRSTARTS(STR(?thing), "%sentity/"))
  FILTER NOT EXISTS { ?thing a kg:Participant }
} ORDER BY ?rank ?name ?thing
"""
_TYPES = """
SELECT DISTINCT ?name ?rank ?thing WHERE {
  ?thing a kg:EventType .
  { ?thing rdfs:label ?name . BIND(0 AS ?rank) } UNION { ?thing kg:plover ?name . BIND(1 AS ?rank) }
} ORDER BY ?rank ?name ?thing
"""


class Asked(Protocol):
    """What names are looked up in: a graph in memory or on disk."""

    @property
    def base(self) -> str:
        """Where the minted IRIs begin."""

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes of its IRIs."""

    def select(self, sparql: str) -> QueryResult:
        """Ask a SELECT query."""


def thing_named(graph: Asked, name: str, *, parameter: str) -> ox.NamedNode:
    """Return the named thing that goes by ``name``: a label counts before an alias, the exact writing before another.

    Raises SettingError with the things of that name where several have it, with near names where nothing has.

    >>> from kg.graph import KnowledgeGraph
    >>> label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    >>> nato = ox.Quad(ox.NamedNode("https://example.org/kg/entity/NATO"), label, ox.Literal("NATO"))
    >>> thing_named(KnowledgeGraph([nato]), "Nato", parameter="agent")
    <NamedNode value=https://example.org/kg/entity/NATO>
    """
    return _known_iri(graph, name) or _found(graph, name, graph.select(_NAMES % graph.base), parameter)


def type_named(graph: Asked, name: str, *, parameter: str) -> ox.NamedNode:
    """Return the event type that goes by a CURIE, an IRI, a label, or the name of a PLOVER type."""
    return _known_iri(graph, name) or _found(graph, name, graph.select(_TYPES), parameter)


def iri_of(graph: Asked, name: str, *, parameter: str) -> ox.NamedNode:
    """Return the IRI that is written out or as a CURIE; raise SettingError where it is neither."""
    if (found := _iri(name, graph.prefixes())) is None:
        raise SettingError(parameter, name, "no IRI: give it as other queries print it, as in event:0a11…")
    return found


def _iri(name: str, prefixes: Mapping[str, str]) -> ox.NamedNode | None:
    prefix, colon, local = name.partition(":")
    text = prefixes[prefix] + local if colon and prefix in prefixes else name.strip().strip("<>")
    if not _ABSOLUTE.fullmatch(text) or text.startswith("_:"):
        return None
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def _known_iri(graph: Asked, name: str) -> ox.NamedNode | None:
    """Return the IRI that ``name`` is, where the graph speaks of it: "Operation: Dawn" may be a name."""
    found = _iri(name, graph.prefixes())
    if found is None:
        return None
    return (
        found if graph.select(f"SELECT ?p {{ {{ {found} ?p ?o }} UNION {{ ?s ?p {found} }} }} LIMIT 1").rows else None
    )


def _found(graph: Asked, name: str, answer: QueryResult, parameter: str) -> ox.NamedNode:
    rows = [(str(text), int(str(rank)), str(iri)) for text, rank, iri in answer]
    best = min((step for text, rank, _ in rows if (step := _distance(name, text, rank))), default=None)
    if best is None:
        raise SettingError(parameter, name, f"nothing in the graph has that name{_near(name, rows)}")
    things = sorted({iri for text, rank, iri in rows if _distance(name, text, rank) == best})
    if len(things) > 1:
        listed = ", ".join(_short(iri, graph.prefixes()) for iri in things)
        raise SettingError(parameter, name, f"{len(things)} things have that name; give one of: {listed}")
    return ox.NamedNode(things[0])


def _distance(wanted: str, name: str, rank: int) -> tuple[int, int] | None:
    """Return how well a name fits, less being better, or None where it does not."""
    if wanted == name:
        return (0, rank)
    return (1, rank) if _plain(wanted) == _plain(name) else None


def _plain(name: str) -> str:
    """Return a name without case, accents, and spaces at its ends.

    >>> _plain(" Petró Poroshenko")
    'petro poroshenko'
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join("".join(letters).casefold().split())


def _near(name: str, rows: list[tuple[str, int, str]]) -> str:
    names = {_plain(text): text for text, _, _ in reversed(rows)}
    wanted = _plain(name)
    holding = sorted((text for text in names if wanted and wanted in text), key=lambda text: (len(text), text))
    near = dict.fromkeys([*holding, *difflib.get_close_matches(wanted, names, n=_NEAR, cutoff=0.6)])
    found = [names[text] for text in near][:_NEAR]
    return f"; near it: {', '.join(found)}" if found else ""


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [(len(space), prefix) for prefix, space in prefixes.items() if iri.startswith(space)]
    prefix = max(fitting, default=(0, ""))[1]
    return f"{prefix}:{iri.removeprefix(prefixes[prefix])}" if prefix else iri
