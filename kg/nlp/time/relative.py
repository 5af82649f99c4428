"""Shapes that count from the day of writing or from the day last mentioned."""

from __future__ import annotations

from datetime import date, timedelta

from kg.nlp.time import values as v
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.tense import FUTURE, UNKNOWN, direction
from kg.nlp.time.values import UNDATED, Period


def _which_anchor(m: Match, c: Context, unit: str) -> date | None:
    """Return the day that "last" or "the following" counts from."""
    relative = m.has("previous") or m.has("following") or m.has("that")
    return c.anchor(unit) if relative else c.published


def period_rule(m: Match, c: Context) -> Period | None:
    """ "last week", "next month", "earlier this year", "the following day", "the end of the year"."""
    unit, plural = m.unit()
    step = m.step()
    if m.has("last") and not m.has("boundary") and m.before() == "the" and unit == "D":
        return None
    if unit in v.CLOCK_UNITS or (plural and step is not None):
        return None
    if step is None and not m.has("boundary"):
        return None
    if unit in {"E", "C", "L"} and m.has("last"):
        return Period(v.duration_value(unit, "1"), type="DURATION")
    anchor = _which_anchor(m, c, unit)
    if anchor is None or (m.has("that") and not c.mentioned):
        return UNDATED
    day = v.shift(anchor, "Y" if unit == "Y" else unit, step or 0)
    if day is None or unit == "L":
        return UNDATED
    period = v.unit_period(unit, day)
    return _cut(m, period, c)


def _cut(m: Match, period: Period, c: Context) -> Period:
    """Return the period up to the day of writing for "earlier this month", from it for "later this month"."""
    if c.published is None or period.first is None or period.last is None:
        return period
    if m.has("earlier") and period.first <= c.published <= period.last:
        return Period(period.value, period.first, c.published)
    if m.has("later") and period.first <= c.published <= period.last:
        return Period(period.value, c.published, period.last)
    return period


def unitshift_rule(m: Match, c: Context) -> Period | None:
    """ "a week ago", "two days earlier", "three months later": as exact as the unit."""
    unit, plural = m.unit()
    count = "1" if m.has("the") and not plural else m.count()
    back = m.has("ago") or m.has("earlier") or m.has("before")
    if unit in v.CLOCK_UNITS:
        return Period(f"{c.published or 'XXXX-XX-XX'}TXX", type="TIME")
    single = not plural and not m.has("article") and not m.has("number") and not m.has("the")
    if single:
        return None
    if count == "X":
        return Period("PAST_REF" if back else "FUTURE_REF" if m.has("from") else "XXXX-XX-XX")
    anchor = c.published if m.has("ago") or m.has("from") else c.anchor(unit)
    day = v.shift(anchor, unit, -float(count) if back else float(count)) if anchor else None
    return v.unit_period(unit, day) if day else UNDATED


def weekday_rule(m: Match, c: Context) -> Period | None:
    """ "on Tuesday": the last one up to the day of writing, or the next one where the verb is in the future."""
    at = m.at("anyday")[0]
    if m.doc[at].ent_type_ in {"PERSON", "ORG", "WORK_OF_ART"}:
        return None
    day = _weekday(m, c, at)
    return v.day_period(day) if day else Period(f"XXXX-WXX-{m.weekday()}")


def _weekday(m: Match, c: Context, at: int) -> date | None:
    step = m.step()
    anchor = _which_anchor(m, c, "W")
    if anchor is None:
        return None
    ahead = (m.weekday() - anchor.isoweekday()) % 7
    if step == 1:
        return anchor + timedelta(days=ahead or 7)
    if step == -1:
        return anchor - timedelta(days=(-ahead % 7) or 7)
    tense = direction(m.doc[at])
    if tense == FUTURE or (step == 0 and tense == UNKNOWN):
        return anchor + timedelta(days=ahead)
    return anchor - timedelta(days=-ahead % 7)


def daypart_rule(m: Match, c: Context) -> Period | None:
    """ "Monday morning", "this evening", "last night"."""
    at = m.at("daypart")
    part = coded_words("daypart-", "noun").get(m.words[at[-1]].lower(), "NI") if at else "NI"
    if m.has("anyday"):
        day = _weekday(m, c, m.at("anyday")[0])
        value = day.isoformat() if day else f"XXXX-WXX-{m.weekday()}"
    else:
        step = {"yesterday": -1, "tomorrow": 1}.get(m.word("dayword") or "", m.step())
        anchor = _which_anchor(m, c, "D") if m.has("which") else c.published
        if step is None and not m.has("dayword"):
            return None
        day = v.shift(anchor, "D", step or 0) if anchor else None
        value = day.isoformat() if day else "XXXX-XX-XX"
    return Period(f"{value}T{part}", day, day, "TIME")


def dayword_rule(m: Match, c: Context) -> Period | None:
    """ "today", "yesterday", "tomorrow", but not in a name ("Russia Today")."""
    if m.words[m.start][0].isupper() and m.start and m.doc[m.start - 1].tag_ == "NNP":
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(m.word("dayword") or "", 0)
    if c.published is None:
        return Period("PRESENT_REF") if step == 0 else UNDATED
    day = v.shift(c.published, "D", step)
    return v.day_period(day) if day else UNDATED


def beyond_rule(m: Match, c: Context) -> Period | None:
    """ "the day before yesterday", "the day after tomorrow"."""
    step = -2 if m.word("dayword") == "yesterday" else 2
    day = v.shift(c.published, "D", step) if c.published else None
    return v.day_period(day) if day else UNDATED


def ref_rule(m: Match, c: Context) -> Period | None:
    """ "now", "recently", "soon"."""
    if m.after() == "-" or m.before() == "-":
        return None
    return Period(coded_words("ref-", "adverb")[m.words[m.start].lower()])
