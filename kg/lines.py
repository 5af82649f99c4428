"""One line of output for each line of input, in its order, whatever was wrong with some of them."""

from __future__ import annotations

import json
import linecache
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kg.errors import SourceError
from kg.model import Document

EMPTY_LINES = {
    "triples": ("triples",),
    "standoff": ("mentions", "times", "attributions", "events", "coreference"),
}


class Found(Protocol):
    """What was found in one document: an extraction, or its explanation."""

    @property
    def document(self) -> Document:
        """Return the document it was found in."""


_F = TypeVar("_F", bound=Found)


@dataclass(frozen=True, slots=True)
class LostLine:
    """An input line that gave no document; ``error`` is the last thing said about it."""

    error: SourceError


def in_order(
    items: Iterable[Document | SourceError], extract: Callable[[Iterable[Document]], Iterator[_F]]
) -> Iterator[_F | SourceError]:
    """Yield an extraction for each document, and each error where it stood between the documents.

    ``extract`` may read ahead of what it yields, as a batching parser does.

    >>> given = [Document("a"), SourceError("f", "empty", line=2), Document("b")]
    >>> [str(item) for item in in_order(given, lambda documents: iter([d.text for d in documents]))]
    ['a', 'f:2: empty', 'b']
    """
    waiting: deque[tuple[int, SourceError]] = deque()

    def documents() -> Iterator[Document]:
        read = 0
        for item in items:
            if isinstance(item, SourceError):
                waiting.append((read, item))
            else:
                read += 1
                yield item

    for done, extraction in enumerate(extract(documents())):
        while waiting and waiting[0][0] <= done:
            yield waiting.popleft()[1]
        yield extraction
    for _, error in waiting:
        yield error


def with_lost_lines(items: Iterable[_F | SourceError]) -> Iterator[_F | SourceError | LostLine]:
    """Yield the items, and a LostLine after the errors of a line that no document of that line follows.

    >>> [type(item).__name__ for item in with_lost_lines([SourceError("f", "no text", line=1)])]
    ['SourceError', 'LostLine']
    """
    lost: SourceError | None = None
    for item in items:
        place = f"{item.source}:{item.line}" if isinstance(item, SourceError) else item.document.origin
        if lost is not None and place != f"{lost.source}:{lost.line}":
            yield LostLine(lost)
        lost = item if isinstance(item, SourceError) and item.line is not None else None
        yield item
    if lost is not None:
        yield LostLine(lost)


def empty_line(error: SourceError, format: str) -> str:
    """Return the output line for an input line that could not be read, under its id where that can be told."""
    try:
        given = json.loads(linecache.getline(error.source, error.line or 0))
    except ValueError:
        given = None
    identifier = given.get("id") if isinstance(given, dict) else None
    line: dict[str, object] = {"id": identifier, **{key: [] for key in EMPTY_LINES[format]}, "error": str(error)}
    return json.dumps(line, ensure_ascii=False)
