"""Write what documents say as RDF quads: the model of ``docs/model.md``, one named graph a document.

Every IRI is minted from content, there are no blank nodes, and nothing depends on the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.events import EventTypes
from kg.merge import Claim, Event, Filler, Merged, Relation
from kg.model import Document, Entity, Modality, Polarity, Quantity, Role, Span
from kg.resolve import name_id
from kg.vocab import BASE, DCT, EV, KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD

ONTOLOGY_GRAPH = ox.NamedNode(str(KG._NS).rstrip("#"))
_ENTITY_ROLES = frozenset(Role) - {Role.AGENT, Role.MANNER, Role.ATTRIBUTE}
_BARE = frozenset({Modality.ACTUAL, Modality.PLANNED})
# "Talks between A and B in Oslo" relate A to B, not to Oslo.
_NOMINAL_ROLES = frozenset({Role.PATIENT, Role.RECIPIENT, Role.PARTNER})


@lru_cache(maxsize=4096)
def node(iri: object) -> ox.NamedNode:
    """Return an IRI as a node; the few thousand commonest are made once."""
    return ox.NamedNode(str(iri))


def text(value: str, language: str = "en") -> ox.Literal:
    """Return a literal with a language tag, without the characters that RDF syntaxes cannot carry."""
    return ox.Literal(clean(value), language=language)


def clean(value: str) -> str:
    """Replace lone surrogates and NUL, which no RDF syntax carries."""
    return (
        "".join("\ufffd" if c == "\0" or 0xD800 <= ord(c) <= 0xDFFF else c for c in value)
        if not value.isascii() or "\0" in value
        else value
    )


def number(value: float) -> ox.Literal:
    """Return a number as integer where it is whole, else as decimal.

    >>> number(4.0).value, number(1.5).value
    ('4', '1.5')
    """
    if value == int(value):
        return ox.Literal(str(int(value)), datatype=node(XSD.integer))
    return decimal(value, places=6)


def decimal(value: float, *, places: int = 2) -> ox.Literal:
    """Return a rounded number as xsd:decimal in its canonical form (XSD 1.1), which no triple store changes.

    >>> decimal(0.9).value, decimal(1.0).value
    ('0.9', '1')
    """
    return ox.Literal(f"{value:.{places}f}".rstrip("0").rstrip("."), datatype=node(XSD.decimal))


def _date(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=node(XSD.date))


class _Nodes:
    """The terms of one namespace as nodes, each made when first asked for."""

    def __init__(self, namespace: Any) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> ox.NamedNode:
        found = node(self._namespace[name])
        setattr(self, name, found)
        return found

    def __getitem__(self, name: str) -> ox.NamedNode:
        found: ox.NamedNode = getattr(self, name)
        return found


_kg, _rdf, _rdfs, _owl, _skos = _Nodes(KG), _Nodes(RDF), _Nodes(RDFS), _Nodes(OWL), _Nodes(SKOS)
_nif, _prov, _sem, _schema, _dct = _Nodes(NIF), _Nodes(PROV), _Nodes(SEM), _Nodes(SCHEMA), _Nodes(DCT)

Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


@dataclass(frozen=True, slots=True)
class Writer:
    """Mints IRIs under one base and writes documents as quads.

    ``run`` is the id of the activity that made the graph, ``run_label`` what it was.
    """

    types: EventTypes
    run: str
    run_label: str
    base: str = BASE

    def iri(self, kind: str, id: str) -> ox.NamedNode:
        """Return the IRI of a minted thing: ``<base>kind/id``."""
        return node(f"{self.base}{kind}/{id}")

    def document_graph(self, document: Document) -> ox.NamedNode:
        """Return the name of the graph of a document, which is the document's IRI."""
        return self.iri("document", document.id)

    def _phrase_iri(self, document: Document, span: Span) -> ox.NamedNode:
        return node(f"{self.base}document/{document.id}#char={span.start},{span.end}")

    def quads(self, merged: Merged) -> Iterator[ox.Quad]:
        """Yield the quads of one document, and the declarations of the terms they use."""
        graph = self.document_graph(merged.document)
        for s, p, o in self._facts(merged):
            yield ox.Quad(s, p, o, graph)
        yield from self._declarations(merged)

    # -- the document's own graph

    def _facts(self, merged: Merged) -> Iterator[Fact]:
        yield from self._document(merged.document)
        by_start = {start: event for event in merged.events for start in event.starts}
        for entity in _entities(merged):
            yield from self._entity(entity)
        yield from self._phrases(merged)
        for event in merged.events:
            yield from self._event(event, by_start)
            for claim in event.claims:
                yield from self._claim(claim, merged.document)
                yield self.iri("claim", claim.id), _kg.about, self.iri("event", event.id)
        for relation in merged.relations:
            yield from self._relation(relation, merged.document)
        run = self.iri("run", self.run)
        yield run, _rdf.type, _prov.Activity
        yield run, _rdfs.label, text(self.run_label)

    def _phrases(self, merged: Merged) -> Iterator[Fact]:
        document = merged.document
        claims = [c for e in merged.events for c in e.claims] + [c for r in merged.relations for c in r.claims]
        for span in sorted({c.evidence for c in claims}):
            phrase = self._phrase_iri(document, span)
            yield phrase, _rdf.type, _nif.Phrase
            yield phrase, _nif.anchorOf, ox.Literal(clean(span.of(document.text)))
            yield phrase, _nif.beginIndex, number(span.start)
            yield phrase, _nif.endIndex, number(span.end)
            yield phrase, _nif.referenceContext, self.document_graph(document)

    def _document(self, document: Document) -> Iterator[Fact]:
        iri = self.document_graph(document)
        yield iri, _rdf.type, _schema.NewsArticle
        yield iri, _rdf.type, _nif.Context
        yield iri, _nif.isString, ox.Literal(clean(document.text))
        yield iri, _schema.inLanguage, ox.Literal(document.language)
        if document.identifier is not None:
            yield iri, _dct.identifier, ox.Literal(clean(document.identifier))
        if document.title:
            yield iri, _schema.headline, text(document.title, document.language)
        if document.url and (url := _url(document.url)) is not None:
            yield iri, _schema.url, url
        if document.published is not None:
            yield iri, _schema.datePublished, _date(document.published.isoformat())
        if document.publisher:
            yield iri, _schema.publisher, ox.Literal(clean(document.publisher))

    def _entity(self, entity: Entity) -> Iterator[Fact]:
        iri = self.iri("entity", entity.id)
        for each in entity.types:
            yield iri, _rdf.type, node(each)
        yield iri, _rdfs.label, text(entity.label)
        for alias in entity.aliases:
            yield iri, _skos.altLabel, text(alias)
        for match in entity.matches:
            yield iri, _skos.exactMatch, node(match)
        for member in entity.members:
            yield iri, _schema.member, self.iri("entity", member)
        for property, other in entity.links:
            yield iri, node(property), self.iri("entity", other.id)
        if entity.head is not None:
            yield iri, _kg.head, ox.Literal(clean(entity.head))
        if entity.quantity is not None:
            yield from ((iri, p, o) for p, o in _quantity(entity.quantity))
        if entity.unresolved:
            yield iri, _kg.unresolved, ox.Literal(True)

    def _event(self, event: Event, by_start: dict[int, Event]) -> Iterator[Fact]:
        iri = self.iri("event", event.id)
        yield iri, _rdf.type, _sem.Event
        yield iri, _rdf.type, node(event.type)
        yield iri, _rdfs.label, text(event.label)
        yield iri, _kg.trigger, ox.Literal(clean(event.trigger))
        if event.begin:
            yield iri, _sem.hasBeginTimeStamp, _date(event.begin)
        if event.end:
            yield iri, _sem.hasEndTimeStamp, _date(event.end)
        for filler in event.fillers:
            yield iri, _kg[filler.role.value], self._filler(filler, event, by_start)
        for agent, shortcut, other in _shortcuts(event):
            yield self.iri("entity", agent.id), self.iri("relation", shortcut), self.iri("entity", other.id)

    def _filler(self, filler: Filler, event: Event, by_start: dict[int, Event]) -> ox.NamedNode | ox.Literal:
        nested = by_start.get(filler.event) if filler.event is not None else None
        if nested is not None and nested.id != event.id:
            return self.iri("event", nested.id)
        return self.iri("entity", filler.entity.id) if filler.entity is not None else text(filler.text)

    def _relation(self, relation: Relation, document: Document) -> Iterator[Fact]:
        subject = self.iri("entity", relation.subject.id)
        value = text(relation.value) if isinstance(relation.value, str) else self.iri("entity", relation.value.id)
        if any(c.polarity is Polarity.POSITIVE and c.modality is Modality.ACTUAL for c in relation.claims):
            yield subject, node(relation.predicate), value
        for claim in relation.claims:
            yield from self._claim(claim, document)
            iri = self.iri("claim", claim.id)
            yield iri, _rdf.type, _rdf.Statement
            yield iri, _rdf.subject, subject
            yield iri, _rdf.predicate, node(relation.predicate)
            yield iri, _rdf.object, value

    def _claim(self, claim: Claim, document: Document) -> Iterator[Fact]:
        iri, source = self.iri("claim", claim.id), self.document_graph(document)
        yield iri, _rdf.type, _kg.Claim
        yield iri, _kg.modality, _kg[claim.modality.value]
        yield iri, _kg.polarity, _kg[claim.polarity.value]
        yield iri, _kg.confidence, decimal(claim.confidence)
        yield iri, _kg.rule, ox.Literal(claim.rule)
        if claim.speaker is not None:
            yield iri, _kg.speaker, self.iri("entity", claim.speaker.id)
        if claim.time_text:
            yield iri, _kg.timeText, ox.Literal(clean(claim.time_text))
            yield iri, _kg.time, ox.Literal(claim.time_value)
        yield iri, _kg.evidence, self._phrase_iri(document, claim.evidence)
        yield iri, _prov.wasDerivedFrom, source
        yield iri, _prov.wasGeneratedBy, self.iri("run", self.run)

    # -- declarations, in the graph of the ontology

    def _declarations(self, merged: Merged) -> Iterator[ox.Quad]:
        for iri in sorted({e.type for e in merged.events} - {str(SEM.Event)}):
            yield from _class_quads(self.types, iri)
        for event in merged.events:
            for _, shortcut, _ in _shortcuts(event):
                relation = self.iri("relation", shortcut)
                yield ox.Quad(relation, _rdf.type, _kg.Shortcut, ONTOLOGY_GRAPH)
                yield ox.Quad(relation, _rdf.type, _owl.ObjectProperty, ONTOLOGY_GRAPH)
                yield ox.Quad(relation, _rdfs.label, text(_spaced(shortcut)), ONTOLOGY_GRAPH)
                yield ox.Quad(relation, _kg.eventType, node(event.type), ONTOLOGY_GRAPH)
                if event.ahead:
                    yield ox.Quad(relation, _kg.planned, ox.Literal(True), ONTOLOGY_GRAPH)


def _quantity(quantity: Quantity) -> Iterator[tuple[ox.NamedNode, ox.Literal]]:
    for prop, value in (
        (_kg.quantity, quantity.value),
        (_kg.quantityLower, quantity.lower),
        (_kg.quantityUpper, quantity.upper),
    ):
        if value is not None:
            yield prop, number(value)
    if quantity.unit:
        yield _kg.unit, ox.Literal(clean(quantity.unit))


def _entities(merged: Merged) -> list[Entity]:
    """Return every entity a document's graph speaks of, each once, by id."""
    found: dict[str, Entity] = {}
    nested = {start for event in merged.events for start in event.starts}

    def add(entities: Iterable[Entity | None]) -> None:
        for entity in entities:
            if entity is not None and entity.id not in found:
                found[entity.id] = entity
                add(other for _, other in entity.links)

    for event in merged.events:
        add(f.entity for f in event.fillers if f.event is None or f.event not in nested or f.event in event.starts)
        add(c.speaker for c in event.claims)
    for relation in merged.relations:
        add([relation.subject, relation.value if isinstance(relation.value, Entity) else None])
        add(c.speaker for c in relation.claims)
    return [found[id] for id in sorted(found)]


def _shortcuts(event: Event) -> Iterator[tuple[Entity, str, Entity]]:
    """Yield the direct triples of an event: each named agent to each named other, by trigger and preposition.

    Only what is told as a fact or a plan, and not denied, becomes a bare triple.
    """
    if not any(c.polarity is Polarity.POSITIVE and c.modality in _BARE for c in event.claims):
        return
    agents = [
        f.entity for f in event.fillers if f.role is Role.AGENT and f.entity is not None and f.entity.document is None
    ]
    nominal = all(c.rule == "nominal" for c in event.claims)
    roles = _NOMINAL_ROLES if nominal else _ENTITY_ROLES
    others = [f for f in event.fillers if f.role in roles]
    for agent in agents:
        for filler in others:
            if filler.entity is not None and filler.entity.document is None and filler.entity.id != agent.id:
                yield agent, shortcut_name(event.trigger, filler.preposition, ahead=event.ahead), filler.entity


def shortcut_name(trigger: str, preposition: str, *, ahead: bool) -> str:
    """Return the local name of a shortcut property.

    >>> shortcut_name("deploy", "to", ahead=True)
    'willDeployTo'
    """
    words = [w for w in re.split(r"\W+", f"{'will ' if ahead else ''}{trigger} {preposition}") if w]
    name = words[0] + "".join(w[:1].upper() + w[1:] for w in words[1:]) if words else "relatesTo"
    return name_id(name)


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[^A-Z])(?=[A-Z])", " ", name).lower()


@cache
def _class_quads(types: EventTypes, iri: str) -> tuple[ox.Quad, ...]:
    """Return the declaration of an event class and of its superclasses up to sem:Event."""
    found: list[ox.Quad] = []
    event_type = types.by_iri(iri)
    if event_type is None:
        return ()
    chain = [iri, *event_type.parents]
    for each, above in pairwise(chain):
        entry = types.by_iri(each)
        found.append(ox.Quad(node(each), _rdf.type, _kg.EventType, ONTOLOGY_GRAPH))
        found.append(ox.Quad(node(each), _rdf.type, _owl.Class, ONTOLOGY_GRAPH))
        found.append(ox.Quad(node(each), _rdfs.subClassOf, node(above), ONTOLOGY_GRAPH))
        if entry is not None:
            found.append(ox.Quad(node(each), _rdfs.label, text(entry.label), ONTOLOGY_GRAPH))
            if entry.plover and each.startswith(str(EV)):
                found.append(ox.Quad(node(each), _kg.plover, ox.Literal(entry.plover), ONTOLOGY_GRAPH))
    return tuple(found)


def _url(url: str) -> ox.NamedNode | None:
    """Return an address as a node, with what an IRI cannot hold percent-encoded; None where it is no absolute address.

    >>> _url("https://news.example/?id[]=1")
    <NamedNode value=https://news.example/?id%5B%5D=1>
    >>> _url("news") is None
    True
    """
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://[^/\[\]]", url):
        return None
    encoded = quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", clean(url)), safe=":/?#@!$&'()*+,;=%~-._")
    return node(encoded)
