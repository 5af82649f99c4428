"""Times: spans, TIMEX3 values, intervals; and words that look like times and are none."""

from __future__ import annotations

import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import TimeExpression
from kg.nlp.annotation import Annotation
from kg.nlp.circumstances import clause_time
from kg.nlp.model import load_model, parse
from kg.nlp.time import find_times
from kg.nlp.time.numerals import number_value
from kg.nlp.time.values import day_period, easter, shift, unit_period
from kg.ontology import lexicon

PUBLISHED = date(2016, 7, 13)  # a Wednesday
BLANK = spacy.blank("en")


def plain(text: str, published: date | None = PUBLISHED) -> list[TimeExpression]:
    """Find times without a parse: what the words alone say."""
    return list(find_times(BLANK(text), published=published))


def rows(text: str, found: list[TimeExpression]) -> list[tuple[str, str]]:
    return [(one.span.of(text), one.value) for one in found]


# text, then what is found: the words and their value
WORDS = [
    ("The treaty was signed on 1 March 2008.", [("1 March 2008", "2008-03-01")]),
    ("It opened on Sat., March 1st, 2008.", [("March 1st, 2008", "2008-03-01")]),
    ("the third of March 2015", [("the third of March 2015", "2015-03-03")]),
    ("They met on Mar. 3, 2016.", [("Mar. 3, 2016", "2016-03-03")]),
    ("from 5-7 May 2017", [("5-7 May 2017", "2017-05-05")]),
    ("It closed on 25/12/2010.", [("25/12/2010", "2010-12-25")]),
    ("It closed on 12.01.2011.", [("12.01.2011", "2011-01-12")]),
    ("It closed on 01/03/2008.", [("01/03/2008", "2008")]),
    ("It closed on 31/02/2008.", []),
    ("in October 2010", [("October 2010", "2010-10")]),
    ("in October", [("October", "2015-10")]),
    ("in the 1990s", [("the 1990s", "199")]),
    ("in the early '80s", [("the early '80s", "198")]),
    ("the 21st century", [("the 21st century", "20")]),
    ("in the twenty-first century", [("the twenty-first century", "20")]),
    ("in summer 2016", [("summer 2016", "2016-SU")]),
    ("the winter of 2014", [("winter of 2014", "2014-WI")]),
    ("in the third quarter of 2008", [("third quarter of 2008", "2008-Q3")]),
    ("in Q1 2016", [("Q1 2016", "2016-Q1")]),
    ("the first half of 2015", [("first half of 2015", "2015-H1")]),
    ("in mid-2011", [("mid-2011", "2011")]),
    ("by the end of 2017", [("the end of 2017", "2017")]),
    ("in early 2008", [("early 2008", "2008")]),
    ("in fiscal 2015", [("fiscal 2015", "FY2015")]),
    ("from 2003-2005", [("2003-2005", "2003/2005")]),
    ("today and tomorrow", [("today", "2016-07-13"), ("tomorrow", "2016-07-14")]),
    ("yesterday morning", [("yesterday morning", "2016-07-12TMO")]),
    ("Monday night", [("Monday night", "2016-07-11TNI")]),
    ("the day before yesterday", [("the day before yesterday", "2016-07-11")]),
    ("last week", [("last week", "2016-W27")]),
    ("this weekend", [("this weekend", "2016-W28-WE")]),
    ("next month", [("next month", "2016-08")]),
    ("later this year", [("later this year", "2016")]),
    ("a week ago", [("a week ago", "2016-W27")]),
    ("two years ago", [("two years ago", "2014")]),
    ("three months from now", [("three months from now", "2016-10")]),
    ("on 4 May 2015. Two days later", [("4 May 2015", "2015-05-04"), ("Two days later", "2015-05-06")]),
    ("in May 2015. Two days later", [("May 2015", "2015-05"), ("Two days later", "XXXX-XX-XX")]),
    ("on 4 May 2015. The following week", [("4 May 2015", "2015-05-04"), ("The following week", "2015-W20")]),
    ("at 9:30 pm EST", [("9:30 pm EST", "2016-07-13T21:30")]),
    ("at 18:30 UTC on 2 May 2015", [("18:30 UTC", "2015-05-02T18:30Z"), ("2 May 2015", "2015-05-02")]),
    ("at 12 a.m.", [("12 a.m.", "2016-07-13T00:00")]),
    ("three days", [("three days", "P3D")]),
    ("a fifty-year lease", [("a fifty-year", "P50Y")]),
    ("several years", [("several years", "PXY")]),
    ("two or three weeks", [("two or three weeks", "PXW")]),
    ("two and a half years", [("two and a half years", "P2.5Y")]),
    ("half an hour", [("half an hour", "PT30M")]),
    ("a year and a half", [("a year and a half", "P1.5Y")]),
    ("for decades", [("decades", "PXE")]),
    ("24 hours", [("24 hours", "PT24H")]),
    ("the next four years", [("the next four years", "P4Y")]),
    ("every Monday", [("every Monday", "XXXX-WXX-1")]),
    ("each year", [("each year", "P1Y")]),
    ("every two weeks", [("every two weeks", "P2W")]),
    ("twice a year", [("a year", "P1Y")]),
    ("it pays $12 an hour", [("an hour", "PT1H")]),
    ("an annual prize", [("annual", "P1Y")]),
    ("it is now ruled", [("now", "PRESENT_REF")]),
    ("it recently won and will soon lose", [("recently", "PAST_REF"), ("soon", "FUTURE_REF")]),
    ("in the past", [("in the past", "PAST_REF")]),
    ("in the past decade", [("the past decade", "P10Y")]),
    ("on Christmas Eve 2014", [("Christmas Eve 2014", "2014-12-24")]),
]

# none of these names a time
NEAR_MISSES = [
    "they may march on",
    "Theresa May resigned",
    "wait a second",
    "the second round",
    "a 47-year-old man",
    "he is 47 years old",
    "Resolution 1973 was adopted",
    "Flight 1549 landed",
    "it costs 2,008 dollars",
    "a soon-to-open bridge",
    "The Sun printed it",
    "the spring broke and the price will fall",
    "page 1987",
    "at 25:00",
    "on 30 February 2015",
    "they had the last word",
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_give_spans_and_values(text: str, expected: list[tuple[str, str]]) -> None:
    assert rows(text, plain(text)) == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_are_no_times(text: str) -> None:
    tags = {"May": "NNP", "Theresa": "NNP", "Sun": "NNP"}
    words = [token.text for token in BLANK(text)]
    spaces = [bool(token.whitespace_) for token in BLANK(text)]
    doc = Doc(BLANK.vocab, words=words, spaces=spaces, tags=[tags.get(word, "NN") for word in words])
    assert rows(text, list(find_times(doc, published=PUBLISHED))) == []


BOUNDS = [
    ("in 2014", "2014-01-01", "2014-12-31"),
    ("since 2014", "2014-01-01", None),
    ("by 2018", None, "2018-12-31"),
    ("until 3 August 2016", None, "2016-08-03"),
    ("after May 2015.", "2015-05-31", None),
    ("before May 2015.", None, "2015-05-01"),
    ("by the end of 2017", None, "2017-12-31"),
    ("in February 2016", "2016-02-01", "2016-02-29"),
    ("next week", "2016-07-18", "2016-07-24"),
    ("earlier this month", "2016-07-01", "2016-07-13"),
    ("later this year", "2016-07-13", "2016-12-31"),
    ("more than ten years ago", None, "2006-12-31"),
    ("about ten years ago", None, None),
    ("in the 1990s", "1990-01-01", "1999-12-31"),
    ("from 2003-2005", "2003-01-01", "2005-12-31"),
    ("three days", None, None),
    ("every Monday", None, None),
    ("recently", None, None),
    ("overnight", None, None),
    ("in winter 2014", None, None),
    ("in fiscal 2015", None, None),
]


@pytest.mark.parametrize(("text", "begin", "end"), BOUNDS)
def test_prepositions_open_intervals(text: str, begin: str | None, end: str | None) -> None:
    (found,) = plain(text)
    assert (found.begin, found.end) == (begin, end)


@pytest.mark.parametrize("text", ["between 2003 and 2005", "from 2003 to 2005", "from 2003 until 2005"])
def test_both_ends_of_a_range_have_the_whole_interval(text: str) -> None:
    assert [(one.begin, one.end) for one in plain(text)] == [("2003-01-01", "2005-12-31")] * 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Tuesday", "XXXX-WXX-2"),
        ("on 1 March", "XXXX-03-01"),
        ("in March", "XXXX-03"),
        ("today", "PRESENT_REF"),
        ("yesterday", "XXXX-XX-XX"),
        ("last week", "XXXX-XX-XX"),
        ("in 2014", "2014"),
    ],
)
def test_without_a_day_of_writing_nothing_is_made_up(text: str, value: str) -> None:
    (found,) = plain(text, None)
    assert found.value == value
    assert (found.begin is None) == ("X" in value or "REF" in value)


def test_a_date_alone_on_a_first_line_is_the_day_of_writing() -> None:
    text = "A bridge opens\n\nJuly 13, 2016\n\nIt was opened yesterday."
    assert rows(text, plain(text, None))[1] == ("yesterday", "2016-07-12")
    text = "A bridge opens on July 13, 2016 in town. It was closed yesterday."
    assert rows(text, plain(text, None))[1] == ("yesterday", "XXXX-XX-XX")


def _clause(verb: list[tuple[str, str, str, str]], when: str) -> Doc:
    """Return a parsed "Envoys VERB on WHEN": verb words as (text, tag, pos, dep), the last one the root."""
    root = len(verb)
    words = ["Envoys", *(row[0] for row in verb), "on", when]
    tags = ["NNS", *(row[1] for row in verb), "IN", "NNP"]
    pos = ["NOUN", *(row[2] for row in verb), "ADP", "PROPN"]
    deps = ["nsubj", *(row[3] for row in verb), "prep", "pobj"]
    heads = [root] * (root + 1) + [root, root + 1]
    return Doc(BLANK.vocab, words=words, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=[w.lower() for w in words])


MET = [("met", "VBD", "VERB", "ROOT")]
WILL_MEET = [("will", "MD", "AUX", "aux"), ("meet", "VB", "VERB", "ROOT")]
HAVE_MET = [("have", "VBP", "AUX", "aux"), ("met", "VBN", "VERB", "ROOT")]
MEET = [("meet", "VBP", "VERB", "ROOT")]


@pytest.mark.parametrize(
    ("verb", "when", "value"),
    [
        (MET, "Tuesday", "2016-07-12"),
        (WILL_MEET, "Tuesday", "2016-07-19"),
        (HAVE_MET, "Tuesday", "2016-07-12"),
        (MEET, "Tuesday", "2016-07-19"),
        (MET, "Wednesday", "2016-07-13"),
        (MET, "January", "2016-01"),
        (WILL_MEET, "January", "2017-01"),
        (MET, "December", "2015-12"),
    ],
)
def test_tense_decides_which_day(verb: list[tuple[str, str, str, str]], when: str, value: str) -> None:
    (found,) = find_times(_clause(verb, when), published=PUBLISHED)
    assert found.value == value


def test_numbers_and_calendar() -> None:
    assert number_value(["two", "hundred", "and", "fifty", "-", "six"]) == 256
    assert number_value(["two", "five"]) is None
    assert [easter(year).isoformat() for year in (1999, 2008, 2024)] == ["1999-04-04", "2008-03-23", "2024-03-31"]
    assert shift(date(2016, 2, 29), "Y", -1) == date(2015, 2, 28)
    assert shift(date(1, 1, 1), "C", -1) is None
    assert unit_period("W", date(2016, 1, 1)).value == "2015-W53"
    assert day_period(PUBLISHED).first == PUBLISHED


_WORDS = sorted({word for words in lexicon().table.values() for phrase in words for word in phrase.split()})
_WORDS += [
    "31",
    "30",
    "0",
    "9:00",
    "2008",
    "1999",
    "1,500",
    "'s",
    ",",
    "-",
    "the",
    "of",
    "a",
    "1990s",
    "13/13/2010",
    "²",
]


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=25), st.sampled_from([None, date(2016, 2, 29)]))
@settings(max_examples=150, deadline=None)
def test_any_words_give_ordered_spans_and_ordered_intervals(words: list[str], published: date | None) -> None:
    doc = Doc(BLANK.vocab, words=words)
    end = 0
    for found in find_times(doc, published=published):
        assert end <= found.span.start < found.span.end <= len(doc.text)
        assert not (found.begin and found.end) or found.begin <= found.end
        end = found.span.end


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


# sentences of a parse: (text, [(words, value, begin, end)])
PARSED = [
    (
        "The minister said on Tuesday that talks will resume on Friday.",
        [("Tuesday", "2016-07-12", "2016-07-12", "2016-07-12"), ("Friday", "2016-07-15", "2016-07-15", "2016-07-15")],
    ),
    ("The port reopened in May.", [("May", "2016-05", "2016-05-01", "2016-05-31")]),
    ("Theresa May resigned.", []),
    ("She may return in May.", [("May", "2017-05", "2017-05-01", "2017-05-31")]),
    (
        "They trained from March to May.",
        [("March", "2016-03", "2016-03-01", "2016-05-31"), ("May", "2016-05", "2016-03-01", "2016-05-31")],
    ),
    ("About 2000 people marched in 2001.", [("2001", "2001", "2001-01-01", "2001-12-31")]),
    ("A Boeing 2707 never flew.", []),
    ("They signed the 1991 agreement.", [("1991", "1991", "1991-01-01", "1991-12-31")]),
    ("She wrote it before the 2008 election.", [("2008", "2008", None, "2008-12-31")]),
    ("The summit is scheduled for Monday.", [("Monday", "2016-07-18", "2016-07-18", "2016-07-18")]),
    ("The deal was struck in March last year.", [("March last year", "2015-03", "2015-03-01", "2015-03-31")]),
    ("It will report on the second quarter.", [("second quarter", "2016-Q2", "2016-04-01", "2016-06-30")]),
    ("Output fell to 500 barrels a day.", [("a day", "P1D", None, None)]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), PARSED)
def test_sentences(nlp: Language, text: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    found = find_times(parse(nlp, text), published=PUBLISHED)
    assert [(one.span.of(text), one.value, one.begin, one.end) for one in found] == expected


CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "times.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_table_of_expressions(nlp: Language, case: dict[str, Any]) -> None:
    day = date.fromisoformat(case["date"]) if case["date"] else None
    text, found = case["text"], find_times(parse(nlp, case["text"]), published=day)
    wanted = [(one["type"], one["value"], *one["interval"]) for one in case["times"]]
    assert [(one.type, one.value, one.begin, one.end) for one in found] == wanted
    for one, other in zip(case["times"], found, strict=True):
        assert one["words"] == text[one["start"] : one["end"]]
        assert one["start"] < other.span.end and other.span.start < one["end"]


# a sentence, and for verbs in it the words of the time that dates them
ATTACHED: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("The ministry said on Monday that the port would open in July.", [("said", "Monday"), ("open", "July")]),
    ("The ministry said the port would open on Monday.", [("said", None), ("open", "Monday")]),
    ("The ministry said it had deployed troops on Monday.", [("said", None), ("deployed", "Monday")]),
    ("On Monday, the ministry said the port would open in July.", [("said", "Monday"), ("open", "July")]),
    ("The port will open in July, the ministry said on Monday.", [("said", "Monday"), ("open", "July")]),
    ("The port will open in July, the ministry said Monday.", [("said", "Monday"), ("open", "July")]),
    ("Observers criticised Sunday's election.", [("criticised", None)]),
    ("Kyiv condemned the 2014 annexation.", [("condemned", None)]),
    ("Kyiv condemned the annexation of 2014.", [("condemned", None)]),
    ("Leaders attended the meeting on Friday.", [("attended", "Friday")]),
    ("The parties rejected the 2015 deal on Thursday.", [("rejected", "Thursday")]),
    ("In 2014, Russia seized the port.", [("seized", "2014")]),
    ("After the 2014 war, the parties signed a truce in 2016.", [("signed", "2016")]),
    ("The army will hold exercises in Poland from Monday to Friday.", [("hold", "Monday")]),
    (
        "Police arrested two men on Tuesday and charged them on Thursday.",
        [("arrested", "Tuesday"), ("charged", "Thursday")],
    ),
    (
        "Police arrested two men on Tuesday and released them the next day.",
        [("arrested", "Tuesday"), ("released", "the next day")],
    ),
    ("The president, who took office in 2012, resigned on Sunday.", [("took", "2012"), ("resigned", "Sunday")]),
    ("The firm, founded in 1998, bought its rival last week.", [("founded", "1998"), ("bought", "last week")]),
    ("The court jailed the man who killed a guard in 2010.", [("jailed", None), ("killed", "2010")]),
    ("The envoy plans to visit Oslo next month.", [("plans", None), ("visit", "next month")]),
    ("The envoy is expected to visit Oslo next month.", [("visit", "next month")]),
    ("Poland bought tanks in 2015 and jets this year.", [("bought", "2015")]),
    ("Exports rose 5 percent from a year earlier.", [("rose", None)]),
    ("Exports rose 5 percent compared with 2014.", [("rose", None)]),
    ("Exports rose more than in 2014.", [("rose", None)]),
    ("Exports rose in May from 2014 levels.", [("rose", "May")]),
    ("Exports fell in June compared with a year ago.", [("fell", "June")]),
    ("He told reporters on Friday that he had met the envoy in 2013.", [("told", "Friday"), ("met", "2013")]),
    ("He denied on Friday that he had met the envoy in 2013.", [("denied", "Friday"), ("met", "2013")]),
    ("The two sides met for three days in July.", [("met", "July")]),
    ("The two sides met in July for three days.", [("met", "July")]),
    ("The two sides have met twice a year since 2010.", [("met", "2010")]),
    ("The group recently attacked the town on 3 May.", [("attacked", "3 May")]),
    ("The president met the author of the 2010 report.", [("met", None)]),
    ("The bomb killed 12 people on Monday night.", [("killed", "Monday night")]),
    ("Last year's floods destroyed 300 homes.", [("destroyed", "Last year")]),
    ("The chief of the 2008 campaign left the party on Wednesday.", [("left", "Wednesday")]),
    ("Troops withdrew two days after the vote.", [("withdrew", None)]),
    ("Troops entered the city on 4 May, a day after the truce ended.", [("entered", "4 May")]),
    ("The deal, signed on Monday, takes effect in August.", [("signed", "Monday"), ("takes", "August")]),
    (
        "Turkey said on Tuesday it shot down a drone near the border on Saturday.",
        [("said", "Tuesday"), ("shot", "Saturday")],
    ),
    ("Speaking on Tuesday, the minister announced cuts.", [("announced", "Tuesday")]),
    ("In a statement on Monday, the bank announced cuts.", [("announced", "Monday")]),
    (
        "The bank announced in a statement on Monday that it would cut jobs by 2018.",
        [("announced", "Monday"), ("cut", "2018")],
    ),
    ("The bank agreed in May to sell the unit by December.", [("agreed", "May"), ("sell", "December")]),
    ("Iran has enriched uranium since 2006.", [("enriched", "2006")]),
    ("He won the 2012 and 2016 elections.", [("won", None)]),
    ("Spain won the final in 2010.", [("won", "2010")]),
    ("The strike, planned for Friday, was called off on Thursday.", [("planned", "Friday"), ("called", "Thursday")]),
    ("The attack on Monday killed six people.", [("killed", "Monday")]),
    ("The January attack killed six people.", [("killed", "January")]),
    ("Britain voted in June to leave the bloc.", [("voted", "June"), ("leave", None)]),
    (
        "The minister urged lawmakers on Monday to approve the budget by Friday.",
        [("urged", "Monday"), ("approve", "Friday")],
    ),
    ("NATO agreed last July in Warsaw to send troops next year.", [("agreed", "last July"), ("send", "next year")]),
    ("During the first week of May, the army shelled the town.", [("shelled", "May")]),
    ("It was on Monday that the army shelled the town.", [("shelled", "Monday")]),
    ("The army shelled the town on Monday and Tuesday.", [("shelled", "Monday")]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), ATTACHED)
def test_times_date_the_right_verbs(nlp: Language, text: str, expected: list[tuple[str, str | None]]) -> None:
    annotation = Annotation(parse(nlp, text), published=PUBLISHED)
    for verb, words in expected:
        (token,) = [each for each in annotation.doc if each.text == verb]
        found = clause_time(annotation.clauses[token.i], annotation)
        assert (found and words and words in found.span.of(text)) or (found is None and words is None)


def test_the_benchmark_scores_spans_and_values() -> None:
    times = runpy.run_path(str(ROOT / "benchmarks" / "times.py"))
    found = times["Found"]
    line = {"text": "on 3 May and in June", "times": [{"start": 3, "end": 8, "value": "2016-05-03"}]}
    answer = [found(5, 8, "2016-05-03"), found(16, 20, "2016-06")]
    span, value, _ = times["measure"]([line], lambda text, day: answer)
    assert (span.precision, span.recall, value.precision) == (0.5, 1.0, 0.5)
    (_, value, _) = times["measure"]([line], lambda text, day: [found(3, 8, "2016-05-04")])
    assert value.f1 == 0


def test_the_benchmark_leaves_out_what_is_not_installed() -> None:
    times = runpy.run_path(str(ROOT / "benchmarks" / "times.py"))

    def missing() -> None:
        raise ImportError("no", name="nowhere")

    assert list(times["table"]([], {"nowhere": missing}))[-1].startswith("| nowhere | not installed (nowhere)")
