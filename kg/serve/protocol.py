"""Read a query out of a request, as the SPARQL 1.1 protocol puts it there, or say why it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

import pyoxigraph as ox

from kg.errors import RequestError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_READ_ONLY = "this endpoint only reads: change the graph with kg build, kg add and kg remove"

# What SPARQL lexes as one token in which no keyword can stand; a backslash escapes a sign of a prefixed name.
_NO_KEYWORD = re.compile(
    r'\\.|"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\n\r]*',
    re.S,
)
_SERVICE = re.compile(r"(?<![\w:?$@.%-])service(?![\w:-])", re.I)


@dataclass(frozen=True, slots=True)
class Ask:
    """A query, with the graphs that the request names as its dataset (None: those of the store)."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def read(method: str, query_string: str, content_type: str, body: bytes) -> Ask | None:
    """Return the query of a request to the endpoint, None for a GET without one (it asks for the description).

    Raises RequestError with the status and a text for what cannot be answered.

    >>> read("GET", "query=ASK%7B%7D", "", b"")
    Ask(query='ASK{}', default_graphs=None, named_graphs=None)
    """
    fields = _fields(query_string)
    if method == "POST":
        media = content_type.partition(";")[0].strip().lower()
        if media == "application/sparql-update":
            raise RequestError(403, _READ_ONLY)
        if media == QUERY:
            if "query" in fields:
                raise RequestError(400, "two queries: one in the address and one in the body")
            fields["query"] = [_text(body)]
        elif media == FORM:
            for name, values in _fields(_text(body)).items():
                fields.setdefault(name, []).extend(values)
        else:
            raise RequestError(415, f"a query is posted as {FORM} or {QUERY}, not as {media or 'nothing'}")
    if any(name in fields for name in _UPDATES):
        raise RequestError(403, _READ_ONLY)
    queries = fields.get("query", [])
    if not queries and method != "POST" and not fields:
        return None
    if len(queries) != 1:
        raise RequestError(400, f"one parameter query is needed, {len(queries)} are there")
    refuse_service(queries[0])
    default, named = _iris(fields, "default-graph-uri"), _iris(fields, "named-graph-uri")
    if default is None and named is None:
        return Ask(queries[0])
    return Ask(queries[0], default or (), named or ())


def refuse_service(query: str) -> None:
    """Raise RequestError (403) for a query that would ask another endpoint.

    >>> refuse_service("SELECT ?service { ?s rdfs:label 'SERVICE' } # service")
    >>> refuse_service("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.RequestError: SERVICE is off: this endpoint asks no other
    """
    if _SERVICE.search(_NO_KEYWORD.sub(" ", query)):
        raise RequestError(403, "SERVICE is off: this endpoint asks no other")


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise RequestError(400, f"the parameters cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "the body is not UTF-8") from error


def _iris(fields: Mapping[str, list[str]], name: str) -> tuple[str, ...] | None:
    for iri in fields.get(name, ()):
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise RequestError(400, f"{name} is no absolute IRI: {iri}") from error
    return tuple(fields[name]) if name in fields else None
