"""Shapes that name no day: durations, sets, times of the clock."""

from __future__ import annotations

from datetime import date

from kg.nlp.time import values as v
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.values import Period


def window_rule(m: Match, c: Context) -> Period | None:
    """ "the next four years", "the past few weeks": a duration next to the day of writing."""
    unit, _ = m.unit()
    return Period(v.duration_value(unit, m.count()), type="DURATION")


def duration_rule(m: Match, c: Context) -> Period | None:
    """ "three days", "a year", "fifty-year", "two and a half years"."""
    unit, plural = m.unit()
    count = m.count()
    first = m.doc[m.start]
    if unit in {"TS", "TM"} and m.words[m.at("anyunit")[-1]].lower() != "minute" and not plural and count == "1":
        return None
    if unit in {"Q", "WE"} and (count == "X" or not plural or m.after() == "of"):  # "three quarters of" is a share
        return None
    if count == "X" and not plural and m.has("vague"):
        return None
    if first.ent_type_ == "MONEY" or (m.start and m.doc[m.start - 1].tag_ in {"$", "#"}):
        return None
    rate = m.has("article") and m.end - m.start == 2 and m.start and m.doc[m.start - 1].tag_ == "NNS"
    return Period(v.duration_value(unit, count), type="SET" if rate else "DURATION")


def bareunits_rule(m: Match, c: Context) -> Period | None:
    """ "for years", "decades-long": vague durations."""
    if word := m.word("longunit"):
        return Period(v.duration_value(coded_words("unit-long-", "adjective")[word], "1"), type="DURATION")
    unit, _ = m.unit()
    if unit == "WE" and m.before() in {"on", "at", "during"}:
        return Period("XXXX-WXX-WE", type="SET")
    modified = not m.has("hyphen") and m.start and m.doc[m.start - 1].tag_ in {"JJ", "JJR", "JJS", "PRP$"}
    if unit in {"Q", "WE", "TS"} or modified:
        return None
    return Period(v.duration_value(unit, "X"), type="DURATION")


def quarterof_rule(m: Match, c: Context) -> Period | None:
    """ "a quarter of a century", "a quarter of an hour"."""
    value = {"C": "P25Y", "TH": "PT15M"}.get(m.unit()[0])
    return Period(value, type="DURATION") if value else None


def every_rule(m: Match, c: Context) -> Period | None:
    """ "every Monday", "each year", "every two weeks"."""
    if m.has("weekday"):
        part = coded_words("daypart-", "noun").get(m.word("daypart") or "", "")
        return Period(f"XXXX-WXX-{m.weekday()}{part and 'T' + part}", type="SET")
    if m.has("month"):
        return Period(f"XXXX-{m.month():02d}", type="SET")
    if m.has("season"):
        return Period(f"XXXX-{coded_words('season-', 'noun')[m.word('season') or '']}", type="SET")
    if m.has("daypart"):
        return Period(f"XXXX-XX-XXT{coded_words('daypart-', 'noun')[m.word('daypart') or '']}", type="SET")
    unit, plural = m.unit()
    if unit == "WE" and not plural:
        return Period("XXXX-WXX-WE", type="SET")
    if plural and not m.has("number"):
        return None
    count = "2" if m.has("other") else str(m.ordinal()) if m.has("ordinalword") and m.ordinal() else m.count()
    return Period(v.duration_value(unit, "1" if count == "X" else count), type="SET")


def often_rule(m: Match, c: Context) -> Period | None:
    """ "twice a year", "15 a day", "annually"."""
    if word := m.word("frequency"):
        token = m.doc[m.start]
        if token.ent_type_ in {"ORG", "WORK_OF_ART"} or (word != token.text and not token.is_sent_start):
            return None
        return Period(coded_words("frequency-", "adverb")[word], type="SET")
    return Period(v.duration_value(m.unit()[0], "1"), type="SET")


def weekdays_rule(m: Match, c: Context) -> Period | None:
    """ "on Mondays"."""
    return Period(f"XXXX-WXX-{coded_words('weekdays-', 'noun')[m.words[m.start].lower()]}", type="SET")


def night_rule(m: Match, c: Context) -> Period | None:
    """ "tonight", "overnight"."""
    if c.published is None:
        return Period("XXXX-XX-XXTNI", type="TIME")
    return Period(f"{c.published.isoformat()}TNI", c.published, c.published, "TIME")


def overnight_rule(m: Match, c: Context) -> Period | None:
    """ "overnight": a night next to the day of writing, or any night; its day stays open."""
    return Period(f"{c.published.isoformat()}TNI" if c.published else "XXXX-XX-XXTNI", type="TIME")


def clock_rule(m: Match, c: Context) -> Period | None:
    """ "9:00 am EST", "18:00 UTC", "9 o'clock": on the day last mentioned, else the day of writing."""
    text = m.words[m.start].lower().replace(".", ":", 1) if m.letters[m.start] == "Z" else m.words[m.start].lower()
    digits = text.rstrip("apm.:")
    half = m.word("meridiem") or text[len(digits) :]
    if m.letters[m.start] in "YN" and digits.isdigit() and len(digits) == 4:
        hour, minute = int(digits[:2]), digits[2:]
    else:
        head, _, tail = digits.partition(":")
        number = coded_words("number-", "noun").get(head, head)
        if not number.isdigit():
            return None
        hour, minute = int(number), tail[:2]
    if half[:1] == "p" and hour < 12:
        hour += 12
    elif half[:1] == "a" and hour == 12:
        hour = 0
    if hour > 24 or (minute and int(minute) > 59) or (half and hour > 24):
        return None
    zone = next((m.words[i] for i in m.at("zone")), "")
    utc = "Z" if zone in {"UTC", "GMT", "Z"} else ""
    return _clock_period(f"T{hour:02d}:{minute or '00'}{utc}", c.day(m.start))


def _clock_period(clock: str, day: date | None) -> Period:
    return Period(f"{day.isoformat() if day else 'XXXX-XX-XX'}{clock}", day, day, "TIME")


def noon_rule(m: Match, c: Context) -> Period | None:
    """ "noon", "midnight"."""
    return _clock_period("T24:00" if m.words[m.start].lower() == "midnight" else "T12:00", c.day(m.start))
