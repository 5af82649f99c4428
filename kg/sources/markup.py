"""Turn Markdown and HTML into plain text with paragraphs, and read what they say of the document."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import trafilatura
from lxml.etree import LxmlError  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.sources.build import Metadata, read_metadata
from kg.sources.values import clean_url, parse_date

# They tell the terminal of every page without an article; here that is a SourceError.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<block>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>.*?)\s*")
# Searching the whole page for something like a date invents dates; a fixed bound keeps "now" out of it.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
_BLOCKS = ("p", "head", "quote", "item", "list", "ab", "lb", "code", "div")
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"\w[.!?…。！？][\"”’'»)]*(?:\s|$)")


def read_markdown(text: str) -> tuple[str, Metadata, tuple[str, ...]]:
    """Return the text without markup, the metadata of its front matter, and what is wrong in that.

    The first heading is the title when the front matter has none.

    >>> read_markdown("# Talks *resume*\\n\\nThey [met](https://example.org).")[0]
    'Talks resume\\n\\nThey met.'
    """
    fields, body = _front_matter(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    metadata, problems = read_metadata({"title": _first_heading(tokens), **fields})
    return "\n\n".join(_blocks(tokens)), metadata, problems


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    """Return the fields between two lines of dashes at the start, and the text after them."""
    found = _FRONT_MATTER.match(text)
    pairs = [_FIELD.fullmatch(line) for line in found["block"].splitlines()] if found else []
    fields: dict[str, object] = {pair["key"].lower(): pair["value"].strip("\"'") for pair in pairs if pair}
    return (fields, text[found.end() :]) if found and fields else ({}, text)


def _first_heading(tokens: list[Token]) -> str | None:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _words(inline)
    return None


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """Yield the text of each paragraph, heading and list item; tables, code and raw HTML are no prose."""
    in_table = False
    for token in tokens:
        in_table = token.type == "table_open" or (in_table and token.type != "table_close")
        if token.type == "inline" and not in_table and (words := _words(token)):
            yield words


def _words(inline: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    shown = ("text", "code_inline", "text_special")
    parts = [breaks.get(t.type, t.content if t.type in shown else "") for t in inline.children or ()]
    return unescape("".join(parts)).strip()


def read_html(page: str, *, url: str | None = None) -> tuple[str, Metadata] | None:
    """Return the article of a web page, paragraphs apart by empty lines, and its metadata; None for no article.

    Navigation, comments, tables and other boilerplate are left out by trafilatura.
    """
    try:
        found = trafilatura.bare_extraction(
            page,
            url=url,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except (LxmlError, ValueError, RecursionError):
        return None
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    text = "\n\n".join(_paragraphs(found.body))
    if not _SENTENCE.search(text):
        return None
    language = _LANGUAGE.search(page, 0, 20_000)
    return text, Metadata(
        title=_one_line(found.title),
        url=clean_url(found.url or "") or url,
        published=parse_date(found.date or ""),
        publisher=_one_line(found.sitename),
        language=language[1].lower() if language else None,
    )


def _one_line(text: str | None) -> str | None:
    return _SPACE.sub(" ", unescape(text)).strip() or None if text else None


def _paragraphs(element: Any) -> Iterator[str]:
    """Yield the text of the innermost blocks, in order."""
    pending = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _flush(pending)
            yield from _paragraphs(child)
            pending = [child.tail or ""]
        else:
            pending += ["".join(child.itertext()), child.tail or ""]
    yield from _flush(pending)


def _flush(parts: list[str]) -> Iterator[str]:
    if words := _SPACE.sub(" ", "".join(parts)).strip():
        yield words
