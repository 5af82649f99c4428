"""The HTTP side: who may ask, what is at which address, and what goes back."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import Any, Self
from urllib.parse import urlsplit

from kg.errors import RequestError
from kg.queries import named_queries
from kg.serve.description import description
from kg.serve.limits import Limits
from kg.serve.protocol import read
from kg.serve.workers import Workers
from kg.store import Store
from kg.vocab import BASE

ENDPOINT = "/sparql"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_ASSETS = {
    "/": ("query.html", "text/html"),
    "/query.js": ("query.js", "text/javascript"),
    "/query.css": ("query.css", "text/css"),
}
_METHODS = "GET, HEAD, POST, OPTIONS"


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back to a client."""

    status: int
    media: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Server:
    """A SPARQL endpoint on the store in a folder, and a page to write queries in; it runs until it is closed.

    The host is a loopback address unless another is given. Port 0 takes a free one. Raises StoreError where there is no
    store, OSError where the port is taken.
    """

    def __init__(
        self, folder: Path | str, *, host: str = "127.0.0.1", port: int = 7878, limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        with Store(folder) as store:
            base, prefixes = store.base, store.prefixes()
        self._queries = _queries_json(base, prefixes)
        self._host = host
        self._http = _HttpServer((host, port), self)
        self.workers = Workers(Path(folder), self.limits)

    @property
    def url(self) -> str:
        """Return the address of the page."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._http.server_address[1]}/"

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine can ask."""
        return _is_loopback(self._host)

    def run(self) -> None:
        """Answer requests until `close` is called, or the process is interrupted."""
        self._http.serve_forever(poll_interval=0.2)

    def start(self) -> Self:
        """Answer requests in a thread of their own."""
        Thread(target=self.run, daemon=True).start()
        return self

    def close(self) -> None:
        """Stop answering and end the processes."""
        self._http.shutdown()
        self.close_files()

    def close_files(self) -> None:
        """Give up the port and end the processes, once `run` has ended."""
        self._http.server_close()
        self.workers.close()

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Return the response to a request; raise RequestError for one that is refused."""
        path, query = urlsplit(target)[2:4]
        host = headers.get("Host", "")
        if not _is_own_host(host, self._host):
            raise RequestError(421, f"this server does not go by the name {host!r}")
        if path == ENDPOINT:
            return self._sparql(method, query, headers, body)
        if path == "/queries.json":
            media, content = "application/json", self._queries
        elif path in _ASSETS:
            name, media = _ASSETS[path]
            content = (files("kg.serve") / "assets" / name).read_bytes()
        else:
            raise RequestError(404, f"nothing here; the endpoint is {ENDPOINT}, the page /")
        if method not in ("GET", "HEAD"):
            raise RequestError(405, f"{path} takes GET only")
        return Response(200, f"{media}; charset=utf-8", content)

    def _sparql(self, method: str, query: str, headers: Mapping[str, str], body: bytes) -> Response:
        _refuse_other_sites(headers)
        if method == "OPTIONS":
            return Response(200, "text/plain", b"", {"Allow": _METHODS})
        accept = headers.get("Accept", "")
        ask = read(method, query, headers.get("Content-Type", ""), body)
        if ask is None:
            media, content = description(f"http://{headers.get('Host', '')}{ENDPOINT}", accept)
            return Response(200, media, content, {"Vary": "Accept"})
        if len(ask.query.encode()) > self.limits.query_bytes:
            raise RequestError(413, f"the query is longer than {self.limits.query_bytes} bytes")
        answer = self.workers.ask(ask, accept)
        return Response(200, _with_charset(answer.media), answer.content, {"Vary": "Accept"})


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _queries_json(base: str, prefixes: Mapping[str, str]) -> bytes:
    """Return the library of queries for the page, with examples below this graph's base."""
    listed = [
        {"name": query.name, "title": query.title, "about": query.description, "text": query.text.replace(BASE, base)}
        for query in named_queries().values()
    ]
    return json.dumps({"base": base, "prefixes": prefixes, "queries": listed}, ensure_ascii=False).encode()


def _is_own_host(host: str, bound: str) -> bool:
    """Tell whether a Host header names this machine; a page that rebinds its own domain name to us does not.

    >>> _is_own_host("localhost:7878", "127.0.0.1"), _is_own_host("[::1]:7878", "::1")
    (True, True)
    >>> _is_own_host("attacker.example:7878", "127.0.0.1"), _is_own_host("", "127.0.0.1")
    (False, False)
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name in {"localhost", bound.lower()} or (name and name == socket.gethostname().lower()):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not _is_loopback(bound)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_other_sites(headers: Mapping[str, str]) -> None:
    """Raise RequestError (403) for what a page of another origin sends from a browser on this machine."""
    origin, host = headers.get("Origin"), headers.get("Host", "")
    if headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"} or (
        origin is not None and urlsplit(origin).netloc != host
    ):
        raise RequestError(403, "pages of other origins may not ask: there is no CORS here")


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], server: Server) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.owner = server
        self._room = BoundedSemaphore(server.limits.connections)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _HttpServer

    def version_string(self) -> str:
        return "kg"

    def log_message(self, *_: object) -> None:
        """Keep no log."""

    def _answer(self) -> None:
        try:
            response = self.server.owner.respond(self.command, self.path, self.headers, self._body())  # type: ignore[arg-type]
        except RequestError as error:
            self._send(Response(error.status, "text/plain; charset=utf-8", f"{error.reason}\n".encode(), _hints(error)))
        else:
            self._send(response)

    do_GET = do_HEAD = do_POST = do_OPTIONS = _answer

    def _refuse(self) -> None:
        self.close_connection = True
        error = RequestError(405, f"the endpoint takes {_METHODS}")
        self._send(Response(405, "text/plain; charset=utf-8", f"{error.reason}\n".encode(), _hints(error)))

    do_PUT = do_DELETE = do_PATCH = do_TRACE = do_CONNECT = _refuse

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self.close_connection = True
            raise RequestError(411, "send the body with its Content-Length")
        limit = 4 * self.server.owner.limits.query_bytes  # a form writes one byte as up to three signs
        if int(length) > limit:
            self.close_connection = True
            raise RequestError(413, f"the body is longer than {limit} bytes")
        return self.rfile.read(int(length))

    def _send(self, response: Response) -> None:
        self.send_response(response.status, HTTPStatus(response.status).phrase)
        for name, value in {
            "Content-Type": response.media,
            "Content-Length": str(len(response.content)),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
            **({"Connection": "close"} if self.close_connection else {}),
            **response.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.content)


def _hints(error: RequestError) -> dict[str, str]:
    return {405: {"Allow": _METHODS}, 503: {"Retry-After": "5"}}.get(error.status, {})
