"""What a numeral is worth, in digits or in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from kg.ontology import lexicon


@cache
def coded_words(prefix: str, pos: str) -> Mapping[str, str]:
    """Return ``word -> code`` for all word lists named ``prefix`` + code that have words of ``pos``.

    >>> coded_words("month-", "noun")["march"]
    '3'
    """
    table = {
        word: name.removeprefix(prefix)
        for (name, part), words in sorted(lexicon().table.items())
        if part == pos and name.startswith(prefix)
        for word in sorted(words)
    }
    return MappingProxyType(table)


@cache
def number_words() -> Mapping[str, int]:
    """Return the value of each number word, "one" to "trillion"."""
    return MappingProxyType({word: int(code) for word, code in coded_words("number-", "noun").items()})


def digits_value(word: str) -> Decimal | None:
    """Return the value of a number in digits, with or without thousands commas, else None.

    >>> digits_value("1,500"), digits_value("2.5"), digits_value("1,50"), digits_value("747s")
    (Decimal('1500'), Decimal('2.5'), None, None)
    """
    whole, point, fraction = word.partition(".")
    if point and not (fraction.isascii() and fraction.isdigit()):
        return None
    head, *groups = whole.split(",")
    if not (head.isascii() and (head.isdigit() or (not head and point))):
        return None
    if any(len(group) != 3 or not group.isdigit() for group in groups) or (groups and len(head) > 3):
        return None
    return Decimal((head or "0") + "".join(groups) + point + fraction)


def number_value(words: Sequence[str]) -> Decimal | None:
    """Return what lower-case number words amount to, None where they are no number.

    >>> number_value(["two", "hundred", "and", "six"]), number_value(["1.4", "billion"]), number_value(["two", "five"])
    (Decimal('206'), Decimal('1400000000.0'), None)
    """
    total, part = Decimal(0), None
    for word in words:
        if word in {"and", "-", "a", "an"}:
            part = Decimal(1) if word in {"a", "an"} and part is None else part
            continue
        value = Decimal(known) if (known := number_words().get(word)) is not None else digits_value(word)
        if value is None:
            return None
        if known is not None and known >= 1000:
            total, part = total + (Decimal(1) if part is None else part) * value, None
        elif known == 100:
            part = (Decimal(1) if part is None else part) * 100
        elif part is None or (part >= 20 and value < part and (part % 100 == 0 or (part % 10 == 0 and value < 10))):
            part = value if part is None else part + value
        else:
            return None
    return total + (part or 0) if total or part is not None else None
