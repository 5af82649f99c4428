"""Sort words into classes of one letter each, so that patterns are plain regular expressions over letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from kg.nlp.time.numerals import coded_words, digits_value, number_words
from kg.nlp.time.values import ISO_DATE, ISO_STAMP, NUMERIC_DATE
from kg.ontology import lexicon

OTHER = "_"
# Class name -> letter. A name in LETTERS may stand for several letters: a "second" is an ordinal and a unit.
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "month": "M", "day": "D", "ordinal": "O", "ordinalword": "o2", "year": "Y", "digits": "N", "numeral": "c",
        "article": "A", "vague": "S", "half": "H", "weekday": "K", "weekdays": "k", "shortday": "w",
        "unit": "U`", "quarter": "q", "clockunit": "h2", "units": "P", "season": "Q", "daypart": "Bb", "noon": "b",
        "dayword": "T", "tonight": "t", "last": "L", "next": "X", "this": "I", "following": "F", "previous": "V",
        "that": "R", "every": "E", "ago": "G", "earlier": "g", "later": "l", "part": "mgl", "boundary": "eH",
        "of": "v", "the": "d", "comma": "y", "hyphen": "x", "possessive": "s", "and": "j", "from": "a",
        "clock": "Z", "meridiem": "p", "oclock": "C", "zone": "u", "fiscal": "f", "frequency": "r",
        "decade": "9", "partyear": "8", "years": "7", "numeric": "6", "to": "W", "now": "n", "ref": "1n",
        "overnight": "5", "quarterword": "4", "other": "0", "times": "i", "old": "3", "before": "J", "after": "+",
        "stop": "!y", "longunit": "z", "decadeword": "@", "era": "%", "halfword": "&", "fiscalyear": "~", "in": "=",
        "weekend": "`",
    }
)  # fmt: skip
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "number": "DNYc",
        "anyunit": "UqhP2`",
        "which": "LXIFVR",
        "anyday": "Kw",
        "date": "DO",
        "counted": "iNDYcP",
    }
)

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(:[0-5]\d)?(am|pm|a\.m\.|p\.m\.)?$|(1[0-2]|[1-9])(am|pm)$")
_ORDINAL = re.compile(r"(\d{1,2})(st|nd|rd|th)$")
_DECADE = re.compile(r"((early|mid|late)-?)?('?\d0|1\d\d0|20\d0)'?s$")
_PART_YEAR = re.compile(r"(early|mid|late|end|pre|post)-((1[5-9]|20)\d\d)$")
YEAR_RANGE = re.compile(r"((?:1[5-9]|20)\d\d)[-–/]((?:1[5-9]|20)?\d\d)$")
QUARTER_WORD = re.compile(r"q([1-4])$")
_STAMP_DAY = re.compile(r"\d\dt\d\d(:\d\d)+(\.\d+)?z?$")  # what is left of a stamp after "2016-07-"
_HALF_WORD = re.compile(r"h([12])$")
_FISCAL_YEAR = re.compile(r"fy(\d{4}|\d\d)$")


_SHAPES = (
    (_DECADE, "9"),
    (_CLOCK, "Z"),
    (NUMERIC_DATE, "6"),
    (ISO_DATE, "6"),
    (ISO_STAMP, "6"),
    (_STAMP_DAY, "6"),
    (_PART_YEAR, "8"),
    (QUARTER_WORD, "4"),
    (_HALF_WORD, "&"),
    (_FISCAL_YEAR, "~"),
)
# Letter, list, part of speech: first the lists with a code at the end of their names, then single ones.
_CODED = (
    ("o", "ordinal-", "adjective"),
    ("M", "month-", "noun"),
    ("K", "weekday-", "noun"),
    ("k", "weekdays-", "noun"),
    ("U", "unit-", "noun"),
    ("P", "units-", "noun"),
    ("z", "unit-long-", "adjective"),
    ("Q", "season-", "noun"),
    ("B", "daypart-", "noun"),
    ("p", "meridiem-", "noun"),
    ("r", "frequency-", "adverb"),
    ("1", "ref-", "adverb"),
    ("@", "decade-", "noun"),
)
_LISTS = (
    ("T", "day-today", "adverb"),
    ("T", "day-yesterday", "adverb"),
    ("T", "day-tomorrow", "adverb"),
    ("t", "day-tonight", "adverb"),
    ("L", "which-last", "adjective"),
    ("X", "which-next", "adjective"),
    ("I", "which-this", "adjective"),
    ("F", "which-following", "adjective"),
    ("V", "which-previous", "adjective"),
    ("R", "which-that", "adjective"),
    ("E", "which-every", "adjective"),
    ("m", "time-part", "adjective"),
    ("G", "shift-ago", "adverb"),
    ("g", "shift-earlier", "adverb"),
    ("l", "shift-later", "adverb"),
    ("e", "time-boundary", "noun"),
    ("S", "time-vague-number", "adjective"),
    ("H", "numeral-half", "noun"),
    ("b", "time-noon", "noun"),
    ("b", "time-midnight", "noun"),
    ("5", "time-overnight", "adverb"),
    ("C", "time-oclock", "noun"),
    ("f", "time-fiscal", "adjective"),
    ("i", "time-times", "noun"),
    ("`", "unit-WE", "noun"),
    ("h", "unit-TH", "noun"),
    ("h", "unit-TM", "noun"),
)
_GRAMMAR = {
    "second": "2", "quarter": "q", "a": "A", "an": "A", "of": "v", "the": "d", ",": "y", "-": "x", "–": "x", "'s": "s",
    "'": "s", "and": "j", "from": "a", "now": "n", "other": "0", "old": "3", "to": "W", "or": "W", "before": "J",
    "after": "+", "in": "=",
}  # fmt: skip


@cache
def _fixed() -> Mapping[str, str]:
    """Return the letter of each word (lower case) that the lexicon or grammar names; later rows win."""
    table = dict.fromkeys(sorted(number_words()), "c")
    for letter_, prefix, pos in _CODED:
        table |= dict.fromkeys(sorted(coded_words(prefix, pos)), letter_)
    for letter_, name, pos in _LISTS:
        table |= dict.fromkeys(sorted(lexicon().words(name, pos)), letter_)
    return MappingProxyType(table | _GRAMMAR | dict.fromkeys('.;:?!)"', "!"))


@cache
def _cased() -> Mapping[str, str]:
    """Return the letter of each abbreviation, whose capitals count."""
    words = lexicon().words
    table = dict.fromkeys(sorted(coded_words("month-", "mark")), "M")
    table |= dict.fromkeys(sorted(coded_words("weekday-", "mark")), "w")
    table |= dict.fromkeys(sorted(coded_words("era-", "mark")), "%")
    table |= dict.fromkeys(sorted(words("time-zone", "mark") | words("time-zone-utc", "mark")), "u")
    return MappingProxyType(table)


def _shape(word: str) -> str:
    """Return the letter of a lower-case word with a digit in it."""
    if word.isascii() and word.isdigit():
        if len(word) <= 2 and 1 <= int(word) <= 31:
            return "D"
        return "Y" if len(word) == 4 and "1000" <= word < "2200" else "N"
    if (found := _ORDINAL.match(word)) and 1 <= int(found[1]) <= 99:
        return "O"
    for pattern, letter in _SHAPES:
        if pattern.match(word):
            return letter if letter != "Z" or ":" in word or word[-1] in "m." else "N"
    if YEAR_RANGE.match(word):
        return "7"
    return "N" if digits_value(word) is not None else OTHER


@lru_cache(maxsize=1 << 16)
def letter(word: str) -> str:
    """Return the class letter of one token's text.

    >>> "".join(map(letter, ["On", "March", "1", ",", "2008", "Mar.", "mar.", "1990s", "9:30"]))
    '_MDyYM_9Z'
    """
    if found := _cased().get(word):
        return found
    lower = word.lower()
    if found := _fixed().get(lower):
        if found in "MKk" and word == lower:
            return OTHER
        return found
    return _shape(lower) if any(c.isdigit() for c in lower) else OTHER
