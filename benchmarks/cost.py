"""Measure what ``kg`` costs beside parsing alone: ``python benchmarks/cost.py SOURCE... [--extract] [--runs N]``.

SOURCE is what ``kg build`` takes: your own JSONL file or a folder of articles. Processor time, not time on the clock.

Without ``--extract`` two programs run in turn, each in a process of its own: ``kg build`` from reading to the written
Turtle, and ``nlp.pipe`` of the same model over the same texts. Both include starting Python and loading the model,
which is also measured alone and taken off for the second ratio. The median of N runs.

With ``--extract`` one process has everything loaded, and the whole of ``kg.extract`` takes turns with ``nlp.pipe`` of
the same model, as spaCy loads it, over the same texts. The median ratio of N runs counts.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import spacy
from spacy.language import Language

import kg
from kg.model import Document
from kg.nlp.model import DEFAULT_MODEL, default_model_path, load_model
from kg.sources import read_sources

# One thread in both programs, so that processor time is comparable; a fixed hash seed, so that runs are.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
PIPE = "pipe"
LOAD = "load"
EXTRACT = "extract"


@dataclass(frozen=True, slots=True)
class Overhead:
    """What extraction costs in one process: processor seconds (medians), and the ratio of each run."""

    documents: int
    tokens: int
    parse: float
    extract: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return the median ratio of extraction to parsing alone."""
        return statistics.median(self.ratios)


def plain_model(model: str) -> Language:
    """Return the spaCy pipeline as spaCy itself loads it: what ``kg`` does to its own copy is no part of the parse."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return spacy.load(default_model_path() if model == DEFAULT_MODEL else model)


def documents_of(sources: Sequence[str]) -> list[Document]:
    """Return the documents that can be read from the sources."""
    return [item for item in read_sources(sources) if isinstance(item, Document)]


def in_turn(first: Callable[[], None], second: Callable[[], None], *, swapped: bool) -> tuple[float, float]:
    """Return the processor seconds of both, which run one after the other: the second one first where ``swapped``."""
    seconds = {}
    for program in (second, first) if swapped else (first, second):
        gc.collect()
        before = time.process_time()
        program()
        seconds[program] = time.process_time() - before
    return seconds[first], seconds[second]


def extract_beside_parse(sources: Sequence[str], model: str, runs: int) -> Overhead:
    """Measure ``kg.extract`` against ``nlp.pipe`` in this process; each has run once before it counts.

    Both get all texts at once and batch them as they do by themselves.
    """
    documents = documents_of(sources)
    texts = [document.text for document in documents]
    nlp = plain_model(model)

    def parse() -> None:
        for _ in nlp.pipe(texts):
            pass

    def extract() -> None:
        for _ in kg.extract(documents, model=model):
            pass

    _, *pairs = [in_turn(parse, extract, swapped=run % 2 == 1) for run in range(runs + 1)]
    parse_seconds, extract_seconds = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = tuple(extract / parse for parse, extract in pairs)
    tokens = sum(len(nlp.make_doc(text)) for text in texts)
    return Overhead(len(documents), tokens, parse_seconds, extract_seconds, ratios)


def overhead(sources: Sequence[str], *, model: str = DEFAULT_MODEL, runs: int = 5) -> Overhead:
    """Measure ``kg.extract`` against ``nlp.pipe`` in a fresh process with one thread."""
    command = [sys.executable, __file__, "--model", model, "--runs", str(runs), "--only", EXTRACT, *sources]
    done = subprocess.run(command, check=True, env=os.environ | ENVIRONMENT, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    return Overhead(**{**found, "ratios": tuple(found["ratios"])})


# -- whole programs


def parse_alone(sources: Sequence[str], model: str) -> None:
    """Parse every document whole with ``nlp.pipe`` and forget it."""
    for _ in plain_model(model).pipe([document.text for document in documents_of(sources)]):
        pass


def processor_seconds(command: Sequence[str]) -> float:
    """Run a command and return its user and system time; raise CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=os.environ | ENVIRONMENT, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(sources: Sequence[str], model: str, runs: int) -> dict[str, float]:
    """Return the median processor time of each program, run in turn so that a busy machine is busy for all."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "kg", "build", *sources, "--format", "ttl", "--quiet", "--model", model]
        own = [sys.executable, __file__, "--model", model]
        programs = {
            "load": [*own, "--only", LOAD, *sources],
            "parse": [*own, "--only", PIPE, *sources],
            "build": [*build, "-o"],
        }
        found: dict[str, list[float]] = {name: [] for name in programs}
        for run in range(runs):
            for name, command in programs.items():
                fresh = [f"{folder}/{run}"] if name == "build" else []  # what a folder holds is not parsed again
                found[name].append(processor_seconds([*command, *fresh]))
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def size(sources: Sequence[str], model: str) -> tuple[int, int]:
    """Return how many documents and tokens there are."""
    make = load_model(model).make_doc
    lengths = [len(make(document.text)) for document in documents_of(sources)]
    return len(lengths), sum(lengths)


def report(seconds: dict[str, float], documents: int, tokens: int, runs: int) -> str:
    """Return the table that is printed for whole programs."""
    load, parse, build = seconds["load"], seconds["parse"], seconds["build"]
    rows = [
        ("start, imports and model alone", load, ""),
        ("nlp.pipe alone", parse, f"{(parse - load) / tokens * 1e6:,.0f} µs a token, start taken off"),
        ("kg build, sources to Turtle", build, f"{(build - load) / tokens * 1e6:,.0f} µs a token, start taken off"),
    ]
    lines = [f"{documents:,} documents, {tokens:,} tokens; processor seconds, median of {runs}", ""]
    lines += [f"{name:32}{value:9.2f}  {note}" for name, value, note in rows]
    lines += ["", f"{'whole programs':32}{build / parse:9.2f}  times nlp.pipe"]
    if parse > load:
        lines.append(f"{'without start and model':32}{(build - load) / (parse - load):9.2f}  times nlp.pipe")
    return "\n".join(lines)


def report_overhead(found: Overhead) -> str:
    """Return the table that is printed for extraction in one process."""
    rows = (("nlp.pipe alone", found.parse), ("kg.extract", found.extract))
    lines = [f"{found.documents:,} documents, {found.tokens:,} tokens; processor seconds, one process", ""]
    lines += [f"{name:32}{value:9.2f}  {value / found.tokens * 1e6:,.0f} µs a token" for name, value in rows]
    spread = f"{min(found.ratios):.2f} to {max(found.ratios):.2f} in {len(found.ratios)} runs"
    return "\n".join([*lines, "", f"{'kg.extract':32}{found.ratio:9.2f}  times nlp.pipe ({spread})"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--extract", action="store_true", help="kg.extract against nlp.pipe, in one process")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    parser.add_argument("--only", choices=[LOAD, PIPE, EXTRACT], help=argparse.SUPPRESS)  # what it asks of itself
    args = parser.parse_args()
    if args.only == LOAD:
        plain_model(args.model)
    elif args.only == PIPE:
        parse_alone(args.sources, args.model)
    elif args.only == EXTRACT:
        found = extract_beside_parse(args.sources, args.model, args.runs)
        print(json.dumps(asdict(found)))
    else:
        documents, tokens = size(args.sources, args.model)
        if not tokens:
            parser.error("no document could be read from the sources")
        if args.extract:
            print(report_overhead(overhead(args.sources, model=args.model, runs=args.runs)))
        else:
            print(report(measure(args.sources, args.model, args.runs), documents, tokens, args.runs))


if __name__ == "__main__":
    main()
