"""Put a finished database in the place of the old one, so that a kill at any moment leaves one of the two.

A writer makes the new database in WORK. Finished, it becomes NEXT; then the old CURRENT becomes OLD, NEXT becomes
CURRENT, and OLD goes. What holds is CURRENT, and where there is none, NEXT: so the one rename that takes CURRENT away
is the moment of the change.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CURRENT, NEXT, OLD, WORK = "store", ".store.next", ".store.old", ".store.work"
MANIFEST = "kg.json"


def current(folder: Path) -> Path | None:
    """Return where the database that holds lies, or None where there is none.

    NEXT may become CURRENT between the two looks, so CURRENT is looked at once more.
    """
    for name in (CURRENT, NEXT, CURRENT):
        if (folder / name).is_dir():
            return folder / name
    return None


def recover(folder: Path) -> None:
    """Finish or undo what a killed writer left; only for who holds the lock."""
    if (folder / NEXT).is_dir():
        if (folder / CURRENT).is_dir():
            _remove(folder / NEXT)
        else:
            _rename(folder / NEXT, folder / CURRENT)
    _remove(folder / OLD)
    _remove(folder / WORK)


def swap(folder: Path) -> None:
    """Put WORK in the place of CURRENT; only for who holds the lock, after `recover`."""
    sync_tree(folder / WORK)
    _rename(folder / WORK, folder / NEXT)
    if (folder / CURRENT).is_dir():
        _rename(folder / CURRENT, folder / OLD)
    _rename(folder / NEXT, folder / CURRENT)
    _remove(folder / OLD)


def _rename(old: Path, new: Path) -> None:
    old.rename(new)
    sync_folder(new.parent)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def sync_tree(folder: Path) -> None:
    """Have the operating system write the files of a folder to the disk: a power cut then loses nothing either."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            sync_file(path)
    sync_folder(folder)


def sync_file(path: Path) -> None:
    """Have the operating system write a file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the operating system write the names in a folder to the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes) -> None:
    """Write a file at once or not at all, and to the disk; an older one is replaced."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
