"""Quantities: values, bounds, units; and numbers that count nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Quantity
from kg.nlp.model import load_model, parse
from kg.nlp.quantity import find_quantities
from kg.ontology import lexicon

BLANK = spacy.blank("en")


def found(doc: Doc) -> list[tuple[str, Quantity]]:
    return [(one.span.of(doc.text), one.quantity) for one in find_quantities(doc)]


def exact(value: float, unit: str | None = None) -> Quantity:
    return Quantity(value=value, unit=unit)


# text, then what is found: the words and their quantity
WORDS = [
    ("They approved $1.4 billion in aid", [("$1.4 billion", exact(1.4e9, "USD"))]),
    ("It owes €5m and £3.2bn", [("€5m", exact(5e6, "EUR")), ("£3.2bn", exact(3.2e9, "GBP"))]),
    ("a fine of US$ 40 billion", [("US$ 40 billion", exact(4e10, "USD"))]),
    ("worth 580 million shillings", [("580 million shillings", exact(5.8e8, "shilling"))]),
    ("worth 9.9 billion yuan", [("9.9 billion yuan", exact(9.9e9, "CNY"))]),
    ("create 1,500 to 2,000 jobs", [("1,500 to 2,000", Quantity(lower=1500, upper=2000))]),
    ("between 3 and 5 dogs", [("between 3 and 5", Quantity(lower=3, upper=5))]),
    ("loans of $3-5 billion", [("$3-5 billion", Quantity(lower=3e9, upper=5e9, unit="USD"))]),
    ("grew by 5% to 7%", [("5% to 7%", Quantity(lower=5, upper=7, unit="%"))]),
    ("about 40,000 people", [("about 40,000", exact(40000))]),
    ("some 300 ships", [("some 300", exact(300))]),
    ("at least five sailors", [("at least five", Quantity(value=5, lower=5))]),
    ("more than 20 officers", [("more than 20", Quantity(value=20, lower=20))]),
    ("up to 60 planes", [("up to 60", Quantity(value=60, upper=60))]),
    ("at most 3 tries", [("at most 3", Quantity(value=3, upper=3))]),
    ("fewer than 100 voters", [("fewer than 100", Quantity(value=100, upper=100))]),
    ("five or more cars", [("five or more", Quantity(value=5, lower=5))]),
    ("dozens of boats", [("dozens", Quantity(lower=24))]),
    ("hundreds of planes", [("hundreds", Quantity(lower=200))]),
    ("thousands marched", [("thousands", Quantity(lower=2000))]),
    ("tens of thousands of men", [("tens of thousands", Quantity(lower=20000))]),
    ("millions of dollars", [("millions of dollars", Quantity(lower=2e6, unit="USD"))]),
    ("a few hundred sailors", [("a few hundred", Quantity(lower=200))]),
    ("several thousand stayed", [("several thousand", Quantity(lower=3000))]),
    ("some 15 000 fled", [("some 15 000", exact(15000))]),
    ("half a million trees", [("half a million", exact(5e5))]),
    ("a dozen dogs", [("a dozen", exact(12))]),
    ("two dozen cats", [("two dozen", exact(24))]),
    ("one and a half million trees", [("one and a half million", exact(1.5e6))]),
    ("two hundred and fifty-six pages", [("two hundred and fifty-six", exact(256))]),
    ("a 175-kilometre fence", [("175-kilometre", exact(175, "kilometre"))]),
    ("a 20kg bag", [("20kg", exact(20, "kilogram"))]),
    ("5,000 square kilometres", [("5,000 square kilometres", exact(5000, "square kilometre"))]),
    ("12.5 percent of voters", [("12.5 percent", exact(12.5, "%"))]),
    ("3 per cent of voters", [("3 per cent", exact(3, "%"))]),
    ("it rose 2 percentage points", [("2 percentage points", exact(2, "percentage point"))]),
    ("a 300,000-strong army", [("300,000", exact(300000))]),
    ("it pays $12 an hour", [("$12", exact(12, "USD"))]),
]

# no quantity in any of these
NEAR_MISSES = [
    "on 3 May 2016 at 9:00",
    "three days and 24 hours",
    "hundreds of years",
    "the third man of the 21st century",
    "a 47-year-old man, who is 47 years old",
    "a man aged 55",
    "at the age of 56",
    "they won 3-2",
    "a two-to-one vote",
    "support is two to one",
    "Resolution 1701",
    "room 101",
    "No. 5",
    "an F-16",
    "the A380-800",
    "call 555-1234",
    "agent 007",
    "no one came",
    "one of the best",
    "several of them",
    "the first half of the game",
    "the other half of the town",
    "a third man",
    "three times as many",
    "one in ten voters",
    "three-party talks",
    "the 15,599th plane",
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_give_quantities(text: str, expected: list[tuple[str, Quantity]]) -> None:
    assert found(BLANK(text)) == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_are_no_quantities(text: str) -> None:
    plain = BLANK(text)
    words, spaces = [token.text for token in plain], [bool(token.whitespace_) for token in plain]
    tags = ["CD" if word.isdigit() else "NNP" if word[0].isupper() else "NN" for word in words]
    lemmas = [word.lower() for word in words]
    assert found(Doc(BLANK.vocab, words=words, spaces=spaces, tags=tags, lemmas=lemmas)) == []


_WORDS = sorted({word for words in lexicon().table.values() for phrase in words for word in phrase.split()})
_WORDS += [
    "31",
    "0",
    "007",
    "9:00",
    "2008",
    "1,500",
    "2.5",
    "11bn",
    "$",
    "%",
    "'s",
    ",",
    "-",
    "the",
    "of",
    "a",
    "²",
    "to",
]


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=25))
@settings(max_examples=150, deadline=None)
def test_any_words_give_ordered_spans_and_ordered_bounds(words: list[str]) -> None:
    doc = Doc(BLANK.vocab, words=words)
    end = 0
    for one in find_quantities(doc):
        assert end <= one.span.start < one.span.end <= len(doc.text)
        low, high = one.quantity.lower, one.quantity.upper
        assert low is None or high is None or low <= high
        assert one.quantity.value is not None or low is not None
        end = one.span.end


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


PARSED = [
    ("Two firms and one soldier remain.", [("Two", exact(2)), ("one", exact(1))]),
    ("A Boeing 737 landed, and the 737 program goes on.", []),
    ("The airline bought five new Boeing 737s.", [("five", exact(5))]),
    ("Maria Ruiz, 41, owns 60 aircraft.", [("60", exact(60))]),
    ("Prices fell from 9 to 4 euros.", [("9", exact(9)), ("4 euros", exact(4, "EUR"))]),
    ("About 2000 people marched in 2001.", [("About 2000", exact(2000))]),
    ("Apollo 11 landed with three men.", [("three", exact(3))]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), PARSED)
def test_sentences(nlp: Language, text: str, expected: list[tuple[str, Quantity]]) -> None:
    assert found(parse(nlp, text)) == expected


CASES = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "quantities.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_table_of_expressions(nlp: Language, case: dict[str, Any]) -> None:
    wanted = [(one["words"], *(one[key] for key in ("value", "lower", "upper", "unit"))) for one in case["quantities"]]
    quantities = found(parse(nlp, case["text"]))
    got = [(words, q.value and round(q.value, 4), q.lower, q.upper, q.unit) for words, q in quantities]
    assert got == wanted
