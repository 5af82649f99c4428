"""Make a Document of a text and what is known of it: the one place where documents are made."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import SourceError
from kg.model import Document
from kg.sources.boilerplate import find_boilerplate
from kg.sources.values import clean_text, clean_url, parse_date

MAX_CHARACTERS = 1_000_000  # spaCy's own limit (Language.max_length)
_ALIASES = {"lang": "language", "link": "url", "id": "identifier", "date": "published"}
_FIELDS = ("title", "url", "published", "publisher", "language", "identifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a source says of its document besides the text."""

    title: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    publisher: str | None = None
    language: str | None = None
    identifier: str | None = None


def read_metadata(values: Mapping[str, object]) -> tuple[Metadata, tuple[str, ...]]:
    """Return the metadata in a mapping (JSON object, front matter) and what is wrong in it; unknown keys are ignored.

    >>> read_metadata({"title": "Talks", "date": "yesterday", "colour": "red"})[1]
    ("date 'yesterday' is not a date such as 2024-05-31; kept without it",)
    """
    found: dict[str, str | datetime.date] = {}
    problems: list[str] = []
    for key, value in values.items():
        name = _ALIASES.get(key, key)
        if name not in _FIELDS or value is None or value == "":
            continue
        if not isinstance(value, str | int) or isinstance(value, bool):
            problems.append(f"{key} is not a text; kept without it")
            continue
        text = clean_text(str(value)).strip()
        clean = parse_date(text) if name == "published" else clean_url(text) if name == "url" else text
        if clean is None:
            kind = "a date such as 2024-05-31" if name == "published" else "an http(s) address"
            problems.append(f"{key} {text[:60]!r} is not {kind}; kept without it")
        elif clean:
            found[name] = clean
    return Metadata(**found), tuple(problems)  # type: ignore[arg-type]  # keys are those of Metadata, dates under "published"


def make_document(
    text: str,
    metadata: Metadata,
    *,
    origin: str,
    date: datetime.date | None = None,
    line: int | None = None,
    position: int | None = None,
) -> Document | SourceError:
    """Return the document of ``text``, its boilerplate found, or a SourceError for no text or too much.

    ``date`` is the published date when neither metadata nor text give one. ``line`` (of a JSONL file)
    and ``position`` (in a JSON list, from 1) are for the message and the origin.
    """
    where = origin if position is None else f"{origin} (document {position})"
    if not text.strip():
        return SourceError(where, "no text in it; give a text or leave it out", line=line)
    if len(text) > MAX_CHARACTERS:
        return SourceError(where, too_long(f"{len(text):,} characters"), line=line)
    text = clean_text(text)
    found = find_boilerplate(text, title=metadata.title)
    return Document(
        text,
        title=metadata.title or found.headline,
        url=metadata.url or found.url,
        published=metadata.published or found.published or date,
        publisher=metadata.publisher,
        language=metadata.language or "en",
        identifier=metadata.identifier,
        boilerplate=found.spans,
        headline=found.headline_span,
        origin=where if line is None else f"{where}:{line}",
    )


def too_long(size: str) -> str:
    """Return the reason for refusing a text of that size."""
    return f"{size} in one document, more than {MAX_CHARACTERS:,}; split it into articles (JSONL has one a line)"
