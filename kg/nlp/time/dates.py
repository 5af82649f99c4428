"""Shapes that name a place in the calendar: days, months, years, decades, fiscal years."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.nlp.time import values as v
from kg.nlp.time.match import Context, Match
from kg.nlp.time.tense import FUTURE, PAST, direction
from kg.nlp.time.values import Period
from kg.ontology import lexicon

_NAMED = frozenset({"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "PRODUCT", "LOC", "NORP"})
_NUMBERED = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT", "PRODUCT"})


def date_rule(m: Match, c: Context) -> Period | None:
    """ "March 1, 2008", "1 March", "Sat. Jan 5th": without a year, the one nearest the day of writing by tense."""
    month, day, year = m.month(), m.days()[0], m.year()
    if year is None:
        return _nearest_date(m, c, month, day)
    found = v.safe_date(year, month, day)
    return v.day_period(found) if found else None


def _nearest_date(m: Match, c: Context, month: int, day: int) -> Period | None:
    """Return the day nearest the day of writing; where two are nearly as near, tense decides."""
    if not 1 <= day <= 31:
        return None
    if c.published is None:
        return Period(f"XXXX-{month:02d}-{day:02d}")
    years = (c.published.year - 1, c.published.year, c.published.year + 1)
    near = [one for y in years if (one := v.safe_date(y, month, day))]
    if not near:
        return None
    near.sort(key=lambda one: abs((one - c.published).days) if c.published else 0)
    best, tense = near[0], direction(m.doc[m.at("month")[0]])
    wrong = (tense == PAST and best > c.published) or (tense == FUTURE and best < c.published)
    if wrong and len(near) > 1 and abs((best - c.published).days) > 90:
        best = near[1]
    return v.day_period(best)


def days_rule(m: Match, c: Context) -> Period | None:
    """ "May 5-7, 2008": the value is the first day's, the interval both."""
    first, last = m.days()[:2]
    year = m.year() or (c.published.year if c.published else None)
    if year is None:
        return Period(f"XXXX-{m.month():02d}-{first:02d}") if first < last else None
    begin, end = v.safe_date(year, m.month(), first), v.safe_date(year, m.month(), last)
    return Period(begin.isoformat(), begin, end) if begin and end and begin < end else None


def numeric_rule(m: Match, c: Context) -> Period | None:
    """ "2008-03-01", "25/12/2010"; a date whose day and month cannot be told apart keeps its year."""
    text = "".join(m.words[m.start : m.end])
    if found := v.numeric_day(text, c.published):
        return v.day_period(found)
    parts = v.NUMERIC_DATE.match(text)
    if parts and len(parts[4]) == 4 and 0 < int(parts[1]) <= 12 and 0 < int(parts[3]) <= 12:
        return v.year_period(int(parts[4]))
    return None


def month_rule(m: Match, c: Context) -> Period | None:
    """ "October 2010", "in June": the month last past, or next to come where the verb is in the future."""
    month, year = m.month(), m.year()
    token = m.doc[m.at("month")[0]]
    if year is None and (token.pos_ in {"VERB", "AUX"} or _is_name(m, token.i)):
        return None
    if year is not None:
        return v.month_period(year, month)
    if c.published is None:
        return Period(f"XXXX-{month:02d}")
    back = m.before() == "since" or (m.before(2), m.before()) == ("as", "of")
    ahead = not back and direction(token) == FUTURE
    year = c.published.year
    if ahead and month < c.published.month:
        year += 1
    elif not ahead and month > c.published.month:
        year -= 1
    return v.month_period(year, month)


def _is_name(m: Match, i: int) -> bool:
    """Tell whether a month or day word is part of somebody's or something's name ("Theresa May", "April Jones")."""
    token, before = m.doc[i], m.doc[i - 1] if i else None
    if token.ent_type_ in _NAMED:
        return True
    return before is not None and before.tag_ == "NNP" and bool(before.whitespace_)


def year_rule(m: Match, c: Context) -> Period | None:
    """ "in 2008", "the 1991 agreement", but no count ("2000 people"), sum, or label ("Resolution 1973")."""
    token, year = m.doc[m.start], int(m.words[m.start])
    before, after = m.before(), m.after()
    if not 1500 <= year <= 2100 or after in {"%", "percent", "-", "/"} or before in {"#", "/", "-", "."}:
        return None
    if m.start and m.doc[m.start - 1].tag_ in {"$", "SYM"}:
        return None
    if m.start and (
        m.doc[m.start - 1].lemma_.lower() in _words("time-label-noun", "noun") or m.doc[m.start - 1].like_num
    ):
        return None
    if token.ent_type_ == "DATE" or (1900 <= year <= 2099 and _stands_as_year(m, before)):
        return v.year_period(year)
    return None


def _stands_as_year(m: Match, before: str) -> bool:
    token = m.doc[m.start]
    if token.ent_type_ in _NUMBERED:
        return False
    following = m.doc[m.end] if m.end < len(m.doc) else None
    counts = following is not None and following.tag_ in {"NNS", "NNPS", "JJ", "CD"} and token.head.i > token.i
    if counts and before not in {"the", "of", "his", "her", "its", "their", "'s"}:
        return False
    return before in _words("time-before", "preposition") or token.dep_ in {
        "pobj",
        "nummod",
        "npadvmod",
        "compound",
        "appos",
        "amod",
    }


@cache
def _words(name: str, pos: str) -> frozenset[str]:
    return lexicon().words(name, pos)


def years_rule(m: Match, c: Context) -> Period | None:
    """ "2003-2005", "2010-11": from the first year to the last."""
    text = "".join(m.words[m.start : m.end]).replace("–", "-").replace("/", "-")
    head, _, tail = text.partition("-")
    first, last = int(head), int(head[: 4 - len(tail)] + tail) if tail.isdigit() and len(tail) in {2, 4} else 0
    if not 1500 <= first < last <= 2100:
        return None
    return Period(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31))


def fixedyear_rule(m: Match, c: Context) -> Period | None:
    """ "early 2008", "mid-2011", "the end of 2017": the year, never a part that the text leaves vague."""
    if word := m.word("partyear"):
        return v.year_period(int(word[-4:]))
    year = m.year()
    return v.year_period(year) if year and 1500 <= year <= 2100 else None


def century_rule(m: Match, c: Context) -> Period | None:
    """ "the 21st century"."""
    unit, _ = m.unit()
    return v.century_period(m.ordinal()) if unit == "C" and 1 <= m.ordinal() <= 30 else None


def decade_rule(m: Match, c: Context) -> Period | None:
    """ "the 1990s", "the early '80s" (of the last such decade)."""
    if not m.has("decade"):
        number = m.words[m.end - 2]
        noun = m.end < len(m.doc) and m.doc[m.end].pos_ in {"NOUN", "ADJ", "PROPN", "NUM"}
        if not number.endswith("0") or m.words[m.end - 1] == "'" or noun or len(number) not in {2, 4}:
            return None
    digits = "".join(ch for ch in m.word("decade") or m.words[m.end - 2] if ch.isdigit())
    if len(digits) == 2:
        if not (m.has("the") or m.before() in {"'", "the"}):
            return None
        now = c.published.year if c.published else 2099
        digits = f"{19 if 1900 + int(digits) > now - 100 else 20}{digits}"
    return v.decade_period(int(digits)) if 1000 <= int(digits) <= 2100 else None
