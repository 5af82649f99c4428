"""The layout of the HTML page beside those of other libraries: ``python benchmarks/layouts.py`` prints a table.

Each lays out the first view (at most 250 nodes) of the invented graphs that the tests draw, and of GRAPH.ttl files if
some are given. All results are then turned, drawn together and freed of overlaps alike, as the page needs it. Measured:

- crossings: pairs of lines that cross, for each line
- stress: how far distances on the screen are from distances in the graph (0 is best), after the best scaling
- near: the share of a node's neighbours that are among its nearest on the screen

A library that is not installed is left out: ``pip install rustworkx pygraphviz``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.exporters import layout as ours
from kg.exporters.html_data import page_data
from kg.exporters.springs import readable, springs
from kg.graph import KnowledgeGraph

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from html_sample import large, small

Floats = NDArray[np.float64]
Ends = NDArray[np.int64]
FIRST = 250


def first_view(graph: KnowledgeGraph) -> tuple[int, Ends]:
    """Return the largest component of the first view: how many nodes, and the two ends of each line."""
    data = page_data(graph.index)
    pairs = [(line["from"], line["to"]) for line in data["lines"]]
    order = ours.ranking(len(data["nodes"]), pairs, [node["claims"] for node in data["nodes"]])[:FIRST]
    drawn = nx.Graph(pairs).subgraph(order)
    nodes = sorted(max(nx.connected_components(drawn), key=len))
    place = {node: i for i, node in enumerate(nodes)}
    ends = sorted({tuple(sorted((place[a], place[b]))) for a, b in drawn.edges(nodes) if a != b})
    return len(nodes), np.array(ends, dtype=np.int64).reshape(-1, 2)


def layouts() -> Iterator[tuple[str, Callable[[int, Ends], Floats]]]:
    """Yield a name and a function for each layout that is installed."""
    yield "ours (numpy)", springs
    yield "networkx spring", networkx_spring
    if rustworkx := installed("rustworkx"):
        yield "rustworkx spring", lambda count, ends: rustworkx_spring(rustworkx, count, ends)
    if pygraphviz := installed("pygraphviz"):
        for program in ("sfdp", "neato"):
            yield f"graphviz {program}", lambda count, ends, program=program: graphviz(pygraphviz, program, count, ends)


def installed(name: str) -> ModuleType | None:
    """Return a module, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def networkx_spring(count: int, ends: Ends) -> Floats:
    graph = nx.empty_graph(count)
    graph.add_edges_from(ends.tolist())
    return np.array([place for _, place in sorted(nx.spring_layout(graph, seed=1).items())]) * 1000


def rustworkx_spring(rustworkx: ModuleType, count: int, ends: Ends) -> Floats:
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data([tuple(pair) for pair in ends.tolist()])
    places = rustworkx.graph_spring_layout(graph, seed=1, num_iter=200)
    return np.array([places[node] for node in range(count)]) * 1000


def graphviz(pygraphviz: ModuleType, program: str, count: int, ends: Ends) -> Floats:
    graph = pygraphviz.AGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ends.tolist())
    graph.layout(prog=program)
    return np.array([[float(x) for x in graph.get_node(node).attr["pos"].split(",")] for node in range(count)])


def crossings(at: Floats, ends: Ends) -> float:
    """Return how many pairs of lines without a common end cross, for each line."""
    a, b = at[ends[:, 0]], at[ends[:, 1]]

    def side(p: Floats, q: Floats, r: Floats) -> Floats:
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])

    p, q, r, s = a[:, None], b[:, None], a[None, :], b[None, :]
    crossed = (side(p, q, r) * side(p, q, s) < 0) & (side(r, s, p) * side(r, s, q) < 0)
    return float(np.triu(crossed).sum() / max(1, len(ends)))


def stress(at: Floats, ends: Ends) -> float:
    """Return the normalised stress of a drawing at its best scale."""
    graph = nx.Graph(ends.tolist())
    rows = sorted(nx.all_pairs_shortest_path_length(graph))
    steps = np.array([[row[node] for node in range(len(at))] for _, row in rows])
    apart = np.hypot(*(np.subtract.outer(at[:, axis], at[:, axis]) for axis in (0, 1)))
    pairs = np.triu_indices(len(at), 1)
    wanted, is_ = steps[pairs].astype(float), apart[pairs]
    scale = (is_ / wanted).sum() / (is_**2 / wanted**2).sum()
    return float((((scale * is_ - wanted) / wanted) ** 2).mean())


def near(at: Floats, ends: Ends) -> float:
    """Return the share of each node's neighbours that are among as many nearest nodes, on average."""
    neighbours: list[set[int]] = [set() for _ in at]
    for a, b in ends.tolist():
        neighbours[a].add(b)
        neighbours[b].add(a)
    apart = np.hypot(*(np.subtract.outer(at[:, axis], at[:, axis]) for axis in (0, 1)))
    np.fill_diagonal(apart, np.inf)
    nearest = [set(np.argsort(row)[: len(own)].tolist()) for own, row in zip(neighbours, apart, strict=True)]
    return float(np.mean([len(own & found) / len(own) for own, found in zip(neighbours, nearest, strict=True)]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="*", type=Path, metavar="GRAPH.ttl")
    graphs = {path.name: KnowledgeGraph.load(path) for path in parser.parse_args().graphs}
    graphs |= {"22 nodes": KnowledgeGraph(small()), "1,000 nodes": KnowledgeGraph(large(1000))}
    graphs |= {"10,000 nodes": KnowledgeGraph(large(10_000))}
    print("| graph | drawn | layout | seconds | crossings | stress | near |\n|---|---|---|---|---|---|---|")
    for name, graph in graphs.items():
        count, ends = first_view(graph)
        for label, layout in layouts():
            start = time.process_time()
            at = layout(count, ends)
            took = time.process_time() - start
            at = readable(at * 80 / np.median(np.hypot(*(at[ends[:, 0]] - at[ends[:, 1]]).T)), np.zeros(count), air=1.0)
            figures = f"{took:.2f} | {crossings(at, ends):.2f} | {stress(at, ends):.3f} | {near(at, ends):.2f}"
            print(f"| {name} | {count} | {label} | {figures} |")


if __name__ == "__main__":
    main()
