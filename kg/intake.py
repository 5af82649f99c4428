"""What sources hold, for a store: each document once, where it was read from, and parsed only where it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import SourceError
from kg.exporters import EXPORTERS
from kg.model import Document, Span
from kg.sources import expand, read_each
from kg.store import asread, swap
from kg.store.commit import unwritten
from kg.store.manifest import Entry, digest
from kg.store.places import place

if TYPE_CHECKING:
    import pyoxigraph as ox

Sources = str | Path | Document | Iterable[str | Path | Document]


@dataclass(frozen=True, slots=True)
class Hooks:
    """Whom to tell: of each document done, each source that cannot be read, who else writes to the store, each step."""

    on_document: Callable[[Document], None] | None = None
    on_error: Callable[[SourceError], None] | None = None
    on_wait: Callable[[str], None] | None = None
    on_step: Callable[[str], None] | None = None

    def document(self, document: Document) -> None:
        """Tell of a document that is done."""
        if self.on_document is not None:
            self.on_document(document)

    def error(self, error: SourceError) -> None:
        """Tell of a source that cannot be read."""
        if self.on_error is not None:
            self.on_error(error)

    def step(self, doing: str) -> None:
        """Tell what is being done now that all is read."""
        if self.on_step is not None:
            self.on_step(doing)


NO_HOOKS = Hooks()


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read: the documents as entries of the store, and the quads as read of those that were parsed.

    ``fresh`` is by the file of the document.
    """

    entries: tuple[Entry, ...] = ()
    fresh: Mapping[str, tuple[ox.Quad, ...]] = field(default_factory=dict)

    @property
    def places(self) -> frozenset[str]:
        """Return the files and addresses that gave a document."""
        return frozenset(place for entry in self.entries for place in entry.sources)


def take_in(
    folder: Path,
    sources: Sources,
    *,
    known: Iterable[Entry],
    date: date | None,
    jobs: int,
    base: str,
    options: Mapping[str, Any],
    hooks: Hooks,
) -> Intake:
    """Read all sources, parse each document that is not among ``known``, and write its quads as read to the folder.

    Raises what `kg.build` raises, and StoreError where the folder cannot be written.
    """
    from kg.pipeline import read_documents  # noqa: PLC0415 - it waits for spaCy; who asks or removes needs none

    found = _Found(folder, {entry.content: entry for entry in known}, hooks)
    entries, fresh = {}, {}
    for document, quads in read_documents(found.unread(sources, date), jobs=jobs, base=base, **options):
        try:
            file = asread.write_document(folder, document.id, quads)
        except OSError as error:
            raise unwritten(folder, error) from error
        entry = Entry(document.id, _content(document), file, url=document.url, identifier=document.identifier)
        entries[entry.content], fresh[file] = entry, quads
        hooks.document(document)
    entries |= found.unchanged
    placed = (replace(entry, sources=tuple(sorted(found.places[entry.content]))) for entry in entries.values())
    return Intake(tuple(sorted(placed)), fresh)


class _Found:
    """Goes through sources and remembers what it has seen."""

    def __init__(self, folder: Path, known: Mapping[str, Entry], hooks: Hooks) -> None:
        self.folder, self.known, self.hooks = folder, known, hooks
        self.places: dict[str, set[str]] = {}
        self.unchanged: dict[str, Entry] = {}

    def unread(self, sources: Sources, date: date | None) -> Iterator[Document]:
        """Yield the documents that are to be parsed."""
        listed = [sources] if isinstance(sources, str | Path | Document) else sources
        for source, found in _each(self.folder, listed, date):
            if isinstance(found, SourceError):
                self.hooks.error(found)
                continue
            content = _content(found)
            new = content not in self.places
            places = self.places.setdefault(content, set())
            if source is not None:
                places.add(place(self.folder, source))
            if new and not self._is_known(content):
                yield found
            else:
                self.hooks.document(found)

    def _is_known(self, content: str) -> bool:
        entry = self.known.get(content)
        if entry is None or not asread.is_whole(self.folder, entry.file):
            return False
        self.unchanged[content] = entry
        return True


def _each(
    folder: Path, sources: Iterable[str | Path | Document], date: date | None
) -> Iterator[tuple[Path | str | None, Document | SourceError]]:
    named: list[str | Path] = []
    for source in sources:
        if isinstance(source, Document):
            yield None, source
        else:
            named.append(source)
    for item in expand(named):
        if isinstance(item, SourceError):
            yield None, item
        elif not _is_own(folder, item):
            yield from read_each([item], date=date)


def _is_own(folder: Path, source: Path | str) -> bool:
    """Tell whether a file was written by kg to the folder of the store, which may lie among the sources."""
    if isinstance(source, str) or not source.resolve().is_relative_to(folder.resolve()):
        return False
    first, *rest = source.resolve().relative_to(folder.resolve()).parts
    return first == swap.CURRENT if rest else first == "view.html" or first.removeprefix("graph") in EXPORTERS


def _content(document: Document) -> str:
    """Return a hash of all that the quads as read of a document depend on, but the settings."""
    spans = [*document.boilerplate, document.headline or Span(0, 0)]
    return digest(document.id, *(f"{span.start},{span.end}" for span in spans))
