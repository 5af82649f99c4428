"""Extractors: each turns the annotation of one document into statements; one file each.

A further extractor is a callable ``(Annotation) -> Iterator[Statement]`` in EXTRACTORS, or of another
package under the entry-point group ``kg.extractors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import entry_points

from kg.extractors.clause import extract_clauses
from kg.extractors.nominal import extract_nominals
from kg.extractors.relation import extract_relations
from kg.model import Statement
from kg.nlp.annotation import Annotation

Extractor = Callable[[Annotation], Iterator[Statement]]

EXTRACTORS: dict[str, Extractor] = {
    "clause": extract_clauses,
    "nominal": extract_nominals,
    "relation": extract_relations,
}


@cache
def extractors() -> tuple[Extractor, ...]:
    """Return the built-in extractors and those that installed packages add, by name."""
    found = {point.name: point.load() for point in entry_points(group="kg.extractors")}
    return tuple({**EXTRACTORS, **dict(sorted(found.items()))}.values())


def extract_statements(annotation: Annotation) -> tuple[Statement, ...]:
    """Return all statements of one document in text order."""
    found = [statement for extractor in extractors() for statement in extractor(annotation)]
    return tuple(
        sorted(
            found,
            key=lambda s: (
                s.trigger_span,
                s.kind,
                s.predicate,
                s.arguments[-1].mention.span if s.arguments else s.evidence,
            ),
        )
    )
