"""Shapes that name parts of a year: quarters, halves, seasons, fiscal years, feasts."""

from __future__ import annotations

import re
from datetime import date

from kg.nlp.time import values as v
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.tense import FUTURE, direction, nearest
from kg.nlp.time.values import UNDATED, Period

_SEASONS = ("SP", "SU", "FA", "WI")  # a winter has the name of the year it begins in
_YEARS = re.compile(r"(\d{4})[-–/](\d{4}|\d\d)")
_SEASON_BEFORE = frozenset({"in", "during", "by", "until", "since"})


def quarter_rule(m: Match, c: Context) -> Period | None:
    """ "third quarter of 2008", "Q3", "the first quarter": without a year, the last past by tense."""
    word = m.word("quarterword")
    number = int(word[1]) if word else m.ordinal()
    if not 1 <= number <= 4:
        return None
    year = m.year()
    if year is not None:
        return v.quarter_period(year, number)
    if c.published is None:
        return Period(f"XXXX-Q{number}")
    now = (c.published.month + 2) // 3
    step = m.step()
    if step is not None:
        return v.quarter_period(c.published.year + step, number)
    ahead = direction(m.doc[m.end - 1]) == FUTURE
    just_over = number == now - 1 or number == now + 3  # "will report the second quarter" in July
    later = ahead and number < now and not just_over
    earlier = number > now and (just_over or not ahead)
    return v.quarter_period(c.published.year + later - earlier, number)


def halfyear_rule(m: Match, c: Context) -> Period | None:
    """ "the first half of 2008", "H1 2008"."""
    if (word := m.word("halfword")) and m.year():
        return v.half_period(m.year() or 0, int(word[1]))
    if not 1 <= m.ordinal() <= 2:
        return None
    if m.year():
        return v.half_period(m.year() or 0, m.ordinal())
    unit, _ = m.unit() if m.has("anyunit") else ("Y", False)
    if unit != "Y":
        return None
    if c.published is None:
        return Period(f"XXXX-H{m.ordinal()}")
    return v.half_period(c.published.year + (m.step() or 0), m.ordinal())


def fiscal_rule(m: Match, c: Context) -> Period | None:
    """ "fiscal 2008", "the last fiscal year": a fiscal year begins on a day the text does not say."""
    year = m.year()
    if word := m.word("fiscalyear"):
        year = int(word[2:]) if len(word) > 4 else 2000 + int(word[2:])
    elif found := _YEARS.search("".join(m.words[m.start : m.end])):
        year = int(found[1][: 4 - len(found[2])] + found[2])  # a fiscal year has the name of the year it ends in
    if m.has("anyunit") and m.unit()[0] not in {"Y", "Q"}:
        return None
    if year is None and c.published:
        year = c.published.year + (m.step() or 0)
    return Period(f"FY{year}" if year else "FYXXXX")


def season_rule(m: Match, c: Context) -> Period | None:
    """ "summer 2016", "last winter", "in the spring": bare only after a preposition or with a capital."""
    at = m.at("season")[0]
    season = coded_words("season-", "noun")[m.words[at].lower()]
    year = m.year()
    if year is not None:
        return v.season_period(year, season)
    step = m.step()
    bare = step is None and (m.after() == "of" or not {m.before(), m.before(2)} & _SEASON_BEFORE)
    if m.doc[at].pos_ == "VERB" or bare:
        return None
    if c.published is None:
        return Period(f"XXXX-{season}")
    year, month = c.published.year, c.published.month
    now = (year * 12 + month - 3) // 3  # seasons since the spring of the year 0
    ahead = (_SEASONS.index(season) - now) % 4
    if step == 0:
        return v.season_period(year - (season == "WI" and month < 3), season)
    if step is None:
        there = now + ahead - (4 if ahead and direction(m.doc[at]) != FUTURE else 0)
    else:
        there = now + (ahead or 4 if step > 0 else ahead - 4)
    return v.season_period(there // 4, season)


def feast(m: Match, c: Context, code: str) -> Period | None:
    """ "Christmas", "Easter": the one nearest the day of writing, or that of the year which follows."""
    told = m.year()
    year = told or (c.published.year if c.published else None)
    if not m.words[m.start][0].isupper():
        return None
    if year is None or not 1600 <= year <= 2100:
        return (
            UNDATED
            if not re.fullmatch(r"\d+-\d+", code)
            else Period("XXXX-{:02d}-{:02d}".format(*map(int, code.split("-"))))
        )
    options = [day for y in (year - 1, year, year + 1) if (day := _feast_day(y, code))]
    if c.published and told is None:
        return v.day_period(nearest(options, c.published, m.doc[m.start]))
    return next((v.day_period(day) for day in options if day.year == year), None)


def _feast_day(year: int, code: str) -> date | None:
    if code == "easter":
        return v.easter(year)
    month, day, *nth = map(int, code.split("-"))
    return v.nth_weekday(year, month, day, nth[0]) if nth else v.safe_date(year, month, day)
