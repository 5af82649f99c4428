"""The same input gives the same bytes: under any hash seed, in any order of files, with any number of processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.model import Document
from kg.nlp.model import parse_all

pytestmark = pytest.mark.model

TEXTS = [
    "Malta will send 12 ships to Estonia, Latvia and Lithuania in 2025, Olaf Berg said. “We agreed to help,” he added.",
    "Swedish Foreign Minister Anna Lindqvist met Olaf Berg in Rome.\n\nThe Baltic states did not sign the treaty.",
    "🚢 Rebels attacked a port near Tripoli. If the attacks go on, the European Union may impose sanctions on Libya.",
    "",
    "According to Reuters, at least 40 people were killed by the storm in Fiji last week.",
    "The invasion of Malta by rebels failed. The government denied that it had been warned by Norway.",
]
FORMATS = ("ttl", "html", "nq")


def build(folder: Path, out: str, *sources: str, seed: int, jobs: int) -> dict[str, bytes]:
    """Run `kg build` in a process of its own and return the bytes it wrote."""
    command = [
        sys.executable, "-m", "kg", "build", *sources, "-o", out, "--jobs", str(jobs), "--quiet",
        "--date", "2024-05-14", "--format", ",".join(FORMATS),
    ]  # fmt: skip
    environment = os.environ | {"PYTHONHASHSEED": str(seed), "OMP_NUM_THREADS": "1", "TZ": f"UTC{seed}"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: (folder / out / f"graph.{name}").read_bytes() for name in FORMATS}


def test_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXTS[1], encoding="utf-8")
    records = [{"id": str(i), "text": TEXTS[2 + i % 4].replace("40", str(i)) or "x"} for i in range(20)]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    first = build(tmp_path, "one", "a.txt", "b.txt", "c.jsonl", seed=0, jobs=1)
    shuffled = build(tmp_path, "two", "c.jsonl", "a.txt", "b.txt", seed=1, jobs=1)
    parallel = build(tmp_path, "three", "b.txt", "c.jsonl", "a.txt", seed=2, jobs=2)
    for name in FORMATS:
        assert len(first[name]) > 1000
        assert first[name] == shuffled[name], f"graph.{name} depends on hash seed or order"
        assert first[name] == parallel[name], f"graph.{name} depends on the number of processes"


def shape(doc: Doc) -> list[tuple[object, ...]]:
    """Return what extraction reads of a parse."""
    return [
        (t.idx, t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in doc
    ]


def test_a_batch_does_not_change_a_parse(nlp: Language) -> None:
    documents = [Document(text) for text in TEXTS * 12]
    together = [shape(doc) for _, doc in parse_all(nlp, documents)]
    assert len(together) == len(documents)
    alone = [shape(doc) for text in TEXTS for _, doc in parse_all(nlp, [Document(text)])]
    assert together == alone * 12


def test_parses_come_in_order_with_their_documents(nlp: Language) -> None:
    documents = [Document(text) for text in TEXTS]
    found = list(parse_all(nlp, documents))
    assert [document for document, _ in found] == documents
    for document, doc in found:
        assert len(doc.text) == len(document.text)


def test_building_again_in_one_process_gives_the_same(tmp_path: Path) -> None:
    written = []
    for name in ("one.ttl", "two.ttl"):
        kg.build([Document(text) for text in TEXTS if text]).save(tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
