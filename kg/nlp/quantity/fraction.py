"""Read a share of a whole: "half of the seats", "two-thirds of voters", "by a quarter"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.model import Quantity
from kg.nlp.quantity.number import DASHES, Text
from kg.nlp.time.numerals import coded_words, number_words

SHARE = "share"  # the unit of a fraction: 0.5 of the whole
_ORDERED = frozenset({"first", "second", "other", "last", "the", "latter", "former", "upper", "lower", "top", "bottom"})


@cache
def _parts() -> Mapping[str, int]:
    """Return ``word -> denominator``: "third" and "thirds" are 3."""
    return MappingProxyType({word: int(code) for word, code in coded_words("fraction-", "noun").items()})


@cache
def fraction_starters() -> frozenset[str]:
    """Return the words, beside numbers, at which a fraction is looked for."""
    return frozenset(_parts())


def read_fraction(text: Text, i: int, floor: int) -> tuple[int, int, Quantity] | None:
    """Return the tokens and the value of a fraction whose numerator, or whose only word, is at token ``i``.

    A fraction is told from an ordinal by what follows it ("a third of", "half the") or by "by" before it.
    """
    word = text.words[i]
    if (numerator := number_words().get(word)) is not None:
        at = i + 1 + (text.word(i + 1) in DASHES)
        start, parts = i, _parts().get(text.word(at), 0)
        single = text.word(at).endswith("s") is False
    else:
        article = text.word(i - 1) in {"a", "an"} and i > floor
        start, at, numerator, parts, single = i - article, i, 1, _parts().get(word, 0), True
        if parts != 2 and not article:
            return None
        if text.word(start - 1) in _ORDERED:
            return None
    if not 0 < numerator < parts or single != (numerator == 1):
        return None
    whole = text.word(at + 1) == "of" or (parts == 2 and text.word(at + 1) in {"the", "its", "their", "his", "her"})
    if not whole and text.word(start - 1) != "by":
        return None
    return start, at + 1, Quantity(value=numerator / parts, unit=SHARE)
