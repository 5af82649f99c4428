"""A writer killed at any moment leaves the old or the new state, and readers meanwhile see one of the two.

The killing is done by benchmarks/kills.py, in a process that has opened no database before it forks.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import kills  # noqa: E402 - it lies beside the package, not in it

from kg.store import swap  # noqa: E402 - after the path above

MEMORY = Path("/dev/shm")  # where the disk is not waited for, the same is done in a third of the time
OLD, NEW = frozenset({0, 1, 2}), frozenset({1, 3})


def counted(*arguments: str, folder: Path) -> dict[str, int]:
    """Run the program and return what it counted."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else folder
    command = [sys.executable, str(ROOT / "benchmarks" / "kills.py"), *arguments, "--in", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: int(number) for number, name in re.findall(r"^ *(\d+)  (.+)$", done.stdout, re.M)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program forks")
def test_a_kill_before_any_step_leaves_one_of_the_two_states(tmp_path: Path) -> None:
    found = counted("--every-step", folder=tmp_path)
    assert found["killed before a step"] > 60
    assert found["then the old state"] > 30
    assert found["then the new state"] > 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program forks")
def test_killed_at_random(tmp_path: Path) -> None:
    found = counted("--kills", "100", "--seed", "4", folder=tmp_path)
    assert found["killed"] == 100
    assert found["killed in the middle of a write"] > 20


WRITE = """
import sys
from pathlib import Path
from itertools import count
import kills
for i in count():
    kills.write(Path(sys.argv[1]), (frozenset({1, 3}), frozenset({0, 1, 2}))[i % 2])
"""


def test_readers_see_one_state_or_the_other_while_it_changes(tmp_path: Path) -> None:
    kills.write(tmp_path, OLD)
    graphs = {OLD: kills.graph_of(OLD), NEW: kills.graph_of(NEW)}
    environment = os.environ | {"PYTHONPATH": str(ROOT / "benchmarks")}
    seen = set()
    with subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path)], env=environment) as writer:
        try:
            store, end = kills.Store(tmp_path), time.monotonic() + 3
            while time.monotonic() < end or (len(seen) < 2 and time.monotonic() < end + 60):
                state = frozenset(int(entry.id, 16) for entry in store.documents)
                assert set(store.graph()) == graphs[state]
                rows = store.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows
                assert rows == ((len(graphs[state]),),)
                seen.add(state)
                store.refresh()
        finally:
            writer.send_signal(signal.SIGTERM)
    assert seen == {OLD, NEW}


def test_a_swap_between_two_looks_is_not_taken_for_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / swap.NEXT).mkdir()
    looked = Path.is_dir

    def swapped_meanwhile(path: Path) -> bool:
        found = looked(path)
        if path.name == swap.CURRENT and not found:
            (tmp_path / swap.NEXT).rename(tmp_path / swap.CURRENT)
        return found

    monkeypatch.setattr(Path, "is_dir", swapped_meanwhile)
    assert swap.current(tmp_path) == tmp_path / swap.CURRENT


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    states = [frozenset({i, (i + 1) % 5}) for i in range(4)]
    threads = [threading.Thread(target=kills.write, args=(tmp_path, state)) for state in states]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kills.seen(tmp_path, states) in states
