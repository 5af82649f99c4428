"""Read sources one after the other; what cannot be read is a value in the stream, not an exception."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import SourceError
from kg.model import Document
from kg.sources.build import MAX_CHARACTERS, Metadata, make_document, too_long
from kg.sources.paths import KINDS, STDIN, expand
from kg.sources.records import read_json, read_jsonl
from kg.sources.values import clean_url, decode

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 20_000_000  # of a page; a plain text of so many bytes is over the limit of characters anyway
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+html|html))\b", re.I | re.S
)
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\}|$)|\[\s*(?:\{|$))")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CONTENT_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "": None,
}


def read_sources(
    sources: Iterable[str | Path],
    *,
    date: datetime.date | None = None,
    stdin: IO[str] | IO[bytes] | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Iterator[Document | SourceError]:
    """Yield the documents of files, folders, patterns, http(s) addresses and standard input ("-"), one by one.

    What cannot be read comes as a SourceError in its place (``source``, ``line``, ``reason``) and
    nothing is raised: the rest is read. A SourceError for a wrong date or address of a document is followed
    by that document, without it. ``date`` is the published date of documents that give none;
    ``stdin`` is read for "-" (default: sys.stdin); ``transport`` replaces the network in tests.

    >>> import io
    >>> [document.text for document in read_sources(["-"], stdin=io.StringIO("NATO met."))]
    ['NATO met.']
    """
    for _, found in read_each(sources, date=date, stdin=stdin, transport=transport):
        yield found


def read_each(
    sources: Iterable[str | Path],
    *,
    date: datetime.date | None = None,
    stdin: IO[str] | IO[bytes] | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Iterator[tuple[Path | str | None, Document | SourceError]]:
    """Yield what `read_sources` yields, each with the file or address it was read from; None for standard input."""
    for item in expand(sources):
        if isinstance(item, SourceError):
            yield None, item
        elif isinstance(item, Path):
            yield from ((item, found) for found in _read_file(item, date))
        elif item == STDIN:
            lines = _byte_lines(sys.stdin.buffer if stdin is None else stdin)
            yield from ((None, found) for found in _read_lines(lines, None, origin="standard input", date=date))
        else:
            yield from ((item, found) for found in _read_url(item, date, transport))


def _read_file(path: Path, date: datetime.date | None) -> Iterator[Document | SourceError]:
    try:
        kind = KINDS.get(path.suffix.lower())
        if kind in ("text", "markdown", "html") and path.stat().st_size > MAX_BYTES:
            yield SourceError(str(path), too_long(f"more than {MAX_BYTES // 1_000_000} MB"))
            return
        with path.open("rb") as stream:
            yield from _read_lines(stream, kind, origin=str(path), date=date)
    except OSError as error:
        yield SourceError(str(path), f"cannot be read: {error.strerror or error}")


def _read_url(
    url: str, date: datetime.date | None, transport: httpx.BaseTransport | None
) -> Iterator[Document | SourceError]:
    from kg.sources.web import fetch  # noqa: PLC0415 - httpx is loaded when an address is read, not before

    if not url.lower().startswith(("http://", "https://")):
        yield SourceError(url, "only http and https addresses are read")
        return
    if clean_url(url) is None:
        yield SourceError(url, "not an address; write https://host/path")
        return
    page = fetch(url, transport=transport)
    if isinstance(page, SourceError):
        yield page
    elif page.content_type not in _CONTENT_TYPES:
        yield SourceError(url, f"the server sent {page.content_type}; only HTML, text and JSON are read")
    else:
        kind = _CONTENT_TYPES[page.content_type]
        lines = page.content.splitlines(keepends=True)
        yield from _read_lines(lines, kind, origin=url, date=date, url=page.url, charset=page.charset)


def _byte_lines(stream: IO[str] | IO[bytes]) -> Iterator[bytes]:
    for line in stream:
        yield line if isinstance(line, bytes) else line.encode("utf-8", "replace")


def _read_lines(
    stream: Iterable[bytes],
    kind: str | None,
    *,
    origin: str,
    date: datetime.date | None,
    url: str | None = None,
    charset: str | None = None,
) -> Iterator[Document | SourceError]:
    """Yield the documents of a stream of byte lines of one kind, guessed from its beginning where it is not known."""
    lines = iter(stream)
    start = _first_lines(lines)
    if kind is None:
        kind = _guess(b"".join(start))
    lines = chain(start, lines)
    if kind == "jsonl":
        yield from read_jsonl(lines, origin=origin, date=date)
        return
    if kind == "json":
        yield from read_json(b"".join(lines), origin=origin, date=date)
        return
    data = _limited(lines)
    if not data.strip():
        yield SourceError(origin, "empty; nothing to read")
    elif len(data) > MAX_BYTES:
        yield SourceError(origin, too_long(f"more than {MAX_BYTES // 1_000_000} MB"))
    else:
        yield from _read_text(data, kind, origin=origin, date=date, url=url, charset=charset)


def _first_lines(lines: Iterator[bytes]) -> list[bytes]:
    """Return the lines to the first one that is not empty, it included."""
    start = []
    for line in lines:
        start.append(line)
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            break
    return start


def _guess(start: bytes) -> str:
    """Tell the kind of a stream by how it begins: HTML, JSON, JSON Lines, else text."""
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return "html"
    if not _JSON.match(start):
        return "text"
    try:
        whole = isinstance(json.loads(start), dict)
    except (ValueError, RecursionError):
        whole = start.rstrip().endswith(b"}")
    return "jsonl" if whole else "json"


def _limited(lines: Iterable[bytes]) -> bytes:
    """Return the bytes of the lines, a little more than MAX_BYTES at most."""
    data = bytearray()
    for line in lines:
        data += line
        if len(data) > MAX_BYTES:
            break
    return bytes(data)


def _read_text(
    data: bytes, kind: str, *, origin: str, date: datetime.date | None, url: str | None, charset: str | None
) -> Iterator[Document | SourceError]:
    """Yield the document of a text, a Markdown file or a web page."""
    if kind == "html" and charset is None and (declared := _CHARSET.search(data, 0, 4096)):
        charset = declared[1].decode("ascii")
    text = decode(data, charset=charset)
    if text is None:
        yield SourceError(origin, "a binary file, or text in an unknown encoding; save it as UTF-8 text")
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    metadata = Metadata(url=url)
    if kind in ("html", "markdown"):
        converted = _convert(text, kind, url)
        if isinstance(converted, str):
            yield SourceError(origin, converted)
            return
        text, metadata, problems = converted
        for problem in problems:
            yield SourceError(origin, problem)
    yield make_document(text, metadata, origin=origin, date=date)


def _convert(text: str, kind: str, url: str | None) -> tuple[str, Metadata, tuple[str, ...]] | str:
    """Return text, metadata and problems of marked-up text, or the reason why there are none."""
    from kg.sources.markup import read_html, read_markdown  # noqa: PLC0415 - trafilatura takes 0.4 s to load

    if kind == "html":
        found = read_html(text, url=url)
        return (*found, ()) if found else "no article found on this page; save its text as .txt"
    if len(text) > MAX_CHARACTERS:
        return too_long(f"{len(text):,} characters")
    return read_markdown(text)
