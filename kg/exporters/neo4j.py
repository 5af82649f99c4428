"""The two CSV files that ``neo4j-admin database import`` takes: nodes and relationships."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.index import DocumentInfo, Index, Names, joined, local_name
from kg.vocab import KG, NIF, PROV, RDF, RDFS, SEM, SKOS

_kg, _nif, _prov, _rdf, _rdfs = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(RDFS)
_sem, _skos = Names(SEM), Names(SKOS)

NODE_HEADER = (
    "iri:ID", "name", "aliases", "wikidata", "trigger", "plover", "begin:date", "end:date", "modality", "polarity",
    "confidence:double", "quote", "published:date", "publisher", "url", ":LABEL",
)  # fmt: skip
RELATIONSHIP_HEADER = (":START_ID", ":END_ID", ":TYPE", "iri", "label", "kind", "modality", "polarity", "claims:int")

Row = dict[str, object]


def write_nodes(graph: KnowledgeGraph, path: Path) -> None:
    """Write entities, events, claims and documents as nodes; their labels are their classes."""
    _write(path, NODE_HEADER, _nodes(graph))


def write_relationships(graph: KnowledgeGraph, path: Path) -> None:
    """Write roles, relations and shortcuts, and what each claim is about, who makes it and where it stands."""
    drawn = (
        {
            ":START_ID": source,
            ":END_ID": target,
            ":TYPE": local_name(str(edge["predicate"])),
            "iri": edge["predicate"],
            **{name: edge[name] for name in ("label", "kind", "modality", "polarity")},
            "claims:int": edge["claims"],
        }
        for source, target, edge in graph.to_networkx().edges(data=True)
    )
    _write(path, RELATIONSHIP_HEADER, [*drawn, *_of_claims(graph.index)])


def _write(path: Path, header: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)


def _nodes(graph: KnowledgeGraph) -> Iterator[Row]:
    index = graph.index
    for iri, drawn in graph.to_networkx().nodes(data=True):
        if drawn["kind"] == "event":
            yield _node(index, iri, "Event") | {
                "trigger": _text(index, iri, _kg.trigger),
                "plover": index.plover(iri),
                "begin:date": index.first(iri, _sem.hasBeginTimeStamp),
                "end:date": index.first(iri, _sem.hasEndTimeStamp),
            }
        else:
            matches = (local_name(match) for match in index.texts(iri, _skos.exactMatch) if "wikidata.org" in match)
            aliases = _text(index, iri, _skos.altLabel)
            yield _node(index, iri, "Entity") | {"aliases": aliases, "wikidata": joined(matches)}
    for iri in index.claims:
        quotes = (quote for phrase in index.texts(iri, _kg.evidence) for quote in index.texts(phrase, _nif.anchorOf))
        yield _node(index, iri, "Claim") | {
            "name": "",
            "modality": _local(index, iri, _kg.modality),
            "polarity": _local(index, iri, _kg.polarity),
            "confidence:double": index.first(iri, _kg.confidence),
            "quote": joined(quotes),
        }
    for document in index.documents():
        yield _node(index, document.iri, "Document") | _of_document(document)


def _node(index: Index, iri: str, kind: str) -> Row:
    classes = dict.fromkeys([kind, *(local_name(each) for each in index.texts(iri, _rdf.type))])
    return {"iri:ID": iri, "name": index.label(iri), ":LABEL": ";".join(classes)}


def _of_document(document: DocumentInfo) -> Row:
    return {
        "name": document.title or document.identifier or document.id,
        "published:date": document.published,
        "publisher": document.publisher,
        "url": document.url,
    }


def _of_claims(index: Index) -> Iterator[Row]:
    ends = {_kg.about, _kg.speaker, _prov.wasDerivedFrom, _rdf.subject, _rdf.object}
    for claim in index.claims:
        for predicate in sorted(ends & index.subjects[claim].keys()):
            for target in _iris(index.objects(claim, predicate)):
                if target in index.subjects:
                    yield {
                        ":START_ID": claim,
                        ":END_ID": target,
                        ":TYPE": local_name(predicate),
                        "iri": predicate,
                        "label": local_name(predicate),
                        "kind": "claim",
                    }


def _iris(terms: Iterable[object]) -> Iterator[str]:
    return (term.value for term in terms if isinstance(term, ox.NamedNode))


def _text(index: Index, iri: str, predicate: str) -> str | None:
    return joined(index.texts(iri, predicate))


def _local(index: Index, iri: str, predicate: str) -> str | None:
    return joined(local_name(each) for each in index.texts(iri, predicate))
