"""Change the graph on disk: build it from sources, add documents, remove some; only what is new is parsed.

What a document says as read is kept in the store, so nothing is parsed twice: a change decides anew what is one across
the documents, and puts the result in the place of the old state. The result depends on which documents there are and
on the settings, not on the way that led there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError, UnknownDocumentError
from kg.exports import export, export_path, is_current
from kg.graph import KnowledgeGraph
from kg.identity import consolidate, read_decisions
from kg.intake import NO_HOOKS, Hooks, Intake, Sources, take_in
from kg.ontology import read_bytes
from kg.store import Store, asread, database, swap
from kg.store.commit import commit, held, note, tidy, unwritten
from kg.store.lock import writing
from kg.store.manifest import DEFAULT_FORMATS, Entry, Manifest, Settings, digest
from kg.store.places import named, near, place, shown
from kg.vocab import BASE

if TYPE_CHECKING:
    import pyoxigraph as ox

_FILES = ("ontology", "gazetteer", "identity")  # the options that are lists of files


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change did to a store; documents are called by file, address or id.

    ``read`` were parsed; ``replaced`` gave way to what their file or address holds now; ``removed`` are gone;
    ``unchanged`` counts those of the sources that were there already. ``files`` were written anew. ``graph`` is the new
    graph, None where it is the old one.
    """

    read: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    files: tuple[Path, ...] = ()
    graph: KnowledgeGraph | None = field(default=None, repr=False)


def build_store(
    folder: Path | str,
    sources: Sources,
    *,
    formats: Iterable[str] = DEFAULT_FORMATS,
    date: date | None = None,
    jobs: int = 1,
    base: str = BASE,
    wait: float | None = None,
    hooks: Hooks = NO_HOOKS,
    **options: Any,
) -> Changes:
    """Make the store in ``folder`` hold the documents of the sources and no others, and write the files beside it.

    ``formats`` are those of the files, ``options`` and all else as for `kg.build`; a document that the store has, read
    with the same settings, is not parsed again. Another writer is waited for ``wait`` seconds (None: as long as
    it takes). Where nothing can be read, nothing is changed. Raises what `kg.build` raises, StoreError, LockedError.
    """
    folder = Path(folder)
    with writing(folder, wait=wait, on_wait=hooks.on_wait):
        settings = _settings(folder, base, options)
        old = _held_or_damaged(folder)
        same = old is not None and old.settings.base == base and old.settings.reader == settings.reader
        before = old.documents if old is not None else ()
        intake = take_in(
            folder,
            sources,
            known=before if same else (),
            date=date,
            jobs=jobs,
            base=base,
            options=_reading(options),
            hooks=hooks,
        )
        if not intake.entries:
            return Changes()
        return put(folder, old, Manifest(intake.entries, settings, tuple(formats)), intake, hooks)


def open_store(folder: Path | str = "output") -> Dataset:
    """Open the store that `kg build` made in a folder; raise StoreError where there is none."""
    return Dataset(folder)


class Dataset(Store):
    """A graph on disk that can be asked, as `Store`, and changed."""

    def add(
        self,
        sources: Sources,
        *,
        date: date | None = None,
        jobs: int = 1,
        wait: float | None = None,
        hooks: Hooks = NO_HOOKS,
    ) -> Changes:
        """Read sources into the store, with the settings it was built with, and write the files beside it anew.

        What a file or an address holds now replaces what was read from it before. Arguments are those of `build_store`.
        Raises StoreError where the settings hold no more (another version of kg, a changed ontology), and as
        `build_store`.
        """
        with self._changing(wait, hooks) as old:
            base, options = old.settings.base, _options(self.folder, old.settings.options)
            settings = _settings(self.folder, base, options)
            _check_same(self.folder, old.settings.reader, settings.reader)
            intake = take_in(
                self.folder,
                sources,
                known=old.documents,
                date=date,
                jobs=jobs,
                base=base,
                options=_reading(options),
                hooks=hooks,
            )
            documents = _with(old.documents, intake)
            return put(self.folder, old, replace(old, documents=documents, settings=settings), intake, hooks)

    def remove(
        self, documents: str | Path | Iterable[str | Path], *, wait: float | None = None, hooks: Hooks = NO_HOOKS
    ) -> Changes:
        """Take documents out, by file, address, id or identifier, and write the files beside the store anew.

        The graph is then what it would be had they never been read. Raises UnknownDocumentError, with names that
        are near, where there is no such document: then nothing is changed.
        """
        names = [documents] if isinstance(documents, str | Path) else list(documents)
        with self._changing(wait, hooks) as old:
            gone = {entry for name in names for entry in _named(self.folder, old, str(name))}
            left = tuple(entry for entry in old.documents if entry not in gone)
            return put(self.folder, old, replace(old, documents=left), Intake(), hooks)

    def file(self, format: str, *, wait: float | None = None, hooks: Hooks = NO_HOOKS) -> Path:
        """Return the file of a format beside the store, which is written where it is missing or of another state."""
        path = export_path(self.folder, format)
        if not is_current(self.folder, [format], state=self.manifest.state):
            with writing(self.folder, wait=wait, on_wait=hooks.on_wait):
                self.refresh()
                export(self.graph(), self.folder, [format], state=self.manifest.state)
        return path

    @contextmanager
    def _changing(self, wait: float | None, hooks: Hooks) -> Iterator[Manifest]:
        with writing(self.folder, wait=wait, on_wait=hooks.on_wait):
            if (old := held(self.folder)) is None:
                raise StoreError(str(self.folder), "the store was deleted meanwhile")
            self.close()  # Windows renames no folder in which a file is open
            try:
                yield old
            finally:
                self._open()


def _held_or_damaged(folder: Path) -> Manifest | None:
    """Return the manifest of the state that holds, None where it is damaged: then all is read anew."""
    try:
        return held(folder)
    except StoreError:
        if (folder / swap.CURRENT / swap.MANIFEST).exists():
            return None
        raise


def _named(folder: Path, old: Manifest, name: str) -> list[Entry]:
    if found := named(folder, old.documents, name, base=old.settings.base):
        return found
    raise UnknownDocumentError(str(folder), name, near(folder, old.documents, name))


def _with(documents: Iterable[Entry], intake: Intake) -> tuple[Entry, ...]:
    """Return the documents of a store and of an intake; what a place held before gives way to what it holds now."""
    entries = {entry.content: entry for entry in intake.entries}
    for entry in documents:
        left = tuple(source for source in entry.sources if source not in intake.places)
        if (new := entries.get(entry.content)) is not None:
            entries[entry.content] = replace(new, sources=tuple(sorted({*left, *new.sources})))
        elif left or not entry.sources:
            entries[entry.content] = replace(entry, sources=left)
    return tuple(sorted(entries.values()))


# settings


def _settings(folder: Path, base: str, options: Mapping[str, Any]) -> Settings:
    from kg.pipeline import reader  # noqa: PLC0415 - it waits for spaCy; who asks or removes needs none

    kept = {name: value for name, value in options.items() if value}
    stored = kept | {name: [place(folder, Path(path)) for path in kept[name]] for name in _FILES if name in kept}
    return Settings(base, stored, reader(**_reading(options)))


def _reading(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options without those that decide across documents."""
    return {name: value for name, value in options.items() if name != "identity"}


def _options(folder: Path, stored: Mapping[str, Any]) -> dict[str, Any]:
    return dict(stored) | {name: [folder / path for path in stored[name]] for name in _FILES if name in stored}


def _check_same(folder: Path, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    changes = [
        f"{name}: {before.get(name, 'none')} then, {now.get(name, 'none')} now"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    if changes:
        said = f"its documents were read with other settings ({'; '.join(changes)})"
        raise StoreError(str(folder), f"{said}; read all of them anew: kg build SOURCE... -o {folder}")


# writing


def put(folder: Path, old: Manifest | None, manifest: Manifest, intake: Intake, hooks: Hooks) -> Changes:
    """Make a manifest the one that holds, with its graph and the files beside it, as far as they are not yet."""
    decisions_files = _options(folder, manifest.settings.options).get("identity", ())
    decided = {"identity": digest(*(read_bytes(path).hex() for path in decisions_files))}
    manifest = replace(manifest, settings=replace(manifest.settings, decider=decided))
    graph = None
    if old is None or manifest.state != old.state or not database.is_whole(folder / swap.CURRENT):
        hooks.step("deciding what is one across documents")
        decisions = read_decisions(*decisions_files)
        read = _as_read(folder, manifest.documents, intake.fresh)
        graph = KnowledgeGraph(consolidate(read, decisions=decisions))
        hooks.step("writing the store")
        commit(folder, manifest, graph.quads())
    elif manifest != old:
        note(folder, manifest)
    tidy(folder, manifest)
    files: tuple[Path, ...] = ()
    if graph is not None or not is_current(folder, manifest.formats, state=manifest.state):
        hooks.step(f"writing {', '.join(manifest.formats)}")
        try:
            files = export(graph or Store(folder).graph(), folder, manifest.formats, state=manifest.state)
        except OSError as error:
            raise unwritten(folder, error, "the store is the new one; run this again for its files") from error
    changes = _changes(folder, old.documents if old is not None else (), manifest.documents, intake)
    return replace(changes, files=files, graph=graph)


def _as_read(folder: Path, documents: Iterable[Entry], fresh: Mapping[str, tuple[ox.Quad, ...]]) -> Iterator[ox.Quad]:
    for entry in documents:
        yield from fresh[entry.file] if entry.file in fresh else asread.read_document(folder, entry.file)


def _changes(folder: Path, before: Iterable[Entry], after: Iterable[Entry], intake: Intake) -> Changes:
    here = {entry.content for entry in after}
    gone = [entry for entry in before if entry.content not in here]
    read = [entry for entry in intake.entries if entry.file in intake.fresh]
    return Changes(
        read=tuple(shown(folder, entry) for entry in read),
        replaced=tuple(shown(folder, entry) for entry in gone if intake.places.intersection(entry.sources)),
        removed=tuple(shown(folder, entry) for entry in gone if not intake.places.intersection(entry.sources)),
        unchanged=len(intake.entries) - len(read),
    )
