"""Put a new state of the store in the place of the old one, at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import NOT_OURS, asread, database, read_manifest, swap
from kg.store.manifest import Manifest, to_json


def held(folder: Path) -> Manifest | None:
    """Return the manifest of the state that holds, None where there is none; only for who holds the lock.

    What a killed writer left is put in order first. Raises StoreError where the manifest is damaged, and for a folder
    in the place of the store that is not of kg.
    """
    try:
        swap.recover(folder)
    except OSError as error:
        raise unwritten(folder, error) from error
    path = swap.current(folder)
    return None if path is None else read_manifest(path)


def commit(folder: Path, manifest: Manifest, quads: Iterable[ox.Quad]) -> None:
    """Make ``quads``, all of named graphs, the state that holds; only for who holds the lock (`writing`).

    The files of the documents of ``manifest`` are there already (`asread.write_document`); those of no document are
    deleted. Raises StoreError where there is no room or no right to write: the old state stays.
    """
    work = folder / swap.WORK
    try:
        swap.recover(folder)
        if (there := folder / swap.CURRENT).is_dir() and not (there / swap.MANIFEST).is_file():
            raise StoreError(str(there), NOT_OURS)
        database.write_database(work, quads)
        (work / swap.MANIFEST).write_text(to_json(manifest), encoding="utf-8", newline="\n")
        database.write_sums(work)
        swap.swap(folder)
        asread.clean(folder, (entry.file for entry in manifest.documents))
    except OSError as error:
        with suppress(OSError):
            shutil.rmtree(work, ignore_errors=True)
        raise unwritten(folder, error) from error


def note(folder: Path, manifest: Manifest) -> None:
    """Write a manifest that differs in sources or formats only; the state stays. Raises StoreError."""
    try:
        swap.write_file(folder / swap.CURRENT / swap.MANIFEST, to_json(manifest).encode())
    except OSError as error:
        raise unwritten(folder, error) from error


def unwritten(folder: Path, error: OSError) -> StoreError:
    """Return what to say when a change could not be written."""
    reason = error.strerror or str(error)
    where = f" {error.filename}" if error.filename else ""
    return StoreError(str(folder), f"could not be written:{where} {reason}; the store there is as it was")
