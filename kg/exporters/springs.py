"""One connected drawing by forces, then turned, drawn together and freed of overlaps: pure functions over arrays."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SPACING = 80.0
CELL = CELL_WIDTH, CELL_HEIGHT = 96, 56
ITERATIONS = 600
APART_ROUNDS = 240
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
LANDSCAPE = 1.5


def springs(count: int, ends: NDArray[np.int64]) -> Floats:
    """Return a place for each of ``count`` nodes: all repel each other, lines pull, the middle attracts a little.

    ``ends`` has a row for each line. The method is that of Fruchterman and Reingold (1991) with a mass for each node
    by its degree, as ForceAtlas2 has it (Jacomy et al. 2014), from a spiral instead of from chance.
    """
    spiral = np.arange(count)
    at = np.stack([np.cos(spiral * GOLDEN_ANGLE), np.sin(spiral * GOLDEN_ANGLE)], axis=1)
    at *= (SPACING * 0.7 * np.sqrt(spiral + 0.5))[:, None]
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    mass = np.sqrt(degree + 1)
    push = _pushing(mass)
    for step in range(ITERATIONS if count > 2 else 12):
        move = push(at) + _pull(at, ends, degree) - at * 0.012 * mass[:, None]
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        limit = SPACING * (3 * (1 - step / ITERATIONS) + 0.02)
        at = at + move * (np.minimum(length, limit) / length)[:, None]
    return at


def readable(at: Floats, room: Floats, *, air: float) -> Floats:
    """Return a drawing turned to lie, drawn together, and so that nodes and their labels cover no others.

    ``room`` is the radius that each node needs, ``air`` how many cells half of the nodes are to have around them.
    """
    return _apart(_dense(_lying(at), air), room)


def _lying(at: Floats) -> Floats:
    """Turn a component so that it is wider than high, and stretch it to the shape of a screen where it is not."""
    at = at - at.mean(axis=0)
    x, y = at[:, 0], at[:, 1]
    angle = 0.5 * math.atan2(2 * float((x * y).sum()), float((x * x).sum() - (y * y).sum()))
    cos, sin = math.cos(angle), math.sin(angle)
    turned = np.stack([x * cos + y * sin, y * cos - x * sin], axis=1)
    wide, high = (float(np.ptp(turned[:, axis])) for axis in (0, 1))
    turned[:, 0] *= min(LANDSCAPE, max(1.0, LANDSCAPE * high / wide)) if wide > 1 else 1.0
    return turned


def _dense(at: Floats, air: float) -> Floats:
    """Shrink a drawing until half of its nodes have ``air`` cells (1 at least) to the nearest other one."""
    if len(at) < 3:
        return at
    gaps = np.maximum(*(np.abs(np.subtract.outer(at[:, i], at[:, i])) / cell for i, cell in enumerate(CELL)))
    np.fill_diagonal(gaps, np.inf)
    return at * min(1.0, max(1.0, air) / float(np.median(gaps.min(axis=1))))


def _pushing(mass: Floats) -> Callable[[Floats], Floats]:
    """Return a function that tells how far each node is pushed by all others.

    The arrays with a number for each two nodes are made once: to get their memory anew at each step takes longer
    than to fill them.
    """
    strength = SPACING**2 * mass[:, None] * mass
    dx, dy, force, square = (np.empty_like(strength) for _ in range(4))

    def push(at: Floats) -> Floats:
        for gap, line in ((dx, at[:, 0]), (dy, at[:, 1])):
            np.subtract.outer(line, line, out=gap)
        np.add(np.multiply(dx, dx, out=square), np.multiply(dy, dy, out=force), out=square)
        np.divide(strength, np.maximum(square, 25.0, out=square), out=force)
        return np.stack([np.multiply(gap, force, out=gap).sum(axis=1) for gap in (dx, dy)], axis=1)

    return push


def _pull(at: Floats, ends: NDArray[np.int64], degree: Floats) -> Floats:
    """Return how far each node is pulled along its lines; lines between two hubs pull less."""
    move = np.zeros_like(at)
    gap = at[ends[:, 1]] - at[ends[:, 0]]
    distance = np.hypot(gap[:, 0], gap[:, 1])
    hubs = np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]).clip(1))
    force = gap * (1.6 * distance / SPACING / hubs)[:, None]
    np.add.at(move, ends[:, 0], force)
    np.add.at(move, ends[:, 1], -force)
    return move


def _apart(at: Floats, room: Floats) -> Floats:
    """Move nodes that cover each other, or each other's labels, apart."""
    count, at = len(at), at.copy()
    gap = np.empty((count, count))
    cells = [np.maximum(np.add.outer(room, room), cell) for cell in CELL]
    for _ in range(APART_ROUNDS):
        near = ~np.eye(count, dtype=bool)
        for line, cell in zip(at.T, cells, strict=True):
            near &= np.abs(np.subtract.outer(line, line, out=gap), out=gap) < cell - 0.5
        one, other = near.nonzero()
        if not one.size:
            break
        apart = at[one] - at[other]
        wanted = np.stack([cell[one, other] for cell in cells], axis=1)
        close = wanted - np.abs(apart)
        sign = np.where(apart == 0, np.sign(one - other)[:, None], np.sign(apart))
        across = close[:, 0] / wanted[:, 0] < close[:, 1] / wanted[:, 1]
        for axis, moved in enumerate((across, ~across)):
            at[:, axis] += 0.3 * np.bincount(one, moved * sign[:, axis] * close[:, axis], minlength=count)
    return at
