"""Values as sources write them, made clean or refused: dates, URLs, characters, bytes."""

from __future__ import annotations

import codecs
import re
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from charset_normalizer import from_bytes

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY = re.compile(
    r"(?:(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month2>[A-Za-z]{3,9})\.?,?\s+(?P<year2>\d{4})"
    r"|(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2}))"
)
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024


def parse_day(text: str) -> date | None:
    """Return the day that ``text`` is and nothing else: month by name and a year, or ISO; else None.

    Numbers alone ("03/01/2008") are refused: their order differs from country to country.

    >>> parse_day("March 01, 2008") == parse_day("1 Mar. 2008") == parse_day("2008-03-01")
    True
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    groups = found.groupdict()
    month = _month(groups["month"] or groups["month2"] or groups["month3"])
    try:
        return date(
            int(groups["year"] or groups["year2"] or groups["year3"]),
            month,
            int(groups["day"] or groups["day2"] or groups["day3"]),
        )
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the number of a month; 0 for what is none (which no date accepts)."""
    if name.isdigit():
        return int(name)
    folded = name.casefold()
    whole = 4 if folded == "sept" else 3
    matches = (n for n, month in enumerate(_MONTHS, 1) if folded in (month, month[:whole]))
    return next(matches, 0)


def parse_date(text: str) -> date | None:
    """Return the day of an ISO date or date and time, or of a date with its month by name; else None.

    >>> parse_date("2016-06-14T23:30:00+02:00")
    datetime.date(2016, 6, 14)
    """
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return parse_day(text)


def clean_url(text: str) -> str | None:
    """Return an http(s) URL fit to be an IRI, or None for anything else.

    >>> clean_url(" https://example.org/a b "), clean_url("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    url = _NOT_TEXT.sub("", text).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    return "".join(char if ord(char) > 0x9F else quote(char, safe="%/:=&?~#+!$,;'@()*[]-._") for char in url)


def clean_text(text: str) -> str:
    """Return ``text`` with every lone surrogate and NUL replaced by U+FFFD: as many characters, fit for UTF-8.

    >>> clean_text("a\\ud800b")
    'a\ufffdb'
    """
    return _NOT_TEXT.sub("\ufffd", text)


def decode(data: bytes, *, charset: str | None = None) -> str | None:
    """Return bytes as text, or None where they are none (a binary file).

    A byte order mark decides, then UTF-8, then ``charset`` if one was declared, then what
    charset-normalizer makes of the beginning.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _try(data, encoding)
    if b"\x00" in data:
        return None
    text = _try(data, "utf-8")
    if text is None and charset:
        text = _try(data, charset)
    if text is None and not _CONTROL.search(data[:_SAMPLE]):
        guess = from_bytes(data[:_SAMPLE]).best()
        text = data.decode(guess.encoding, "replace") if guess else None
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return clean_text(data.decode(encoding))
    except (UnicodeError, LookupError):
        return None
