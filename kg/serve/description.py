"""The service description: what the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.serve.negotiate import GRAPHS, chosen
from kg.vocab import RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def description(endpoint: str, accept: str) -> tuple[str, bytes]:
    """Return the media type that ``accept`` wants and the description of the endpoint in it.

    Raises RequestError (406) where it wants none that there is.

    >>> description("http://localhost:7878/sparql", "text/turtle")[0]
    'text/turtle'
    """
    media = chosen(accept, GRAPHS)
    service, dataset, graph = (ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#default"))
    triples = [
        ox.Triple(service, ox.NamedNode(str(RDF.type)), _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, ox.NamedNode(str(RDF.type)), _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, ox.NamedNode(str(RDF.type)), _sd("Graph")),
        *(
            ox.Triple(service, _sd("resultFormat"), ox.NamedNode(f"http://www.w3.org/ns/formats/{name}"))
            for name in _FORMATS
        ),
    ]
    written = ox.serialize(triples, format=GRAPHS[media], prefixes={"sd": _SD})
    return media, written or b""


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
