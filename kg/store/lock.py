"""One writer at a time: a lock that the operating system gives up with the process that holds it."""

from __future__ import annotations

import errno
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import LockedError, StoreError

_TRIES = 20
LOCK, HOLDER = ".kg.lock", ".kg.lock.json"


@contextmanager
def writing(folder: Path, *, wait: float | None = None, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock for writing to ``folder``, which is made where it is missing.

    While another process holds it, ``on_wait`` is told once who, and the lock is waited for ``wait`` seconds (None:
    as long as it takes). Raises LockedError after that, StoreError for a folder that cannot be written.
    """
    made = not folder.exists()
    lock = FileLock(folder / LOCK)
    try:
        _hold(lock, folder, wait, on_wait)
    except LockedError:
        raise
    except (OSError, NotImplementedError) as error:
        raise StoreError(str(folder), f"cannot be written: {getattr(error, 'strerror', None) or error}") from error
    try:
        with suppress(OSError):  # who holds it is only for the message to another one
            (folder / HOLDER).write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), "utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink(missing_ok=True)
            if made and [path.name for path in folder.iterdir()] == [LOCK]:  # nothing came of it
                (folder / LOCK).unlink()
                folder.rmdir()
        lock.release()


def _hold(lock: FileLock, folder: Path, wait: float | None, on_wait: Callable[[str], None] | None) -> None:
    """Acquire the lock of a folder that another writer, who then had nothing to write, may take away meanwhile."""
    for _ in range(_TRIES):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _acquire(lock, folder, wait, on_wait)
        except FileNotFoundError:
            continue
        if (folder / LOCK).exists():
            return
        lock.release()
    raise FileNotFoundError(errno.ENOENT, "another process takes it away again and again")


def _acquire(lock: FileLock, folder: Path, wait: float | None, on_wait: Callable[[str], None] | None) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if on_wait is not None and wait != 0:
            on_wait(holder(folder))
        try:
            lock.acquire(timeout=-1 if wait is None else wait, poll_interval=0.05)
        except Timeout as error:
            raise LockedError(str(folder), holder(folder)) from error


def holder(folder: Path) -> str:
    """Return who holds the lock, in words: ``process 4711 on host``, or that it is not known."""
    try:
        known = json.loads((folder / HOLDER).read_text("utf-8"))
        return f"process {known['pid']} on {known['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
