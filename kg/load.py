"""Send a graph to a triple store, by the SPARQL 1.1 Graph Store protocol or by SPARQL update, in batches."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from types import TracebackType
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox

from kg.errors import LoadError, SettingError
from kg.graph import KnowledgeGraph

# A batch is some megabytes; Virtuoso compiles an update as one program, which must stay small.
STORE_BATCH, UPDATE_BATCH = 20_000, 500
_TRIES = 5
_TIMEOUT = httpx.Timeout(300.0, connect=10.0)
_BUSY = frozenset({429, 502, 503, 504})
_TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.S)
_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password (basic or digest, as the server wants), or a bearer token. Never shown.

    >>> Credentials(user="dba", password="secret")
    Credentials(user='dba')
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was sent: how many named graphs (the default graph counts as one) and triples."""

    graphs: int
    triples: int


def load(
    graph: KnowledgeGraph,
    url: str,
    *,
    update: bool = False,
    default_graph: bool = False,
    replace: bool | None = None,
    credentials: Credentials = Credentials(),
    on_progress: Callable[[int, int], None] | None = None,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Loaded:
    """Send ``graph`` to the Graph Store endpoint ``url``, or with ``update`` to a SPARQL update endpoint.

    Each named graph keeps its name; with ``default_graph`` the union of all goes to the default graph. ``replace``
    empties what it writes to first: by default named graphs, never the default graph. ``on_progress`` gets triples
    sent and triples in all. A busy server is asked again. Raises LoadError with the server's words, SettingError.
    """
    _check(url)
    parts = [(None, list(graph.triples()))] if default_graph else list(_by_name(graph))
    total, done = sum(len(triples) for _, triples in parts), 0
    with _Server(url, credentials, transport, sleep) as server:
        for name, triples in parts:
            anew = replace if replace is not None else name is not None
            size = UPDATE_BATCH if update else STORE_BATCH
            for batch in (triples[start : start + size] for start in range(0, len(triples), size)):
                send = server.insert if update else server.put
                send(name, _lines(batch), anew=anew)
                anew, done = False, done + len(batch)
                if on_progress is not None:
                    on_progress(done, total)
    return Loaded(len(parts), total)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError("URL", url, "not the http or https address of an endpoint")
    if parts.username or parts.password:
        raise SettingError("URL", parts.hostname, "holds a user; give --user and set KG_PASSWORD instead")


def _by_name(graph: KnowledgeGraph) -> Iterator[tuple[str | None, list[ox.Triple]]]:
    def name(quad: ox.Quad) -> str:
        return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""

    for found, quads in groupby(sorted(graph.quads(), key=name), key=name):
        yield found or None, [quad.triple for quad in quads]


def _lines(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


class _Server:
    """One connection: finds out how the server wants to be told who asks, and asks again while it is busy."""

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        transport: httpx.BaseTransport | None,
        sleep: Callable[[float], None],
    ) -> None:
        self._url, self._given, self._sleep = url, credentials, sleep
        self._auth: httpx.Auth | None = None
        headers = {"User-Agent": "newskg"}
        if credentials.token is not None:
            headers["Authorization"] = f"Bearer {credentials.token}"
        elif credentials.user is not None:
            self._auth = httpx.DigestAuth(credentials.user, credentials.password or "")
        self._client = httpx.Client(transport=transport, timeout=_TIMEOUT, headers=headers)

    def __enter__(self) -> _Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def put(self, name: str | None, lines: bytes, *, anew: bool) -> None:
        """Send triples by the Graph Store protocol: PUT replaces a graph, POST adds to it."""
        where = {"default": ""} if name is None else {"graph": name}
        self._send("PUT" if anew else "POST", lines, "application/n-triples", where)

    def insert(self, name: str | None, lines: bytes, *, anew: bool) -> None:
        """Send triples as INSERT DATA, after CLEAR where the graph is to be replaced."""
        if anew:
            which = "DEFAULT" if name is None else f"GRAPH <{name}>"
            self._send("POST", f"CLEAR SILENT {which}".encode(), "application/sparql-update")
        data = lines if name is None else f"GRAPH <{name}> {{\n".encode() + lines + b"}"
        self._send("POST", b"INSERT DATA {\n" + data + b"}", "application/sparql-update")

    def _send(self, method: str, content: bytes, kind: str, params: Mapping[str, str] | None = None) -> None:
        for attempt in range(1, _TRIES + 1):
            try:
                response = self._asked(method, content, kind, params)
            except httpx.ConnectError as error:
                raise LoadError(self._url, f"nobody answers there ({error}); is the server running?") from error
            except httpx.HTTPError as error:
                raise LoadError(self._url, f"the connection broke: {error or type(error).__name__}") from error
            if response.status_code not in _BUSY or attempt == _TRIES:
                break
            self._sleep(_pause(response, attempt))
        if not response.is_success:
            raise LoadError(self._url, _explained(response, self._given), status=response.status_code)

    def _asked(self, method: str, content: bytes, kind: str, params: Mapping[str, str] | None) -> httpx.Response:
        url = httpx.URL(self._url).copy_merge_params(params or {})

        def ask() -> httpx.Response:
            return self._client.request(method, url, content=content, headers={"Content-Type": kind}, auth=self._auth)

        response = ask()
        refused = response.status_code == httpx.codes.UNAUTHORIZED and isinstance(self._auth, httpx.DigestAuth)
        # Who wants a digest does not get the password itself.
        if refused and self._given.user and "digest" not in response.headers.get("WWW-Authenticate", "").lower():
            self._auth = httpx.BasicAuth(self._given.user, self._given.password or "")
            response = ask()
        return response


def _pause(response: httpx.Response, attempt: int) -> float:
    """Return how many seconds to wait: what the server says, else twice as long each time; a minute at most."""
    said = response.headers.get("Retry-After", "")
    return min(float(said) if said.isdecimal() else 2.0 ** (attempt - 1), 60.0)


def _explained(response: httpx.Response, given: Credentials) -> str:
    """Return what the server said, in one line, with what to do about it."""
    said = " ".join(_TAG.sub(" ", response.text).split())[:_MESSAGE]
    reason = f"{response.status_code} {response.reason_phrase}{': ' if said else ''}{said}"
    known = given.user is not None or given.token is not None
    if response.status_code == httpx.codes.UNAUTHORIZED:
        return f"{reason}; {'user, password or token is wrong' if known else 'give --user and set KG_PASSWORD'}"
    if response.status_code == httpx.codes.FORBIDDEN:
        return f"{reason}; {'this user' if known else 'without a user one'} may not write there"
    if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED):
        return f"{reason}; is this the Graph Store address of the server? docs/triple-stores.md has them"
    if response.is_redirect:
        return f"{reason}; give the address it leads to: {response.headers.get('Location', '')}"
    return reason
