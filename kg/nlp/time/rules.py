"""What each shape of time expression denotes: one function a shape, from the match and its context to a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from dateutil.easter import easter

from kg.nlp.time import values as v
from kg.nlp.time.match import Context, Match
from kg.nlp.time.numerals import coded_words
from kg.nlp.time.tense import FUTURE, PAST, UNKNOWN, direction
from kg.nlp.time.values import Period

Rule = Callable[[Match, Context], Period | None]
UNDATED = Period("XXXX-XX-XX")
_CLOCK_UNITS = frozenset({"TH", "TM", "TS"})


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
    return m.doc[i].ent_type_ in {"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "PRODUCT", "LOC", "NORP"}


def year_rule(m: Match, c: Context) -> Period | None:
    """ "in 2008", "the 1991 agreement", but no count ("2000 people"), sum, or label ("Resolution 1973")."""
    token, year = m.doc[m.start], int(m.words[m.start])
    before, after = m.before(), m.after()
    if not 1500 <= year <= 2100 or after in {"%", "percent", "-", "/"} or before in {"#", "/", "-", "."}:
        return None
    if m.start and m.doc[m.start - 1].tag_ in {"$", "SYM"}:
        return None
    if m.start and (m.doc[m.start - 1].lemma_.lower() in c_label() or m.doc[m.start - 1].like_num):
        return None
    if token.ent_type_ == "DATE" or 1900 <= year <= 2099 and _stands_as_year(m, before):
        return v.year_period(year)
    return None


def _stands_as_year(m: Match, before: str) -> bool:
    token = m.doc[m.start]
    if token.ent_type_ in {"CARDINAL", "MONEY", "QUANTITY", "PERCENT", "PRODUCT"}:
        return False
    following = m.doc[m.end] if m.end < len(m.doc) else None
    counts = following is not None and following.tag_ in {"NNS", "NNPS", "JJ", "CD"} and token.head.i > token.i
    if counts and before not in {"the", "of", "his", "her", "its", "their", "'s"}:
        return False
    return before in c_before() or token.dep_ in {"pobj", "nummod", "npadvmod", "compound", "appos", "amod"}


def c_label() -> frozenset[str]:
    """Return the nouns after which a number is a label."""
    from kg.ontology import lexicon

    return lexicon().words("time-label-noun", "noun")


def c_before() -> frozenset[str]:
    """Return the words before a year."""
    from kg.ontology import lexicon

    return lexicon().words("time-before", "preposition")


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
    step = _which_step(m)
    if step is not None:
        return v.quarter_period(c.published.year + step, number)
    ahead = direction(m.doc[m.end - 1]) == FUTURE
    year = c.published.year + (1 if ahead and number < now else -1 if not ahead and number > now else 0)
    return v.quarter_period(year, number)


def halfyear_rule(m: Match, c: Context) -> Period | None:
    """ "the first half of 2008"."""
    if not 1 <= m.ordinal() <= 2:
        return None
    if m.year():
        return v.half_period(m.year() or 0, m.ordinal())
    unit, _ = m.unit() if m.has("anyunit") else ("Y", False)
    if unit != "Y":
        return None
    return v.half_period(c.published.year + (_which_step(m) or 0), m.ordinal()) if c.published else Period(f"XXXX-H{m.ordinal()}")


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


def fiscal_rule(m: Match, c: Context) -> Period | None:
    """ "fiscal 2008", "the last fiscal year": a fiscal year begins on a day the text does not say."""
    year = m.year()
    if m.has("anyunit") and m.unit()[0] not in {"Y", "Q"}:
        return None
    if year is None and c.published:
        year = c.published.year + (_which_step(m) or 0)
    return Period(f"FY{year}" if year else "FYXXXX")


def season_rule(m: Match, c: Context) -> Period | None:
    """ "summer 2016", "last winter", "in the spring": bare only after a preposition or with a capital."""
    at = m.at("season")[0]
    season = coded_words("season-", "noun")[m.words[at].lower()]
    year = m.year()
    if year is not None:
        return v.season_period(year, season)
    step = _which_step(m)
    if m.doc[at].pos_ == "VERB" or (step is None and not ({m.before(), m.before(2)} & {"in", "during", "by", "until", "since"})):
        return None
    if c.published is None:
        return Period(f"XXXX-{season}")
    here = {"WI": 1, "SP": 4, "SU": 7, "FA": 10}[season]
    year, month = c.published.year, c.published.month
    if step == 0:
        return v.season_period(year, season)
    ahead = step > 0 if step else direction(m.doc[at]) == FUTURE
    year += 1 if ahead and month > here + 1 else -1 if not ahead and month < here else 0
    return v.season_period(year, season)


def _which_step(m: Match) -> int | None:
    """Return -1 for last/previous, 0 for this/that, 1 for next/following, None where there is no such word."""
    for kind, step in (("last", -1), ("previous", -1), ("next", 1), ("following", 1), ("this", 0), ("that", 0)):
        if m.has(kind):
            return step
    return None


def _which_anchor(m: Match, c: Context) -> date | None:
    """Return the day that "last" or "the following" counts from."""
    relative = m.has("previous") or m.has("following") or m.has("that")
    return c.anchor if relative else c.published


def period_rule(m: Match, c: Context) -> Period | None:
    """ "last week", "next month", "earlier this year", "the following day", "the end of the year"."""
    unit, plural = m.unit()
    step = _which_step(m)
    if m.has("last") and not m.has("boundary") and m.before() == "the" and unit == "D":
        return None
    if unit in _CLOCK_UNITS or (plural and step is not None):
        return None
    if step is None and not m.has("boundary"):
        return None
    if unit in {"E", "C", "L"} and m.has("last"):
        return Period(v.duration_value(unit, "1"), type="DURATION")
    anchor = _which_anchor(m, c)
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
    unit, _ = m.unit()
    count = m.count()
    back = m.has("ago") or m.has("earlier")
    if unit in _CLOCK_UNITS:
        return Period(f"{c.published.isoformat()}TXX", type="TIME") if c.published else Period("XXXX-XX-XXTXX", type="TIME")
    if count == "X":
        return Period("PAST_REF" if back else "FUTURE_REF" if m.has("from") else "XXXX-XX-XX")
    anchor = c.published if m.has("ago") or m.has("from") else c.anchor
    day = v.shift(anchor, unit, -float(count) if back else float(count)) if anchor else None
    return v.unit_period(unit, day) if day else UNDATED


def window_rule(m: Match, c: Context) -> Period | None:
    """ "the next four years", "the past few weeks": a duration next to the day of writing."""
    unit, _ = m.unit()
    return Period(v.duration_value(unit, m.count()), type="DURATION")


def duration_rule(m: Match, c: Context) -> Period | None:
    """ "three days", "a year", "fifty-year", "two and a half years"."""
    unit, plural = m.unit()
    count = m.count()
    first = m.doc[m.start]
    if m.words[m.at("anyunit")[-1]].lower() in {"second", "min", "sec"} and not plural and count == "1":
        return None
    if unit in {"Q", "WE"} and (count == "X" or not plural):
        return None
    if count == "X" and not plural and m.has("vague"):
        return None
    if first.ent_type_ == "MONEY" or (m.start and m.doc[m.start - 1].tag_ in {"$", "#"}):
        return None
    return Period(v.duration_value(unit, count), type="DURATION")


def bareunits_rule(m: Match, c: Context) -> Period | None:
    """ "for years", "decades-long": vague durations."""
    if word := m.word("longunit"):
        return Period(v.duration_value(coded_words("unit-long-", "adjective")[word], "1"), type="DURATION")
    unit, _ = m.unit()
    if unit in {"Q", "WE", "TS"}:
        return None
    return Period(v.duration_value(unit, "X"), type="DURATION")


def weekday_rule(m: Match, c: Context) -> Period | None:
    """ "on Tuesday": the last one up to the day of writing, or the next one where the verb is in the future."""
    at = m.at("anyday")[0]
    if m.doc[at].ent_type_ in {"PERSON", "ORG", "WORK_OF_ART"}:
        return None
    day = _weekday(m, c, at)
    return v.day_period(day) if day else Period(f"XXXX-WXX-{m.weekday()}")


def _weekday(m: Match, c: Context, at: int) -> date | None:
    step = _which_step(m)
    anchor = _which_anchor(m, c)
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
    part = coded_words("daypart-", "noun")[m.words[at[-1]].lower()] if at else "NI"
    if m.has("anyday"):
        day = _weekday(m, c, m.at("anyday")[0])
        value = day.isoformat() if day else f"XXXX-WXX-{m.weekday()}"
    else:
        step = {"yesterday": -1, "tomorrow": 1}.get(m.word("dayword") or "", _which_step(m))
        anchor = _which_anchor(m, c) if m.has("which") else c.published
        if step is None and not m.has("dayword"):
            return None
        day = v.shift(anchor, "D", step or 0) if anchor else None
        value = day.isoformat() if day else "XXXX-XX-XX"
    return Period(f"{value}T{part}", day, day, "TIME")


def dayword_rule(m: Match, c: Context) -> Period | None:
    """ "today", "yesterday", "tomorrow"."""
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
    half = m.word("meridiem") or ("pm" if text.endswith(("pm", "p:m.")) else "am" if text.endswith(("am", "a:m.")) else "")
    digits = text.rstrip("apm.:")
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
    return _clock_period(f"T{hour:02d}:{minute or '00'}{utc}", c)


def _clock_period(clock: str, c: Context) -> Period:
    exact = c.mentioned if c.mentioned and c.mentioned.first and c.mentioned.first == c.mentioned.last else None
    day = exact.first if exact else c.published
    return Period(f"{day.isoformat() if day else 'XXXX-XX-XX'}{clock}", day, day, "TIME")


def noon_rule(m: Match, c: Context) -> Period | None:
    """ "noon", "midnight"."""
    return _clock_period("T24:00" if m.words[m.start].lower() == "midnight" else "T12:00", c)


def every_rule(m: Match, c: Context) -> Period | None:
    """ "every Monday", "each year", "every two weeks"."""
    if m.has("weekday"):
        return Period(f"XXXX-WXX-{m.weekday()}", type="SET")
    if m.has("month"):
        return Period(f"XXXX-{m.month():02d}", type="SET")
    if m.has("season"):
        return Period(f"XXXX-{coded_words('season-', 'noun')[m.word('season') or '']}", type="SET")
    if m.has("daypart"):
        return Period(f"XXXX-XX-XXT{coded_words('daypart-', 'noun')[m.word('daypart') or '']}", type="SET")
    unit, plural = m.unit()
    if plural and not m.has("number"):
        return None
    count = "2" if m.has("other") else str(m.ordinal()) if m.has("ordinalword") and m.ordinal() else m.count()
    return Period(v.duration_value(unit, "1" if count == "X" else count), type="SET")


def often_rule(m: Match, c: Context) -> Period | None:
    """ "twice a year", "15 a day", "annually"."""
    if word := m.word("frequency"):
        if m.doc[m.start].ent_type_ in {"ORG", "WORK_OF_ART"} or (word != m.words[m.start] and m.doc[m.start].is_sent_start is False):
            return None
        return Period(coded_words("frequency-", "adverb")[word], type="SET")
    return Period(v.duration_value(m.unit()[0], "1"), type="SET")


def weekdays_rule(m: Match, c: Context) -> Period | None:
    """ "on Mondays"."""
    return Period(f"XXXX-WXX-{coded_words('weekdays-', 'noun')[m.words[m.start].lower()]}", type="SET")


def ref_rule(m: Match, c: Context) -> Period | None:
    """ "now", "recently", "soon"."""
    if m.after() == "-" or m.before() == "-":
        return None
    return Period(coded_words("ref-", "adverb")[m.words[m.start].lower()])


def feast(m: Match, c: Context, code: str) -> Period | None:
    """ "Christmas", "Easter": the one nearest the day of writing, or that of the year which follows."""
    year = int(m.after()) if m.after().isdigit() and len(m.after()) == 4 else c.published.year if c.published else None
    if not m.words[m.start][0].isupper():
        return None
    if year is None or not 1600 <= year <= 2100:
        return UNDATED if code == "easter" else Period("XXXX-{:02d}-{:02d}".format(*map(int, code.split("-"))))
    options = [day for y in (year - 1, year, year + 1) if (day := _feast_day(y, code))]
    if c.published and not m.after().isdigit():
        near = min(options, key=lambda day: abs((day - (c.published or day)).days))
        return v.day_period(near)
    return next((v.day_period(day) for day in options if day.year == year), None)


def _feast_day(year: int, code: str) -> date | None:
    if code == "easter":
        return easter(year)
    month, day = code.split("-")
    return v.safe_date(year, int(month), int(day))


def no_rule(m: Match, c: Context) -> Period | None:
    """Reject: an age is no time of an event; an abbreviated weekday alone is too often another word."""
    return None


RULES: Mapping[str, Rule] = MappingProxyType(
    {name.removesuffix("_rule"): rule for name, rule in sorted(globals().items()) if name.endswith("_rule")}
    | {"age": no_rule, "shortday": no_rule, "ordinalunit": no_rule, "tonight": night_rule}
)
