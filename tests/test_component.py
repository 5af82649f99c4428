"""kg as a component of somebody's own spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language

from kg.nlp.model import load_model


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Language]:
    """A pipeline with kg in it, and a date of publication."""
    nlp = load_model()
    nlp.add_pipe("kg", config={"date": "2024-05-14"})
    yield nlp


@pytest.mark.model
def test_add_pipe(pipeline: Language) -> None:
    doc = pipeline("Malta closed the port yesterday, Olaf Berg said.")
    [closed] = [s for s in doc._.kg_statements if s.trigger == "close"]
    assert closed.time is not None
    assert closed.time.value == "2024-05-13"
    assert closed.speaker is not None
    assert closed.speaker.name == "Olaf Berg"
    assert closed.evidence.of(doc.text) == doc.text
    assert [t.value for t in doc._.kg.times] == ["2024-05-13"]


@pytest.mark.model
def test_pipe_of_many(pipeline: Language) -> None:
    texts = ["Malta sent ships.", "", "Libya thanked Malta."]
    found = [[s.trigger for s in doc._.kg_statements] for doc in pipeline.pipe(texts)]
    assert found == [["send"], [], ["thank"]]


@pytest.mark.model
def test_a_component_keeps_its_settings(pipeline: Language) -> None:
    assert pipeline.get_pipe_config("kg")["date"] == "2024-05-14"
    assert pipeline.pipe_names[-1] == "kg"


def test_a_wrong_date_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        spacy.blank("en").add_pipe("kg", config={"date": "yesterday"})
