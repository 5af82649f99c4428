"""The quads of each document as read: one compressed file a document, named after its content and never changed."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.swap import write_file

FOLDER = "documents"
SUFFIX = ".nq.gz"
_BROKEN = "is damaged or missing; read the documents anew: kg build SOURCE... -o {}"


def write_document(folder: Path, document: str, quads: Iterable[ox.Quad]) -> str:
    """Write the quads of a document, unless its file is there and whole; return its name."""
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    data = b"".join(sorted(set(lines.splitlines(keepends=True))))
    name = f"{document}-{_hash(data)}{SUFFIX}"
    path = folder / FOLDER / name
    if _read(path) is None:
        path.parent.mkdir(exist_ok=True)
        write_file(path, gzip.compress(data, compresslevel=6, mtime=0))
    return name


def read_document(folder: Path, name: str) -> tuple[ox.Quad, ...]:
    """Return the quads of a document as read; raise StoreError where its file is not what was written."""
    data = _read(folder / FOLDER / name)
    if data is None:
        raise StoreError(str(folder / FOLDER / name), _BROKEN.format(folder))
    return tuple(ox.parse(data, format=ox.RdfFormat.N_QUADS))


def is_whole(folder: Path, name: str) -> bool:
    """Tell whether the file of a document is what was written."""
    return _read(folder / FOLDER / name) is not None


def _read(path: Path) -> bytes | None:
    try:
        data = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None
    return data if path.name.endswith(f"-{_hash(data)}{SUFFIX}") else None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
