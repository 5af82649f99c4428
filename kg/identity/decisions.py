"""What a user decides: these two are one, those two are not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology import read_turtle
from kg.vocab import OWL

_SAME, _DIFFERENT = str(OWL.sameAs), str(OWL.differentFrom)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of IRIs that are one thing, and pairs that are not, whatever the rules say."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


def read_decisions(*paths: Path) -> Decisions:
    """Return what Turtle files decide by ``owl:sameAs`` and ``owl:differentFrom`` between IRIs of the graph.

    Other statements are refused, since they would have no effect. Raises OntologyError naming the file.
    """
    same: set[tuple[str, str]] = set()
    different: set[tuple[str, str]] = set()
    for path in paths:
        for quad in read_turtle(path):
            pairs = {_SAME: same, _DIFFERENT: different}.get(quad.predicate.value)
            if pairs is None or not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
                said = f"{quad.subject} {quad.predicate} {quad.object}"
                raise OntologyError(str(path), f"decides nothing: {said}; it takes owl:sameAs and owl:differentFrom")
            first, second = sorted((quad.subject.value, quad.object.value))
            pairs.add((first, second))
    if both := sorted(same & different):
        raise OntologyError(", ".join(map(str, paths)), f"says of {both[0][0]} and {both[0][1]} both and neither")
    return Decisions(frozenset(same), frozenset(different))
