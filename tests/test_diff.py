"""`kg diff`: what is different, in words and as data, and the exit code."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from kg import cli
from kg.cli_options import EXAMPLES
from kg.diff import Change, diff
from kg.graph import KnowledgeGraph

SAMPLE = KnowledgeGraph.load(Path(__file__).parent / "data" / "graph.trig")
QUADS = SAMPLE.quads()
LEAGUE = ox.NamedNode("https://example.org/kg/document/b000000000000002")
LESS = KnowledgeGraph(quad for quad in SAMPLE if quad.graph_name != LEAGUE)
CLAIM = """
    claim:0c09 a kg:Claim ; kg:about event:0a12 ; kg:modality kg:Actual ; kg:polarity kg:Positive ; kg:confidence 0.9 ;
        kg:speaker entity:Cyprus ; prov:wasDerivedFrom document:a000000000000001 .
"""


def parsed(turtle: str) -> KnowledgeGraph:
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in SAMPLE.prefixes().items())
    return KnowledgeGraph(ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE))


def told(old: KnowledgeGraph, new: KnowledgeGraph) -> dict[tuple[str, str, str], Change]:
    return {(change.sort, change.kind, change.label): change for change in diff(old, new).changes}


def test_a_document_comes_and_goes_with_what_only_it_says() -> None:
    expected = {
        ("document", "b000000000000002"),
        ("entity", "Harbour League"),
        ("event", "Harbour League demand return"),
        ("event", "Norland return the crew"),
    }
    for sort, old, new in (("removed", SAMPLE, LESS), ("added", LESS, SAMPLE)):
        assert set(told(old, new)) == {(sort, kind, label) for kind, label in expected}
    assert diff(LESS, SAMPLE).counts("event") == {"added": 2}


def test_a_claim_more_changes_what_is_known_of_the_event() -> None:
    change = told(SAMPLE, SAMPLE | parsed(CLAIM))["changed", "event", "Norland shell Cyprus"]
    facts = {detail.property: (detail.added, detail.removed) for detail in change.details}
    assert facts == {
        "factuality": (("actual",), ()),
        "claim": (("actual, says Cyprus, in Harbour Wire of 2031-01-15",), ()),
    }


@pytest.mark.parametrize(
    ("turtle", "label", "property", "added"),
    [
        ("event:0a12 kg:location entity:Norland .", "Norland shell Cyprus", "location", ("Norland",)),
        ('entity:Cyprus skos:altLabel "KYP"@en .', "Cyprus", "also called", ("KYP",)),
        ("document:b000000000000002 kg:copyOf document:a000000000000001 .", "b000000000000002", "copy of", None),
    ],
)
def test_what_changed_of_a_thing(turtle: str, label: str, property: str, added: tuple[str, ...] | None) -> None:
    [change] = diff(SAMPLE, SAMPLE | parsed(turtle)).changes
    assert (change.sort, change.label) == ("changed", label)
    [detail] = change.details
    assert detail.property == property
    assert added is None or detail.added == added


def test_a_merged_thing_is_not_called_removed() -> None:
    gone = ox.NamedNode("https://example.org/kg/entity/Tide_Party")
    less = KnowledgeGraph(quad for quad in SAMPLE if gone not in (quad.subject, quad.object))
    merge = parsed(
        """<https://example.org/kg/merge/1> a kg:Merge ; kg:merged entity:Tide_Party ; kg:into entity:Harbour_League ;
        kg:reason "an alias" ; kg:score 0.93 ."""
    )
    assert ("removed", "entity", "Tide Party") in told(SAMPLE, less)
    found = told(SAMPLE, less | merge)
    assert ("removed", "entity", "Tide Party") not in found
    [change] = [change for change in found.values() if change.kind == "merge"]
    assert change.label == "Tide_Party is Harbour League"
    assert {detail.property: detail.added for detail in change.details} == {"reason": ("an alias",), "score": ("0.93",)}


def test_named_graphs_make_no_difference() -> None:
    assert diff(SAMPLE, KnowledgeGraph(ox.Quad(*triple) for triple in SAMPLE.triples())).same


@given(st.sets(st.integers(0, len(QUADS) - 1), max_size=12))
def test_the_way_back_undoes_the_way_there(left_out: set[int]) -> None:
    less = KnowledgeGraph(quad for number, quad in enumerate(QUADS) if number not in left_out)
    there, back = diff(SAMPLE, less), diff(less, SAMPLE)
    assert there.same == back.same
    assert (there.triples_added, there.triples_removed) == (back.triples_removed, back.triples_added)
    other = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((c.kind, c.id, other[c.sort]) for c in there.changes) == sorted(
        (c.kind, c.id, c.sort) for c in back.changes
    )
    details = [{(d.property, d.added, d.removed) for d in c.details} for c in sorted(there.changes, key=lambda c: c.id)]
    undone = [{(d.property, d.removed, d.added) for d in c.details} for c in sorted(back.changes, key=lambda c: c.id)]
    assert details == undone


# the command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["diff", *arguments])


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    LESS.save(tmp_path / "yesterday" / "graph.ttl")
    SAMPLE.save(tmp_path / "output" / "graph.ttl")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES["diff"])
def test_the_examples_of_help_run(example: str, folders: Path) -> None:
    done = CliRunner().invoke(cli.app, shlex.split(example)[1:])
    assert done.exit_code == 1
    assert "Harbour League demand return" in done.stdout


def test_words(folders: Path) -> None:
    done = run("yesterday", "output/graph.ttl")
    assert "documents: 1 added\n  + b000000000000002\n" in done.stdout
    assert "  + Norland return the crew · required\n" in done.stdout
    assert "entities: 1 added\n  + Harbour League\n" in done.stdout


def test_json_is_the_same_as_data(folders: Path) -> None:
    data = json.loads(run("output", "yesterday", "--format", "json").stdout)
    assert (data["same"], data["triples_added"]) == (False, 0)
    assert {change["kind"] for change in data["changes"]} == {"document", "event", "entity"}


def test_exit_codes(folders: Path) -> None:
    same = run("output", "output")
    assert (same.exit_code, same.stdout) == (0, "no difference\n")
    (folders / "broken.ttl").write_text("<a> <b>")
    for wrong in ("nothing", "broken.ttl", "graph.docx"):
        done = run("output", wrong)
        assert done.exit_code == 2
        assert "Traceback" not in done.output
