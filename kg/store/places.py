"""Where documents were read from, and which of them a name means."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from kg.store.manifest import Entry
from kg.vocab import BASE

_SHOWN = 5
_LIKE = 0.6


def place(folder: Path, source: Path | str) -> str:
    """Return how a file or an address is kept: a path relative to the folder of the store, with forward slashes.

    So a folder and its sources may move together. An address stays as it is.

    >>> place(Path("news/output"), Path("news/a.txt")), place(Path("output"), "https://a.example/1")
    ('../a.txt', 'https://a.example/1')
    """
    if isinstance(source, str):
        return source
    whole = source.resolve()
    try:
        return Path(os.path.relpath(whole, folder.resolve())).as_posix()
    except ValueError:  # on another drive of Windows
        return whole.as_posix()


def shown(folder: Path, entry: Entry) -> str:
    """Return what a reader would call a document: its file, as seen from here, its address or its id."""
    for source in entry.sources:
        return _from_here(folder, source)
    return entry.url or entry.id


def _from_here(folder: Path, source: str) -> str:
    if "://" in source:
        return source
    whole = (folder / source).resolve()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(whole)


def named(folder: Path, documents: Iterable[Entry], name: str, *, base: str = BASE) -> list[Entry]:
    """Return the documents that ``name`` means: an id, IRI, url or identifier, or where they were read from."""
    id, path = name.removeprefix(f"{base}document/"), place(folder, Path(name))
    return [
        entry
        for entry in documents
        if id in (entry.id, entry.url, entry.identifier) or name in entry.sources or path in entry.sources
    ]


def near(folder: Path, documents: Iterable[Entry], name: str) -> tuple[str, ...]:
    """Return names of documents that are like ``name``, the likeliest first."""
    known = {
        each: each.rpartition("/")[2] or each
        for entry in documents
        for each in (*(_from_here(folder, source) for source in entry.sources), entry.url, entry.identifier, entry.id)
        if each
    }
    wanted = name.rstrip("/").rpartition("/")[2]

    def likeness(each: str) -> float:
        whole = difflib.SequenceMatcher(None, name, each).ratio()
        return max(whole, difflib.SequenceMatcher(None, wanted, known[each]).ratio())

    ranked = sorted((-likeness(each), each) for each in known)
    return tuple(each for unlike, each in ranked[:_SHOWN] if -unlike >= _LIKE)
