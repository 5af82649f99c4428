"""The graph on disk: an Oxigraph database with a named graph a document, replaced as a whole by each change.

A folder holds ``store`` (the database, its manifest inside), ``documents`` (the quads of each document as read), and
the files exported from it. `Store` reads it; `kg.store.commit` puts a new state in the place of the
old one.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph import MINTED, KnowledgeGraph
from kg.queries import Given, bound, named_query
from kg.sparql import QueryResult, ask
from kg.store import database, swap
from kg.store.manifest import Entry, Manifest, from_json
from kg.vocab import PREFIXES

__all__ = ["NOT_OURS", "Store", "is_store", "read_manifest"]

NOT_OURS = f"not a store of kg (it has no {swap.MANIFEST}); move it away, or take another folder"

_TRIES = 100
_MAKE = "make one with: kg build SOURCE... -o {}"
_ANEW = "make it anew: kg build SOURCE... -o {}"


class Store:
    """A graph on disk, read only: the state that held when it was opened or last refreshed.

    >>> from tempfile import TemporaryDirectory
    >>> from kg.store.commit import commit
    >>> with TemporaryDirectory() as folder:
    ...     commit(Path(folder), Manifest(), [])
    ...     Store(folder).query("ASK { ?s ?p ?o }")
    False
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._open()

    def _open(self) -> None:
        """Open the state that holds now; a writer may put another in its place meanwhile, so look again."""
        for _ in range(_TRIES):
            path = swap.current(self.folder)
            if path is None:
                raise StoreError(str(self.folder), f"no graph here yet; {_MAKE.format(self.folder)}")
            try:
                before = _identity(path)
                self.manifest, self.database = read_manifest(path), _database(path)
                if before == _identity(path):
                    self._state = before
                    self.__dict__.pop("_graph", None)
                    return
            except (OSError, RuntimeError, StoreError) as error:
                if swap.current(self.folder) == path and _identity(path) == before:
                    raise _damaged(path, self.folder, error) from error
            time.sleep(0.01)
        raise StoreError(str(self.folder), "changes faster than it can be opened; try again")

    def close(self) -> None:
        """Give up the files of the database; nothing can be asked after that."""
        self.__dict__.pop("database", None)
        self._state = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self) -> bool:
        """Go on to the state that holds now; tell whether it is another."""
        path = swap.current(self.folder)
        if path is not None and _identity(path) == self._state:
            return False
        self._open()
        return True

    @property
    def base(self) -> str:
        """Return where the minted IRIs begin."""
        return self.manifest.settings.base

    @property
    def documents(self) -> tuple[Entry, ...]:
        """Return the documents it holds, sorted by id."""
        return self.manifest.documents

    def prefixes(self) -> dict[str, str]:
        """Return the one table of prefixes, with those of the minted IRIs (entity:, event:, claim: ...)."""
        return PREFIXES | {part: f"{self.base}{part}/" for part in MINTED}

    def query(self, sparql: str) -> QueryResult | KnowledgeGraph | bool:
        """Ask the graph in SPARQL 1.1, as `KnowledgeGraph.query` does, without loading it.

        Raises QueryError for a query that is wrong, StoreError where the database is damaged.
        """
        try:
            answer = ask(self.database, sparql, self.prefixes())
        except QueryError as error:
            cause = error.__cause__
            if isinstance(cause, OSError) or (isinstance(cause, RuntimeError) and "Corruption" in str(cause)):
                raise _damaged(self.folder / swap.CURRENT, self.folder, cause) from error
            raise
        return KnowledgeGraph(ox.Quad(*triple) for triple in answer) if isinstance(answer, tuple) else answer

    def select(self, sparql: str) -> QueryResult:
        """Ask a SELECT query, like ``query``; raise QueryError for a query of another form."""
        answer = self.query(sparql)
        if isinstance(answer, QueryResult):
            return answer
        raise QueryError(sparql, "not a SELECT query")

    def named_query(self, name: str, **parameters: Given) -> QueryResult:
        """Ask a query of the library, as `KnowledgeGraph.named_query` does."""
        return self.select(bound(named_query(name), self, parameters))

    def graph(self) -> KnowledgeGraph:
        """Return the graph in memory, with every view of it."""
        return self._graph

    @cached_property
    def _graph(self) -> KnowledgeGraph:
        try:
            return KnowledgeGraph(self._copy() or self._named())
        except (OSError, RuntimeError, EOFError, zlib.error, SyntaxError) as error:
            raise _damaged(self.folder / swap.CURRENT, self.folder, error) from error

    def _copy(self) -> tuple[ox.Quad, ...] | None:
        """Return the quads from their copy beside the database, None where the folder holds another state by now."""
        path = swap.current(self.folder)
        if path is None or _identity(path) != self._state:
            return None
        quads = tuple(database.read_quads(path))
        return quads if _identity(path) == self._state else None

    def _named(self) -> Iterator[ox.Quad]:
        for name in self.database.named_graphs():
            yield from self.database.quads_for_pattern(None, None, None, name)


def is_store(folder: Path | str) -> bool:
    """Tell whether a folder holds a store."""
    return swap.current(Path(folder)) is not None


def _identity(path: Path) -> tuple[int, ...]:
    """Return what tells one database folder from the next at the same place."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _database(path: Path) -> ox.Store:
    if not database.is_whole(path, quickly=True):
        raise OSError("its files are not those that were written")
    return ox.Store.read_only(str(path))


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a database folder; raise StoreError where it is damaged, or the folder is not of kg."""
    file = path / swap.MANIFEST
    try:
        return from_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StoreError(str(path), NOT_OURS) from error
    except (OSError, ValueError) as error:
        raise StoreError(str(file), f"{error}; {_ANEW.format(path.parent)}") from error


def _damaged(path: Path, folder: Path, error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    return StoreError(str(path), f"the database cannot be read ({error}); {_ANEW.format(folder)}")
