"""The errors of kg, all under one root, each carrying what it is about as data.

KgError
├── SourceError        a source cannot be read: ``source``, ``line`` (or None), ``reason``
├── ModelError         no spaCy pipeline by that name, or it lacks a component: ``name``, ``reason``
├── OntologyError      an ontology or gazetteer file is wrong: ``path``, ``line`` (or None), ``reason``
├── QueryError         a SPARQL query cannot be parsed or run: ``query``, ``reason``
├── SettingError       a setting has a value that cannot be: ``name``, ``value``, ``reason``
├── PackageError       an optional package is not installed: ``wanted``, ``package``, ``extra``
├── LoadError          a triple store does not take the graph: ``url``, ``status`` (or None), ``reason``
├── FormatError        no exporter for that format or suffix: ``format``, ``known``
├── RequestError       the SPARQL endpoint refuses a request: ``status`` (of HTTP), ``reason``
└── StoreError         the store on disk is missing, damaged or cannot be written: ``path``, ``reason``
    ├── LockedError    another process writes to it: ``path``, ``holder``
    └── UnknownDocumentError  it has no such document: ``path``, ``name``, ``near``
"""

from __future__ import annotations


class KgError(Exception):
    """Root of every error that kg raises on purpose."""


class SourceError(KgError):
    """A source cannot be read.

    >>> str(SourceError("news.jsonl", "not JSON: line ends too early", line=3))
    'news.jsonl:3: not JSON: line ends too early'
    """

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        self.source, self.reason, self.line = source, reason, line
        super().__init__(f"{source}{'' if line is None else f':{line}'}: {reason}")


class ModelError(KgError):
    """The spaCy pipeline is missing or does not have what extraction needs."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"model {name!r}: {reason}")


class OntologyError(KgError):
    """An ontology, lexicon or gazetteer file is wrong."""

    def __init__(self, path: str, reason: str, *, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        super().__init__(f"{path}{'' if line is None else f':{line}'}: {reason}")


class QueryError(KgError):
    """A SPARQL query cannot be parsed or run."""

    def __init__(self, query: str, reason: str) -> None:
        self.query, self.reason = query, reason
        super().__init__(f"query: {reason}")


class SettingError(KgError):
    """A setting has a value that cannot be."""

    def __init__(self, name: str, value: str, reason: str) -> None:
        self.name, self.value, self.reason = name, value, reason
        super().__init__(f"{name} {value!r}: {reason}")


class FormatError(KgError):
    """No exporter goes by that format or file suffix."""

    def __init__(self, format: str, known: tuple[str, ...]) -> None:
        self.format, self.known = format, known
        super().__init__(f"no format {format!r}; there are: {', '.join(known)}")


class RequestError(KgError):
    """The SPARQL endpoint refuses a request, or cannot answer it."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


class StoreError(KgError):
    """A store on disk is missing, damaged, or cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class LockedError(StoreError):
    """Another process is writing to the store."""

    def __init__(self, path: str, holder: str) -> None:
        self.holder = holder
        super().__init__(path, f"{holder} is writing to it; wait for it to end, or stop it")


class UnknownDocumentError(StoreError):
    """The store holds no document by that name.

    >>> str(UnknownDocumentError("output", "b.txt", ("a.txt",)))
    "output: no document 'b.txt'; near it: a.txt"
    """

    def __init__(self, path: str, name: str, near: tuple[str, ...]) -> None:
        self.name, self.near = name, near
        hint = f"near it: {', '.join(near)}" if near else "give the file or address it was read from, its url or its id"
        super().__init__(path, f"no document {name!r}; {hint}")


class LoadError(KgError):
    """A triple store does not take the graph."""

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        self.url, self.reason, self.status = url, reason, status
        super().__init__(f"{url}: {reason}")


class PackageError(KgError):
    """What is asked for needs a package that is not installed.

    >>> str(PackageError("Parquet", "pyarrow", "parquet"))
    "Parquet needs pyarrow: pip install 'newskg[parquet]'"
    """

    def __init__(self, wanted: str, package: str, extra: str) -> None:
        self.wanted, self.package, self.extra = wanted, package, extra
        super().__init__(f"{wanted} needs {package}: pip install 'newskg[{extra}]'")
