"""The Oxigraph database of a store: written once, in bulk, and only read afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

SUMS = "kg.sha256"
_LOG = "LOG"  # RocksDB's diary of the writing: a hundred kilobytes, full of times


def write_database(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Make a database of quads of named graphs, and of their union as the default graph.

    Oxigraph's own view of the union gives a triple once for each graph it stands in, so that a COUNT is wrong.
    """
    quads = tuple(quads)
    store = ox.Store(str(folder))
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(*quad.triple) for quad in quads)
    store.flush()
    del store  # closes it
    (folder / _LOG).unlink(missing_ok=True)


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of each file of the database, as ``sha256sum --check`` reads it."""
    (folder / SUMS).write_text(_sums(folder), encoding="utf-8", newline="\n")


def is_whole(folder: Path) -> bool:
    """Tell whether each file of the database is as it was written."""
    try:
        return (folder / SUMS).read_text(encoding="utf-8") == _sums(folder)
    except (OSError, UnicodeDecodeError):
        return False


def _sums(folder: Path) -> str:
    names = sorted(path.name for path in folder.iterdir() if not path.name.lstrip(".").startswith(("kg.", _LOG)))
    return "".join(f"{_sum(folder / name)}  {name}\n" for name in names)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
