"""What cannot be read: a clear message that names it, the rest is built, and the exit code says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg import cli
from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.model

GOOD = "Malta sent ships to Libya on Monday, officials said.\n"
PAGE = "<html><head><title>Nothing here</title></head><body><nav><a href='/'>Home</a></nav></body></html>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one good article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def build(*arguments: str) -> Result:
    """Run `kg build` with Turtle alone."""
    return CliRunner().invoke(cli.app, ["build", *arguments, "--format", "ttl"], prog_name="kg")


BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t ",
    "binary.txt": bytes(range(256)) * 8,
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "page.html": PAGE.encode(),
    "empty.html": b"",
    "broken.jsonl": b'{"id": "1", "text": \n',
    "empty.jsonl": b"",
    "notext.jsonl": b'{"id": "1"}\n',
    "list.jsonl": b"[1, 2]\n",
    "number.jsonl": b'{"text": 7}\n',
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_named_and_the_rest_is_built(folder: Path, name: str) -> None:
    (folder / name).write_bytes(BAD[name])
    done = build("good.txt", name)
    assert done.exit_code == 0, done.output
    assert name in done.stderr
    assert "Traceback" not in done.output
    assert "1 warning" in done.stdout
    graph = KnowledgeGraph.load(folder / "output" / "graph.ttl")
    assert len(graph.documents()) == 1


@pytest.mark.parametrize("name", sorted(BAD))
def test_nothing_but_a_bad_file_is_a_failure(folder: Path, name: str) -> None:
    (folder / name).write_bytes(BAD[name])
    done = build(name)
    assert done.exit_code == 1
    assert name in done.stderr
    assert not (folder / "output" / "graph.ttl").exists()


def test_a_missing_path(folder: Path) -> None:
    done = build("good.txt", "nowhere/gone.txt")
    assert done.exit_code == 0
    assert "gone.txt" in done.stderr
    assert "1 warning" in done.stdout
    assert build("nowhere/gone.txt").exit_code == 1


def test_a_broken_line_is_named_by_its_number(folder: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": f"Malta sent {i} ships to Libya."}) for i in range(3)]
    (folder / "news.jsonl").write_text("\n".join([lines[0], '{"id": 7, "text"', lines[1], lines[2]]), encoding="utf-8")
    done = build("news.jsonl")
    assert done.exit_code == 0
    assert "news.jsonl:2" in done.stderr
    assert "1 warning" in done.stdout
    assert len(KnowledgeGraph.load(folder / "output" / "graph.ttl").documents()) == 3


def test_all_bad_together(folder: Path) -> None:
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    done = build("good.txt", "gone.txt", *BAD)
    assert done.exit_code == 0
    for name in (*BAD, "gone.txt"):
        assert name in done.stderr
    assert f"{len(BAD) + 1} warnings" in done.stdout


@pytest.mark.parametrize(
    "text", ["Malta sent ships to Libya. " * 600, "Malta sent ships to Libya and " * 150 + "left."]
)
def test_one_enormous_line_is_built(folder: Path, text: str) -> None:
    (folder / "long.txt").write_text(text, encoding="utf-8")
    done = build("long.txt")
    assert done.exit_code == 0, done.output
    assert len(KnowledgeGraph.load(folder / "output" / "graph.ttl").documents()) == 1


def test_one_word_without_end_is_built_or_refused(folder: Path) -> None:
    (folder / "word.txt").write_text("x" * 1_200_000, encoding="utf-8")
    done = build("good.txt", "word.txt")
    assert done.exit_code == 0, done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "text", ["\ufeffMalta sent ships.", "Malta\u2028sent\u2029ships.", "Malta \u202esent ships.", "\0\0Malta"]
)
def test_odd_characters_are_no_reason_to_fail(folder: Path, text: str) -> None:
    (folder / "odd.txt").write_text(text, encoding="utf-8")
    done = build("good.txt", "odd.txt")
    assert done.exit_code == 0, done.output
    KnowledgeGraph.load(folder / "output" / "graph.ttl")


def test_an_address_with_brackets_is_no_reason_to_fail(folder: Path) -> None:
    record = {"text": "Malta sent ships.", "url": "https://news.example/?id[]=1"}
    (folder / "news.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert build("news.jsonl").exit_code == 0
