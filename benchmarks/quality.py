"""Run ``kg`` on annotated texts and print how well it did: ``python benchmarks/quality.py DIR [--keep FOLDER]``.

DIR holds data and the programs that score them (the table TASKS says which; benchmarks/README.md says what they must
look like). What is not there is left out. Nothing of DIR is copied or needed by anything else of this project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    """One file of texts, the form in which ``kg`` answers (``graph`` is a built graph.ttl), the scoring program."""

    data: str
    form: str
    scorer: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one file; ``gold`` is how many things the annotation has."""

    data: str
    measure: str
    precision: float
    recall: float
    f1: float
    gold: int


TASKS = (
    Task("dev_news.jsonl", "graph", "score_news.py"),
    Task("propositions_dev.jsonl", "triples", "score_propositions.py"),
    Task("articles_dev.jsonl", "standoff", "score_standoff.py"),
    Task("quotes_dev.jsonl", "standoff", "score_standoff.py"),
    Task("coded_dev.jsonl", "standoff", "score_standoff.py"),
)


def answer(task: Task, data: Path, folder: Path) -> Path:
    """Run ``kg`` on a file and return the file it wrote into ``folder``."""
    kg = [sys.executable, "-m", "kg"]
    if task.form == "graph":
        subprocess.run([*kg, "build", str(data), "-o", str(folder), "--format", "ttl", "--quiet"], check=True)
        return folder / "graph.ttl"
    written = folder / f"{data.stem}.{task.form}.jsonl"
    with written.open("wb") as out:
        subprocess.run([*kg, "extract", "-f", str(data), "--format", task.form], check=True, stdout=out)
    return written


def score(scorer: Path, data: Path, answered: Path) -> Any:
    """Return what the scoring program prints with ``--json``."""
    command = [sys.executable, str(scorer), str(data), str(answered), "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def rows(data: str, found: Mapping[str, Any]) -> Iterator[Row]:
    """Yield one row for each measure in a scorer's answer: each object that has precision, recall and F1.

    An answer that is one such object has one measure, at the confidence ("threshold") that suits it best.
    """
    if "precision" in found:
        name = f"propositions of confidence {found['threshold']:.2f} and more" if "threshold" in found else "all"
        found = {name: found}
    for measure, value in found.items():
        if isinstance(value, Mapping) and {"precision", "recall", "f1"} <= set(value):
            yield Row(data, measure, value["precision"], value["recall"], value["f1"], int(value.get("gold", 0)))


def table(found: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| data | measure | precision | recall | F1 | in the annotation |", "|---|---|---|---|---|---|"]
    for row in found:
        figures = " | ".join(f"{value:.3f}".removeprefix("0") for value in (row.precision, row.recall, row.f1))
        if row.f1 > 1:  # a scorer's count of something, not a share
            figures = f"{row.f1:.2f} | | "
        lines.append(f"| `{row.data}` | {row.measure} | {figures} | {row.gold or ''} |")
    return "\n".join(lines)


def main() -> None:
    """Score every task whose files are there, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the data and the scoring programs are")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep what kg answered here")
    args = parser.parse_args()
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for task in TASKS:
            data, scorer = args.folder / task.data, args.folder / task.scorer
            if data.is_file() and scorer.is_file():
                found += rows(task.data, score(scorer, data, answer(task, data, folder)))
    if not found:
        parser.error(f"{args.folder} has none of " + ", ".join(task.data for task in TASKS))
    print(table(found))


if __name__ == "__main__":
    main()
