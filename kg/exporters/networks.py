"""GraphML and GEXF, for tools that draw and measure networks: Gephi, yEd, Cytoscape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import networkx as nx

# What XML 1.0 has no way to write.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the networkx view as GraphML; a character that XML cannot write becomes U+FFFD."""
    import networkx as nx  # noqa: PLC0415 - only these formats need it

    with path.open("wb") as file:
        # Not write_graphml: that takes lxml where it is installed, and writes other bytes.
        nx.write_graphml_xml(_drawn(graph), file, encoding="utf-8", prettyprint=True)


def write_gexf(graph: KnowledgeGraph, path: Path) -> None:
    """Write the networkx view as GEXF 1.2; a character that XML cannot write becomes U+FFFD.

    The day on which the file is written is left out, so that the same graph gives the same bytes.
    """
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - only these formats need it

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_drawn(graph))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate")
        for creator in meta.iter("creator"):
            creator.text = "newskg"
    with path.open("wb") as file:
        writer.write(file)


def _drawn(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return the view with edges numbered: the key of an edge becomes its id, which must be unique in the file."""
    import networkx as nx  # noqa: PLC0415 - only these formats need it

    view, drawn = graph.to_networkx(), nx.MultiDiGraph()
    for node, attributes in view.nodes(data=True):
        drawn.add_node(node, **_fit_for_xml(attributes))
    for number, (source, target, attributes) in enumerate(view.edges(data=True)):
        drawn.add_edge(source, target, key=f"e{number}", **_fit_for_xml(attributes))
    return drawn


def _fit_for_xml(attributes: Mapping[str, str | int]) -> dict[str, str | int]:
    return {
        name: NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value for name, value in attributes.items()
    }
