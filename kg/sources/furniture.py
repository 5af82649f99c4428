"""Recognise one line of what a news site prints around an article; every function is pure.

The cues are data: the word lists of ``ontologies/lexicon/boilerplate.ttl``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from kg.ontology import lexicon
from kg.sources.values import clean_url, parse_day

_EDGES = re.compile(r"^\W+|\W+$")
_SEPARATOR = re.compile(r"[:：]|\s(?:[-–—|>»]+)\s")
_URL = re.compile(r"https?://[^\s<>\"]+")
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s*(?:©|\d{4})|copyright\b\s*(?:©|\(c\)|:?\s*\d{4}))", re.IGNORECASE)
_CLOCK = re.compile(
    r"[\s,|@-]*(?:at\s+)?(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*\(?[A-Z]{2,5}\)?)?$",
    re.IGNORECASE,
)
_DAY_PREFIX = re.compile(r"^(?:[^\W\d_]+day,?\s+|[^\W\d_]{3},\s+|(?:[A-Z][\w.'’-]*\s?){1,3},\s+)(?=\S)")
_AGENCY = r"\([^()]{2,40}\)"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:[ /][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+){0,3}"
_REGION = r"(?:,\s[A-Z][\w.'’ -]{1,30}){0,2}"
_BODY_START = r"(?=[\"“‘'«]?[A-ZÀ-ÖØ-Þ0-9])"
_DATELINES = (
    re.compile(rf"(?:[A-Z][\w.'’/ -]{{1,40}}{_REGION}\s)?{_AGENCY}\s?(?:--|[-–—―])\s+{_BODY_START}"),
    re.compile(rf"{_CAPITALS},\s[A-Z\d][\w.'’ ,-]{{1,40}}\s(?:{_AGENCY}\s?)?(?:--|[-–—―])\s+{_BODY_START}"),
    re.compile(rf"(?=[^\s–—―-]{{5}}|\S+\s[A-Z]{{2}}){_CAPITALS}\s(?:--|[–—―]|-(?!.*\s-\s))\s+{_BODY_START}"),
)
_MAX_LINE = 250


@cache
def _cues(name: str) -> frozenset[str]:
    return frozenset(plain(word) or word for word in lexicon().words(name, "phrase"))


@cache
def _beginnings(name: str) -> tuple[str, ...]:
    return tuple(sorted(f"{word} " for word in _cues(name)))


def plain(line: str) -> str:
    """Return a line as cues are compared: without case, without the signs around it, apostrophes straight.

    >>> plain("► Don’t miss:")
    "don't miss"
    """
    return _EDGES.sub("", unicodedata.normalize("NFC", line).replace("’", "'").casefold())


def split_label(line: str) -> tuple[str, str] | None:
    """Return the label before the first colon (or spaced dash or bar) and the rest, or None where there is none.

    >>> split_label("READ ALSO: Talks resume")
    ('read also', 'Talks resume')
    """
    found = _SEPARATOR.search(line, 1, 60)
    return (plain(line[: found.start()]), line[found.end() :].strip()) if found else None


def is_related_link(line: str) -> bool:
    """Tell whether the line leads to another article: "Read more: Talks resume", "See also", "Lire aussi : …"."""
    label = split_label(line)
    return plain(line) in _cues("related-link") or (label is not None and label[0] in _cues("related-link"))


def is_link_heading(line: str) -> bool:
    """Tell whether the line is such a cue alone, with headlines to come on the next lines ("Related:")."""
    return line.rstrip().endswith((":", "：")) and plain(line) in _cues("related-link")


def is_page_furniture(line: str) -> bool:
    """Tell whether the line belongs to the page: advertisement mark, share buttons, copyright, newsletter, credits."""
    if len(line) > _MAX_LINE:
        return False
    words = plain(line)
    if words in _cues("page-furniture") or _is_button_row(words):
        return True
    if _COPYRIGHT.match(line) or words.endswith("all rights reserved"):
        return True
    asks = f"{words} ".startswith(_beginnings("call-to-action")) or _asks_to_follow(words)
    return asks or _is_credit(line) or is_sign_off(line)


def _is_button_row(words: str) -> bool:
    """Tell whether a line is buttons only: "Facebook | Twitter | Email", "Share Tweet Print"."""
    parts = re.split(r"[|/·•,\s]+", words)
    return 1 < len(parts) <= 12 and all(part in _cues("page-furniture") for part in parts)


def _asks_to_follow(words: str) -> bool:
    """Tell whether a line is "Follow Jane Doe on Twitter @janedoe" (and not "Follow the convoy on its way")."""
    after = words.rpartition(" on ")[2].split(" @")[0]
    return words.startswith("follow ") and len(words.split()) <= 15 and after in _cues("network")


def _is_credit(line: str) -> bool:
    label = split_label(line)
    if label is None or len(line) > 120 or line.rstrip().endswith((".", "!", "?")):
        return False
    return label[0] in _cues("credit-line") and len(label[1].split()) <= 8


def is_sign_off(line: str) -> bool:
    """Tell whether the line names who worked on the story: "(Reporting by A; Editing by B)"."""
    words = plain(line)
    # Several people's work, or brackets, are the agencies' form; "Report by X" alone may be a headline.
    marked = line.startswith(("(", "[")) or ";" in line
    return marked and words.startswith(_beginnings("sign-off"))


def sign_off_start(line: str) -> int | None:
    """Return where a bracketed sign-off at the end of a line of text begins, or None."""
    body = line.rstrip(" .")
    start = body.rfind("(")
    return start if start > 0 and body.endswith(")") and is_sign_off(body[start:]) else None


def is_source_line(line: str) -> bool:
    """Tell whether a line says where the article comes from: a label and a URL or a short name, or a bare URL.

    >>> is_source_line("Source: https://example.org/n1"), is_source_line("The source: a diplomat who wants no name.")
    (True, False)
    """
    if _URL.fullmatch(line.strip("<>()[] ")):
        return True
    label = split_label(line)
    if label is None or label[0] not in _cues("source-line"):
        return False
    rest = label[1]
    is_name = 0 < len(rest.split()) <= 6 and not rest.endswith((".", "!", "?")) and not rest[:1].islower()
    return is_name or (_URL.search(rest) is not None and len(_URL.sub("", rest).split()) <= 8)


def source_url(line: str) -> str | None:
    """Return the URL in a source line, without the punctuation after it.

    >>> source_url("Quelle: https://example.org/n1.")
    'https://example.org/n1'
    """
    found = _URL.search(line)
    return clean_url(found[0].rstrip(".,;:!?)]}'»”")) if found else None


def is_byline(line: str) -> bool:
    """Tell whether a line names the author and nothing else: "By Jane Doe, Brussels".

    >>> is_byline("By Jane Doe and John van Roe"), is_byline("By joining, Sweden ends its neutrality")
    (True, False)
    """
    if len(line) > 120 or line.endswith(("!", "?", ":")):
        return False
    folded = line.casefold().replace(":", "", 1)
    cue = max((cue for cue in _beginnings("byline") if folded.startswith(cue)), key=len, default=None)
    if cue is None:
        return False
    names, _, place = line[len(cue) :].lstrip(": ").partition("|" if "|" in line else ",")
    words = names.split()
    capitals = [word for word in words if word[0].isupper()]
    small = [word for word in words if word.casefold() not in _cues("name-particle") and not word[0].isupper()]
    ends = line.endswith(".") and len(line.rsplit(maxsplit=1)[-1]) > 3
    return len(capitals) >= 2 and len(words) <= 12 and not small and not ends and len(place.split()) <= 4


def read_date_line(line: str) -> tuple[bool, date | None]:
    """Return whether the line is a date and nothing else, and the date of publication it gives.

    The date of an update is a date line without a date of publication.

    >>> read_date_line("Published: Saturday, March 1, 2008 10:15 GMT")
    (True, datetime.date(2008, 3, 1))
    >>> read_date_line("Updated 3 March 2008")
    (True, None)
    """
    if len(line) > 80:
        return False, None
    text, updated = _without_date_label(line.strip(" |-–—()[]"))
    text = _CLOCK.sub("", text).strip(" ,|-")
    day = parse_day(text) or parse_day(_DAY_PREFIX.sub("", text, count=1))
    return day is not None, None if updated else day


def _without_date_label(line: str) -> tuple[str, bool]:
    folded = line.casefold()
    for name in ("update-label", "date-label"):
        for cue in sorted(_cues(name), key=len, reverse=True):
            if folded.startswith((f"{cue} ", f"{cue}:")):
                return line[len(cue) :].lstrip(" :"), name == "update-label"
    return line, False


def dateline_end(line: str) -> int:
    """Return how many characters of the line are a dateline: "BRUSSELS (Example) - "; 0 where there is none.

    >>> dateline_end("BRUSSELS (Example) - NATO met."), dateline_end("NATO - the alliance - met.")
    (21, 0)
    """
    return max((found.end() for pattern in _DATELINES if (found := pattern.match(line))), default=0)
