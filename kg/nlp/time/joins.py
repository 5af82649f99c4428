"""What neighbouring time words give each other: a year, a week, a part of the day, an order in a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from kg.nlp.time import values as v
from kg.nlp.time.bounds import makes_range
from kg.nlp.time.classes import LETTERS
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.rules import RULES
from kg.nlp.time.values import Period

_DATED = frozenset({"month", "date"})
_DAYS = frozenset({"date", "numeric", "weekday"})
_LINKS = frozenset({"and", "to", "or", "until", "till", "through", "-", "–", ","})
_CLOCK = frozenset({"clock", "noon"})
_CLOCK_GAP = 3  # tokens between a time of the clock and the day it lies in


def joined(matches: Sequence[Match], context: Context) -> list[Match]:
    """Return the matches, each with what its neighbours say of it; one that only says so is taken in."""
    found: list[Match] = []
    end = 0
    for i, match in enumerate(matches):
        if match.start < end:
            continue
        following = matches[i + 1] if i + 1 < len(matches) else None
        full = _with_period(match, following, context)
        if full.name in _DATED:
            full = _with_year(full, found[-1] if found else None, following)
        if full.name in _DAYS:
            hours = found and found[-1].name == "bareunits"  # "the early hours of Tuesday"
            full = _wrapped(full, max(found[-1].start - 2, 0) if hours else end)
            if full.start < end:
                found.pop()
        found.append(full)
        end = full.end
    return found


def _with_period(match: Match, following: Match | None, context: Context) -> Match:
    """Return the match with the year, the week told right after it ("March last year", "Friday next week")."""
    if following is None or following.start - match.end > 1:
        return match
    gap = match.words[match.end : following.start]
    if gap and gap != ["of"]:
        return match
    if following.name != "period" or (match.name not in _DATED and match.name != "weekday"):
        return match
    if match.name == "weekday":
        period = RULES["period"](following, context) if following.step() is not None else None
        week = period.first if period and "-W" in period.value and match.step() is None else None
        return replace(match, end=following.end, known_week=week) if week else match
    year = RULES["period"](following, context) if match.year() is None else None
    if year and year.value.isdigit() and len(year.value) == 4:
        return replace(match, end=following.end, known_year=int(year.value))
    return match


def _with_year(match: Match, before: Match | None, following: Match | None) -> Match:
    """Return a month or date without a year with that of the one it is coordinated with.

    "From March to May 2015" is March 2015, from December to February 2014 December 2013; in a range the year may also
    stand with the first month.
    """
    if match.year() is not None or match.step() is not None:
        return match
    if following and following.name in _DATED and _linked(match, following) and (year := following.year()):
        late = match.month() > following.month()
        return match if late and not makes_range(match, following) else replace(match, known_year=year - late)
    if before and before.name in _DATED and (year := before.year()) and makes_range(before, match):
        return replace(match, known_year=year + (match.month() < before.month()))
    return match


def _linked(one: Match, two: Match) -> bool:
    return two.start - one.end == 1 and one.words[one.end].lower() in _LINKS


def _wrapped(match: Match, floor: int) -> Match:
    """Return a day with the part of it or the week told before it: "the night of 4 May", "the week of July 25"."""
    at = match.start - 2
    if at < floor or match.before() not in {"of", "on"}:
        return match
    word, article = match.words[at].lower(), at > floor and match.letters[at - 1] == LETTERS["the"]
    start = at - article
    if match.letters[at] in LETTERS["daypart"]:
        early = start > floor and match.words[start - 1].lower() in {"early", "late"}
        return replace(match, start=start - early, wrap="T" + coded_words("daypart-", "noun").get(word, "MI"))
    if word == "hours" and match.words[at - 1].lower() in {"early", "small"} and at > floor:
        the = at - 1 > floor and match.letters[at - 2] == LETTERS["the"]
        return replace(match, start=at - 1 - the, wrap="TMO")
    if not article or match.before() != "of":
        return match
    if coded_words("unit-", "noun").get(word) == "W":
        return replace(match, start=start, wrap="W")
    return match


def wrapped(match: Match, period: Period) -> Period:
    """Return the part of the day, the week, that the words before a day make of it."""
    if not match.wrap or period.first is None or period.first != period.last:
        return period
    if match.wrap == "W":
        return v.week_period(period.first)
    return Period(period.value + match.wrap, period.first, period.last, "TIME")


def day_after_clock(matches: Sequence[Match], i: int) -> Match | None:
    """Return the day that a time of the clock lies in, told after it: "from 9:00 to 10:00 on Monday"."""
    if matches[i].name not in _CLOCK:
        return None
    for one, two in pairwise(matches[i:]):
        if two.start - one.end > _CLOCK_GAP:
            return None
        if two.name not in _CLOCK:
            return two if two.name in {*_DAYS, "dayword"} else None
    return None


def ordered(found: Sequence[tuple[Match, Period]], context: Context) -> Iterator[tuple[Match, Period]]:
    """Yield matches and periods, ranges put in order: what ends before it begins, ends or begins a round later."""
    rows = list(found)
    for i, ((one, first), (two, last)) in enumerate(pairwise(found)):
        if one.name != two.name or not (first.first and last.first and last.first < first.first):
            continue
        if not makes_range(one, two):
            continue
        ahead = context.published is not None and first.first >= context.published
        at, step = (i + 1, 1) if ahead else (i, -1)
        rows[at] = (rows[at][0], _next_round(*rows[at], step, context))
    yield from rows


def _next_round(match: Match, period: Period, step: int, context: Context) -> Period:
    """Return a weekday a week on, a month or date without a year a year on (or back)."""
    assert period.first is not None
    if match.name == "weekday":
        return v.day_period(period.first + timedelta(days=7 * step))
    if match.name in _DATED and match.year() is None:
        again = RULES[match.name](replace(match, known_year=period.first.year + step), context)
        return again or period
    return period
