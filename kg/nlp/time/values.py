"""The calendar: periods with their TIMEX3 values, and steps from one to another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
UNIT_DAYS = {"D": 1, "W": 7, "FN": 14}
UNIT_LENGTHS = {"W": 7, "FN": 7, "WE": 7, "M": 31, "Q": 92, "Y": 366, "E": 3653, "C": 36525}
UNIT_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DURATION_UNITS = {"TH": ("T", 1, "H"), "TM": ("T", 1, "M"), "TS": ("T", 1, "S"), "FN": ("", 2, "W"), "Q": ("", 3, "M")}
DURATION_UNITS |= {"E": ("", 10, "Y"), "C": ("", 100, "Y"), "L": ("", 1000, "Y"), "WE": ("", 1, "WE")}
CLOCK_UNITS = frozenset({"TH", "TM", "TS"})
VAGUE_UNITS = {"E": "E", "C": "C", "L": "L"}
# Plain numeric dates: year first, or day and month in an order that only the numbers can tell.
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
ISO_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)(t\d\d(?::\d\d)?)(?::\d\d(?:\.\d+)?)?(z?)(?:[+-]\d\d:?\d\d)?$")
NUMERIC_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with its TIMEX3 value; first and last are None where the calendar does not say."""

    value: str
    first: date | None = None
    last: date | None = None
    type: str = "DATE"


UNDATED = Period("XXXX-XX-XX")


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_period(day: date) -> Period:
    """Return a day as a period.

    >>> day_period(date(2008, 3, 1)).value
    '2008-03-01'
    """
    return Period(day.isoformat(), day, day)


def month_period(year: int, month: int) -> Period:
    """Return a month from its first to its last day."""
    last = date(year, month, monthrange(year, month)[1])
    return Period(f"{year:04d}-{month:02d}", date(year, month, 1), last)


def quarter_period(year: int, quarter: int) -> Period:
    """Return a quarter of a calendar year."""
    last = month_period(year, quarter * 3).last
    return Period(f"{year:04d}-Q{quarter}", date(year, quarter * 3 - 2, 1), last)


def half_period(year: int, half: int) -> Period:
    """Return a half of a calendar year."""
    last = month_period(year, half * 6).last
    return Period(f"{year:04d}-H{half}", date(year, half * 6 - 5, 1), last)


def season_period(year: int, season: str) -> Period:
    """Return a season; a winter lies in two years, so its days stay open."""
    if (months := SEASON_MONTHS.get(season)) is None:
        return Period(f"{year:04d}-{season}")
    return Period(f"{year:04d}-{season}", date(year, months[0], 1), month_period(year, months[1]).last)


def year_period(year: int) -> Period:
    """Return a year."""
    return Period(f"{year:04d}", date(year, 1, 1), date(year, 12, 31))


def decade_period(year: int) -> Period:
    """Return the decade a year lies in."""
    first = year // 10 * 10
    return Period(f"{first // 10:03d}", date(max(first, 1), 1, 1), date(first + 9, 12, 31))


def century_period(number: int) -> Period:
    """Return a century by its ordinal: the 21st is value 20 and ends with 2100.

    >>> century_period(20)
    Period(value='19', first=datetime.date(1901, 1, 1), last=datetime.date(2000, 12, 31), type='DATE')
    """
    return Period(f"{number - 1:02d}", date(number * 100 - 99, 1, 1), date(number * 100, 12, 31))


def week_period(day: date) -> Period:
    """Return the ISO week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Period(f"{year:04d}-W{week:02d}", monday, monday + timedelta(days=6))


def weekend_period(day: date) -> Period:
    """Return the weekend of the ISO week of a day."""
    week = week_period(day)
    assert week.last is not None
    return Period(f"{week.value}-WE", week.last - timedelta(days=1), week.last)


def unit_period(unit: str, day: date) -> Period:
    """Return the calendar unit (TIMEX3 letter) that a day lies in."""
    match unit:
        case "D":
            return day_period(day)
        case "W" | "FN":
            return week_period(day)
        case "WE":
            return weekend_period(day)
        case "M":
            return month_period(day.year, day.month)
        case "Q":
            return quarter_period(day.year, (day.month + 2) // 3)
        case "Y":
            return year_period(day.year)
        case "E":
            return decade_period(day.year)
        case "C":
            return century_period((day.year + 99) // 100)
    return Period("XXXX-XX-XX")


def _add_months(day: date, count: int) -> date:
    """Return the same day of the month so many months on, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).

    >>> easter(2016)
    datetime.date(2016, 3, 27)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, cycle = divmod(century, 4)
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * cycle + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Return the ``number``-th weekday (Monday 1) of a month; the fifth is the last.

    >>> nth_weekday(2016, 11, 4, 4), nth_weekday(2016, 5, 1, 5)
    (datetime.date(2016, 11, 24), datetime.date(2016, 5, 30))
    """
    first = date(year, month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (number - 1)
    return first.replace(day=day if day <= monthrange(year, month)[1] else day - 7)


def shift(day: date, unit: str, count: float) -> date | None:
    """Return the day ``count`` units on (negative: back), None outside the calendar."""
    try:
        if unit in UNIT_DAYS or unit == "WE":
            return day + timedelta(days=round(count * UNIT_DAYS.get(unit, 7)))
        return _add_months(day, round(count * UNIT_MONTHS[unit]))
    except (ValueError, OverflowError):
        return None


def day_first(words: Iterable[str]) -> bool | None:
    """Return whether numeric dates among the words have the day before the month; None where none of them tells.

    >>> day_first(["8/5/2014", "25/3/2014"]), day_first(["3/25/2014"]), day_first(["8/5/2014"])
    (True, False, None)
    """
    found = [match for word in words if (match := NUMERIC_DATE.match(word)) and match[2] == "/"]
    first, second = any(int(m[1]) > 12 for m in found), any(int(m[3]) > 12 for m in found)
    return first if first != second else None


def duration_value(unit: str, count: str) -> str:
    """Return the TIMEX3 value of ``count`` units; count "X" is a vague number.

    >>> duration_value("Y", "2.5"), duration_value("TH", "24"), duration_value("E", "2"), duration_value("E", "X")
    ('P2.5Y', 'PT24H', 'P20Y', 'PXE')
    """
    if count == "X" and unit in VAGUE_UNITS:
        return f"PX{VAGUE_UNITS[unit]}"
    prefix, factor, letter = DURATION_UNITS.get(unit, ("", 1, unit))
    if count == "X":
        return f"P{prefix}X{letter}"
    number = float(count) * factor
    if unit == "TH" and number == 0.5:
        return "PT30M"
    return f"P{prefix}{number:g}{letter}"


def numeric_day(word: str, near: date | None, *, day_first: bool | None = None) -> date | None:
    """Return the day that a numeric date names, None where day and month cannot be told apart.

    They can where one number is above 12, where both are equal, in dotted dates (the day comes first), where the text
    shows its order elsewhere (``day_first``), and where one of the two readings alone lies within a week of ``near``.

    >>> numeric_day("25/12/2010", None), numeric_day("01/03/2008", None), numeric_day("01/03/2008", date(2008, 3, 2))
    (datetime.date(2010, 12, 25), None, datetime.date(2008, 3, 1))
    """
    if found := ISO_DATE.match(word):
        return safe_date(int(found[1]), int(found[2]), int(found[3]))
    if not (found := NUMERIC_DATE.match(word)):
        return None
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000 if year <= (near.year % 100 + 10 if near else 49) else 1900
    readings = [day for day in (safe_date(year, two, one), safe_date(year, one, two)) if day]
    if len(readings) == 1 or (readings and (readings[0] == readings[1] or found[2] == ".")):
        return readings[0]
    if day_first is not None and readings:
        return readings[0] if day_first else readings[-1]
    close = [day for day in readings if near and abs((day - near).days) <= 7]
    return close[0] if len(close) == 1 else None
