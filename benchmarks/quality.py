"""The quality gate: ``python benchmarks/quality.py DIR`` scores all there is and compares it with the pinned floors.

DIR holds annotated texts and the programs that score an answer (the table TASKS says which; benchmarks/README.md says
what they must look like). What is not there is left out. Nothing of DIR is copied or needed by anything else here. The
exit code is 1 when a figure is below its floor, a pinned one is no longer measured or a program fails, 2 when the
command is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import cost
import quality_page
from floors import (
    AT_MOST,
    F1,
    PRECISION,
    Basis,
    FloorError,
    Floors,
    Measure,
    State,
    Verdict,
    as_text,
    compare,
    full_name,
    lowered,
    raised,
    read_floors,
)
from scoring import Row, Scored, rows, score

from kg.nlp.model import DEFAULT_MODEL

HERE = Path(__file__).parent
COST = "cost"
COST_DATA = "articles_dev.jsonl"
_COLOURS = {State.BELOW: 31, State.GONE: 31, State.ABOVE: 32, State.NEW: 33}


@dataclass(frozen=True, slots=True)
class Task:
    """One file of texts: the form in which ``kg`` answers (``graph`` is a built graph.ttl) and the scoring program.

    ``precise`` are the measures whose precision has a floor of its own, ``at_most`` those of which less is better.
    """

    data: str
    form: str
    scorer: str
    precise: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()


TASKS = (
    Task("dev_news.jsonl", "graph", "score_news.py", ("event", "role")),
    Task("propositions_dev.jsonl", "triples", "score_propositions.py"),
    Task("articles_dev.jsonl", "standoff", "score_standoff.py", ("event trigger", "event argument", "time value")),
    Task("quotes_dev.jsonl", "standoff", "score_standoff.py", ("attribution", "attribution+source")),
    Task("coded_dev.jsonl", "standoff", "score_standoff.py", at_most=("coded events a sentence",)),
)


# -- scoring


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


def figures(task: Task, found: Iterable[Row]) -> dict[Measure, float]:
    """Return those numbers of the rows that have floors."""
    out = {}
    for row in found:
        out[Measure(row.measure, AT_MOST if row.measure in task.at_most else F1)] = row.f1
        if row.measure in task.precise:
            out[Measure(row.measure, PRECISION)] = row.precision
    return out


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def basis_of(task: Task, folder: Path) -> Basis | None:
    """Return what the floors of a task are valid for; None when its files are not in the folder."""
    data, scorer = folder / task.data, folder / task.scorer
    if not (data.is_file() and scorer.is_file()):
        return None
    return Basis(task.data, digest(data), task.scorer, digest(scorer))


def cost_basis(folder: Path) -> Basis | None:
    """Return what the ceiling of the cost is valid for; None when the texts are not in the folder."""
    data = folder / COST_DATA
    return Basis(COST_DATA, digest(data), "kg.extract / nlp.pipe", "") if data.is_file() else None


def bases(folder: Path) -> list[Basis]:
    """Return everything in the folder that may have floors."""
    return [basis for basis in [*(basis_of(task, folder) for task in TASKS), cost_basis(folder)] if basis is not None]


def score_all(folder: Path, wanted: Sequence[str], keep: Path) -> Iterator[Scored]:
    """Yield what is measured on each file whose stem is wanted; answers go into the folder ``keep``."""
    for task in TASKS:
        basis = basis_of(task, folder)
        if basis is not None and Path(task.data).stem in wanted:
            answered = answer(task, folder / task.data, keep)
            found = tuple(rows(score(folder / task.scorer, folder / task.data, answered)))
            yield Scored(basis, found, figures(task, found))


# -- what is printed


def line(verdict: Verdict, *, colour: bool = False) -> str:
    """Return a figure, its floor, by how much it is better, and the mark."""
    name = full_name(verdict.basis.data, verdict.measure)
    numbers = "".join(_number(value) for value in (verdict.figure, verdict.floor))
    difference = f"{verdict.difference:+9.4f}" if verdict.difference is not None else " " * 9
    text = f"{name:46}{numbers}{difference}  {verdict.state.value}"
    return f"\x1b[{_COLOURS[verdict.state]}m{text}\x1b[0m" if colour and verdict.state in _COLOURS else text


def _number(value: float | None) -> str:
    return f"{value:9.4f}" if value is not None else f"{'-':>9}"


def summary(verdicts: Sequence[Verdict]) -> str:
    """Return the last line: how many figures are how."""
    counts = {state: sum(verdict.state is state for verdict in verdicts) for state in State}
    return ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)


# -- the program


def lower(floors: Floors, folder: Path, asked: str, reason: str, day: date) -> Floors:
    """Return the floors after ``--lower MEASURE=VALUE``; raise FloorError when that cannot be."""
    name, _, value = asked.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        raise FloorError(f"not MEASURE=VALUE: {asked!r}") from None
    return lowered(floors, bases(folder), name, number, reason=reason, date=day.isoformat())


def run_peers(folder: Path, python: str) -> dict[str, Any]:
    """Return what peers.py measures with another (or the same) Python."""
    command = [python, str(HERE / "peers.py"), str(folder), "--json"]
    done = subprocess.run(command, check=True, env=os.environ | cost.ENVIRONMENT, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def arguments() -> argparse.ArgumentParser:
    """Return the options of the command line."""
    stems = [*(Path(task.data).stem for task in TASKS), COST]
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the data and the scoring programs are")
    parser.add_argument("--only", nargs="+", choices=stems, default=stems, help="score only these")
    parser.add_argument("--floors", type=Path, default=HERE / "floors.json", metavar="FILE")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="raising", action="store_true", help="pin what is above its floor, or new")
    change.add_argument("--lower", metavar="MEASURE=VALUE", help="pin less, without scoring anything; needs --reason")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why a floor is lowered; kept in FILE")
    parser.add_argument("--docs", type=Path, metavar="PAGE", help="fill the tables of docs/quality.md")
    parser.add_argument("--peers", nargs="?", const=sys.executable, metavar="PYTHON", help="fill that of peers.py too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep what kg answered here")
    return parser


def main() -> int:
    """Score, compare, print; return the exit code."""
    parser = arguments()
    args = parser.parse_args()
    if args.docs is not None and (args.lower is not None or COST not in args.only or len(args.only) <= len(TASKS)):
        parser.error("--docs needs everything to be scored")
    if args.peers is not None and args.docs is None:
        parser.error("--peers fills the page of --docs; alone: python benchmarks/peers.py DIR")
    try:
        floors = read_floors(args.floors)
        if args.lower is not None:
            floors = lower(floors, args.folder, args.lower, args.reason, date.today())
            args.floors.write_text(as_text(floors), encoding="utf-8")
            return 0
    except FloorError as error:
        parser.error(str(error))
    if not bases(args.folder):
        parser.error(f"{args.folder} has none of " + ", ".join(task.data for task in TASKS))
    try:
        return gate(args, floors)
    except subprocess.CalledProcessError as error:  # it has said itself what was wrong
        print(f"failed: {shlex.join(map(str, error.cmd))}", file=sys.stderr)
        return 1


def gate(args: argparse.Namespace, floors: Floors) -> int:
    """Score what is asked for and print it beside the floors; write floors and page when told to."""
    scored: list[Scored] = []
    with tempfile.TemporaryDirectory() as temporary:
        keep = args.keep or Path(temporary)
        keep.mkdir(parents=True, exist_ok=True)
        for each in score_all(args.folder, args.only, keep):
            scored.append(each)
            show(compare({each.basis: each.figures}, floors))
    measured = {each.basis: each.figures for each in scored}
    overhead, basis = None, cost_basis(args.folder)
    if COST in args.only and basis is not None:
        overhead = cost.overhead([str(args.folder / COST_DATA)])
        measured[basis] = {Measure(COST, AT_MOST): overhead.ratio}
        show(compare({basis: measured[basis]}, floors))
    verdicts = compare(measured, floors)
    print("\n" + summary(verdicts))
    if args.raising:
        floors = raised(floors, verdicts)
        args.floors.write_text(as_text(floors), encoding="utf-8")
    if args.docs is not None:
        write_page(args, scored, overhead, floors)
    return int(any(verdict.state.fails for verdict in verdicts))


def show(verdicts: Iterable[Verdict]) -> None:
    """Print the lines of one file."""
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for verdict in verdicts:
        print(line(verdict, colour=colour), flush=True)


def write_page(
    args: argparse.Namespace, scored: Sequence[Scored], overhead: cost.Overhead | None, floors: Floors
) -> None:
    """Fill the sections of the page with what was measured; what was not stays as it is."""
    page = args.docs.read_text(encoding="utf-8")
    sections = {"run": quality_page.run_section(date.today()), "lowered": quality_page.lowered_section(floors)}
    sections["quality"] = quality_page.quality_section(scored, floors)
    if overhead is not None:
        seconds = cost.measure([str(args.folder / COST_DATA)], DEFAULT_MODEL, runs=3)
        sections["cost"] = quality_page.cost_section(overhead, seconds)
    if args.peers is not None:
        sections["peers"] = quality_page.peers_section(run_peers(args.folder, args.peers), date.today())
    for name, text in sections.items():
        page = quality_page.filled(page, name, text)
    args.docs.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
