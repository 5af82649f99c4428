"""Read JSON Lines and JSON: documents as objects with ``text`` and what is known of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator

from kg.errors import SourceError
from kg.model import Document
from kg.sources.build import make_document, read_metadata
from kg.sources.values import decode

_UTF8 = "not UTF-8; save the file as UTF-8"


def read_jsonl(
    lines: Iterable[bytes], *, origin: str, date: datetime.date | None = None
) -> Iterator[Document | SourceError]:
    """Yield the document of each line, or a SourceError naming the line; the lines after it are read on."""
    seen = False
    for number, raw in enumerate(lines, 1):
        if number == 1 and (b"\x00" in raw or raw.startswith((b"\xff\xfe", b"\xfe\xff"))):
            yield SourceError(origin, _UTF8, line=1)
            return
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            value = json.loads(line) if line else None
        except UnicodeDecodeError:
            seen = True
            yield SourceError(origin, _UTF8, line=number)
            continue
        except (ValueError, RecursionError) as error:
            seen = True
            yield SourceError(origin, f"not JSON: {_reason(error)}; each line must be one whole object", line=number)
            continue
        if line:
            seen = True
            yield from _read_object(value, origin=origin, date=date, line=number)
    if not seen:
        yield SourceError(origin, "empty; nothing to read")


def read_json(data: bytes, *, origin: str, date: datetime.date | None = None) -> Iterator[Document | SourceError]:
    """Yield the documents of a JSON file: one object, or a list of them."""
    text = decode(data)
    if text is None:
        yield SourceError(origin, _UTF8)
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        yield SourceError(origin, f"not JSON: {_reason(error)}; one object a line is JSONL: name it .jsonl", line=line)
        return
    if not isinstance(value, list):
        yield from _read_object(value, origin=origin, date=date)
        return
    if not value:
        yield SourceError(origin, "an empty list; nothing to read")
    for position, item in enumerate(value, 1):
        yield from _read_object(item, origin=origin, date=date, position=position)


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"


def _read_object(
    value: object,
    *,
    origin: str,
    date: datetime.date | None,
    line: int | None = None,
    position: int | None = None,
) -> Iterator[Document | SourceError]:
    """Yield what is wrong with an object's metadata, then its document, or why there is none."""
    where = origin if position is None else f"{origin} (document {position})"
    if not isinstance(value, dict):
        yield SourceError(where, 'not an object; write {"id": ..., "text": ...}', line=line)
        return
    text = value.get("text")
    if not isinstance(text, str):
        yield SourceError(where, 'no "text" in it; write {"id": ..., "text": ...}', line=line)
        return
    metadata, problems = read_metadata(value)
    for problem in problems:
        yield SourceError(where, problem, line=line)
    yield make_document(text, metadata, origin=origin, date=date, line=line, position=position)
