"""The shapes of English time expressions, as regular expressions over word classes; the first that fits wins."""

from __future__ import annotations

import re

from kg.nlp.time.classes import GROUPS, LETTERS

_COUNT = (
    "(number (hyphen|to) number|vague|article vague of?|article half|half (article|of article)?"
    "|number (comma? number)* and article half|article"
    "|number (hyphen? number)* (and number)*|article number)"
)
_YEAR = "(of? comma? year)"
_PART = "(part hyphen?|the? boundary of|the part part? of)"

# name, shape. "<c>" asks for a word of class c before the shape, "#" for the end of a phrase after it.
# A name may stand several times; what its shapes denote is decided by its function in the table of rules.py.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("age", f"{_COUNT} hyphen? (anyunit) hyphen? old"),
    ("days", f"month date (hyphen|and|to) date {_YEAR}?"),
    ("days", f"date (hyphen|and|to) date of? month {_YEAR}?"),
    ("date", f"(anyday comma? the?)? month the? (date|ordinalword) {_YEAR}?"),
    ("date", f"(anyday comma? (the)?)? (the? ordinal|the ordinalword|day) of? month {_YEAR}?"),
    ("numeric", "numeric | year hyphen day hyphen (day|numeric)"),
    ("month", f"({_PART}|(last|next|this))? month {_YEAR}?"),
    ("clock", "(number|clock) meridiem zone? | clock zone? | number oclock zone? | (year|digits) zone"),
    ("fiscal", "the? (year|years|year hyphen (year|day|digits)) fiscal unit | fiscalyear"),
    ("years", "years | year hyphen (year|day|digits)"),
    ("era", "(number) era | era (year|digits|day)"),
    ("quarter", f"ordinalword hyphen? quarter (of (fiscal? unit? {_YEAR}|(which|the) fiscal? unit))?"),
    ("quarter", "(that|last|this|next) ordinalword hyphen? quarter"),
    ("quarter", f"quarterword {_YEAR}?"),
    ("halfyear", f"halfword {_YEAR}"),
    ("halfyear", "ordinalword half of (year|which unit|the unit)"),
    ("decade", "the (part hyphen?)? decadeword"),
    ("century", f"{_PART}? the? (part hyphen?)? (numeral hyphen)? (ordinal|ordinalword) hyphen? unit"),
    ("decade", f"{_PART}? the? (part hyphen?)? possessive? decade"),
    ("decade", "the (part hyphen?)? (year|digits|day) possessive"),
    ("fiscal", f"{_PART}? (the? which)? fiscal unit year? | fiscal year"),
    ("fixedyear", f"partyear | {_PART} (fiscal? unit)? year | the? unit year"),
    ("season", f"(the? which|{_PART} (the|which)?)? season (of? (year hyphen (year|day|digits)|years)|{_YEAR})?"),
    ("daypart", "(the? which|early|late)? anyday (the? daypart|tonight)"),
    ("daypart", "dayword (daypart)"),
    ("daypart", "(part|the? which) daypart"),
    ("every", "every (other|number|ordinalword)? (unit|units|quarter|clockunit|weekday daypart?|daypart|month|season)"),
    ("often", "<counted> article (unit|quarter|clockunit)"),
    ("often", "frequency"),
    ("beyond", "the unit (before|after) dayword"),
    ("unitshift", f"{_COUNT} (anyunit) possessive times"),
    ("unitshift", f"the? {_COUNT}? (anyunit) (and article half)? (ago|earlier|later|(before|after)#|from now)"),
    ("window", "(the|this)? (last|next|following|previous|this) (vague of?|article? number (hyphen? number)*) units"),
    ("period", f"{_PART}? (the|this)? which (unit|quarter)"),
    ("period", "(the? boundary of) the (unit|quarter)"),
    ("period", "the? unit (hyphen|possessive) boundary"),
    ("period", "part in the unit"),
    ("weekday", "(the? which)? part? weekday"),
    ("ordinalunit", "the ordinalword number? (units)"),
    ("quarterof", "article quarter of? article? (unit|clockunit)"),
    ("duration", f"{_COUNT} hyphen? (anyunit) (and article half)?"),
    ("bareunits", "units hyphen? | longunit"),
    ("weekdays", "weekdays"),
    ("dayword", "part? dayword"),
    ("tonight", "tonight"),
    ("overnight", "overnight"),
    ("noon", "noon"),
    ("ref", "ref"),
    ("shortday", "shortday"),
    ("monthday", "the ordinal#"),
    ("bareweekend", "the weekend"),
    ("year", "year"),
)
_EXTRA = {"early": "m", "late": "m", "tonight": "t"}


def _compile(shape: str) -> str:
    """Return the regular expression over letters for a shape over class names."""

    def letters(name: re.Match[str]) -> str:
        found = GROUPS.get(name[0]) or LETTERS.get(name[0]) or _EXTRA[name[0]]
        return f"[{found}]"

    plain = re.sub(r"[a-z]+", letters, shape).replace(" ", "").replace("(", "(?:")
    return re.sub("<(.*?)>", r"(?<=\1)", plain).replace("#", f"(?=[{LETTERS['stop']}]|$)")


NAMES: tuple[str, ...] = tuple(name for name, _ in PATTERNS)
# Most words begin no expression, an article only before a word of some class: the look-ahead skips the others.
TIMES = re.compile(
    "(?=[^_yxsjv!=WJ+GCdA]|[dA][^_y!Wvj=])(?:" + "|".join(f"({_compile(shape)})" for _, shape in PATTERNS) + ")"
)
