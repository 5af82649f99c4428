"""What stands around a number: currency, unit, bounds, and the other end of a range."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from kg.nlp.quantity.number import DASHES, Number, Text, least, read_number, scales
from kg.nlp.time.numerals import coded_words, number_words
from kg.ontology import lexicon

_LONGEST_CUE = 4
_CUES = ("bound-lower", "bound-lower-strict", "bound-upper", "bound-upper-strict", "about")


@cache
def cues() -> Mapping[str, str]:
    """Return ``phrase before a number -> what it says of it``."""
    words = lexicon().words
    return MappingProxyType({cue: kind for kind in _CUES for cue in sorted(words(f"quantity-{kind}", "phrase"))})


@cache
def unit_words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return unit words with their unit, and the currency marks that stand before a number, case kept."""
    table = {word: name.replace("_", " ") for word, name in coded_words("measure-", "noun").items()}
    table |= {word: name.replace("_", " ") for word, name in coded_words("measure-", "phrase").items()}
    table |= {**coded_words("currency-", "noun"), **coded_words("currency-", "phrase")}
    table |= {mark.lower(): code for mark, code in coded_words("currency-", "mark").items()}
    words = lexicon().words
    for pos in ("noun", "mark", "phrase"):
        table |= dict.fromkeys(sorted(words("quantity-percent", pos)), "%")
    return MappingProxyType(table), coded_words("currency-", "mark")


def scale_of(number: Number) -> Decimal:
    """Return the largest scale not above the number: what "3" is multiplied with in "3 to 5 million"."""
    return max((scale for scale in scales().values() if scale <= number.value), default=Decimal(1))


def other_end(text: Text, number: Number) -> Number | None:
    """Return the second number of a range ("1,500 to 2,000", "between 3 and 5", "200-300"), larger than the first."""
    end, unit = unit_after(text, number.end)
    link, at = text.word(end), end + 1
    before = text.word(currency_before(text, number.start)[0] - 1)
    if not (link in {"to", "or"} or link in DASHES or (link == "and" and before == "between")) or number.vague:
        return None
    if text.word(at) and text.doc[at].text in unit_words()[1]:
        at += 1
    if not (text.word(at) in number_words() or text.word(at)[:1].isdigit()):
        return None
    other = read_number(text, at, at)
    if other is None or (text.word(other.end) in DASHES and text.word(other.end + 1)[:1].isdigit()):
        return None
    if unit and unit_after(text, other.end)[1] != unit:
        return None
    low = number.value * (scale_of(other) if other.scaled and not number.scaled else 1)
    return other if low < other.value else None


def currency_before(text: Text, start: int) -> tuple[int, str | None]:
    """Return where the number with its currency mark begins, and the currency."""
    mark = text.doc[start - 1].text if start else ""
    code = unit_words()[1].get(mark) or unit_words()[1].get(mark.upper())
    return (start - 1, code) if code else (start, None)


def unit_after(text: Text, end: int) -> tuple[int, str | None]:
    """Return where the number with the unit that follows it ends, and the unit."""
    units = unit_words()[0]
    linked = text.word(end) in DASHES or (
        text.word(end) == "of" and text.word(end - 1) in least() and text.word(end + 1).isalpha()
    )
    for at in (end, end + 1) if linked else (end,):
        for length in (2, 1):
            if text.word(at + length - 1) and (unit := units.get(text.joined(at, at + length))):
                return at + length, unit
    return end, None


def cue(text: Text, start: int, floor: int) -> tuple[int, str]:
    """Return where the words before a number that bound it begin, and what they say."""
    for length in range(min(_LONGEST_CUE, start - floor), 0, -1):
        if kind := cues().get(text.joined(start - length, start)):
            return start - length, kind
    return start, ""


def cue_after(text: Text, end: int, kind: str) -> tuple[str, int]:
    """Return kind and end with "or more", "or less" after the number taken in."""
    words = lexicon().words
    for side in ("lower", "upper"):
        if text.joined(end, end + 2) in words(f"quantity-after-{side}", "phrase"):
            return side, end + 2
    return kind, end
