"""The Oxigraph database of a store: written once, in bulk, and only read afterwards."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.store.swap import MANIFEST

SUMS, QUADS = "kg.sha256", "kg.nq.gz"
_TABLE = ".sst"
_LOG = "LOG"  # RocksDB's diary of the writing: a hundred kilobytes, full of times


def write_database(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Make a database of the sorted quads of named graphs, and of their union as the default graph.

    Oxigraph's own view of the union gives a triple once for each graph it stands in, so that a COUNT is wrong.
    """
    quads = tuple(quads)
    store = ox.Store(str(folder))
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(*quad.triple) for quad in quads)
    store.flush()
    del store  # closes it
    (folder / _LOG).unlink(missing_ok=True)
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    (folder / QUADS).write_bytes(gzip.compress(data, compresslevel=1, mtime=0))


def read_quads(folder: Path) -> Iterable[ox.Quad]:
    """Return the quads of the named graphs, from the copy that is many times as fast to read as the database.

    Raises OSError, EOFError or zlib.error for a file that is damaged.
    """
    return ox.parse(gzip.decompress((folder / QUADS).read_bytes()), format=ox.RdfFormat.N_QUADS)


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of each file of the database, as ``sha256sum --check`` reads it."""
    (folder / SUMS).write_text(_sums(folder), encoding="utf-8", newline="\n")


def is_whole(folder: Path, *, quickly: bool = False) -> bool:
    """Tell whether each file of the database is as it was written; ``quickly`` looks at the small ones only.

    RocksDB knows a damaged table by itself, but takes a manifest that is cut off for the beginning of one.
    """
    try:
        known = (folder / SUMS).read_text(encoding="utf-8")
        if not quickly:
            return known == _sums(folder)
        sums = (line.split("  ", 1) for line in known.splitlines())
        return all(_sum(folder / name) == sum for sum, name in sums if not name.endswith((_TABLE, QUADS)))
    except (OSError, ValueError):
        return False


def _sums(folder: Path) -> str:
    ours = {SUMS, MANIFEST, f".{MANIFEST}.part", _LOG}
    names = sorted(path.name for path in folder.iterdir() if path.name not in ours)
    return "".join(f"{_sum(folder / name)}  {name}\n" for name in names)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
