"""One HTML file that draws a graph and opens from disk, offline: every line of it leads to its sentence.

pyvis makes the page from our own template; everything the page needs stands inside it. Text of
articles is data, never markup: it travels deflated in one block of base64, and a Content-Security-Policy
that names the hashes of the page's own two scripts lets nothing else run and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import zlib
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.exporters.html_data import page_data
from kg.exporters.html_part import around, mentioned, named, restricted
from kg.exporters.layout import layout, ranking
from kg.graph import KnowledgeGraph

Json = dict[str, Any]

ASSETS = Path(__file__).parent / "assets"
VIS = "vis-network-10.1.5.min.js"
SCRIPTS = (
    "texts", "dom", "data", "state", "paths", "filters", "histogram", "look", "arrange", "scene", "labels", "camera",
    "search", "drawer", "legend", "chips", "actions", "panel", "turtle", "timeline", "table", "csv", "svg", "save",
    "fragment", "keys", "main",
)  # fmt: skip
STYLES = ("graph.css",)
FIRST_NODES = 250
MOST_NODES = 50_000
MANY_CLAIMS = 70  # whatever the graph, so many claims of a thing make it large
CURVE = 0.16
OPTIONS: Json = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "labelHighlightBold": False, "chosen": True},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.8, "arrowStrikethrough": False},
    "interaction": {"hover": True, "keyboard": False, "tooltipDelay": 10_000, "selectConnectedEdges": False},
}


def write_html(graph: KnowledgeGraph, path: Path) -> None:
    """Write the page that draws ``graph`` to ``path``, in UTF-8; the same graph gives the same bytes."""
    path.write_text(render_html(graph), encoding="utf-8", newline="\n")


def render_html(
    graph: KnowledgeGraph, *, about: str | None = None, hops: int = 2, only: Collection[str] | None = None
) -> str:
    """Return the page that draws ``graph``, or a part of it, whole, as one text.

    ``about`` is the name, alias or IRI of a thing: the page holds what is at most ``hops`` statements away from it.
    ``only`` are IRIs (of things, events, claims or documents): the page holds these and who takes part in them.
    Of more than MOST_NODES things it holds the most important, and says so.
    Raises SettingError where nothing has the name ``about``.
    """
    data = _part(page_data(graph.index), about, hops, only)
    data.update(prefixes=graph.prefixes(), base=graph.base)
    _place(data)
    first = data["order"][: data["first"]]
    drawn = set(first)
    network = _Page({"data": _island(data), **_parts()})
    network.nodes = [_node(data, number) for number in first]
    network.edges = [
        {"id": f"e{number}", "from": f"n{line['from']}", "to": f"n{line['to']}", "arrows": "to", "width": line["width"]}
        for number, line in enumerate(data["lines"])
        if line["from"] in drawn and line["to"] in drawn
    ]
    return str(network.generate_html())


def _part(data: Json, about: str | None, hops: int, only: Collection[str] | None) -> Json:
    """Return the part of the page's lists that is asked for, at most MOST_NODES, with what the page says of that."""
    part: Json = {"about": "", "hops": hops, "asked": False, "nodes": len(data["nodes"]), "cut": False}
    if about is not None:
        start = named(data, about)
        part["about"] = data["nodes"][start]["label"]
        data = restricted(data, around(data, start, hops))
    if only is not None:
        part["asked"] = True
        data = restricted(data, mentioned(data, only))
    if len(data["nodes"]) > MOST_NODES:
        part["cut"] = True
        pairs = [(line["from"], line["to"]) for line in data["lines"]]
        data = restricted(data, set(ranking(len(data["nodes"]), pairs, _weights(data))[:MOST_NODES]))
    return {**data, "part": part}


class _Page(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network with our template, our options and nothing from the network."""

    def __init__(self, page: Mapping[str, str]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.path = "graph.html.j2"
        loader = FileSystemLoader(ASSETS)
        self.templateEnv = Environment(loader=loader, autoescape=True, trim_blocks=True, keep_trailing_newline=True)
        self.templateEnv.globals["page"] = dict(page)
        self.options = OPTIONS


def _node(data: Json, number: int) -> Json:
    node = data["nodes"][number]
    shape = "diamond" if data["types"][node["type"]]["slot"] == "event" else "dot"
    return {"id": f"n{number}", "x": node["x"], "y": node["y"], "size": node["size"], "shape": shape}


def _place(data: Json) -> None:
    """Give nodes their place and size, lines their width and bend, and the page the order in which nodes come."""
    nodes, lines = data["nodes"], data["lines"]
    weights = _weights(data)
    most = max([MANY_CLAIMS, *(node["claims"] for node in nodes)])
    for node, weight in zip(nodes, weights, strict=True):
        node["size"] = round(8 + 22 * math.sqrt(node["claims"] / most), 1) if weight else 6.5
    pairs, sizes = [(line["from"], line["to"]) for line in lines], [node["size"] for node in nodes]
    drawing = layout(len(nodes), pairs, weights, radii=sizes, first=FIRST_NODES)
    data.update(order=list(drawing.order), first=drawing.first)
    for node, (x, y) in zip(nodes, drawing.positions, strict=True):
        node.update(x=x, y=y)
    together = Counter(frozenset((line["from"], line["to"])) for line in lines)
    same_way: Counter[tuple[int, int]] = Counter()
    for line in lines:
        ends = (line["from"], line["to"])
        same_way[ends] += 1
        alone = together[frozenset(ends)] == 1
        line["curve"] = 0 if alone else round(CURVE * same_way[ends], 2)
        line["width"] = round(min(5.0, 1.3 + 0.8 * math.log2(max(1, line["claims"]))), 1)


def _weights(data: Json) -> list[int]:
    """Return how much each node matters: its claims if it has a name, else nothing."""
    small = {number for number, kind in enumerate(data["types"]) if kind["slot"] in ("event", "participant")}
    return [0 if node["type"] in small else node["claims"] + 1 for node in data["nodes"]]


def _island(data: Json) -> Markup:
    """Return ``data`` deflated, in base64: nothing in it is markup, and an article's text costs a quarter."""
    text = json.dumps({name: _columns(rows) for name, rows in data.items()}, ensure_ascii=False, separators=(",", ":"))
    return Markup(base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode())


def _columns(rows: Any) -> Any:
    """Return a list of like dicts as a dict of lists, which is smaller and sooner read; anything else as it is.

    >>> _columns([{"a": 1, "b": 2}, {"a": 3, "b": 4}])
    {'a': [1, 3], 'b': [2, 4]}
    """
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return rows
    return {name: [row[name] for row in rows] for name in rows[0]}


@cache
def _parts() -> Mapping[str, str]:
    """Return the page's style, its two scripts, and the policy that allows these three and nothing else."""
    css = "\n".join(_read(name) for name in STYLES)
    vis = "".join(line for line in _read(VIS).splitlines(keepends=True) if not line.startswith("//# sourceMappingURL"))
    own = "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    script = f'(async () => {{\n"use strict";\n{own}}})();\n'
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(script)}; style-src {_hash(css)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"css": css, "vis": vis, "script": script, "policy": policy}


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
