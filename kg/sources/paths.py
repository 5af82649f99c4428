"""Turn what the user names (files, folders, patterns, addresses, "-") into single things to read."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import SourceError

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
STDIN = "-"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_url(source: str) -> bool:
    """Tell whether a source is an address on the web (of any scheme) and not a path."""
    return _SCHEME.match(source) is not None


def expand(sources: Iterable[str | Path]) -> Iterator[Path | str | SourceError]:
    """Yield each file as a Path, addresses and "-" as they are, and a SourceError for what is not there.

    Folders are read with all below them, known suffixes only and nothing hidden; their contents and
    those of patterns come sorted. A file that is named twice comes once.
    """
    seen: set[Path | str] = set()
    for item in _expand_all(sources):
        key = item.resolve() if isinstance(item, Path) else item
        if isinstance(key, SourceError):
            yield key
        elif key not in seen:
            seen.add(key)
            yield item


def count_sources(sources: Iterable[str | Path]) -> int:
    """Return how many files, addresses and streams there are to read: the total for a progress bar."""
    return sum(not isinstance(item, SourceError) for item in expand(sources))


def _expand_all(sources: Iterable[str | Path]) -> Iterator[Path | str | SourceError]:
    for source in sources:
        name = str(source)
        if isinstance(source, str) and (name == STDIN or is_url(name)):
            yield name
        elif not name:
            yield SourceError("''", "an empty name; give a file, folder, pattern, address or -")
        else:
            yield from _expand_path(name)


def _expand_path(name: str) -> Iterator[Path | SourceError]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield path
        elif glob.has_magic(name):
            yield from _pattern(name)
        else:
            yield SourceError(name, "no such file or folder; check the path")
    except (OSError, ValueError) as error:
        yield SourceError(name, f"cannot be looked up: {error}")


def _folder(folder: Path) -> Iterator[Path | SourceError]:
    empty = True
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in KINDS:
                empty = False
                yield Path(root, name)
    if empty:
        yield SourceError(str(folder), f"no readable file in this folder; these are read: {' '.join(KINDS)}")


def _pattern(pattern: str) -> Iterator[Path | SourceError]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        yield SourceError(pattern, "no file matches this pattern")
    for match in matches:
        path = Path(match)
        # A folder that a pattern such as news/** also matches is read through its files.
        if path.is_file():
            yield path
        elif path.is_dir() and not pattern.endswith("**"):
            yield from _folder(path)
