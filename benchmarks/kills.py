"""Kill a writer of the store at random moments, many times: ``python benchmarks/kills.py --kills 10000``.

Each round is a process of its own. It first looks at the store as a reader does: what is there must be, quad for quad,
the state before the last write or the state after it, and the checksums of the database, the files of its documents and
the exported file must fit. Then it writes another state (two to five documents of five, at random), and is killed with
SIGKILL at a moment drawn from the whole length of such a write. Now and then a write is let run to its end, and then
nothing may be left in the folder but what belongs there.

``--every-step`` kills instead before each single thing that a write does to a file, one after the other, with a store
that was there before and without one. Linux and macOS (both fork).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph as ox

from kg.dataset import put
from kg.exports import RECORD, is_current
from kg.identity import consolidate
from kg.intake import NO_HOOKS, Intake
from kg.store import Store, asread, database, swap
from kg.store.commit import held
from kg.store.lock import HOLDER, LOCK, writing
from kg.store.manifest import Entry, Manifest

DOCUMENTS = 5
WHOLE_EVERY = 20  # so many kills, then a write that is let run
BEGIN, END, BAD = b"b", b"e", b"!"
BASE = "https://example.org/kg/"

State = frozenset[int]


def quads_of(number: int) -> tuple[ox.Quad, ...]:
    """Return the quads as read of a made-up document: some its own, some that every document states."""
    name = ox.NamedNode(f"{BASE}document/{number:016x}")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    own = (
        ox.Quad(ox.NamedNode(f"{BASE}event/{number}-{i}"), label, ox.Literal(f"event {i} of {number}"), name)
        for i in range(40)
    )
    common = (ox.Quad(ox.NamedNode(f"{BASE}entity/{i}"), label, ox.Literal(f"thing {i}"), name) for i in range(20))
    return (*own, *common)


QUADS = [quads_of(number) for number in range(DOCUMENTS)]


def graph_of(state: State) -> frozenset[ox.Quad]:
    """Return the graph that the store must hold in a state."""
    return consolidate(quad for number in state for quad in QUADS[number])


def write(folder: Path, state: State) -> None:
    """Make a state the one of the store, as `kg add` and `kg remove` do when all is parsed."""
    with writing(folder):
        old = held(folder)
        entries, fresh = [], {}
        for number in sorted(state):
            file = asread.write_document(folder, f"{number:016x}", QUADS[number])
            entries.append(Entry(f"{number:016x}", str(number), file, (f"../{number}.txt",)))
            fresh[file] = QUADS[number]
        manifest = replace(old or Manifest(), documents=tuple(entries), formats=("nt",))
        put(folder, old, manifest, Intake(tuple(entries), fresh), NO_HOOKS)


def seen(folder: Path, states: Iterable[State]) -> State:
    """Return which of the states a reader finds; raise AssertionError where it finds anything else."""
    store = Store(folder)
    state = frozenset(int(entry.id, 16) for entry in store.documents)
    assert state in states, f"neither the old nor the new state: {sorted(state)}"
    graph = graph_of(state)
    assert store.graph() == type(store.graph())(graph), "not the graph of its documents"
    named = {quad for quad in store.database.quads_for_pattern(None, None, None, None) if quad in graph}
    assert named == graph, "the database is not the graph"
    triples = {quad.triple for quad in graph}
    assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == ((len(triples),),), "not the union"
    assert database.is_whole(swap.current(folder) or folder), "a file of the database is not as it was written"
    for entry in store.documents:
        assert set(asread.read_document(folder, entry.file)) == set(QUADS[int(entry.id, 16)]), "a document is lost"
    if is_current(folder, ["nt"], state=store.manifest.state):
        exported = set(ox.parse(path=str(folder / "graph.nt"), format=ox.RdfFormat.N_TRIPLES))
        assert {quad.triple for quad in exported} == triples, "the exported file is not of the state it is noted for"
    return state


def is_tidy(folder: Path, state: State) -> bool:
    """Tell whether there is nothing in the folder but what belongs there."""
    names = {path.name for path in folder.iterdir()}
    documents = {path.name for path in (folder / asread.FOLDER).iterdir()}
    belongs = {swap.CURRENT, asread.FOLDER, "graph.nt", LOCK, RECORD}
    return names == belongs and documents == {entry.file for entry in Store(folder).documents} and HOLDER not in names


@dataclass(slots=True)
class Round:
    """What came of one process: which state it found, how far it came, what it left."""

    found: State | None
    reached: str
    left: tuple[str, ...] = ()
    seconds: float = 0.0


def one_round(folder: Path, states: Sequence[State], target: State, kill_after: float | None) -> Round:
    """Run a process that reads, then writes ``target``; kill it so many seconds after it began to write."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        _child(folder, states, target, write_end)
    os.close(write_end)
    told = os.read(read_end, 64)
    if told.startswith(BAD):
        os.waitpid(child, 0)
        return Round(None, told[1:].decode() + os.read(read_end, 1000).decode())
    began = time.perf_counter()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    rest = os.read(read_end, 1000)
    seconds = time.perf_counter() - began
    os.waitpid(child, 0)
    os.close(read_end)
    left = tuple(name for name in (swap.WORK, swap.NEXT, swap.OLD) if (folder / name).exists())
    if not (folder / swap.CURRENT).exists():
        left = (*left, "no " + swap.CURRENT)
    return Round(states[told[1]], "ended" if END in told[2:] + rest else "killed", left, seconds)


def _child(folder: Path, states: Sequence[State], target: State, pipe: int) -> None:
    try:
        state = seen(folder, states)
        os.write(pipe, BEGIN + bytes([list(states).index(state)]))
        write(folder, target)
        os.write(pipe, END)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent is told
        os.write(pipe, BAD + f"{type(error).__name__}: {error}".encode()[:900])
        os._exit(1)


def run(folder: Path, kills: int, *, seed: int = 0) -> Counter[str]:
    """Kill so many writers, and count what was seen; raise AssertionError at the first thing that is wrong."""
    draw = random.Random(seed)
    states: list[State] = [frozenset({0, 1})]
    assert _in_child(partial(write, folder, states[0])), "the first write failed"
    lengths: deque[float] = deque(maxlen=WHOLE_EVERY)  # of the last writes that were let run
    for other in (frozenset({1, 2, 3}), states[0]):
        lengths.append(one_round(folder, [states[0], frozenset({1, 2, 3})], other, None).seconds)
    counted: Counter[str] = Counter()
    for number in count(1):
        target = frozenset(draw.sample(range(DOCUMENTS), draw.randint(2, DOCUMENTS)))
        let_run = number % WHOLE_EVERY == 0
        done = one_round(folder, states, target, None if let_run else draw.uniform(0, median(lengths)))
        assert done.found is not None, f"round {number}: {done.reached}"
        if len(states) == 2 and states[0] != states[1]:
            counted["then the new state" if done.found == states[1] else "then the old state"] += 1
        states = [done.found, target]
        if let_run:
            assert done.reached == "ended", f"round {number}: a write that was let run did not end"
            states = [target]
            lengths.append(done.seconds)
            assert _in_child(partial(is_tidy, folder, target)), f"round {number}: something is left over"
            counted["let run, and tidy"] += 1
            continue
        counted["killed"] += 1
        counted["killed in the middle of a write" if done.reached == "killed" else "killed when done"] += 1
        for name in done.left:
            counted[f"left: {name}"] += 1
        if counted["killed"] % 500 == 0:
            print(f"{counted['killed']:,} kills", file=sys.stderr, flush=True)
        if counted["killed"] >= kills:
            return counted


# What Python does to files is told to audit hooks before it is done; Oxigraph's own writing is within one such step.
STEPS = frozenset({"os.rename", "os.rmdir", "os.mkdir", "open"})


def every_step(folder: Path) -> Counter[str]:
    """Kill a writer before each step of a write; count the steps and what a reader found, raise as `run` does."""
    counted: Counter[str] = Counter()
    new = frozenset({1, 3})
    for old in (frozenset({0, 1, 2}), None):
        for step in count():
            if old is not None:
                assert _in_child(partial(_write_and_look, folder, old)), (
                    f"step {step - 1}: not written or not tidy after"
                )
            killed = not _in_child(partial(_write_until, folder, new, step))
            is_new = _in_child(partial(_finds, folder, new))
            assert is_new or old is None or _in_child(partial(_finds, folder, old)), f"step {step}: neither state"
            if old is None:
                assert _in_child(partial(_write_and_look, folder, new)), f"step {step}: not written or not tidy after"
                shutil.rmtree(folder)
            if not killed:
                break
            counted["killed before a step"] += 1
            counted["then the new state" if is_new else "then the old state"] += 1
        if folder.exists():
            shutil.rmtree(folder)
    return counted


def _write_and_look(folder: Path, state: State) -> bool:
    write(folder, state)
    return is_tidy(folder, state) and seen(folder, [state]) == state


def _write_until(folder: Path, state: State, step: int) -> None:
    steps, last = count(), ""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal last
        if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            return
        if event == "os.remove" or (event in STEPS and str(folder) in str(arguments[0])):
            repeated, last = event == last == "os.remove", event  # of many files that go, the first stands for all
            if not repeated and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    write(folder, state)


def _finds(folder: Path, state: State) -> bool:
    return seen(folder, [state]) == state


def _in_child(work: Callable[[], bool | None]) -> bool:
    """Run a function in a process of its own: a process that has opened a database should not fork."""
    if (child := os.fork()) == 0:
        try:
            os._exit(0 if work() in (None, True) else 1)
        except BaseException:  # noqa: BLE001 - the exit code says it
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was counted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--every-step", action="store_true", help="before each step of a write instead of at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--in", dest="place", type=Path, help="the folder to work in; one for temporary files by default"
    )
    parser.add_argument("--docs", type=Path, metavar="PAGE", help="fill the marked section of a page as well")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="kg-kills-", dir=options.place)) / "out"
    began = time.perf_counter()
    try:
        counted = every_step(folder) if options.every_step else run(folder, options.kills, seed=options.seed)
    except AssertionError as error:
        print(f"wrong: {error}; see {folder}", file=sys.stderr)
        return 1
    lines = [f"{number:7,}  {name}" for name, number in sorted(counted.items())]
    print("\n".join([*lines, f"{time.perf_counter() - began:7,.0f}  seconds"]))
    shutil.rmtree(folder.parent)
    if options.docs is not None:
        from quality_page import filled  # noqa: PLC0415 - it brings threads along, which do not go well with forks

        text = "\n".join(["```", *lines, "```"])
        options.docs.write_text(filled(options.docs.read_text("utf-8"), "kills", text), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
