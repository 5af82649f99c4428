"""How sure a reading is: what it rests on, and the programs that fit it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from kg.extractors import extract_statements
from kg.extractors.confidence import features, weights_of_features
from kg.model import Kind
from kg.nlp.annotation import Annotation
from kg.nlp.model import parse

if TYPE_CHECKING:
    from spacy.language import Language

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_confidence", BENCHMARKS / "confidence.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _confidences(nlp: Language, text: str) -> dict[str, float]:
    statements = extract_statements(Annotation(parse(nlp, text)))
    return {s.trigger: s.confidence for s in statements if s.kind is Kind.EVENT}


@pytest.mark.model
def test_the_surer_reading_has_more_confidence(nlp: Language) -> None:
    sure = _confidences(nlp, "Norway bought two ferries.")["buy"]
    pronoun = _confidences(nlp, "They bought it.")["buy"]
    inferred = _confidences(nlp, "Norway closed the port to protect the salmon.")["protect"]
    assert 0.05 <= pronoun < inferred < sure <= 0.98


@pytest.mark.model
def test_features_are_those_that_have_weights(nlp: Language) -> None:
    text = "Norway bought two ferries in May. They will not sail, the minister said, before they are tested in Bergen."
    annotation = Annotation(parse(nlp, text))
    known = set(weights_of_features())
    for statement in extract_statements(annotation):
        names = list(features(statement, annotation))
        assert len(names) == len(set(names))
        assert known.intersection(names), "a statement of which nothing is known"


def test_the_weights_are_those_of_the_judgements(program: ModuleType) -> None:
    rows = [json.loads(line) for line in (BENCHMARKS / "judged.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 500
    assert {row["label"] for row in rows} == set(program.VALUE)
    assert len({row["id"] for row in rows}) == len(rows)
    counts: dict[str, int] = {}
    for row in rows:
        for name in row["features"]:
            counts[name] = counts.get(name, 0) + 1
    fitted = {name for name, count in counts.items() if count >= program.RARE} | {"always"}
    assert set(weights_of_features()) == fitted, "run benchmarks/confidence.py fit --write"


def test_adding_keeps_no_text(program: ModuleType) -> None:
    statement = {"id": "a#1", "document": "a", "sentence": "A secret.", "features": ["rule nominal"]}
    [line] = program.add([statement], [{"id": "a#1", "label": "right", "why": "a secret"}])
    assert json.loads(line) == {"id": "a#1", "document": "a", "label": "right", "features": ["rule nominal"]}


def test_the_report_counts_what_is_right_above_each_cut(program: ModuleType) -> None:
    rows = [{"label": "right"}] * 4 + [{"label": "partly"}] * 2 + [{"label": "wrong"}] * 2
    report = program.report(rows, [0.95, 0.85, 0.85, 0.4, 0.85, 0.6, 0.4, 0.4])
    assert "| at least 0.8 | 4 | 0.75 | 0.88 |" in report
    assert "| 0.0 to 0.5 | 3 | 0.33 | 0.33 |" in report
    assert "| at least 0.9 | 1 | 1.00 | 1.00 |" in report


def test_weights_are_written_as_turtle(program: ModuleType) -> None:
    turtle = program.turtle({"rule clause.own": 0.25, "always": -1.0})
    assert 'lex:weight-rule-clause-own kg:feature "rule clause.own" ; kg:weight 0.250 .' in turtle
