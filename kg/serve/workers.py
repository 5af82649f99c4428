"""Run queries in processes of their own, each of which is killed with a query that takes too long."""

from __future__ import annotations

import io
import multiprocessing
import queue
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import KgError, RequestError
from kg.query_errors import explained
from kg.serve.limits import MIB, Limits
from kg.serve.negotiate import GRAPHS, TABLES, chosen
from kg.serve.protocol import Ask
from kg.store import Store

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_START = 60.0  # seconds that a process may take to start
_GRACE = 5  # seconds after its time until a process without a parent ends itself


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query, as it goes over the wire."""

    media: str
    content: bytes


class Workers:
    """Processes that answer queries on the store in a folder."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._all: set[_Worker] = set()
        self._closed = False
        for _ in range(limits.workers):
            self._start()

    def _start(self) -> None:
        worker = _Worker(self._folder, self._limits)
        self._all.add(worker)
        if self._closed:
            worker.kill()
        self._idle.put(worker)

    def ask(self, ask: Ask, accept: str) -> Answer:
        """Return the answer to a query.

        Raises RequestError: 400 for a query that is wrong, 406 where no format fits, 503 where it takes too long or
        no process is free in time, 500 for a result that is too large.
        """
        try:
            worker = self._idle.get(timeout=self._limits.timeout)
        except queue.Empty:
            raise RequestError(503, "all processes are busy with other queries; try again") from None
        try:
            answer = worker.ask(ask, accept)
        except _LostError as error:
            worker.kill()
            self._all.discard(worker)
            Thread(target=self._start, daemon=True).start()
            raise RequestError(503, str(error)) from error
        self._idle.put(worker)
        if isinstance(answer, RequestError):
            raise answer
        return answer

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for worker in list(self._all):
            worker.kill()


class _LostError(KgError):
    """A process gave no answer."""


class _Worker:
    def __init__(self, folder: Path, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._limits, self._ready = limits, False
        self._connection, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(folder, limits, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, ask: Ask, accept: str) -> Answer | RequestError:
        try:
            if not self._ready:
                self._receive(_START, "the process that answers queries does not start")
                self._ready = True
            self._connection.send((ask.query, ask.default_graphs, ask.named_graphs, accept))
            status, text = self._receive(
                self._limits.timeout, f"the query took longer than {self._limits.timeout:g} seconds and was stopped"
            )
            return Answer(text, self._connection.recv_bytes()) if status == 200 else RequestError(status, text)
        except (EOFError, OSError) as error:
            reason = f"the query needed more than {self._limits.memory // MIB} MiB of memory, or its process was ended"
            raise _LostError(reason) from error

    def _receive(self, seconds: float, otherwise: str) -> tuple[int, str]:
        if not self._connection.poll(seconds):
            raise _LostError(otherwise)
        received: tuple[int, str] = self._connection.recv()
        return received

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


# -- in the process itself


def _serve(folder: Path, limits: Limits, connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its processes itself
    alarm: Callable[[int], object] = getattr(signal, "alarm", lambda _: None)  # stops what runs on without a parent
    _limit_memory(limits.memory)
    store: Store | None = None
    connection.send((200, "ready"))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            query, default, named, accept = connection.recv()
            alarm(int(limits.timeout) + _GRACE)
            try:
                if store is None:
                    store = Store(folder)
                else:
                    store.refresh()
                answer = _answer(store, Ask(query, default, named), accept, limits.result_bytes)
            except RequestError as error:
                connection.send((error.status, error.reason))
            except (KgError, OSError, MemoryError) as error:
                connection.send((500, str(error) or "out of memory"))
            else:
                connection.send((200, answer.media))
                connection.send_bytes(answer.content)
            alarm(0)


def _limit_memory(size: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    with suppress(ValueError, OSError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _answer(store: Store, ask: Ask, accept: str, limit: int) -> Answer:
    prefixes, sink = store.prefixes(), _Sink(limit)
    try:
        found = store.database.query(
            ask.query,
            prefixes=prefixes,
            default_graph=None if ask.default_graphs is None else [ox.NamedNode(iri) for iri in ask.default_graphs],
            named_graphs=None if ask.named_graphs is None else [ox.NamedNode(iri) for iri in ask.named_graphs],
        )
        if isinstance(found, ox.QueryTriples):
            media = chosen(accept, GRAPHS)
            found.serialize(sink, GRAPHS[media])
        else:
            media = chosen(accept, TABLES)
            found.serialize(sink, TABLES[media])
    except _TooLargeError:
        raise RequestError(500, f"the result is larger than {limit / MIB:g} MiB: ask for less, or use LIMIT") from None
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise RequestError(400, explained(ask.query, str(error), prefixes)) from error
    return Answer(media, sink.getvalue())


class _TooLargeError(Exception):
    pass


class _Sink(io.BytesIO):
    """A file in memory that takes so much and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _TooLargeError
        return super().write(data)
