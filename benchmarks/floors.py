"""Pinned floors: what was reached once must be reached again, on the same data and by the same scoring program.

Nothing here runs or prints: floors are read, compared, raised and lowered as values. A floor is for one version of the
data and of the program that scores it, told by their digests. Where less is better (cost) it is a ceiling.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

F1 = "F1"
PRECISION = "precision"
AT_MOST = "at most"

_DIGITS = 4
_EXACT = 0.0005
_NOISE = {"cost": 0.03}  # processor time differs from run to run; everything else comes out the same


class FloorError(ValueError):
    """A floor that may not be changed in this way; the message says why."""


class State(Enum):
    """How a figure stands to its floor."""

    HELD = "held"
    ABOVE = "above"
    BELOW = "BELOW"
    NEW = "no floor"
    GONE = "NOT MEASURED"

    @property
    def fails(self) -> bool:
        """Whether the gate stays shut."""
        return self in {State.BELOW, State.GONE}


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """What a floor is valid for: the data and its scoring program, each with the SHA-256 of its file."""

    data: str
    sha256: str
    scorer: str
    scorer_sha256: str


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """One thing that is measured, and how: ``kind`` is F1, PRECISION or AT_MOST."""

    name: str
    kind: str

    def better(self, value: float, than: float) -> float:
        """Return by how much ``value`` is better; negative when it is worse."""
        return than - value if self.kind == AT_MOST else value - than

    @property
    def noise(self) -> float:
        """Return how much two runs of the same program may differ."""
        return _NOISE.get(self.name, _EXACT)


Figures = Mapping[Measure, float]


@dataclass(frozen=True, slots=True)
class Lowering:
    """One entry of the log: who reads the file must see why less was allowed."""

    date: str
    measure: str
    old: float
    new: float
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors, and the log of those that were lowered."""

    pinned: Mapping[Basis, Figures] = field(default_factory=dict)
    lowered: tuple[Lowering, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure beside its floor; one of both may be missing."""

    basis: Basis
    measure: Measure
    figure: float | None
    floor: float | None

    @property
    def difference(self) -> float | None:
        """Return by how much the figure is better than the floor."""
        if self.figure is None or self.floor is None:
            return None
        return self.measure.better(self.figure, self.floor)

    @property
    def state(self) -> State:
        """Return how the figure stands to the floor, noise allowed for."""
        if self.figure is None:
            return State.GONE
        if self.difference is None:
            return State.NEW
        if self.difference < -self.measure.noise:
            return State.BELOW
        return State.ABOVE if self.difference > self.measure.noise else State.HELD


def full_name(data: str, measure: Measure) -> str:
    """Return the name by which a floor is lowered.

    >>> full_name("articles_dev.jsonl", Measure("event argument", "precision"))
    'articles_dev/event argument/precision'
    """
    return f"{Path(data).stem}/{measure.name}/{measure.kind}"


def compare(measured: Mapping[Basis, Figures], floors: Floors) -> list[Verdict]:
    """Return a verdict for each figure, and for each floor of the same data that was not measured.

    Floors of data that are not there, or of another version of them, are left out.
    """
    found = []
    for basis, figures in measured.items():
        pinned = floors.pinned.get(basis, {})
        found += [Verdict(basis, measure, value, pinned.get(measure)) for measure, value in figures.items()]
        found += [Verdict(basis, measure, None, pinned[measure]) for measure in sorted(pinned.keys() - figures.keys())]
    return found


def raised(floors: Floors, verdicts: Iterable[Verdict]) -> Floors:
    """Return the floors with those that are new or were surpassed; none becomes lower."""
    pinned = {basis: dict(figures) for basis, figures in floors.pinned.items()}
    for verdict in verdicts:
        if verdict.figure is not None and verdict.state in {State.NEW, State.ABOVE}:
            pinned.setdefault(verdict.basis, {})[verdict.measure] = _rounded(verdict.measure, verdict.figure)
    return replace(floors, pinned=pinned)


def lowered(floors: Floors, bases: Iterable[Basis], name: str, value: float, *, reason: str, date: str) -> Floors:
    """Return the floors with one of them lowered (a ceiling: lifted) and the change logged.

    ``bases`` are the data at hand. Raises FloorError when there is no such floor, the value is not lower, or the reason
    says nothing.
    """
    if not reason.strip():
        raise FloorError("a floor is lowered for a reason: --reason says it")
    known = {full_name(b.data, m): (b, m) for b in bases for m in floors.pinned.get(b, {})}
    if name not in known:
        raise FloorError(f"no floor {name!r} for these data; there are: " + ", ".join(sorted(known)))
    basis, measure = known[name]
    old = floors.pinned[basis][measure]
    if measure.better(value, old) >= 0:
        raise FloorError(f"{name} is pinned at {old}; {value} demands no less: --raise is for that")
    return Floors(
        {**floors.pinned, basis: {**floors.pinned[basis], measure: value}},
        (*floors.lowered, Lowering(date, name, old, value, reason.strip())),
    )


def _rounded(measure: Measure, value: float) -> float:
    """Return the value with few digits, never more demanding than it is."""
    scale = 10.0**_DIGITS
    near = round(value * scale, 6)  # .29 * 10000 is a little less than 2900
    return (math.ceil(near) if measure.kind == AT_MOST else math.floor(near)) / scale


# -- the file


def read_floors(path: Path) -> Floors:
    """Return the floors of a file, none when there is no such file; raise FloorError when it is no such thing."""
    if not path.exists():
        return Floors()
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return Floors(
            {
                Basis(each["data"], each["sha256"], each["scorer"], each["scorer_sha256"]): {
                    Measure(name, kind): float(value)
                    for name, kinds in each["floors"].items()
                    for kind, value in kinds.items()
                }
                for each in given["pinned"]
            },
            tuple(Lowering(**each) for each in given["lowered"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FloorError(f"{path} does not read as floors: {error!r}") from error


def as_text(floors: Floors) -> str:
    """Return the file's text, the same for the same floors."""
    pinned = []
    for basis in sorted(floors.pinned):
        by_name: dict[str, dict[str, float]] = {}
        for measure, value in sorted(floors.pinned[basis].items()):
            by_name.setdefault(measure.name, {})[measure.kind] = value
        pinned.append(
            {
                "data": basis.data,
                "sha256": basis.sha256,
                "scorer": basis.scorer,
                "scorer_sha256": basis.scorer_sha256,
                "floors": by_name,
            }
        )
    log = [
        {"date": each.date, "measure": each.measure, "old": each.old, "new": each.new, "reason": each.reason}
        for each in floors.lowered
    ]
    return json.dumps({"pinned": pinned, "lowered": log}, indent=1, ensure_ascii=False) + "\n"
