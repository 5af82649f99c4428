"""The measuring programs: what they make of a scorer's answer and of processor times."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def quality() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "benchmarks" / "quality.py"))


@pytest.fixture(scope="module")
def cost() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "benchmarks" / "cost.py"))


def test_each_measure_of_an_answer_is_a_row(quality: dict[str, Any]) -> None:
    answer = {
        "event": {"precision": 0.5, "recall": 1.0, "f1": 2 / 3, "gold": 7},
        "events a sentence": {"precision": 1.9, "recall": 1.9, "f1": 1.9, "gold": 7},
        "note": "not a measure",
    }
    lines = quality["table"](list(quality["rows"]("x.jsonl", answer))).splitlines()
    assert lines[2:] == [
        "| `x.jsonl` | event | .500 | 1.000 | .667 | 7 |",
        "| `x.jsonl` | events a sentence | 1.90 | |  | 7 |",
    ]


def test_an_answer_of_one_measure_is_one_row(quality: dict[str, Any]) -> None:
    answer = {"precision": 0.5, "recall": 0.5, "f1": 0.5, "threshold": 0.4, "all": [0.4, 0.6, 0.48]}
    (row,) = quality["rows"]("x.jsonl", answer)
    assert (row.measure, row.f1) == ("propositions of confidence 0.40 and more", 0.5)


def test_costs_are_set_against_parsing_with_and_without_the_start(cost: dict[str, Any]) -> None:
    text = cost["report"]({"load": 2.0, "parse": 6.0, "build": 7.2}, 10, 10_000, 3)
    assert "10 documents, 10,000 tokens" in text
    assert "1.20  times nlp.pipe" in text
    assert "1.30  times nlp.pipe" in text
    assert "400 µs a token" in text
