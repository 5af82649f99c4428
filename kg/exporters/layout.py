"""Where the nodes of a drawing stand: computed once, here, so that the page opens at rest and always the same.

The best connected part is laid out by forces, each connected component for itself and the components
packed side by side. Every other node then takes the nearest free place beside a neighbour that stands
already, outside the part that was laid out by forces: fast, and no two nodes ever cover each other.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[int, int]

SPACING = 80.0
CELL_WIDTH, CELL_HEIGHT = 96, 56
ITERATIONS = 220
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
LANDSCAPE = 1.5


@dataclass(frozen=True, slots=True)
class Layout:
    """The nodes, best connected first; how many of them to draw at first; and a point for each node."""

    order: tuple[int, ...]
    first: int
    positions: tuple[Point, ...]


def layout(size: int, lines: Iterable[tuple[int, int]], weights: Sequence[float], *, first: int = 250) -> Layout:
    """Place the nodes 0 to ``size`` - 1: at most ``first`` of them by forces, the others beside their neighbours.

    Components in which nothing has a weight come last and are not among the first, unless there are no others.

    >>> layout(2, [(0, 1)], [1, 5]).order
    (1, 0)
    """
    neighbours: list[list[int]] = [[] for _ in range(size)]
    for a, b in sorted({(min(pair), max(pair)) for pair in lines if pair[0] != pair[1]}):
        neighbours[a].append(b)
        neighbours[b].append(a)
    seeds, first = _seeds(neighbours, weights, first)
    order = _grow(neighbours, weights, seeds)
    rank = {node: place for place, node in enumerate(order[:first])}
    core = [[rank[other] for other in neighbours[node] if other in rank] for node in order[:first]]
    points = _pack([_forces(part, core) for part in _components(core)])
    placed = {order[place]: point for place, point in points.items()}
    _insert(placed, order[first:], neighbours)
    return Layout(tuple(order), first, tuple(placed[node] for node in range(size)))


def _grow(neighbours: list[list[int]], weights: Sequence[float], seeds: list[int]) -> list[int]:
    """Return all nodes so that each, where it can, touches an earlier one, and the weightiest come first."""
    score = [weights[node] + len(others) for node, others in enumerate(neighbours)]
    seen = [False] * len(score)
    order: list[int] = []
    for seed in seeds:
        heap = [(-score[seed], seed)]
        seen[seed] = True
        while heap:
            node = heapq.heappop(heap)[1]
            order.append(node)
            for other in neighbours[node]:
                if not seen[other]:
                    seen[other] = True
                    heapq.heappush(heap, (-score[other], other))
    return order


def _seeds(neighbours: list[list[int]], weights: Sequence[float], most: int) -> tuple[list[int], int]:
    """Return the weightiest node of each component, largest component first, and how many nodes to draw at first."""
    parts = _components(neighbours)
    heavy = sum(len(part) for part in parts if any(weights[node] for node in part))
    ranked = sorted((not any(weights[node] for node in part), -len(part), part) for part in parts)
    seeds = [min(part, key=lambda node: (-weights[node] - len(neighbours[node]), node)) for _, _, part in ranked]
    return seeds, min(most, heavy or len(neighbours))


def _components(neighbours: list[list[int]]) -> list[list[int]]:
    """Return the connected components, each sorted."""
    seen: set[int] = set()
    parts: list[list[int]] = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            fresh = [other for other in neighbours[node] if other not in seen]
            seen.update(fresh)
            part += fresh
        parts.append(sorted(part))
    return parts


def _forces(part: list[int], neighbours: list[list[int]]) -> dict[int, tuple[float, float]]:
    """Lay one component out by forces: all nodes repel each other, lines pull, the middle attracts a little."""
    number = {node: place for place, node in enumerate(part)}
    count = len(part)
    spiral = np.arange(count)
    at = np.stack([np.cos(spiral * GOLDEN_ANGLE), np.sin(spiral * GOLDEN_ANGLE)], axis=1)
    at *= (SPACING * 0.7 * np.sqrt(spiral + 0.5))[:, None]
    pairs = [(number[a], number[b]) for a in part for b in neighbours[a] if a < b]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    mass = np.sqrt(degree + 1)
    push = _pushing(mass)
    for step in range(ITERATIONS if count > 2 else 12):
        move = push(at) + _pull(at, ends, degree) - at * 0.012 * mass[:, None]
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        limit = SPACING * (0.9 * (1 - step / ITERATIONS) + 0.02)
        at = at + move * (np.minimum(length, limit) / length)[:, None]
    at = _apart(_lying(at))
    return {node: (float(at[place, 0]), float(at[place, 1])) for node, place in number.items()}


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


def _apart(at: Floats) -> Floats:
    """Move nodes that cover each other, or each other's labels, apart."""
    count, at = len(at), at.copy()
    gap = np.empty((count, count))
    for _ in range(60):
        near = ~np.eye(count, dtype=bool)
        for line, cell in zip(at.T, (CELL_WIDTH, CELL_HEIGHT), strict=True):
            near &= np.abs(np.subtract.outer(line, line, out=gap), out=gap) < cell
        one, other = near.nonzero()
        if not one.size:
            break
        apart = at[one] - at[other]
        close = (CELL_WIDTH, CELL_HEIGHT) - np.abs(apart)
        sign = np.where(apart == 0, np.sign(one - other)[:, None], np.sign(apart))
        across = close[:, 0] / CELL_WIDTH < close[:, 1] / CELL_HEIGHT
        for axis, moved in enumerate((across, ~across)):
            at[:, axis] += 0.25 * np.bincount(one, moved * sign[:, axis] * close[:, axis], minlength=count)
    return at


def _pack(parts: list[dict[int, tuple[float, float]]]) -> dict[int, Point]:
    """Put the components side by side on shelves, the largest first, in about the shape of a screen."""
    boxes = [_box(part) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-len(parts[i]), i))
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)
    width = max([math.sqrt(area * 1.8), *(right - left for left, _, right, _ in boxes)], default=0)
    points: dict[int, Point] = {}
    x = y = shelf = 0.0
    for i in order:
        left, top, right, bottom = boxes[i]
        if x and x + right - left > width:
            x, y, shelf = 0.0, y + shelf, 0.0
        for node, (px, py) in parts[i].items():
            points[node] = (round(px - left + x - width / 2), round(py - top + y))
        x, shelf = x + right - left, max(shelf, bottom - top)
    return points


def _box(part: dict[int, tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    return min(xs) - CELL_WIDTH, min(ys) - CELL_HEIGHT, max(xs) + CELL_WIDTH, max(ys) + CELL_HEIGHT


@dataclass(slots=True)
class _Cells:
    """The places taken, as cells of a grid, and how far around each cell all is known to be taken."""

    taken: set[Point] = field(default_factory=set)
    full: dict[Point, int] = field(default_factory=dict)

    def nearest_free(self, cell: Point) -> Point:
        """Take and return the free cell nearest to ``cell`` in the first ring around it that has one."""
        for radius in itertools.count(self.full.get(cell, 0)):
            for i, j in _ring(radius):
                place = (cell[0] + i, cell[1] + j)
                if place not in self.taken:
                    self.full[cell] = radius
                    self.taken.add(place)
                    return place
        raise AssertionError("a plane has always room")


@cache
def _ring(radius: int) -> list[Point]:
    """Return the cells of the square ring of that radius, the nearest to its middle first."""
    rows = {(i, side) for i in range(-radius, radius + 1) for side in (-radius, radius)}
    return sorted(rows | {(side, i) for i, side in rows}, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, cell))


def _insert(placed: dict[int, Point], rest: Sequence[int], neighbours: list[list[int]]) -> None:
    """Give each node of ``rest`` the free place nearest to those of its neighbours that have one."""
    inner = {(round(x / CELL_WIDTH), round(y / CELL_HEIGHT)) for x, y in placed.values()}
    margin = [(i, j) for i in (-1, 0, 1) for j in (-2, -1, 0, 1, 2)]
    cells = _Cells({(x + i, y + j) for x, y in inner for i, j in margin})
    left = min((x for x, _ in placed.values()), default=0) // CELL_WIDTH
    bottom = max((y for _, y in placed.values()), default=0) // CELL_HEIGHT + 3
    for node in rest:
        standing = [placed[other] for other in neighbours[node] if other in placed]
        if standing:
            x = sum(point[0] for point in standing) / len(standing) / CELL_WIDTH
            y = sum(point[1] for point in standing) / len(standing) / CELL_HEIGHT
            cell = cells.nearest_free((round(x), round(y)))
        else:
            cell = cells.nearest_free((left, bottom))
        placed[node] = (cell[0] * CELL_WIDTH + node * 37 % 61 - 30, cell[1] * CELL_HEIGHT + node * 53 % 37 - 18)
