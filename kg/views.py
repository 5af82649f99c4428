"""What a graph looks like to those who do not read RDF: networkx, rdflib, rows of a table, counts.

Pure functions over an index of sorted triples, so every result has one order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.index import DocumentInfo, Index, Names, Term, Value, joined, local_name, python_value, text_of
from kg.model import Role
from kg.vocab import KG, NIF, PROV, RDF, SEM, XSD

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

_kg, _nif, _prov, _rdf, _sem = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(SEM)
_REIFIES = f"{RDF}reifies"

ROLES: Mapping[str, str] = {str(KG[role.value]): role.value for role in Role}
COLUMNS = (
    "event", "type", "plover", "trigger", *ROLES.values(), "begin", "end", "time", "modality", "polarity", "speaker",
    "confidence", "document", "title", "url", "date", "publisher", "evidence", "claim",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in a graph, counted; tables of counts go from the most frequent to the least.

    ``named`` and ``unnamed`` are entities; ``relations`` distinct statements that something holds;
    ``unclassified`` events that no event class fits (sem:Event alone).
    """

    documents: int
    events: int
    relations: int
    claims: int
    named: int
    unnamed: int
    unclassified: int
    by_type: Mapping[str, int]
    by_modality: Mapping[str, int]
    by_polarity: Mapping[str, int]
    by_speaker: Mapping[str, int]

    @property
    def unclassified_share(self) -> float:
        """Return the share of events that no event class fits."""
        return self.unclassified / self.events if self.events else 0.0


def _names(index: Index, claims: Iterable[str], predicate: str) -> str:
    return "; ".join(sorted({local_name(iri) for claim in claims for iri in index.texts(claim, predicate)}))


def event_rows(index: Index) -> list[dict[str, Value]]:
    """Return a row, a dict with the keys COLUMNS, for each claim about an event."""
    documents = {document.iri: document for document in index.documents()}
    return [
        _row(index, claim, event, documents) for event in index.events for claim in index.claims_about.get(event, ())
    ]


def _row(index: Index, claim: str, event: str, documents: Mapping[str, DocumentInfo]) -> dict[str, Value]:
    source = index.first(claim, _prov.wasDerivedFrom) or ""
    document = documents.get(source, DocumentInfo(local_name(source), source))
    confidence = index.objects(claim, _kg.confidence)
    quotes = [quote for phrase in index.texts(claim, _kg.evidence) for quote in index.texts(phrase, _nif.anchorOf)]
    row: dict[str, Value] = {
        "event": event,
        "type": joined(index.label(iri) for iri in index.types(event)),
        "plover": index.plover(event),
        "trigger": joined(index.texts(event, _kg.trigger)),
        **{role: joined(index.labels(event, iri)) for iri, role in ROLES.items()},
        "begin": joined(index.texts(event, _sem.hasBeginTimeStamp)),
        "end": joined(index.texts(event, _sem.hasEndTimeStamp)),
        "time": joined(index.texts(claim, _kg.timeText) or index.texts(event, _kg.timeText)),
        "modality": joined(local_name(iri) for iri in index.texts(claim, _kg.modality)),
        "polarity": joined(local_name(iri) for iri in index.texts(claim, _kg.polarity)),
        "speaker": joined(index.labels(claim, _kg.speaker)),
        "confidence": python_value(confidence[0]) if confidence else None,
        "document": document.id or None,
        "title": document.title,
        "url": document.url,
        "date": document.published,
        "publisher": document.publisher,
        "evidence": joined(quotes),
        "claim": claim,
    }
    return row


def stats(index: Index) -> Stats:
    """Count what is in the graph."""
    unnamed = sum(_kg.Participant in index.texts(iri, _rdf.type) for iri in index.entities)
    speakers = (name for claim in index.claims for name in index.labels(claim, _kg.speaker))
    types = [index.types(event) for event in index.events]
    return Stats(
        documents=len(index.documents()),
        events=len(index.events),
        relations=len(index.relation_claims),
        claims=len(index.claims),
        named=len(index.entities) - unnamed,
        unnamed=unnamed,
        unclassified=sum(not classes for classes in types),
        by_type=_counted(index.label(iri) for classes in types for iri in classes),
        by_modality=_counted(local_name(iri) for claim in index.claims for iri in index.texts(claim, _kg.modality)),
        by_polarity=_counted(local_name(iri) for claim in index.claims for iri in index.texts(claim, _kg.polarity)),
        by_speaker=dict(list(_counted(speakers).items())[:10]),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def rdflib_graph(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> rdflib.Graph:
    """Return the triples as an rdflib graph, which holds RDF 1.1 alone: rdf:reifies is left out.

    Raises ValueError for any other triple term.
    """
    import rdflib  # noqa: PLC0415 - only this view needs it

    known: dict[Term, rdflib.term.Node] = {}

    def node(term: Term) -> rdflib.term.Node:
        if (made := known.get(term)) is None:
            made = known[term] = _rdflib_term(term)
        return made

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, space in prefixes.items():
        graph.bind(prefix, space)
    graph.addN(
        (node(t.subject), node(t.predicate), node(t.object), graph) for t in triples if t.predicate.value != _REIFIES
    )
    return graph


def _rdflib_term(term: Term) -> rdflib.term.Node:
    from rdflib.term import BNode, Literal, URIRef  # noqa: PLC0415 - only this view needs it

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise ValueError("rdflib holds RDF 1.1 alone, and this graph has a triple term")
    datatype = None if term.language or term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
    return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def networkx_graph(index: Index) -> nx.MultiDiGraph:
    """Return entities and events as nodes; roles, relations and shortcuts as edges keyed by their property."""
    import networkx as nx  # noqa: PLC0415 - only this view needs it

    graph = nx.MultiDiGraph()
    edges = sorted(_edges(index))
    ends = {iri for edge in edges for iri in edge[:2]}
    for iri in sorted(ends.union(index.entities, index.events)):
        graph.add_node(iri, **_node(index, iri))
    for source, target, predicate, kind, claims in edges:
        graph.add_edge(
            source,
            target,
            key=predicate,
            predicate=predicate,
            label=ROLES[predicate] if kind == "role" else index.label(predicate),
            kind=kind,
            modality=_names(index, claims, _kg.modality),
            polarity=_names(index, claims, _kg.polarity),
            claims=len(claims),
        )
    return graph


def _node(index: Index, iri: str) -> dict[str, str]:
    types = index.texts(iri, _rdf.type)
    if _sem.Event in types:
        kind, types = "event", index.types(iri)
    else:
        kind = "participant" if _kg.Participant in types else "entity"
    return {"label": index.label(iri), "type": "; ".join(index.label(name) for name in types), "kind": kind}


def _edges(index: Index) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    """Yield source, target, property, kind and claims of every edge, each edge once."""
    for event in index.events:
        claims = tuple(index.claims_about.get(event, ()))
        for predicate in ROLES:
            for term in index.objects(event, predicate):
                if isinstance(term, ox.NamedNode):
                    yield event, term.value, predicate, "role", claims
    relations = {
        (subject, term.value, predicate): tuple(claims)
        for (subject, predicate, term), claims in index.relation_claims.items()
        if isinstance(term, ox.NamedNode)
    }
    for (subject, target, predicate), claims in relations.items():
        yield subject, target, predicate, "relation", claims
    supporters, entities = _supporters(index), set(index.entities)
    for subject in index.entities:
        for predicate, terms in index.subjects[subject].items():
            for target in (text_of(term) for term in terms if text_of(term) in entities):
                if (subject, target, predicate) in relations:
                    continue
                if classes := index.texts(predicate, _kg.eventType):
                    planned = index.first(predicate, _kg.planned)
                    support = {
                        claim
                        for name in classes
                        for claim, modality in supporters.get((name, subject, target), ())
                        if planned is None or (planned == "true") == (modality == _kg.Planned)
                    }
                    yield subject, target, predicate, "shortcut", tuple(sorted(support))
                else:
                    yield subject, target, predicate, "relation", ()


def _supporters(index: Index) -> dict[tuple[str, str, str], set[tuple[str, str]]]:
    """Return the positive claims and their modality by event class and pair of participants."""
    found: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    factual = (_kg.Actual, _kg.Planned)
    for event in index.events:
        claims = [
            (claim, modality)
            for claim in index.claims_about.get(event, ())
            if index.first(claim, _kg.polarity) == _kg.Positive
            and (modality := index.first(claim, _kg.modality) or "") in factual
        ]
        participants = {iri for role in ROLES for iri in index.texts(event, role)} if claims else ()
        for subject, target in permutations(participants, 2):
            for name in index.types(event):
                found[name, subject, target].update(claims)
    return dict(found)
