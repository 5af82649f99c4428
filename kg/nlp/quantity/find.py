"""Walk the numbers of a text, and give each that counts its quantity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Quantity, QuantityExpression, Span, TimeExpression
from kg.nlp.quantity.fraction import fraction_starters, read_fraction
from kg.nlp.quantity.frame import cue, cue_after, currency_before, other_end, scale_of, unit_after
from kg.nlp.quantity.labels import follows_name, is_label
from kg.nlp.quantity.number import Number, Text, number_starters, read_number, scales
from kg.nlp.time import find_times
from kg.nlp.time.words import spelled
from kg.nlp.tree import Doc


def find_quantities(doc: Doc, *, times: Iterable[TimeExpression] | None = None) -> tuple[QuantityExpression, ...]:
    """Return the quantities of a parsed document, by span, none overlapping.

    ``times`` are the time expressions of the document where the caller has them already: their numbers count nothing.
    ``value`` is the number as stated, ``lower`` and ``upper`` the bounds the text gives; a range has bounds alone.
    """
    starters = number_starters() | fraction_starters()
    words = tuple(map(str.lower, spelled(doc)))
    places = [i for i, word in enumerate(words) if word in starters or word[:1].isdigit() or word[:1] == "."]
    if not places:
        return ()
    text = Text(doc, words, frozenset(words[i] for i in places if words[i].isdigit() and follows_name(doc, i)))
    blocked = _blocked(doc, find_times(doc, published=None) if times is None else times)
    found: list[QuantityExpression] = []
    done = 0
    for i in places:
        if i < done or i in blocked:
            continue
        if share := read_fraction(text, i, done):
            found.append(_share(text, share, done))
            done = share[1]
            continue
        if (number := read_number(text, i, done)) is None:
            continue
        if text.word(number.end) == "of" and number.end + 1 in blocked:  # "hundreds of years" is a time
            continue
        expression, end = _expression(text, number, done)
        if expression is None or not blocked.isdisjoint(range(number.start, number.end)):
            done = number.end
            continue
        found.append(expression)
        done = end
    return tuple(found)


def _blocked(doc: Doc, times: Iterable[TimeExpression]) -> frozenset[int]:
    """Return the tokens that name times."""
    spans = (doc.char_span(time.span.start, time.span.end) for time in times)
    return frozenset(i for span in spans if span is not None for i in range(span.start, span.end))


def _expression(text: Text, number: Number, floor: int) -> tuple[QuantityExpression | None, int]:
    """Return the quantity around a number, None where it counts nothing, and the token to go on from."""
    other = other_end(text, number)
    end = other.end if other else number.end
    start, unit = currency_before(text, number.start) if number.start > floor else (number.start, None)
    if unit is None:
        end, unit = unit_after(text, end)
    elif text.word(end) in {"dollars", "euros"}:
        end += 1
    if is_label(text, number, unit, ranged=other is not None):
        return None, number.end
    start, kind = cue(text, start, floor)
    if other and start > floor and text.word(start - 1) in {"between", "from"}:
        start -= 1
    kind, end = cue_after(text, end, kind)
    first, last = text.doc[start], text.doc[end - 1]
    quantity = _quantity(number, other, kind, unit)
    stop = last.idx + len(last) - (last.text[-1] == "." and len(last) > 1 and last.text[:-1] in scales())
    return QuantityExpression(Span(first.idx, stop), quantity), end


def _share(text: Text, share: tuple[int, int, Quantity], floor: int) -> QuantityExpression:
    """Return the expression of a fraction with the words that bound it ("more than half")."""
    first, end, quantity = share
    start, kind = cue(text, first, floor)
    if kind:
        quantity = _bounded(quantity, kind)
    last = text.doc[end - 1]
    return QuantityExpression(Span(text.doc[start].idx, last.idx + len(last)), quantity)


def _bounded(quantity: Quantity, kind: str) -> Quantity:
    lower = quantity.value if "lower" in kind else None
    upper = quantity.value if "upper" in kind else None
    return replace(quantity, lower=lower, upper=upper)


def _quantity(number: Number, other: Number | None, kind: str, unit: str | None) -> Quantity:
    """Return the quantity that numbers, cue and unit amount to."""
    value = float(number.value)
    if other:
        low = number.value
        if other.scaled and not number.scaled:
            low *= scale_of(other)
        low_value, high = float(low), float(other.value)
        return Quantity(lower=low_value, upper=high, unit=unit)
    if number.vague:
        return Quantity(lower=value, unit=unit)
    return _bounded(Quantity(value=value, unit=unit), kind)
