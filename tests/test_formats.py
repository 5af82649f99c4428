"""What `kg extract` writes: open triples, standoff, and plain JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from kg.formats import as_json, standoff, triples
from kg.model import Document
from kg.pipeline import Extraction, extract

pytestmark = pytest.mark.model

TEXT = (
    "Ships are here 🚢. Olaf Berg said NATO will send four ships to Estonia and Latvia in 2025. "
    "Rebels did not attack a port."
)


@cache
def found() -> Extraction:
    """Extract TEXT once."""
    [extraction] = extract([Document(TEXT, identifier="one")])
    return extraction


def facts() -> set[tuple[str, str, str]]:
    """Return the open triples without their weight."""
    return {(s, r, o) for s, r, o, _ in triples(found())["triples"]}


def test_triples_are_words_of_the_text() -> None:
    known = set(TEXT.replace(".", " ").split())
    assert all(word in known for fact in facts() for part in fact for word in part.rstrip(".").split())


def test_triples_hold_all_a_clause_says() -> None:
    sent = [fact for fact in facts() if fact[0] == "NATO"]
    assert all(relation.startswith("will send") for _, relation, _ in sent)
    said = " ".join(" ".join(fact) for fact in sent).split()
    assert {"four", "ships", "Estonia", "Latvia", "2025"} <= set(said)
    assert ("Rebels", "did not attack", "a port") in facts()


def test_a_report_is_a_triple() -> None:
    assert any(s == "Olaf Berg" and r == "said" and o.startswith("NATO will send") for s, r, o in facts())


def test_triples_have_an_id_and_a_weight() -> None:
    written = triples(found())
    assert written["id"] == "one"
    assert all(0 < weight <= 1 for *_, weight in written["triples"])
    assert len(facts()) == len(written["triples"])


@pytest.mark.parametrize("write", [triples, standoff, as_json])
def test_every_format_is_json_and_the_same_twice(write: Callable[[Extraction], dict[str, Any]]) -> None:
    first = json.dumps(write(found()), ensure_ascii=False)
    [again] = extract([Document(TEXT, identifier="one")])
    assert json.dumps(write(again), ensure_ascii=False) == first
    assert json.loads(first)["id"] == "one"


def test_without_an_identifier_the_id_is_the_documents() -> None:
    [extraction] = extract([Document("Malta sent ships.")])
    assert standoff(extraction)["id"] == extraction.document.id


def spans(value: Any) -> list[tuple[int, int]]:
    """Return every span anywhere in a standoff annotation."""
    if isinstance(value, dict):
        own = [(value["start"], value["end"])] if "start" in value else []
        return own + [s for v in value.values() for s in spans(v)]
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(v, int) for v in value):
            return [(value[0], value[1])]
        return [s for v in value for s in spans(v)]
    return []


def test_standoff_spans_lie_in_the_text() -> None:
    written = standoff(found())
    assert spans(written)
    assert all(0 <= start < end <= len(TEXT) for start, end in spans(written))


def test_standoff_of_an_event() -> None:
    [sent] = [e for e in standoff(found())["events"] if e["trigger"] == "send"]
    assert TEXT[sent["start"] : sent["end"]] == "send"
    assert (sent["type"], sent["modality"], sent["polarity"]) == ("Deploy", "Planned", "Positive")
    assert (sent["speaker"], sent["time"]) == ("Olaf Berg", "2025")
    assert [(a["role"], TEXT[a["start"] : a["end"]], a["entity"]) for a in sent["arguments"]][:1] == [
        ("agent", "NATO", "NATO")
    ]
    assert {a["entity"] for a in sent["arguments"] if a["role"] == "destination"} == {"Estonia", "Latvia"}


@pytest.mark.parametrize(
    ("text", "trigger", "arguments", "others"),
    [
        ("The storm delayed the delivery of the buses.", "delay", set(), {"The storm", "the delivery of the buses"}),
        ("The strike delayed the buses.", "delay", {"the buses"}, {"The strike"}),
        ("The firm waited for the bus.", "wait", {"The firm"}, {"the bus"}),
        ("The firm searched for the bus.", "search", {"The firm", "the bus"}, set()),
        ("The new lights improve visibility.", "improve", {"The new lights"}, {"visibility"}),
        ("The new lights improve the road.", "improve", {"The new lights", "the road"}, set()),
        ("This pleased the mayor.", "please", {"the mayor"}, {"This"}),
        ("This bridge pleased the mayor.", "please", {"the mayor", "This bridge"}, set()),
        ("Malta rejected the plan.", "reject", {"Malta", "the plan"}, set()),
        ("Malta rejected an appeal by Chad.", "reject", {"Malta", "an appeal by Chad"}, set()),
    ],
)
def test_standoff_tells_things_apart_from_the_others(
    text: str, trigger: str, arguments: set[str], others: set[str]
) -> None:
    [extraction] = extract([Document(text)])
    [event] = [e for e in standoff(extraction)["events"] if e["trigger"] == trigger]
    assert {text[a["start"] : a["end"]] for a in event["arguments"]} == arguments
    assert {text[a["start"] : a["end"]] for a in event["others"]} == others


def test_standoff_names_its_parts() -> None:
    written = standoff(found())
    assert set(written) == {"id", "mentions", "times", "attributions", "events", "coreference"}
    assert [TEXT[t["start"] : t["end"]] for t in written["times"]] == ["2025"]
    [attribution] = written["attributions"]
    assert TEXT[slice(*attribution["cue"])] == "said"
    assert TEXT[slice(*attribution["source"])] == attribution["speaker"] == "Olaf Berg"
    links = {m["entity"]: m["link"] for m in written["mentions"]}
    assert links["NATO"] == "http://www.wikidata.org/entity/Q7184"
    assert links["Olaf_Berg"] is None


def test_json_quotes_the_sentence() -> None:
    for statement in as_json(found())["statements"]:
        evidence = statement["evidence"]
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
