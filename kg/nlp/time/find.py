"""Walk a document's words once, fit the patterns, and give each fit its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

from kg.model import Span, TimeExpression
from kg.nlp.time.bounds import bounds, makes_range
from kg.nlp.time.classes import LETTERS, letter
from kg.nlp.time.joins import day_after_clock, joined, ordered, wrapped
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.parts import feast
from kg.nlp.time.patterns import NAMES, TIMES
from kg.nlp.time.rules import RULES
from kg.nlp.time.values import Period, day_first, safe_date
from kg.nlp.time.words import spelled
from kg.nlp.tree import Doc

_Phrases = tuple[tuple[tuple[str, ...], str], ...]
_OPENING = 60  # tokens: a dateline stands before the body


def find_times(doc: Doc, *, published: date | None) -> tuple[TimeExpression, ...]:
    """Return the times that a parsed document names, by span, none overlapping.

    ``published`` is the day that "yesterday" and "March 1" count from; where it is None, a date standing alone on one
    of the first lines takes its place, and where there is none, such expressions keep X in their values and have
    neither begin nor end.
    """
    words = spelled(doc)
    letters = "".join(map(letter, words))
    matches = _matches(doc, words, letters)
    if not matches:
        return ()
    numeric = [words[match.start] for match in matches if match.name == "numeric"]
    context = Context(published or _dateline(doc, matches), day_first=day_first(numeric) if numeric else None)
    matches = joined(matches, context)
    found: list[tuple[Match, Period]] = []
    for i, match in enumerate(matches):
        here = context
        if (day_match := day_after_clock(matches, i)) and (day := _period(day_match, context)):
            here = replace(context, mentioned=day, at=match.start)
        if (period := _period(match, here)) is None:
            continue
        found.append((match, period))
        if period.first:
            context = replace(context, mentioned=period, at=match.start)
    return tuple(_expressions(list(ordered(found, context))))


def _matches(doc: Doc, words: Sequence[str], letters: str) -> list[Match]:
    """Return the places where a pattern or a phrase fits; of two that overlap the phrase wins, unless it ends first."""
    plain = [
        Match(doc, words, letters, NAMES[(found.lastindex or 1) - 1], found.start(), found.end())
        for found in TIMES.finditer(letters)
    ]
    ends = {i: match.end for match in plain for i in range(match.start, match.end)}
    phrases = [
        match
        for match in _phrases(doc, words, letters)
        if all(ends.get(i, 0) <= match.end for i in range(match.start, match.end))
    ]
    taken = {i for match in phrases for i in range(match.start, match.end)}
    kept = [match for match in plain if taken.isdisjoint(range(match.start, match.end))]
    return sorted(phrases + kept, key=lambda match: match.start)


@cache
def _phrase_table() -> Mapping[str, tuple[frozenset[str] | None, _Phrases]]:
    """Return ``first word -> (second words, ((words, list), ...))`` of the phrases, longest first.

    The second words are None where the first may stand alone.
    """
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for prefix in ("ref-", "feast-"):
        for phrase, code in coded_words(prefix, "phrase").items():
            parts = tuple(phrase.lower().replace("'s", " 's").split())
            table.setdefault(parts[0], []).append((parts, prefix + code))
    return MappingProxyType({first: _by_length(rows) for first, rows in table.items()})


def _by_length(rows: Sequence[tuple[tuple[str, ...], str]]) -> tuple[frozenset[str] | None, _Phrases]:
    alone = any(len(parts) == 1 for parts, _ in rows)
    seconds = None if alone else frozenset(parts[1] for parts, _ in rows)
    return seconds, tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


def _phrases(doc: Doc, words: Sequence[str], letters: str) -> Iterator[Match]:
    """Yield the fixed phrases."""
    table, end = _phrase_table(), 0
    firsts = {word for word in set(words) if word.lower() in table}
    for i, word in enumerate(words):
        if word not in firsts or i < end:
            continue
        seconds, rows = table[word.lower()]
        if seconds is not None and (i + 1 == len(words) or words[i + 1].lower() not in seconds):
            continue
        for parts, name in rows:
            if len(parts) == 1 or [w.lower() for w in words[i : i + len(parts)]] == list(parts):
                end = i + len(parts)
                end += name.startswith("feast-") and letters[end : end + 1] == LETTERS["year"]
                yield Match(doc, words, letters, name, i, end)
                break


def _dateline(doc: Doc, matches: Sequence[Match]) -> date | None:
    """Return the full date that stands alone on one of the first lines."""
    for match in matches:
        if match.start > _OPENING:
            break
        if match.name == "date" and match.year() and _alone(doc, match):
            return safe_date(match.year() or 0, match.month(), match.days()[0])
    return None


def _alone(doc: Doc, match: Match) -> bool:
    """Tell whether the match fills its line."""
    before = match.start == 0 or "\n" in doc[match.start - 1].text
    return before and (match.end == len(doc) or "\n" in doc[match.end].text)


def _period(match: Match, context: Context) -> Period | None:
    """Return what a match denotes, None where it is no time."""
    kind, _, code = match.name.partition("-")
    if kind == "ref" and code:
        return Period(code)
    if kind == "feast":
        return feast(match, context, code)
    period = RULES[match.name](match, context)
    return wrapped(match, period) if match.wrap and period else period


def _expressions(found: Sequence[tuple[Match, Period]]) -> Iterator[TimeExpression]:
    """Yield the expressions, their intervals opened or closed by prepositions."""
    for at, (match, period) in enumerate(found):
        first, last = bounds(match, period)
        if at + 1 < len(found) and makes_range(match, found[at + 1][0]):
            first, last = period.first, found[at + 1][1].last
        elif at and makes_range(found[at - 1][0], match):
            first, last = found[at - 1][1].first, period.last
        if first and last and first > last:
            first = last = None
        start, end = match.doc[match.start].idx, match.doc[match.end - 1]
        span = Span(start, end.idx + len(end))
        begin, until = first.isoformat() if first else None, last.isoformat() if last else None
        yield TimeExpression(span, period.type, period.value, begin, until)
