"""The measuring programs: the gate with its floors, the page it fills, the peers' baseline, processor times."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document

sys.path.insert(0, str(ROOT / "benchmarks"))

import baseline
import cost
import floors as gate
import peers
import quality
import quality_page
import scoring
from floors import AT_MOST, F1, PRECISION, Basis, FloorError, Floors, Measure, State, Verdict

BASIS = Basis("tiny_dev.jsonl", "d1", "score_tiny.py", "s1")
EVENT = Measure("event", F1)
EVENTS_A_SENTENCE = Measure("events a sentence", AT_MOST)
COST = Measure("cost", AT_MOST)
PINNED = Floors({BASIS: {EVENT: 0.8, EVENTS_A_SENTENCE: 2.0, COST: 1.12}})


def states(figures: dict[Measure, float], basis: Basis = BASIS) -> dict[str, State]:
    return {verdict.measure.name: verdict.state for verdict in gate.compare({basis: figures}, PINNED)}


# comparing


@pytest.mark.parametrize(
    ("measure", "figure", "state"),
    [
        (EVENT, 0.8, State.HELD),
        (EVENT, 0.7996, State.HELD),  # rounding is no loss
        (EVENT, 0.799, State.BELOW),
        (EVENT, 0.81, State.ABOVE),
        (EVENTS_A_SENTENCE, 2.1, State.BELOW),
        (EVENTS_A_SENTENCE, 1.9, State.ABOVE),
        (COST, 1.14, State.HELD),  # processor time is never the same twice
        (COST, 1.10, State.HELD),
        (COST, 1.16, State.BELOW),
        (COST, 1.05, State.ABOVE),
        (Measure("event", PRECISION), 0.1, State.NEW),
    ],
)
def test_a_figure_stands_to_its_floor(measure: Measure, figure: float, state: State) -> None:
    verdict = Verdict(BASIS, measure, figure, PINNED.pinned[BASIS].get(measure))
    assert verdict.state is state
    assert state.fails == (state is State.BELOW)


def test_a_measure_that_is_pinned_and_no_longer_measured_fails() -> None:
    found = states({EVENT: 0.9})
    assert found == {"event": State.ABOVE, "events a sentence": State.GONE, "cost": State.GONE}
    assert State.GONE.fails


@pytest.mark.parametrize(
    "other",
    [
        Basis("tiny_dev.jsonl", "d2", "score_tiny.py", "s1"),
        Basis("tiny_dev.jsonl", "d1", "score_tiny.py", "s2"),
        Basis("other_dev.jsonl", "d1", "score_tiny.py", "s1"),
    ],
)
def test_floors_are_for_the_same_data_and_scorer_only(other: Basis) -> None:
    assert states({EVENT: 0.1}, other) == {"event": State.NEW}
    assert gate.compare({}, PINNED) == []


# raising


def test_raising_pins_what_is_better_or_new_and_leaves_the_rest() -> None:
    figures = {EVENT: 0.85677, Measure("event", PRECISION): 0.91239, EVENTS_A_SENTENCE: 2.5, COST: 1.01}
    other = Basis("other_dev.jsonl", "d1", "score_tiny.py", "s1")
    floors = Floors({**PINNED.pinned, other: {EVENT: 0.3}})
    raised = gate.raised(floors, gate.compare({BASIS: figures}, floors))
    assert raised.pinned == {
        BASIS: {EVENT: 0.8567, Measure("event", PRECISION): 0.9123, EVENTS_A_SENTENCE: 2.0, COST: 1.01},
        other: {EVENT: 0.3},
    }
    assert floors.pinned[BASIS] == PINNED.pinned[BASIS], "floors are values"


@given(
    st.dictionaries(st.sampled_from([EVENT, EVENTS_A_SENTENCE, COST]), st.floats(0, 3)),
    st.dictionaries(st.sampled_from([EVENT, EVENTS_A_SENTENCE, COST]), st.floats(0, 3)),
)
def test_raising_never_makes_a_floor_lower_and_what_was_measured_passes(
    pinned: dict[Measure, float], figures: dict[Measure, float]
) -> None:
    floors = Floors({BASIS: pinned})
    raised = gate.raised(floors, gate.compare({BASIS: figures}, floors))
    assert all(measure.better(raised.pinned[BASIS][measure], old) >= 0 for measure, old in pinned.items())
    before = {v.measure: v.state.fails for v in gate.compare({BASIS: figures}, floors)}
    assert before == {v.measure: v.state.fails for v in gate.compare({BASIS: figures}, raised)}


def test_a_share_is_pinned_as_it_is() -> None:
    raised = gate.raised(Floors(), gate.compare({BASIS: {EVENT: 0.29}}, Floors()))
    assert raised.pinned[BASIS][EVENT] == 0.29


# lowering


def test_a_floor_is_lowered_with_a_reason_that_is_kept() -> None:
    changed = gate.lowered(
        PINNED, [BASIS], "tiny_dev/event/F1", 0.7, reason=" Half of them were wrong. ", date="2026-01-02"
    )
    assert changed.pinned[BASIS] == {EVENT: 0.7, EVENTS_A_SENTENCE: 2.0, COST: 1.12}
    assert changed.lowered == (gate.Lowering("2026-01-02", "tiny_dev/event/F1", 0.8, 0.7, "Half of them were wrong."),)
    again = gate.lowered(changed, [BASIS], "tiny_dev/events a sentence/at most", 2.2, reason="More.", date="2026-01-03")
    assert [each.new for each in again.lowered] == [0.7, 2.2]


@pytest.mark.parametrize(
    ("name", "value", "reason", "message"),
    [
        ("tiny_dev/event/F1", 0.7, "  ", "reason"),
        ("tiny_dev/event/F1", 0.9, "It is better.", "pinned at 0.8"),
        ("tiny_dev/events a sentence/at most", 1.5, "It is better.", "pinned at 2.0"),
        ("tiny_dev/event/recall", 0.7, "Why not.", "tiny_dev/event/F1"),
    ],
)
def test_a_floor_is_not_lowered_otherwise(name: str, value: float, reason: str, message: str) -> None:
    with pytest.raises(FloorError, match=message):
        gate.lowered(PINNED, [BASIS], name, value, reason=reason, date="2026-01-02")


def test_floors_of_data_that_are_not_there_cannot_be_lowered() -> None:
    with pytest.raises(FloorError, match="no floor"):
        gate.lowered(PINNED, [], "tiny_dev/event/F1", 0.7, reason="Why not.", date="2026-01-02")


# the file


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    assert gate.read_floors(file) == Floors()
    floors = gate.lowered(PINNED, [BASIS], "tiny_dev/event/F1", 0.7, reason="“Why”", date="2026-01-02")
    file.write_text(gate.as_text(floors), encoding="utf-8")
    assert gate.read_floors(file) == floors
    assert gate.as_text(gate.read_floors(file)) == gate.as_text(floors)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pinned": [{"data": "x"}], "lowered": []}'])
def test_a_file_that_holds_no_floors_is_an_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "floors.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FloorError, match=r"floors\.json"):
        gate.read_floors(file)


def test_the_floors_of_the_repository_are_in_order() -> None:
    file = ROOT / "benchmarks" / "floors.json"
    floors = gate.read_floors(file)
    assert gate.as_text(floors) == file.read_text(encoding="utf-8")
    assert {basis.data for basis in floors.pinned} == {task.data for task in quality.TASKS}
    assert all(each.reason and each.new != each.old for each in floors.lowered)


# a scorer's answer


def test_each_measure_of_an_answer_is_a_row_and_some_numbers_have_floors() -> None:
    answer = {
        "event": {"precision": 0.5, "recall": 1.0, "f1": 2 / 3, "gold": 7},
        "events a sentence": {"precision": 1.9, "recall": 1.9, "f1": 1.9, "gold": 7},
        "note": "not a measure",
    }
    rows = list(scoring.rows(answer))
    assert [(row.measure, row.gold) for row in rows] == [("event", 7), ("events a sentence", 7)]
    task = quality.Task("tiny_dev.jsonl", "triples", "score_tiny.py", ("event",), ("events a sentence",))
    assert quality.figures(task, rows) == {EVENT: 2 / 3, Measure("event", PRECISION): 0.5, EVENTS_A_SENTENCE: 1.9}


def test_an_answer_of_one_measure_is_one_row_and_the_threshold_no_part_of_its_name() -> None:
    answer = {"precision": 0.5, "recall": 0.5, "f1": 0.5, "threshold": 0.4, "all": [0.4, 0.6, 0.48]}
    (row,) = scoring.rows(answer)
    assert (row.measure, row.f1, row.note) == ("propositions", 0.5, "confidence 0.40 and more")


# the program, with data and a scorer of our own

SCORER = """
import json, sys
gold = [json.loads(line)["gold"] for line in open(sys.argv[1])]
found = [len(json.loads(line)["triples"]) for line in open(sys.argv[2])]
hits = sum(min(g, f) for g, f in zip(gold, found))
p, r = hits / max(1, sum(found)), hits / sum(gold)
print(json.dumps({"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "gold": sum(gold)}))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with two annotated sentences and a program that scores them."""
    folder = tmp_path / "data"
    folder.mkdir()
    texts = ["The baker sold the old mill.", "It rained."]
    lines = [json.dumps({"id": str(n), "text": text, "gold": 2 - n}) for n, text in enumerate(texts)]
    (folder / "propositions_dev.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "score_propositions.py").write_text(SCORER, encoding="utf-8")
    return folder


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let ``kg`` find so many propositions in each text, without running it."""

    def set_to(count: int) -> None:
        def answer(task: quality.Task, data: Path, folder: Path) -> Path:
            lines = [json.dumps({"id": str(n), "triples": [["a", "b", "c"]] * count}) for n in range(2)]
            (folder / "answer.jsonl").write_text("\n".join(lines), encoding="utf-8")
            return folder / "answer.jsonl"

        monkeypatch.setattr(quality, "answer", answer)

    return set_to


@pytest.fixture
def run(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Call the gate with these data and floors of their own; return its exit code."""

    def call(*arguments: str) -> int:
        command = ["quality.py", str(data), "--floors", str(tmp_path / "floors.json"), *arguments]
        monkeypatch.setattr(sys, "argv", command)
        try:
            return int(quality.main())
        except SystemExit as stopped:
            return int(stopped.code or 0)

    return call


NAME = "propositions_dev/propositions/F1"


def test_the_gate_opens_and_shuts(
    run: Callable[..., int],
    answering: Callable[[int], None],
    tmp_path: Path,
    data: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering(1)
    assert run() == 0, "without floors nothing can be below"
    assert not (tmp_path / "floors.json").exists()
    assert run("--raise") == 0
    assert run() == 0
    answering(0)
    assert run() == 1
    capsys.readouterr()
    assert run("--raise") == 1, "raising does not lower"
    shown = capsys.readouterr().out
    assert f"{NAME:46}   0.0000   0.8000  -0.8000  BELOW" in shown
    assert shown.splitlines()[-1] == "1 BELOW"
    (data / "propositions_dev.jsonl").write_text('{"id": "0", "text": "x", "gold": 1}\n', encoding="utf-8")
    assert run() == 0, "other data have no floor"


def test_only_a_reason_opens_a_shut_gate(
    run: Callable[..., int], answering: Callable[[int], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(1)
    assert run("--raise") == 0
    answering(0)
    assert run("--lower", f"{NAME}=0") == 2
    assert "--reason" in capsys.readouterr().err
    assert run("--lower", f"{NAME}=nothing", "--reason", "A test.") == 2
    assert run("--lower", f"{NAME}=0", "--reason", "A test.", "--raise") == 2
    assert run() == 1
    assert run("--lower", f"{NAME}=0", "--reason", "A test.") == 0
    assert run() == 0
    (entry,) = json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))["lowered"]
    assert (entry["measure"], entry["old"], entry["new"], entry["reason"]) == (NAME, 0.8, 0.0, "A test.")


def test_a_wrong_command_is_told_from_a_shut_gate(
    run: Callable[..., int], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--only", "propositions_dev", "--docs", "page.md") == 2
    assert run("--peers") == 2
    (data / "propositions_dev.jsonl").unlink()
    assert run() == 2
    assert "has none of dev_news.jsonl" in capsys.readouterr().err


def test_a_scorer_that_fails_shuts_the_gate(
    run: Callable[..., int], answering: Callable[[int], None], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(1)
    (data / "score_propositions.py").write_text("raise SystemExit(3)", encoding="utf-8")
    assert run() == 1
    assert "score_propositions.py" in capsys.readouterr().err


def test_cost_has_a_ceiling(
    run: Callable[..., int], data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "articles_dev.jsonl").write_text("{}\n", encoding="utf-8")

    def measured(*ratios: float) -> None:
        monkeypatch.setattr(cost, "overhead", lambda sources: cost.Overhead(1, 9, 1.0, 1.0, ratios))

    measured(1.2, 1.1, 1.9)
    assert run("--only", "cost", "--raise") == 0
    assert "1.2000" in capsys.readouterr().out
    measured(1.22)
    assert run("--only", "cost") == 0
    measured(1.3)
    assert run("--only", "cost") == 1


@pytest.mark.model
def test_the_gate_scores_what_kg_answers(data: Path, tmp_path: Path) -> None:
    program = [sys.executable, str(ROOT / "benchmarks" / "quality.py"), str(data), "--keep", str(tmp_path / "kept")]
    done = subprocess.run(
        [*program, "--floors", str(tmp_path / "floors.json")], check=True, stdout=subprocess.PIPE, text=True
    )
    assert NAME in done.stdout
    kept = (tmp_path / "kept" / "propositions_dev.triples.jsonl").read_text(encoding="utf-8")
    assert ["The baker", "sold", "the old mill"] in [
        triple[:3] for triple in json.loads(kept.splitlines()[0])["triples"]
    ]


def test_lines_are_coloured_where_something_must_be_seen() -> None:
    assert quality.line(Verdict(BASIS, EVENT, 0.5, 0.8), colour=True).startswith("\x1b[31m")
    assert "\x1b" not in quality.line(Verdict(BASIS, EVENT, 0.5, 0.8))
    assert "\x1b" not in quality.line(Verdict(BASIS, EVENT, 0.8, 0.8), colour=True)


# the page


def test_sections_are_filled_and_the_rest_of_a_page_stays() -> None:
    page = "a\n<!-- measured: one -->\nold\n<!-- end -->\nb\n<!-- measured: two -->\n<!-- end -->\n"
    once = quality_page.filled(quality_page.filled(page, "one", "new \\1"), "two", "| x |\n")
    assert once == "a\n<!-- measured: one -->\nnew \\1\n<!-- end -->\nb\n<!-- measured: two -->\n| x |\n<!-- end -->\n"
    with pytest.raises(ValueError, match="three"):
        quality_page.filled(page, "three", "")


@pytest.mark.parametrize("name", ["run", "quality", "lowered", "peers", "cost"])
def test_the_page_of_the_repository_is_filled(name: str) -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    section = page.partition(f"<!-- measured: {name} -->\n")[2].partition("<!-- end -->")[0]
    assert section.strip()


def test_the_table_of_the_page_has_figures_beside_floors() -> None:
    rows = (
        scoring.Row("event", 0.5, 1.0, 2 / 3, 7),
        scoring.Row("events a sentence", 1.9, 1.9, 1.9, 7),
        scoring.Row("propositions", 0.5, 0.5, 0.5, 0, "confidence 0.40 and more"),
    )
    figures = {EVENT: 2 / 3, EVENTS_A_SENTENCE: 1.9}
    table = quality_page.quality_section([scoring.Scored(BASIS, rows, figures)], PINNED).splitlines()
    assert table[2:] == [
        "| `tiny_dev` | event | .500 | 1.000 | .667 | .800 |  | 7 |",
        "| `tiny_dev` | events a sentence: 1.90 | | | | at most 2.00 | | 7 |",
        "| `tiny_dev` | propositions, confidence 0.40 and more | .500 | .500 | .500 |  |  |  |",
    ]
    assert {line.count("|") for line in table} == {9}


def test_lowered_floors_stand_in_the_page() -> None:
    assert "No floor" in quality_page.lowered_section(PINNED)
    changed = gate.lowered(PINNED, [BASIS], "tiny_dev/event/F1", 0.7, reason="Why.", date="2026-01-02")
    assert "| 2026-01-02 | tiny_dev/event/F1 | 0.8 | 0.7 | Why. |" in quality_page.lowered_section(changed)


# peers

SENTENCE = """
The     the     DET   DT  1 det
council council NOUN  NN  3 nsubj
may     may     AUX   MD  3 aux
sell    sell    VERB  VB  3 ROOT
the     the     DET   DT  5 det
barn    barn    NOUN  NN  3 dobj
to      to      ADP   IN  3 prep
farmers farmer  NOUN  NNS 6 pobj
and     and     CCONJ CC  3 cc
not     not     PART  RB  10 neg
rent    rent    VERB  VB  3 conj
it      it      PRON  PRP 10 dobj
"""


def test_the_baseline_takes_what_hangs_on_each_verb(by_hand: Callable[[str], Any]) -> None:
    doc = by_hand(SENTENCE)
    assert baseline.triples(doc) == [
        ["The council", "may sell", "the barn", 1.0],
        ["The council", "may sell to", "farmers", 1.0],
        ["The council", "not rent", "it", 1.0],
    ]
    sell, rent = baseline.events(doc)
    text = doc.text
    assert [text[a["start"] : a["end"]] for a in sell["arguments"]] == ["The council", "the barn", "farmers"]
    assert (sell["modality"], sell["polarity"]) == ("Possible", "Positive")
    assert (rent["modality"], rent["polarity"]) == ("Actual", "Negative")


def test_a_phrase_without_a_verb_has_no_baseline(by_hand: Callable[[str], Any]) -> None:
    doc = by_hand("Rain rain NOUN NN 0 ROOT")
    assert (baseline.triples(doc), baseline.events(doc)) == ([], [])


def test_textacy_and_clausie_parts_become_three(monkeypatch: pytest.MonkeyPatch, by_hand: Callable[[str], Any]) -> None:
    doc = by_hand(SENTENCE.replace("0 det", "1 det"))

    class Clause:
        def to_propositions(self, inflect: str | None) -> list[tuple[Any, ...]]:
            return [(doc[0:2], doc[3:4], doc[4:6], doc[6:8]), (doc[0:2], "is", doc[4:6]), (doc[0:2], doc[3:4])]

    modules = {
        "claucy": {"extract_clauses": lambda sent: [Clause()]},
        "textacy.extract.triples": {
            "subject_verb_object_triples": lambda doc: [([doc[1]], [doc[2], doc[3]], [doc[5]])]
        },
    }
    for name, content in modules.items():
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    assert peers.textacy_triples(doc) == {"triples": [["council", "may sell", "barn", 1.0]]}
    assert peers.clausie_triples(doc) == {
        "triples": [
            ["The council", "is", "the barn", 1.0],
            ["The council", "sell", "", 1.0],
            ["The council", "sell", "the barn to farmers", 1.0],
        ]
    }


def test_what_is_not_installed_is_said_and_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = peers.System("nobody's", peers.stanford_triples, "no_such_module", "no-such-package")
    monkeypatch.setattr(peers, "PEERS", (absent,))
    found = peers.run_all(tmp_path)
    assert found == {"propositions": [], "events": [], "missing": ["nobody's"]}
    assert peers.tables(found).strip() == "Not installed, so left out: nobody's."
    assert absent.label == "nobody's"


def test_peers_answer_the_same_texts_and_are_scored_alike(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def run(nlp: object, documents: list[Document]) -> Iterator[dict[str, Any]]:
        return ({"triples": [[word, "is", "here", 1.0] for word in d.text.split()[:1]]} for d in documents)

    monkeypatch.setattr(peers, "plain_model", lambda name: None)
    system = peers.System("first words", run)
    file, _ = peers.answers(system, [Document("Rain came.", identifier="7")], tmp_path)
    assert json.loads(file.read_text(encoding="utf-8")) == {"triples": [["Rain", "is", "here", 1.0]], "id": "7"}
    (data / "score_propositions.py").write_text(
        SCORER.replace('"gold": ', '"all": [0, 0, 0.5], "gold": '), encoding="utf-8"
    )
    (result,) = peers.proposition_results(data, [system])
    assert (result.system, result.precision, result.every, result.found) == ("first words", 1.0, 0.5, 1.0)
    shown = peers.tables({"propositions": [peers.asdict(result)], "events": [], "missing": []})
    assert "| first words | 1.000 | .667 | .800 | .500 | 1.0 | " in shown


# processor time


def test_programs_take_turns_and_either_may_be_first() -> None:
    calls: list[str] = []
    for swapped in (False, True):
        pair = cost.in_turn(lambda: calls.append("parse"), lambda: calls.append("extract"), swapped=swapped)
        assert len(pair) == 2
    assert calls == ["parse", "extract", "extract", "parse"]


def test_the_ratio_is_the_median_of_the_runs() -> None:
    found = cost.Overhead(10, 1000, 2.0, 2.4, (1.5, 1.1, 1.2))
    assert found.ratio == 1.2
    assert "1.20  times nlp.pipe (1.10 to 1.50 in 3 runs)" in cost.report_overhead(found)
    section = quality_page.cost_section(found, {"load": 2.0, "parse": 6.0, "build": 7.2})
    assert "**1.20 times**" in section
    assert "1.30 times that of parsing, start taken off, 1.20 times with it" in section


@pytest.mark.model
def test_extraction_is_measured_beside_parsing_in_a_process_of_its_own() -> None:
    found = cost.overhead([str(ROOT / "examples")], runs=1)
    assert found.documents >= 1
    assert found.tokens > 100
    assert 0.5 < found.ratio < 3


def test_costs_are_set_against_parsing_with_and_without_the_start() -> None:
    text = cost.report({"load": 2.0, "parse": 6.0, "build": 7.2}, 10, 10_000, 3)
    assert "10 documents, 10,000 tokens" in text
    assert "1.20  times nlp.pipe" in text
    assert "1.30  times nlp.pipe" in text
    assert "400 µs a token" in text
