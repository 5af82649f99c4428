"""What was made one thing across names and documents: why, how surely, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.queries.terms import Asked, thing_named

_MERGES = """
SELECT ?merge ?merged ?into ?label ?reason ?score ?document WHERE {
  ?merge a kg:Merge ; kg:merged ?merged ; kg:into ?into ; kg:reason ?reason ; kg:score ?score .
  OPTIONAL { ?merge prov:wasDerivedFrom ?document }
  OPTIONAL { ?into rdfs:label ?label }
} ORDER BY ?score ?into ?merged ?merge ?document
"""


@dataclass(frozen=True, slots=True, order=True)
class Merged:
    """That ``merged``, as ``documents`` have it, was made ``into``, whose label is ``label``; all are IRIs."""

    score: float
    into: str
    merged: str
    reason: str
    label: str
    documents: tuple[str, ...] = ()


def merges(graph: Asked, *, about: str | None = None, below: float = 1.0) -> tuple[Merged, ...]:
    """Return the merges of a graph, the least sure first.

    ``about`` keeps those of one thing, given by name, alias, CURIE or IRI, also the IRI that is gone; ``below`` those
    with at most that score. Raises SettingError where nothing has that name.

    >>> from kg.graph import KnowledgeGraph
    >>> merges(KnowledgeGraph())
    ()
    """
    only = thing_named(graph, about, parameter="about").value if about is not None else None
    found: dict[str, Merged] = {}
    documents: dict[str, list[str]] = {}
    for merge, merged, into, label, reason, score, document in graph.select(_MERGES):
        one = Merged(float(str(score)), str(into), str(merged), str(reason), str(label or ""))
        if one.score <= below and only in (None, one.into, one.merged):
            found[str(merge)] = one
            documents.setdefault(str(merge), []).append(str(document or ""))
    return tuple(sorted(_with(one, documents[merge]) for merge, one in found.items()))


def _with(one: Merged, documents: Iterable[str]) -> Merged:
    listed = tuple(sorted({document for document in documents if document}))
    return Merged(one.score, one.into, one.merged, one.reason, one.label, listed)
