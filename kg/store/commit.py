"""Put a new state of the store in the place of the old one, at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
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

    The files of the documents of ``manifest`` are there already (`asread.write_document`). Raises StoreError where
    there is no room or no right to write: the old state stays.
    """
    work = folder / swap.WORK
    try:
        swap.recover(folder)
        if (there := folder / swap.CURRENT).is_dir() and not (there / swap.MANIFEST).is_file():
            raise StoreError(str(there), NOT_OURS)
        database.write_database(work, quads)
        (work / swap.MANIFEST).write_text(to_json(manifest), encoding="utf-8", newline="\n")
        database.write_sums(work)
        if (folder / asread.FOLDER).is_dir():
            swap.sync_folder(folder / asread.FOLDER)
        swap.swap(folder)
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


def tidy(folder: Path, manifest: Manifest) -> None:
    """Delete the files of documents that are not of ``manifest``, and what a killed writer left half written."""
    kept = {entry.file for entry in manifest.documents}
    written = (folder / asread.FOLDER).glob(f"*{asread.SUFFIX}")
    halves = (folder.glob(".*.part"), (folder / swap.CURRENT).glob(".*.part"), (folder / asread.FOLDER).glob(".*.part"))
    try:
        for path in (*(path for path in written if path.name not in kept), *chain.from_iterable(halves)):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(folder, error, "the store is the new one, with files left over") from error


def unwritten(folder: Path, error: OSError, state: str = "the store is the old one") -> StoreError:
    """Return what to say when something could not be written, and what that means for the store."""
    where = f"{error.filename}: " if error.filename else ""
    return StoreError(str(folder), f"could not be written ({where}{error.strerror or error}); {state}")
