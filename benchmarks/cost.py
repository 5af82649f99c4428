"""Measure what ``kg build`` costs beside parsing alone: ``python benchmarks/cost.py SOURCE... [--runs N]``.

SOURCE is what ``kg build`` takes: your own JSONL file or a folder of articles. Two programs run in turn, each in a
process of its own: ``kg build`` from reading to the written Turtle, and ``nlp.pipe`` of the same model over the same
texts. Both include starting Python and loading the model, which is also measured alone and taken off for the second
ratio, the one that counts for many articles. Processor time, not time on the clock; the median of N runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from kg.model import Document
from kg.nlp.model import DEFAULT_MODEL, load_model
from kg.sources import read_sources

# One thread in both programs, so that processor time is comparable; a fixed hash seed, so that runs are.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
PIPE = "pipe"
LOAD = "load"


def parse_alone(sources: Sequence[str], model: str) -> None:
    """Parse every document whole with ``nlp.pipe`` and forget it."""
    texts = [item.text for item in read_sources(sources) if isinstance(item, Document)]
    for _ in load_model(model).pipe(texts):
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
        kg = [sys.executable, "-m", "kg", "build", *sources, "-o", folder, "--format", "ttl", "--quiet"]
        own = [sys.executable, __file__, "--model", model]
        programs = {
            "load": [*own, "--only", LOAD, *sources],
            "parse": [*own, "--only", PIPE, *sources],
            "build": [*kg, "--model", model],
        }
        found: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(runs):
            for name, command in programs.items():
                found[name].append(processor_seconds(command))
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def size(sources: Sequence[str], model: str) -> tuple[int, int]:
    """Return how many documents and tokens there are."""
    make = load_model(model).make_doc
    lengths = [len(make(item.text)) for item in read_sources(sources) if isinstance(item, Document)]
    return len(lengths), sum(lengths)


def report(seconds: dict[str, float], documents: int, tokens: int, runs: int) -> str:
    """Return the table that is printed."""
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    parser.add_argument("--only", choices=[LOAD, PIPE], help=argparse.SUPPRESS)  # what the program asks of itself
    args = parser.parse_args()
    if args.only == LOAD:
        load_model(args.model)
    elif args.only == PIPE:
        parse_alone(args.sources, args.model)
    else:
        documents, tokens = size(args.sources, args.model)
        if not tokens:
            parser.error("no document could be read from the sources")
        print(report(measure(args.sources, args.model, args.runs), documents, tokens, args.runs))


if __name__ == "__main__":
    main()
