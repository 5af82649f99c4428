"""GraphML for drawing tools, CSV for spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.graph import KnowledgeGraph

# What XML 1.0 has no way to write.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the networkx view as GraphML; a character that XML cannot write becomes U+FFFD."""
    import networkx as nx  # noqa: PLC0415 - only this format needs it

    view, drawn = graph.to_networkx(), nx.MultiDiGraph()
    for node, attributes in view.nodes(data=True):
        drawn.add_node(node, **_fit_for_xml(attributes))
    # The key of an edge becomes its id, which GraphML wants unique in the whole file.
    for number, (source, target, attributes) in enumerate(view.edges(data=True)):
        drawn.add_edge(source, target, key=f"e{number}", **_fit_for_xml(attributes))
    with path.open("wb") as file:
        # Not write_graphml: that takes lxml where it is installed, and writes other bytes.
        nx.write_graphml_xml(drawn, file, encoding="utf-8", prettyprint=True)


def _fit_for_xml(attributes: Mapping[str, str | int]) -> dict[str, str | int]:
    return {
        name: NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value for name, value in attributes.items()
    }


def write_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table of claims about events as CSV, UTF-8."""
    graph.to_pandas().to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
