"""Sort words into classes of one letter each, so that patterns are plain regular expressions over letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from kg.nlp.time.numerals import coded_words, digits_value, number_words
from kg.nlp.time.values import ISO_DATE, NUMERIC_DATE
from kg.ontology import lexicon

OTHER = "_"
# Class name -> letter. A name in LETTERS may stand for several letters: a "second" is an ordinal and a unit.
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "month": "M", "day": "D", "ordinal": "O", "ordinalword": "o2", "year": "Y", "digits": "N", "numeral": "c",
        "article": "A", "vague": "S", "half": "H", "weekday": "K", "weekdays": "k", "shortday": "w",
        "unit": "U", "quarter": "q", "clockunit": "h2", "units": "P", "season": "Q", "daypart": "Bb", "noon": "b",
        "dayword": "T", "tonight": "t", "last": "L", "next": "X", "this": "I", "following": "F", "previous": "V",
        "that": "R", "every": "E", "ago": "G", "earlier": "g", "later": "l", "part": "mgl", "boundary": "eH",
        "of": "v", "the": "d", "comma": "y", "hyphen": "x", "possessive": "s", "and": "j", "from": "a",
        "clock": "Z", "meridiem": "p", "oclock": "C", "zone": "u", "fiscal": "f", "frequency": "r",
        "decade": "9", "partyear": "8", "years": "7", "numeric": "6", "to": "W", "now": "n", "ref": "1n",
        "overnight": "5", "quarterword": "4", "other": "0", "times": "i", "old": "3", "before": "J", "after": "+",
        "stop": "!y", "longunit": "z",
    }
)  # fmt: skip
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "number": "DNYc",
        "anyunit": "UqhP2",
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


@cache
def _fixed() -> Mapping[str, str]:
    """Return the letter of each word (lower case) that the lexicon names; later lines win."""
    words, table = lexicon().words, dict[str, str]()

    def put(letter: str, *lists: frozenset[str]) -> None:
        table.update(dict.fromkeys(sorted(frozenset().union(*lists)), letter))

    def coded(letter: str, prefix: str, pos: str) -> None:
        put(letter, frozenset(coded_words(prefix, pos)))

    put("c", frozenset(number_words()))
    coded("o", "ordinal-", "adjective")
    coded("M", "month-", "noun")
    coded("K", "weekday-", "noun")
    coded("k", "weekdays-", "noun")
    coded("U", "unit-", "noun")
    coded("P", "units-", "noun")
    coded("z", "unit-long-", "adjective")
    coded("Q", "season-", "noun")
    coded("B", "daypart-", "noun")
    coded("p", "meridiem-", "noun")
    coded("r", "frequency-", "adverb")
    coded("1", "ref-", "adverb")
    put("T", *(words(f"day-{day}", "adverb") for day in ("today", "yesterday", "tomorrow")))
    put("t", words("day-tonight", "adverb"))
    whiches = ("last", "next", "this", "following", "previous", "that", "every")
    for letter, which in zip("LXIFVRE", whiches, strict=True):
        put(letter, words(f"which-{which}", "adjective"))
    for letter, shift in zip("Ggl", ("ago", "earlier", "later"), strict=True):
        put(letter, words(f"shift-{shift}", "adverb"))
    put("m", words("time-part", "adjective") - words("shift-earlier", "adverb") - words("shift-later", "adverb"))
    put("e", words("time-boundary", "noun"))
    put("S", words("time-vague-number", "adjective"))
    put("H", words("numeral-half", "noun"))
    put("b", words("time-noon", "noun"), words("time-midnight", "noun"))
    put("5", words("time-overnight", "adverb"))
    put("C", words("time-oclock", "noun"))
    put("f", words("time-fiscal", "adjective"))
    put("i", words("time-times", "noun"))
    put("h", words("unit-TH", "noun"), words("unit-TM", "noun"))
    table |= {"second": "2", "quarter": "q", "a": "A", "an": "A", "of": "v", "the": "d", ",": "y", "-": "x", "–": "x"}
    table |= {
        "'s": "s",
        "'": "s",
        "and": "j",
        "from": "a",
        "now": "n",
        "other": "0",
        "old": "3",
        "to": "W",
        "or": "W",
        "before": "J",
        "after": "+",
    }
    table |= dict.fromkeys('.;:?!)"', "!")
    return MappingProxyType(table)


@cache
def _cased() -> Mapping[str, str]:
    """Return the letter of each abbreviation, whose capitals count."""
    words = lexicon().words
    table = dict.fromkeys(sorted(coded_words("month-", "mark")), "M")
    table |= dict.fromkeys(sorted(coded_words("weekday-", "mark")), "w")
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
    for pattern, letter in ((_DECADE, "9"), (_CLOCK, "Z"), (NUMERIC_DATE, "6"), (ISO_DATE, "6"), (_PART_YEAR, "8")):
        if pattern.match(word):
            return letter if letter != "Z" or ":" in word or word[-1] in "m." else "N"
    if YEAR_RANGE.match(word):
        return "7"
    if QUARTER_WORD.match(word):
        return "4"
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
