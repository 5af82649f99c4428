"""The table of rules: what each shape of ``patterns.py`` denotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.nlp.time import dates, parts, relative, spells
from kg.nlp.time.match import Context, Match
from kg.nlp.time.values import Period

Rule = Callable[[Match, Context], Period | None]


def no_rule(m: Match, c: Context) -> Period | None:
    """Reject: an age is no time of an event, and "Sun" or "the first two years" alone name none."""
    return None


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "age": no_rule,
        "shortday": no_rule,
        "ordinalunit": no_rule,
        "date": dates.date_rule,
        "days": dates.days_rule,
        "numeric": dates.numeric_rule,
        "month": dates.month_rule,
        "year": dates.year_rule,
        "years": dates.years_rule,
        "fixedyear": dates.fixedyear_rule,
        "era": dates.era_rule,
        "century": dates.century_rule,
        "decade": dates.decade_rule,
        "quarter": parts.quarter_rule,
        "halfyear": parts.halfyear_rule,
        "fiscal": parts.fiscal_rule,
        "season": parts.season_rule,
        "period": relative.period_rule,
        "unitshift": relative.unitshift_rule,
        "weekday": relative.weekday_rule,
        "daypart": relative.daypart_rule,
        "dayword": relative.dayword_rule,
        "bareweekend": relative.bareweekend_rule,
        "monthday": relative.monthday_rule,
        "beyond": relative.beyond_rule,
        "ref": relative.ref_rule,
        "window": spells.window_rule,
        "quarterof": spells.quarterof_rule,
        "duration": spells.duration_rule,
        "bareunits": spells.bareunits_rule,
        "every": spells.every_rule,
        "often": spells.often_rule,
        "weekdays": spells.weekdays_rule,
        "tonight": spells.night_rule,
        "overnight": spells.overnight_rule,
        "clock": spells.clock_rule,
        "noon": spells.noon_rule,
    }
)
