"""A part of what the HTML page could hold: what surrounds one thing, what a query names, or what matters most."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from kg.errors import SettingError
from kg.exporters.html_facts import iri_name
from kg.graph import KnowledgeGraph
from kg.index import text_of
from kg.sparql import QueryResult

Json = dict[str, Any]


def around(data: Json, start: int, hops: int) -> set[int]:
    """Return the nodes at most ``hops`` statements, or lines of background, away from ``start``.

    A statement is taken whole: "A and B met C" brings A, B and C together, whoever of them was reached.
    """
    beside: dict[int, list[int]] = {}
    for line in data["lines"]:
        if not line["statements"]:
            beside.setdefault(line["from"], []).append(line["to"])
            beside.setdefault(line["to"], []).append(line["from"])
    reached, edge = {start}, {start}
    for _ in range(hops):
        said = {number for node in edge for number in data["nodes"][node]["in"]}
        next_to = chain.from_iterable(beside.get(node, ()) for node in edge)
        edge = {*next_to, *(node for number in said for node in _touched(data["statements"][number]))} - reached
        reached |= edge
    return reached


def named(data: Json, name: str) -> int:
    """Return the node of that name, alias or IRI, the one with most claims where several have it.

    Raises SettingError with the nearest names where none has it.
    """
    wanted = name.casefold()
    best = (-1, 0)
    for number, node in enumerate(data["nodes"]):
        if wanted in {
            text.casefold() for text in (node["label"], *node["aliases"], node["iri"], iri_name(node["iri"]))
        }:
            best = max(best, (node["claims"], -number))
    if best[0] < 0:
        labels = {node["label"].casefold(): node["label"] for node in data["nodes"]}
        near = [labels[found] for found in difflib.get_close_matches(wanted, labels, n=3, cutoff=0.5)]
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise SettingError("about", name, f"nothing in the graph has that name{hint}")
    return -best[1]


def iris_in(answer: QueryResult | KnowledgeGraph | bool) -> set[str]:
    """Return every text and IRI that the answer to a query holds; that of an ASK query holds none."""
    if isinstance(answer, bool):
        return set()
    if isinstance(answer, KnowledgeGraph):
        return {text_of(term) for triple in answer.triples() for term in (triple.subject, triple.object)}
    return {value for row in answer.rows for value in row if isinstance(value, str)}


def mentioned(data: Json, iris: Iterable[str]) -> set[int]:
    """Return the nodes that the IRIs name, and those of the statements, claims and documents that they name."""
    wanted = frozenset(iris)
    kept = {number for number, node in enumerate(data["nodes"]) if node["iri"] in wanted}
    claims, documents = data["claims"], data["documents"]
    for statement in data["statements"]:
        about = chain(
            [statement["iri"]],
            (claims[claim]["iri"] for claim in statement["claims"]),
            (documents[claims[claim]["document"]]["iri"] for claim in statement["claims"] if documents),
        )
        if not wanted.isdisjoint(about):
            kept.update(_touched(statement))
    return kept


def restricted(data: Json, kept: set[int]) -> Json:
    """Return the page's lists with ``kept`` alone, what is said of these among themselves, and who says it.

    A statement stays if all who take part in it do. Places in the lists are counted anew.
    """
    statements = [number for number, each in enumerate(data["statements"]) if kept.issuperset(_touched(each))]
    claims = [claim for number in statements for claim in data["statements"][number]["claims"]]
    kept = kept.union(speaker for claim in claims for speaker in data["claims"][claim]["speakers"])
    keep: dict[str, list[int]] = {
        "nodes": sorted(kept),
        "statements": statements,
        "claims": sorted(claims),
        "documents": sorted({data["claims"][claim]["document"] for claim in claims} - {-1}),
        "passages": sorted({data["claims"][claim]["passage"] for claim in claims} - {-1}),
    }
    new = {name: {old: place for place, old in enumerate(numbers)} for name, numbers in keep.items()}
    made = {name: [dict(data[name][old]) for old in numbers] for name, numbers in keep.items()}
    for node in made["nodes"]:
        node.update(
            {
                name: [new["statements"][old] for old in node[name] if old in new["statements"]]
                for name in ("in", "says")
            }
        )
    for statement in made["statements"]:
        _renumber(statement, new)
    for claim in made["claims"]:
        claim.update(
            document=new["documents"].get(claim["document"], -1), passage=new["passages"].get(claim["passage"], -1)
        )
        claim["speakers"] = [new["nodes"][speaker] for speaker in claim["speakers"]]
    made["lines"] = list(_lines(data, made, new))
    _recount(made)
    return {**data, **made, "types": _types(data, made)}


def _touched(statement: Json) -> Iterator[int]:
    """Yield the nodes that take part in a statement."""
    yield from statement["node"]
    for _, values in statement["parts"]:
        yield from (value for value in values if isinstance(value, int))


def _renumber(statement: Json, new: dict[str, dict[int, int]]) -> None:
    nodes = new["nodes"]
    statement["claims"] = [new["claims"][old] for old in statement["claims"]]
    statement["node"] = [nodes[old] for old in statement["node"]]
    statement["parts"] = [
        [role, [nodes[value] if isinstance(value, int) else value for value in values]]
        for role, values in statement["parts"]
    ]


def _lines(data: Json, made: Json, new: dict[str, dict[int, int]]) -> Iterator[Json]:
    """Yield the lines between nodes that are kept, those of statements with what is kept of these."""
    nodes, numbers = new["nodes"], new["statements"]
    for line in data["lines"]:
        said = [numbers[old] for old in line["statements"] if old in numbers]
        if line["from"] in nodes and line["to"] in nodes and (said or not line["statements"]):
            yield {
                **line,
                "from": nodes[line["from"]],
                "to": nodes[line["to"]],
                "statements": said,
                "claims": sum(len(made["statements"][number]["claims"]) for number in said),
                "disputed": any(made["statements"][number]["disputed"] for number in said),
            }


def _recount(made: Json) -> None:
    """Count the claims of each node again, as the whole graph counts them."""
    for node in made["nodes"]:
        node["claims"] = sum(len(made["statements"][number]["claims"]) for number in node["in"])
    for claim in made["claims"]:
        for speaker in claim["speakers"]:
            made["nodes"][speaker]["claims"] += 1


def _types(data: Json, made: Json) -> list[Json]:
    """Return the types with their counts, without those that nothing has any more, and renumber them in the nodes."""
    counts = [0] * len(data["types"])
    for node in made["nodes"]:
        counts[node["type"]] += 1
    left = [number for number, count in enumerate(counts) if count]
    for node in made["nodes"]:
        node["type"] = left.index(node["type"])
    return [{**data["types"][number], "count": counts[number]} for number in left]
