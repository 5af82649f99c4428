"""Extractors: each turns the annotation of one document into statements, and gaps where there is none; one file each.

A further extractor is a callable ``(Annotation) -> Iterator[Statement | Gap]`` in EXTRACTORS, or of another
package under the entry-point group ``kg.extractors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points

from kg.extractors.clause import extract_clauses
from kg.extractors.confidence import confidence
from kg.extractors.nominal import extract_nominals
from kg.extractors.relation import extract_relations
from kg.model import Gap, Span, Statement
from kg.nlp.annotation import Annotation

Extractor = Callable[[Annotation], Iterator[Statement | Gap]]

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
    return extract_all(annotation)[0]


def extract_all(annotation: Annotation) -> tuple[tuple[Statement, ...], tuple[Gap, ...]]:
    """Return all statements of one document, and its gaps, both in text order.

    The confidence of the built-in extractors' statements is that of `kg.extractors.confidence`; others give their own.
    """
    statements: list[Statement] = []
    gaps: list[Gap] = []
    for extractor in extractors():
        own = extractor in EXTRACTORS.values()
        for each in extractor(annotation):
            if isinstance(each, Gap):
                gaps.append(each)
            else:
                statements.append(replace(each, confidence=confidence(each, annotation)) if own else each)
    return tuple(sorted(statements, key=_place)), tuple(sorted(gaps, key=lambda gap: _place(gap.statement)))


def _place(statement: Statement) -> tuple[Span, str, str, Span]:
    last = statement.arguments[-1].mention.span if statement.arguments else statement.evidence
    return statement.trigger_span, statement.kind, statement.predicate, last
