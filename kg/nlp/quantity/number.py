"""Read a number from the words of a text: digits, number words, scales, and what a plural stands for at least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from kg.nlp.time.numerals import coded_words, digits_value, number_value, number_words
from kg.nlp.tree import Doc

DASHES = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens ``start`` to ``end``: exact, or at least so many; ``scaled`` when a scale word is in it."""

    start: int
    end: int
    value: Decimal
    vague: bool = False
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A document's tokens and their lower-case words."""

    doc: Doc
    words: tuple[str, ...]
    names: frozenset[str] = frozenset()

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def joined(self, start: int, end: int) -> str:
        return " ".join(self.words[max(start, 0) : end])


@cache
def scales() -> Mapping[str, Decimal]:
    """Return ``scale word or mark -> value``: "million", "bn"; marks keep their case."""
    table = {mark: Decimal(code) for mark, code in coded_words("scale-", "mark").items()}
    table |= {word: Decimal(value) for word, value in number_words().items() if value >= 1000}
    table |= {word: Decimal(code) for word, code in coded_words("collective-", "noun").items() if code == "12"}
    return MappingProxyType(table)


@cache
def least() -> Mapping[str, Decimal]:
    """Return the least number that a plural such as "dozens" stands for."""
    return MappingProxyType({word: Decimal(code) for word, code in coded_words("least-", "noun").items()})


@cache
def number_starters() -> frozenset[str]:
    """Return the words, beside those with digits, that begin a number."""
    collectives = {word for word, code in coded_words("collective-", "noun").items() if code == "12"}
    return frozenset(number_words()) | frozenset(least()) | collectives | {"couple", "several", "few"}


def read_number(text: Text, i: int, floor: int) -> Number | None:
    """Return the number that begins at token ``i``, or whose first number word does; None where there is none."""
    word = text.words[i]
    if word in least():
        return _plural(text, i)
    if word in {"several", "few"}:
        return _several(text, i, floor)
    if word == "couple":
        ok = text.word(i - 1) == "a" and text.word(i + 1) == "of"
        return Number(i - 1, i + 2, Decimal(2)) if ok else None
    end, words, scaled, scale = i, list[str](), False, Decimal(1)
    while end < len(text.words):
        here = text.words[end]
        if (tail := _tail(text.doc[end].text)) is not None:
            if words:
                break
            value, scale = tail
            words, end, scaled = [str(value)], end + 1, True
            break
        if not (here in number_words() or digits_value(here) is not None) or number_value([*words, here]) is None:
            break
        end, here = _grouped(text, end, here)
        words.append(here)
        scaled = scaled or here in scales()
        end += _skipped_link(text, end, words)
    worth = number_value(words) if words else Decimal(1) if text.word(end) in scales() else None
    return None if worth is None else _whole(text, Number(i, end, worth * scale, scaled=scaled), floor)


def _grouped(text: Text, at: int, word: str) -> tuple[int, str]:
    """Return the token after a number and its digits, groups of three after a space taken in ("15 000")."""
    end = at + 1
    if word.isdigit() and len(word) <= 3 and word[0] != "0":
        while len(text.word(end)) == 3 and text.word(end).isdigit() and text.doc[end - 1].whitespace_:
            word, end = word + text.word(end), end + 1
    return end, word


def _skipped_link(text: Text, at: int, words: list[str]) -> int:
    """Return 1 where "and" or a hyphen at ``at`` joins the words of one number ("forty-two", "hundred and six")."""
    link, following = text.word(at), text.word(at + 1)
    if following not in number_words() or number_value([*words, following]) is None:
        return 0
    return int(link in DASHES or (link == "and" and number_words().get(words[-1], 0) >= 100))


def _tail(word: str) -> tuple[Decimal, Decimal] | None:
    """Return value and scale of digits with a scale mark written on to them ("11bn"), else None."""
    head = word.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    scale = scales().get(word[len(head) :]) if head != word else None
    value = digits_value(head) if scale else None
    return (value, scale) if value is not None and scale else None


def _whole(text: Text, bare: Number, floor: int) -> Number | None:
    """Return the number with "and a half", "dozen", "bn" after it and "half a", "several" before it taken in."""
    start, end, value, scaled = bare.start, bare.end, bare.value, bare.scaled
    if text.word(end) == "and" and text.word(end + 1) == "a" and text.word(end + 2) == "half":
        value, end = value + Decimal("0.5"), end + 3
    token = text.doc[end] if end < len(text.words) else None
    if token is not None and (more := scales().get(_mark(token.text))):
        value, end, scaled = value * more, end + 1, True
    if text.words[start] not in scales() and text.words[start] != "hundred":
        return Number(start, end, value, scaled=scaled)
    before, twice = text.word(start - 1), text.word(start - 2)
    if start <= floor:
        return None
    if before in {"a", "an"}:
        half = twice == "half" and start - 2 >= floor
        return Number(start - 1 - half, end, value / 2 if half else value, scaled=scaled)
    if before in {"few", "several"}:
        a = before == "few" and twice == "a"
        return Number(start - 1 - a, end, value * (2 if before == "few" else 3), vague=True, scaled=scaled)
    return None


def _mark(word: str) -> str:
    """Return the form in which scales are listed: short marks keep their case, and lose a sentence's full stop."""
    short = word[:-1] if word[-1:] == "." else word
    return short if len(short) <= 3 else word.lower()


def _several(text: Text, i: int, floor: int) -> Number | None:
    """Return the least number of "several ships", "a few ships"; a scale after them is read with it."""
    a = text.words[i] == "few"
    if text.word(i + 1) in number_starters() or text.word(i + 1) == "of":
        return None
    if a and (text.word(i - 1) != "a" or i <= floor):
        return None
    token = text.doc[i]
    if token.dep_ != "amod" or token.head.tag_ not in {"NNS", "NNPS"}:
        return None
    return Number(i - a, i + 1, Decimal(2 if a else 3), vague=True)


def _plural(text: Text, i: int) -> Number | None:
    """Return the least number of "dozens", "tens of thousands"."""
    value, end = least()[text.words[i]], i + 1
    while text.word(end) == "of" and (more := least().get(text.word(end + 1))):
        singular = {24: 12, 40: 20, 200: 100, 20: 10}.get(int(more), int(more) // 2)
        value, end = value * singular, end + 2
    return Number(i, end, value, vague=True)
