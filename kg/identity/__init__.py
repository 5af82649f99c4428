"""One graph out of many documents: what each document says, as read, with the same thing made one node.

A document is read without regard to any other ("as read"). What is the same across documents is decided afterwards,
from all of them together, and by nothing else. So the result does not depend on the order in which documents came,
and a document that leaves takes along every decision that rested on it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

__all__ = ["consolidate"]


def consolidate(read: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
    """Return the graph of all documents from the quads that each gave as read.

    The same set of quads gives the same result, whatever its order.

    >>> consolidate([])
    frozenset()
    """
    return frozenset(read)
