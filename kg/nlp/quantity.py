"""Find how many and how much a text says: counts, sums, shares, measures, with their bounds.

A quantity is what counts or measures something. Dates, durations, ages, ordinals, scores, and numbers that are names
("Boeing 737", "Resolution 1973") are none. The span covers the words of the quantity, not the noun it counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from spacy.tokens import Doc, Token

from kg.model import Quantity, QuantityExpression, Span
from kg.nlp.time import find_times
from kg.nlp.time.numerals import coded_words, digits_value, number_value, number_words
from kg.ontology import lexicon

_DASHES = frozenset({"-", "–", "—"})
_NAMES = frozenset({"PRODUCT", "LAW", "ORG", "FAC", "WORK_OF_ART", "EVENT", "PERSON", "LOC", "GPE", "DATE", "TIME"})
_LONGEST_CUE = 4
_CUES = ("bound-lower", "bound-lower-strict", "bound-upper", "bound-upper-strict", "about")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at tokens ``start`` to ``end``: exact, or at least so many; ``scaled`` when a scale word is in it."""

    start: int
    end: int
    value: Decimal
    vague: bool = False
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's tokens and their lower-case words."""

    doc: Doc
    words: tuple[str, ...]
    names: frozenset[str] = frozenset()

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def joined(self, start: int, end: int) -> str:
        return " ".join(self.words[max(start, 0) : end])


@cache
def _scales() -> Mapping[str, Decimal]:
    """Return ``scale word or mark -> value``: "million", "bn"; marks keep their case."""
    table = {mark: Decimal(code) for mark, code in coded_words("scale-", "mark").items()}
    table |= {word: Decimal(value) for word, value in number_words().items() if value >= 1000}
    table |= {word: Decimal(code) for word, code in coded_words("collective-", "noun").items() if code == "12"}
    return MappingProxyType(table)


@cache
def _least() -> Mapping[str, Decimal]:
    """Return the least number that a plural such as "dozens" stands for."""
    return MappingProxyType({word: Decimal(code) for word, code in coded_words("least-", "noun").items()})


@cache
def _starters() -> frozenset[str]:
    """Return the words, beside those with digits, that begin a number."""
    collectives = {word for word, code in coded_words("collective-", "noun").items() if code == "12"}
    return frozenset(number_words()) | frozenset(_least()) | collectives | {"couple"}


@cache
def _cues() -> Mapping[str, str]:
    """Return ``phrase before a number -> what it says of it``."""
    words = lexicon().words
    return MappingProxyType({cue: kind for kind in _CUES for cue in sorted(words(f"quantity-{kind}", "phrase"))})


@cache
def _units() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return unit words with their unit, and the currency marks that stand before a number, case kept."""
    table = {word: name.replace("_", " ") for word, name in coded_words("measure-", "noun").items()}
    table |= {word: name.replace("_", " ") for word, name in coded_words("measure-", "phrase").items()}
    table |= {**coded_words("currency-", "noun"), **coded_words("currency-", "phrase")}
    table |= {mark.lower(): code for mark, code in coded_words("currency-", "mark").items()}
    words = lexicon().words
    for pos in ("noun", "mark", "phrase"):
        table |= dict.fromkeys(sorted(words("quantity-percent", pos)), "%")
    return MappingProxyType(table), coded_words("currency-", "mark")


def find_quantities(doc: Doc) -> tuple[QuantityExpression, ...]:
    """Return the quantities of a parsed document, by span, none overlapping.

    ``value`` is the number as stated, ``lower`` and ``upper`` the bounds the text gives; a range has bounds alone.
    """
    starters, words = _starters(), tuple(token.text.lower() for token in doc)
    places = [i for i, word in enumerate(words) if word in starters or word[:1].isdigit() or word[:1] == "."]
    if not places:
        return ()
    text = _Text(doc, words, frozenset(words[i] for i in places if words[i].isdigit() and _follows_name(doc, i)))
    blocked = _blocked(doc)
    found: list[QuantityExpression] = []
    done = 0
    for i in places:
        if i < done or i in blocked or (number := _number(text, i, done)) is None:
            continue
        if text.word(number.end) == "of" and number.end + 1 in blocked:  # "hundreds of years" is a time
            continue
        expression, done = _expression(text, number, max(done, number.end))
        if expression and blocked.isdisjoint(range(number.start, number.end)):
            found.append(expression)
    return tuple(found)


def _blocked(doc: Doc) -> frozenset[int]:
    """Return the tokens that name times."""
    spans = (doc.char_span(time.span.start, time.span.end) for time in find_times(doc, published=None))
    return frozenset(i for span in spans if span is not None for i in range(span.start, span.end))


def _number(text: _Text, i: int, floor: int) -> _Number | None:
    """Return the number that begins at token ``i``, or whose first number word does; None where there is none."""
    word = text.words[i]
    if word in _least():
        return _plural(text, i)
    if word == "couple":
        ok = text.word(i - 1) == "a" and text.word(i + 1) == "of"
        return _Number(i - 1, i + 2, Decimal(2)) if ok else None
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
        words.append(here)
        end += 1
        scaled = scaled or here in _scales()
        end += _skipped_link(text, end, words)
    worth = number_value(words) if words else Decimal(1) if text.word(end) in _scales() else None
    return None if worth is None else _whole(text, _Number(i, end, worth * scale, scaled=scaled), floor)


def _skipped_link(text: _Text, at: int, words: list[str]) -> int:
    """Return 1 where "and" or a hyphen at ``at`` joins the words of one number ("forty-two", "hundred and six")."""
    link, following = text.word(at), text.word(at + 1)
    if following not in number_words() or number_value([*words, following]) is None:
        return 0
    return int(link in _DASHES or (link == "and" and number_words().get(words[-1], 0) >= 100))


def _tail(word: str) -> tuple[Decimal, Decimal] | None:
    """Return value and scale of digits with a scale mark written on to them ("11bn"), else None."""
    head = word.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    scale = _scales().get(word[len(head) :]) if head != word else None
    value = digits_value(head) if scale else None
    return (value, scale) if value is not None and scale else None


def _whole(text: _Text, bare: _Number, floor: int) -> _Number | None:
    """Return the number with "and a half", "dozen", "bn" after it and "half a", "several" before it taken in."""
    start, end, value, scaled = bare.start, bare.end, bare.value, bare.scaled
    if text.word(end) == "and" and text.word(end + 1) == "a" and text.word(end + 2) == "half":
        value, end = value + Decimal("0.5"), end + 3
    token = text.doc[end] if end < len(text.words) else None
    if token is not None and (more := _scales().get(token.text if len(token.text) <= 3 else token.text.lower())):
        value, end, scaled = value * more, end + 1, True
    if text.words[start] not in _scales() and text.words[start] != "hundred":
        return _Number(start, end, value, scaled=scaled)
    before, twice = text.word(start - 1), text.word(start - 2)
    if start <= floor:
        return None
    if before in {"a", "an"}:
        half = twice == "half" and start - 2 >= floor
        return _Number(start - 1 - half, end, value / 2 if half else value, scaled=scaled)
    if before in {"few", "several"}:
        a = before == "few" and twice == "a"
        return _Number(start - 1 - a, end, value * (2 if before == "few" else 3), vague=True, scaled=scaled)
    return None


def _plural(text: _Text, i: int) -> _Number | None:
    """Return the least number of "dozens", "tens of thousands"."""
    value, end = _least()[text.words[i]], i + 1
    while text.word(end) == "of" and (more := _least().get(text.word(end + 1))):
        singular = {24: 12, 40: 20, 200: 100, 20: 10}.get(int(more), int(more) // 2)
        value, end = value * singular, end + 2
    return _Number(i, end, value, vague=True)


def _expression(text: _Text, number: _Number, floor: int) -> tuple[QuantityExpression | None, int]:
    """Return the quantity around a number, None where it counts nothing, and the token to go on from."""
    start, end = number.start, number.end
    other = _other_end(text, number)
    if other:
        end = other.end
    start, unit = _currency_before(text, start)
    if unit is None:
        end, unit = _unit_after(text, end)
    elif text.word(end) in {"dollars", "euros"}:
        end += 1
    if _is_label(text, number, unit, ranged=other is not None):
        return None, number.end
    start, kind = _cue(text, start)
    if other and text.word(start - 1) in {"between", "from"}:
        start -= 1
    kind, end = _cue_after(text, end, kind)
    first, last = text.doc[start], text.doc[end - 1]
    quantity = _quantity(number, other, kind, unit)
    return QuantityExpression(Span(first.idx, last.idx + len(last)), quantity), end


def _quantity(number: _Number, other: _Number | None, kind: str, unit: str | None) -> Quantity:
    """Return the quantity that numbers, cue and unit amount to."""
    value = float(number.value)
    if other:
        low = number.value
        if other.scaled and not number.scaled:
            low *= _scale_of(other)
        low_value, high = float(low), float(other.value)
        return Quantity(lower=low_value, upper=high, unit=unit)
    if number.vague:
        return Quantity(lower=value, unit=unit)
    lower = value if "lower" in kind else None
    upper = value if "upper" in kind else None
    return Quantity(value=value, lower=lower, upper=upper, unit=unit)


def _scale_of(number: _Number) -> Decimal:
    """Return the largest scale not above the number: what "3" is multiplied with in "3 to 5 million"."""
    return max((scale for scale in _scales().values() if scale <= number.value), default=Decimal(1))


def _other_end(text: _Text, number: _Number) -> _Number | None:
    """Return the second number of a range ("1,500 to 2,000", "between 3 and 5", "200-300"), larger than the first."""
    link, at = text.word(number.end), number.end + 1
    before = text.word(_currency_before(text, number.start)[0] - 1)
    if not (link == "to" or link in _DASHES or (link == "and" and before == "between")) or number.vague:
        return None
    if text.word(at) and text.doc[at].text in _units()[1]:
        at += 1
    if not (text.word(at) in number_words() or text.word(at)[:1].isdigit()):
        return None
    other = _number(text, at, at)
    if other is None or (text.word(other.end) in _DASHES and text.word(other.end + 1)[:1].isdigit()):
        return None
    low = number.value * (_scale_of(other) if other.scaled and not number.scaled else 1)
    return other if low < other.value else None


def _currency_before(text: _Text, start: int) -> tuple[int, str | None]:
    """Return where the number with its currency mark begins, and the currency."""
    mark = text.doc[start - 1].text if start else ""
    code = _units()[1].get(mark) or _units()[1].get(mark.upper())
    return (start - 1, code) if code else (start, None)


def _unit_after(text: _Text, end: int) -> tuple[int, str | None]:
    """Return where the number with the unit that follows it ends, and the unit."""
    units = _units()[0]
    linked = text.word(end) in _DASHES or (text.word(end) == "of" and text.word(end - 1) in _least())
    for at in (end, end + 1) if linked else (end,):
        for length in (2, 1):
            if text.word(at + length - 1) and (unit := units.get(text.joined(at, at + length))):
                return at + length, unit
    return end, None


def _cue(text: _Text, start: int) -> tuple[int, str]:
    """Return where the words before a number that bound it begin, and what they say."""
    for length in range(min(_LONGEST_CUE, start), 0, -1):
        if kind := _cues().get(text.joined(start - length, start)):
            return start - length, kind
    return start, ""


def _cue_after(text: _Text, end: int, kind: str) -> tuple[str, int]:
    """Return kind and end with "or more", "or less" after the number taken in."""
    words = lexicon().words
    for side in ("lower", "upper"):
        if text.joined(end, end + 2) in words(f"quantity-after-{side}", "phrase"):
            return side, end + 2
    return kind, end


def _is_label(text: _Text, number: _Number, unit: str | None, *, ranged: bool) -> bool:
    """Tell whether a number names or orders something, or tells an age, and counts nothing."""
    token, word = text.doc[number.start], text.words[number.start]
    if unit or number.vague:
        return False
    if ranged:
        return _is_name(text, number)
    if any(test(text, number) for test in (_in_compound, _is_age, _is_ratio)):
        return True
    if word[0] == "0" and len(word) > 1 and word[1].isdigit():
        return True
    if word == "one" and number.end == number.start + 1:
        return not (token.dep_ == "nummod" and token.head.i > token.i)
    if number.scaled or "," in word:
        return False
    return _is_name(text, number) or (token.is_sent_start is True and text.word(number.end) in {".", ")"})


def _follows_name(doc: Doc, i: int) -> bool:
    """Tell whether the number at ``i`` stands after a proper name or a noun that takes a number as its label."""
    before = doc[i - 1] if i else None
    if before is None or doc[i].tag_ not in {"CD", "NNP"}:
        return False
    return before.tag_ in {"NNP", "NNPS"} or before.lemma_.lower() in lexicon().words("time-label-noun", "noun")


def _is_name(text: _Text, number: _Number) -> bool:
    """Tell whether the number is a name: it follows one, did so elsewhere in the text, or modifies a singular noun."""
    token, word = text.doc[number.start], text.words[number.start]
    if _follows_name(text.doc, number.start) or token.tag_ in {"LS", "NNP", "NNPS"}:
        return True
    if not word.isdigit():
        return False
    head = token.head if token.dep_ in {"nummod", "compound"} and token.head.i > token.i else None
    if head is not None and head.tag_ == "NN" and word not in text.names:
        return head.text.lower() not in lexicon().words("quantity-invariant", "noun") and number.value > 1
    if word in text.names:
        return head is None or head.tag_ not in {"NNS", "NNPS"} or head.text.lower() == head.lemma_.lower()
    return token.ent_type_ in _NAMES


def _is_ratio(text: _Text, number: _Number) -> bool:
    """Tell whether the number stands in a proportion or a score: "two to one"; "from 9 to 4" is a fall and counts."""
    ahead = text.word(number.end) == "to" and text.word(number.end + 1)
    if ahead and text.word(number.start - 1) not in {"from", "by"}:
        return digits_value(ahead) is not None or ahead in number_words()
    back = text.word(number.start - 1) == "to" and text.word(number.start - 2)
    if back and text.word(number.start - 3) not in {"from", "by"}:
        return digits_value(back) is not None or back in number_words()
    return False


def _in_compound(text: _Text, number: _Number) -> bool:
    """Tell whether hyphens, slashes or "th" tie the number to what is no unit ("A380-800", "3-2", "two-party")."""
    if text.word(number.end) in {"st", "nd", "rd", "th"}:
        return True
    joined = _DASHES | {"/", ":"}
    follows = text.word(number.end) in joined and not text.doc[number.end - 1].whitespace_
    if follows and text.word(number.end + 1) in {"strong", "plus", "odd"}:
        return False
    before = number.start > 1 and text.word(number.start - 1) in joined and not text.doc[number.start - 1].whitespace_
    return bool(follows or (before and not text.doc[number.start - 2].whitespace_))


def _is_age(text: _Text, number: _Number) -> bool:
    """Tell whether the number is somebody's age: "aged 55", "the age of 56", "Maria Ruiz, 41,"."""
    before, twice = text.word(number.start - 1), text.word(number.start - 2)
    if before in {"aged", "age", "ages"} or (before == "of" and twice in {"age", "ages"}):
        return True
    if before != "," or text.word(number.end) not in {",", ".", ")"} or number.start < 2:
        return False
    named: Token = text.doc[number.start - 2]
    return named.tag_ == "NNP" and 1 <= number.value <= 120
