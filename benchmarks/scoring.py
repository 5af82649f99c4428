"""Call a scoring program and read its answer, as quality.py and peers.py do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from floors import Basis, Figures


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one file; ``gold`` is how many things the annotation has, ``note`` a condition of the figure."""

    measure: str
    precision: float
    recall: float
    f1: float
    gold: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """What was measured on one file."""

    basis: Basis
    rows: tuple[Row, ...]
    figures: Figures


def score(scorer: Path, data: Path, answered: Path) -> Any:
    """Return what the scoring program prints with ``--json``."""
    command = [sys.executable, str(scorer), str(data), str(answered), "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def rows(found: Mapping[str, Any]) -> Iterator[Row]:
    """Yield one row for each measure in a scorer's answer: each object that has precision, recall and F1.

    An answer that is one such object has one measure, at the confidence ("threshold") that suits it best.
    """
    if "precision" in found:
        found = {"propositions": found}
    for measure, value in found.items():
        if isinstance(value, Mapping) and {"precision", "recall", "f1"} <= set(value):
            note = f"confidence {value['threshold']:.2f} and more" if "threshold" in value else ""
            yield Row(measure, value["precision"], value["recall"], value["f1"], int(value.get("gold", 0)), note)


def share(value: float) -> str:
    """Return a share as it is printed.

    >>> share(0.5594), share(1.0)
    ('.559', '1.000')
    """
    return f"{value:.3f}".removeprefix("0")
