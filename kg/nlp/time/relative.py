"""Shapes that count from the day of writing or from the day last mentioned."""

from __future__ import annotations

from datetime import date, timedelta

from kg.nlp.time import values as v
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.tense import FUTURE, PAST, UNKNOWN, direction
from kg.nlp.time.values import UNDATED, Period

_BACK = ("ago", "earlier", "before")
_WITHIN = frozenset({"over", "during", "within", "for", "throughout"})
_AROUND = frozenset({"over", "at", "during", "on", "for", "through", "throughout", "by", "before", "after", "until"})


def _which_anchor(m: Match, c: Context, unit: str) -> date | None:
    """Return the day that "last" or "the following" counts from.

    "The next day" follows another day that was told (the one after today is tomorrow); "the next year" does so in a
    clause about the past. What came before, by the month or longer, is compared with the day of writing where nothing
    else was told.
    """
    after = m.at("next")
    if after and after[0] and m.words[after[0] - 1].lower() == "the":
        told = unit == "D" or (c.anchor(unit, m.start) and direction(m.doc[m.end - 1]) == PAST)
        return c.anchor(unit, m.start) if told else c.published
    if m.has("previous") and unit in v.UNIT_MONTHS:
        return c.anchor(unit, m.start) or (c.published if c.mentioned is None else None)
    if m.has("previous") or m.has("following") or m.has("that"):
        return c.anchor(unit, m.start)
    return c.published


def period_rule(m: Match, c: Context) -> Period | None:
    """ "last week", "next month", "earlier this year", "the following day", "the end of the year"."""
    unit, plural = m.unit()
    step = m.step()
    if m.has("last") and not m.has("boundary") and m.before() == "the" and unit == "D":
        return None
    if unit in v.CLOCK_UNITS or (plural and step is not None):
        return None
    if step is None and not m.has("boundary") and not m.has("in"):
        return None
    if _is_stretch(m, unit):
        return Period(v.duration_value(unit, "1"), type="DURATION")
    if m.has("the") and m.after() == "of" and step and not m.has("boundary"):  # "the last week of the war"
        return None
    anchor = (c.anchor(unit, m.start) or c.published) if m.has("in") else _which_anchor(m, c, unit)
    if anchor is None:
        return UNDATED
    if m.word("boundary") == "turn":  # the years on both sides of a century's end
        return Period("XX" if unit == "C" else v.unit_period(unit, anchor).value)
    day = v.shift(anchor, "Y" if unit == "Y" else unit, step or 0)
    if day is None or unit == "L":
        return UNDATED
    period = v.unit_period(unit, day)
    return _cut(m, period, c)


def _is_stretch(m: Match, unit: str) -> bool:
    """Tell whether "the past year", "over the next month" is so much time beside now and no unit of the calendar."""
    if unit in {"E", "C", "L"} and m.has("last"):
        return True
    if unit in {"D", "Q", "WE"} or m.has("boundary") or m.has("part"):
        return False
    if m.word("last") == "past":
        return m.has("the")
    return m.has("the") and (m.has("last") or m.has("next")) and m.before() in _WITHIN


def _cut(m: Match, period: Period, c: Context) -> Period:
    """Return the period up to the day of writing for "earlier this month", from it for "later this month"."""
    if c.published is None or period.first is None or period.last is None:
        return period
    if m.has("earlier") and not m.step() and period.first <= c.published <= period.last:
        return Period(period.value, period.first, c.published)
    if m.has("later") and not m.step() and period.first <= c.published <= period.last:
        return Period(period.value, c.published, period.last)
    return period


def unitshift_rule(m: Match, c: Context) -> Period | None:
    """ "a week ago", "two days earlier", "three months later": as exact as the unit."""
    unit, plural = m.unit()
    count = "1" if m.has("the") and not plural else m.count()
    back = any(map(m.has, _BACK))
    from_now = m.has("ago") or m.has("from") or m.has("times")
    if m.has("times") and (m.before() != "in" or m.word("times") != "time"):
        return Period(v.duration_value(unit, count), type="DURATION")
    if unit in v.CLOCK_UNITS:
        return Period(f"{(c.published if from_now else None) or 'XXXX-XX-XX'}TXX", type="TIME")
    single = not plural and not m.has("article") and not m.has("number") and not m.has("the")
    if single:
        return None
    if count == "X":
        return Period("PAST_REF" if back else "FUTURE_REF" if from_now else "XXXX-XX-XX")
    anchor = c.published if from_now else _told(m, c, unit, back=back)
    day = v.shift(anchor, unit, -float(count) if back else float(count)) if anchor else None
    if day and unit == "Y" and not from_now and c.mentioned and "-Q" in c.mentioned.value and anchor != c.published:
        return v.unit_period("Q", day)  # a year before a quarter is that quarter of the year before
    return v.unit_period(unit, day) if day else UNDATED


def _told(m: Match, c: Context, unit: str, *, back: bool) -> date | None:
    """Return the day that "a year earlier" counts from; where no other was told, that of writing if it may."""
    alone = c.published if back and c.mentioned is None and unit in v.UNIT_MONTHS else None
    return c.anchor(unit, m.start) or alone


def bareweekend_rule(m: Match, c: Context) -> Period | None:
    """ "at the weekend": the one past, or to come where the verb is in the future; on it, the same."""
    if m.unit() != ("WE", False) or m.before() not in _AROUND:
        return None
    if c.published is None:
        return UNDATED
    ahead = direction(m.doc[m.end - 1]) == FUTURE or c.published.isoweekday() > 5
    return v.weekend_period(c.published if ahead else c.published - timedelta(days=7))


def monthday_rule(m: Match, c: Context) -> Period | None:
    """ "on the 15th": of the month last told, else the one nearest by tense."""
    number = m.ordinal()
    if m.before() not in {"on", "by", "since", "until"} or not 1 <= number <= 31:
        return None
    told = c.anchor("Y", m.start)
    if told is None and c.published is None:
        return Period(f"XXXX-XX-{number:02d}")
    near = told or c.published
    assert near is not None
    day = v.safe_date(near.year, near.month, number)
    if told is None and day and c.published:
        tense = direction(m.doc[m.end - 1])
        months = 1 if tense == FUTURE and day < c.published else -1 if tense != FUTURE and day > c.published else 0
        other = v.shift(near.replace(day=1), "M", months)
        day = v.safe_date(other.year, other.month, number) if other else None
    return v.day_period(day) if day else None


def weekday_rule(m: Match, c: Context) -> Period | None:
    """ "on Tuesday": the last one up to the day of writing, or the next one where the verb is in the future."""
    at = m.at("anyday")[0]
    if _is_named(m, at):
        return None
    if m.known_week is not None:
        return v.day_period(m.known_week + timedelta(days=m.weekday() - m.known_week.isoweekday()))
    day = _weekday(m, c, at)
    return v.day_period(day) if day else Period(f"XXXX-WXX-{m.weekday()}")


def _is_named(m: Match, at: int) -> bool:
    """Tell whether a weekday is part of a name: "Sunday Times", "Black Friday", "Bloody Sunday"."""
    token = m.doc[at]
    if token.ent_type_ in {"PERSON", "ORG", "WORK_OF_ART"}:
        return True
    before = m.doc[m.start - 1] if m.start and m.start == at else None
    if before is not None and before.head.i == at and before.text[0].isupper() and before.tag_ in {"NNP", "JJ"}:
        return True
    last = m.doc[m.end - 1]
    if last.dep_ != "compound" or last.head.i < m.end or not last.text[0].isupper():
        return False
    return m.doc[m.end].tag_ in {"NNP", "NNPS"}


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
        if _is_named(m, m.at("anyday")[0]):
            return None
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
