"""The small text work that showing a graph needs."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST_PASSAGE = 1200
CONTEXT = 400
BIDI_CONTROLS = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """Return ``text`` on one line, without control characters and without those that turn the writing direction.

    >>> clean("a\\u202eb  c\\n d")
    'ab c d'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (c if unicodedata.category(c) != "Cc" else " " for c in text if c not in BIDI_CONTROLS)
    return " ".join("".join(kept).split())


def iri_name(iri: str) -> str:
    """Return the last part of an IRI, decoded.

    >>> iri_name("https://example.org/kg/entity/Jens_Stoltenberg")
    'Jens_Stoltenberg'
    """
    return unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1])


def spaced(name: str) -> str:
    """Return a name in camel case as words.

    >>> spaced("containedInPlace")
    'contained in place'
    """
    return clean(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", name)).lower()


def safe_url(url: str) -> str:
    """Return ``url`` if it is an absolute http or https one, else "".

    >>> safe_url("https://news.example/a1"), safe_url("javascript:alert(1)")
    ('https://news.example/a1', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def utf16_offset(text: str, offset: int) -> int:
    """Return where code point ``offset`` of ``text`` stands in UTF-16 units, as JavaScript counts.

    >>> utf16_offset("a🌊b", 2)
    3
    """
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def passage_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the paragraph around ``text[start:end]``, cut at words where it is enormous.

    >>> passage_bounds("One.\\nTwo. Three.\\nFour.", 5, 9)
    (5, 16)
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first <= LONGEST_PASSAGE:
        return first, last
    if start - first > CONTEXT:
        first = next((i + 1 for i in range(start - CONTEXT, start) if text[i].isspace()), start)
    if last - end > CONTEXT:
        last = next((i for i in range(end + CONTEXT, end, -1) if text[i].isspace()), end)
    return first, last
