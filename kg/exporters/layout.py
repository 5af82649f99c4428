"""Where the nodes of a drawing stand: computed once, here, so that the page opens at rest and always the same.

The best connected part is laid out by forces, each connected component for itself and the components
packed side by side. Every other node then takes the nearest free place beside a neighbour that stands
already, outside the part that was laid out by forces: fast, and no two nodes ever cover each other.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from kg.exporters.springs import CELL_HEIGHT, CELL_WIDTH, LANDSCAPE, Floats, readable, springs

Point = tuple[int, int]

AIR = 16.0  # how much room the nodes of a small graph get: with fewer than its square they stand wider apart
FAR = 8
LABEL = 34.0  # the height of a label and the gaps around it
ENLARGED = 1.8  # how much larger than to scale a node is drawn when all of a large graph is looked at


@dataclass(frozen=True, slots=True)
class Layout:
    """The nodes, best connected first; how many of them to draw at first; and a point for each node."""

    order: tuple[int, ...]
    first: int
    positions: tuple[Point, ...]


def layout(
    size: int,
    lines: Iterable[tuple[int, int]],
    weights: Sequence[float],
    *,
    radii: Sequence[float] = (),
    first: int = 250,
) -> Layout:
    """Place the nodes 0 to ``size`` - 1: at most ``first`` of them by forces, the others beside their neighbours.

    ``radii`` are how large they are drawn, so that none is drawn over another. Components in which nothing
    has a weight come last and are not among the first, unless there are no others.

    >>> layout(2, [(0, 1)], [1, 5]).order
    (1, 0)
    """
    neighbours = _neighbours(size, lines)
    seeds, first = _seeds(neighbours, weights, first)
    order = _grow(neighbours, weights, seeds)
    rank = {node: place for place, node in enumerate(order[:first])}
    core = [[rank[other] for other in neighbours[node] if other in rank] for node in order[:first]]
    room = np.array([radii[node] if radii else 0.0 for node in order[:first]]) * ENLARGED + LABEL / 2
    points = _pack([_component(part, core, room) for part in _components(core)])
    placed = {order[place]: point for place, point in points.items()}
    _insert(placed, order[first:], neighbours)
    return Layout(tuple(order), first, tuple(placed[node] for node in range(size)))


def ranking(size: int, lines: Iterable[tuple[int, int]], weights: Sequence[float]) -> list[int]:
    """Return the nodes 0 to ``size`` - 1 as ``layout`` orders them, best connected first.

    >>> ranking(3, [(0, 1)], [1, 5, 9])
    [1, 0, 2]
    """
    neighbours = _neighbours(size, lines)
    return _grow(neighbours, weights, _seeds(neighbours, weights, size)[0])


def _neighbours(size: int, lines: Iterable[tuple[int, int]]) -> list[list[int]]:
    neighbours: list[list[int]] = [[] for _ in range(size)]
    for a, b in sorted({(min(pair), max(pair)) for pair in lines if pair[0] != pair[1]}):
        neighbours[a].append(b)
        neighbours[b].append(a)
    return neighbours


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


def _component(part: list[int], neighbours: list[list[int]], room: Floats) -> dict[int, tuple[float, float]]:
    """Return where the nodes of one component stand."""
    number = {node: place for place, node in enumerate(part)}
    pairs = [(number[a], number[b]) for a in part for b in neighbours[a] if a < b]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    at = readable(springs(len(part), ends), room[part], air=AIR / math.sqrt(len(room)))
    return {node: (float(at[place, 0]), float(at[place, 1])) for node, place in number.items()}


def _pack(parts: list[dict[int, tuple[float, float]]]) -> dict[int, Point]:
    """Put the components side by side, the largest first, each where the whole stays smallest in a screen's shape."""
    boxes = [_box(part) for part in parts]
    sizes = [(right - left, bottom - top) for left, top, right, bottom in boxes]
    order = sorted(range(len(parts)), key=lambda i: (-sizes[i][0] * sizes[i][1], i))
    taken = np.empty((0, 4))
    points: dict[int, Point] = {}
    for i in order:
        x, y = _corner(taken, *sizes[i])
        taken = np.vstack([taken, (x, y, x + sizes[i][0], y + sizes[i][1])])
        for node, (px, py) in parts[i].items():
            points[node] = (round(px - boxes[i][0] + x), round(py - boxes[i][1] + y))
    return points


def _corner(taken: Floats, wide: float, high: float) -> tuple[float, float]:
    """Return the best free corner, to the right of a box that stands or below one, for a box of that size."""
    rows, columns = (np.unique(np.append(taken[:, axes].ravel(), 0.0)) for axes in ([1, 3], [0, 2]))
    x, y = (grid.ravel() for grid in np.meshgrid(columns, rows))
    cover = (x[:, None] < taken[:, 2]) & (x[:, None] + wide > taken[:, 0])
    cover &= (y[:, None] < taken[:, 3]) & (y[:, None] + high > taken[:, 1])
    free = ~cover.any(axis=1)
    right, bottom = (np.maximum(taken[:, axis].max(initial=0.0), at) for axis, at in ((2, x + wide), (3, y + high)))
    size = np.where(free, np.maximum(right, bottom * LANDSCAPE), np.inf)
    best = np.lexsort((x, y, x + y, size))[0]
    return float(x[best]), float(y[best])


def _box(part: dict[int, tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    return min(xs) - CELL_WIDTH, min(ys) - CELL_HEIGHT, max(xs) + CELL_WIDTH, max(ys) + CELL_HEIGHT


@dataclass(slots=True)
class _Cells:
    """The places taken, as cells of a grid; the cells around which all is taken; and how far each walk has come."""

    taken: set[Point] = field(default_factory=set)
    crowded: set[Point] = field(default_factory=set)
    walks: dict[Point, Iterator[Point]] = field(default_factory=dict)

    def nearest_free(self, cell: Point) -> Point:
        """Take and return the free cell nearest to ``cell``, or where it is crowded to a landmark that many share.

        What a walk from a landmark has passed is never free again, so that no place is looked at twice from there.
        """
        near = () if cell in self.crowded else _around(cell, range(FAR))
        landmark = (cell[0] // FAR * FAR + FAR // 2, cell[1] // FAR * FAR + FAR // 2)
        place = next((place for place in near if place not in self.taken), None)
        if place is None:
            self.crowded.add(cell)
            walk = self.walks.setdefault(landmark, _around(landmark, itertools.count()))
            place = next(place for place in walk if place not in self.taken)
        self.taken.add(place)
        return place


def _around(cell: Point, radii: Iterable[int]) -> Iterator[Point]:
    """Yield the cells of square rings around ``cell``, each ring's nearest first."""
    return ((cell[0] + i, cell[1] + j) for radius in radii for i, j in _ring(radius))


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
