"""How long validation takes: ``python benchmarks/validation.py GRAPH.nq 125 [--all]`` prints a line.

GRAPH.nq is a graph of kg; its documents are taken so many times, each copy with documents, claims, events and
participants of its own and the same named things, which so become hubs. ``--all`` also times pySHACL on all targets of
the shapes, as it comes.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl

from kg.graph import KnowledgeGraph
from kg.ontology import ontology_dir
from kg.validate import _ontology, _take_whole_graph_checks, _turtle, validate

_OWN = re.compile(r"(/(?:document|claim|event|entity)/)[0-9a-f]{4}([0-9a-f]{12})(?![0-9a-f])")


def copies(lines: list[str], times: int) -> Iterator[str]:
    """Yield the lines of N-Quads with their documents so many times."""
    for number in range(times):
        yield from (_OWN.sub(rf"\g<1>{number:04x}\g<2>", line) for line in lines)


def main() -> None:
    """Read the arguments, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("graph", type=Path)
    arguments.add_argument("times", type=int)
    arguments.add_argument("--all", action="store_true")
    given = arguments.parse_args()
    lines = given.graph.read_text(encoding="utf-8").splitlines()
    graph = KnowledgeGraph(ox.parse(input="\n".join(copies(lines, given.times)), format=ox.RdfFormat.N_QUADS))
    start = time.process_time()
    report = validate(graph)
    took = time.process_time() - start
    print(
        f"{len(graph.documents())} documents, {len(graph.triples())} triples: conforms {report.conforms}, {took:.1f} s"
    )
    if given.all:
        rules = _turtle(ontology_dir() / "shapes.ttl")
        _take_whole_graph_checks(rules)
        start = time.process_time()
        pyshacl.validate(graph.to_rdflib(), shacl_graph=rules, ont_graph=_ontology(), inference="none", inplace=True)
        print(f"pySHACL on all targets, without the checks of the whole graph: {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
