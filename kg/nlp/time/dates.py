"""Shapes that name a place in the calendar: days, months, years, decades, fiscal years."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.nlp.time import values as v
from kg.nlp.time.classes import GROUPS
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.tense import FUTURE, direction, nearest
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
    """Return the day nearest the day of writing, on its day of the week where that is told."""
    if not 1 <= day <= 31:
        return None
    if c.published is None:
        return Period(f"XXXX-{month:02d}-{day:02d}")
    told = m.has("anyday")  # with the day of the week the year is sure
    years = range(c.published.year - 1 - told, c.published.year + 2 + told)
    near = [one for y in years if (one := v.safe_date(y, month, day))]
    if not near:
        return None
    if m.has("anyday") and (named := [one for one in near if one.isoweekday() == m.weekday()]):
        near = named
    return v.day_period(nearest(near, c.published, m.doc[m.at("month")[0]]))


def days_rule(m: Match, c: Context) -> Period | None:
    """ "May 5-7, 2008", "7 and 8 July": the value is the first day's, the interval both."""
    first, last = m.days()[:2]
    if first >= last or (m.letters[m.end - 1] in GROUPS["date"] and m.after() not in {"", ","} and _counts(m)):
        return None
    if m.year() is None:
        one = _nearest_date(m, c, m.month(), first)
        if one is None or one.first is None:
            return one
    year = m.year() or (one.first.year if one and one.first else 0)
    begin, end = v.safe_date(year, m.month(), first), v.safe_date(year, m.month(), last)
    return Period(begin.isoformat(), begin, end) if begin and end and begin < end else None


def _counts(m: Match) -> bool:
    """Tell whether the last number of a match counts what follows: "on May 5 and 7 ships"."""
    return m.words[m.end - 2] != "-" and m.doc[m.end].tag_ in {"NN", "NNS", "JJ", "NNP", "NNPS", "CD"}


def numeric_rule(m: Match, c: Context) -> Period | None:
    """ "2008-03-01", "25/12/2010"; a date whose day and month cannot be told apart keeps its year."""
    text = "".join(m.words[m.start : m.end])
    if stamp := v.ISO_STAMP.match(text.lower()):
        day = v.numeric_day(stamp[1], None)
        return Period(f"{stamp[1]}{stamp[2]}{stamp[3]}".upper(), day, day, "TIME") if day else None
    if found := v.numeric_day(text, c.published, day_first=c.day_first):
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
    step = m.step()
    if step is not None:
        now = c.published.month
        return v.month_period(c.published.year + (step > 0 and month <= now) - (step < 0 and month >= now), month)
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
    built = after == "-" and m.end + 1 < len(m.doc) and m.doc[m.end + 1].tag_ == "VBN"  # "a 1968-built tower"
    if not 1000 <= year <= 2100 or (year < 1500 and token.ent_type_ != "DATE"):
        return None
    if (after in {"%", "percent", "-", "/"} and not built) or before in {"#", "/", "-", "."}:
        return None
    if m.start and m.doc[m.start - 1].tag_ in {"$", "SYM"}:
        return None
    if m.start and (
        m.doc[m.start - 1].lemma_.lower() in _words("time-label-noun", "noun") or m.doc[m.start - 1].like_num
    ):
        return None
    if token.ent_type_ == "DATE" or built or (1900 <= year <= 2099 and _stands_as_year(m, before)):
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
    if not m.has("decade") and not m.has("decadeword"):
        number = m.words[m.end - 2]
        noun = m.end < len(m.doc) and m.doc[m.end].pos_ in {"NOUN", "ADJ", "PROPN", "NUM"}
        if not number.endswith("0") or m.words[m.end - 1] == "'" or noun or len(number) not in {2, 4}:
            return None
    if word := m.word("decadeword"):
        return _decade(coded_words("decade-", "noun")[word], c)
    digits = "".join(ch for ch in m.word("decade") or m.words[m.end - 2] if ch.isdigit())
    if len(digits) == 2 and not (m.has("the") or m.before() in {"'", "the"}):
        return None
    return _decade(digits, c)


def _decade(digits: str, c: Context) -> Period | None:
    """Return a decade; "the 1600s" and "the 1900s" may be a whole century, "the '80s" is the last such decade."""
    if len(digits) == 2:
        now = c.published.year if c.published else 2099
        digits = f"{19 if 1900 + int(digits) > now - 100 and digits != '00' else 20}{digits}"
    year = int(digits)
    if year % 100 == 0 and 1000 <= year < 2000:
        return Period(digits[:2], date(year, 1, 1), date(year + 99, 12, 31))
    return v.decade_period(year) if 1000 <= year <= 2100 else None


def era_rule(m: Match, c: Context) -> Period | None:
    """ "500 BC", "79 AD"."""
    spelled = next(m.words[i] for i in m.at("era"))
    years = [int(m.words[i]) for i in m.at("number") if m.words[i].isdigit()]
    if not years or not 1 <= years[0] <= 2100:
        return None
    if coded_words("era-", "mark")[spelled] == "BC":
        return Period(f"BC{years[0]:04d}")
    return v.year_period(years[0])
