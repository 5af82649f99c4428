"""Followthemoney, the data model of investigative tools (Aleph, OpenSanctions): a line of JSON for each entity.

What that model has no words for is left out rather than bent: it knows no denial, no plan and no speaker, so only what
somebody positively says to have happened becomes an Event or a link, with the quotation and the article as its proof.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.index import Index, Names, local_name, text_of
from kg.views import ROLES
from kg.vocab import KG, NIF, PROV, RDF, SCHEMA, SEM, SKOS

_kg, _nif, _prov, _rdf, _schema = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(SCHEMA)
_sem, _skos = Names(SEM), Names(SKOS)

# The first that fits. A state that acts is a public body; as a place it is the text of a location.
_SCHEMATA: Mapping[str, str] = {
    _schema.Person: "Person",
    _schema.Corporation: "Company",
    _schema.GovernmentOrganization: "PublicBody",
    _schema.Country: "PublicBody",
    _schema.Organization: "Organization",
    _schema.City: "Address",
    _schema.AdministrativeArea: "Address",
    _schema.Place: "Address",
}
_ORGANISATIONS = frozenset({"Company", "PublicBody", "Organization"})
_LEGAL = _ORGANISATIONS | {"Person"}
_FAMILY = frozenset({_schema.spouse, _schema.parent, _schema.children, _schema.sibling})
_PLACES = (_kg.location, _kg.destination, _kg.origin)
_LANGUAGES = {"en": "eng"}

Properties = dict[str, Iterable[str | None]]


def write_ftm(graph: KnowledgeGraph, path: Path) -> None:
    """Write named persons, organisations and places, articles, what is said to have happened, and links."""
    lines = sorted(json.dumps(entity, ensure_ascii=False, sort_keys=True) for entity in _Export(graph.index).entities())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def ftm_id(*parts: str) -> str:
    """Return an id as followthemoney wants it, the same for the same IRIs.

    >>> ftm_id("https://example.org/kg/entity/NATO")
    'kg-dff63bba809dbb23'
    """
    return "kg-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Export:
    index: Index

    def entities(self) -> Iterator[dict[str, object]]:
        """Yield every entity as data; one that others refer to is always among them."""
        for iri in self.index.entities:
            if schema := self._schema(iri):
                yield self._thing(iri, schema)
        for document in self.index.documents():
            yield _entity(
                ftm_id(document.iri),
                "Article",
                title=[document.title],
                fileName=[document.title or document.identifier or document.id],
                publishedAt=[document.published],
                publisher=[document.publisher],
                sourceUrl=[document.url],
                language=[_LANGUAGES.get(document.language or "")],
                bodyText=self.index.texts(document.iri, _nif.isString),
            )
        for event in self.index.events:
            if claims := self._positive(self.index.claims_about.get(event, ())):
                yield self._event(event, claims)
        for (subject, predicate, term), claims in self.index.relation_claims.items():
            if (said := self._positive(claims)) and isinstance(term, ox.NamedNode):
                yield from self._link(subject, predicate, term.value, said)

    def _schema(self, iri: str) -> str | None:
        types = self.index.texts(iri, _rdf.type)
        if _kg.Participant in types:
            return None
        return next((schema for each, schema in _SCHEMATA.items() if each in types), None)

    def _positive(self, claims: Iterable[str]) -> list[str]:
        """Return the claims that say it has happened, or holds."""
        return [
            claim
            for claim in claims
            if _kg.Positive in self.index.texts(claim, _kg.polarity)
            and _kg.Actual in self.index.texts(claim, _kg.modality)
        ]

    def _thing(self, iri: str, schema: str) -> dict[str, object]:
        matches = [local_name(match) for match in self.index.texts(iri, _skos.exactMatch) if "wikidata.org" in match]
        label = self.index.label(iri)
        more: Properties = {}
        if schema == "Person":
            more["position"] = [text_of(term) for term in self._titles(iri)]
        if schema == "Address":
            more["full"] = [label]
        aliases = self.index.texts(iri, _skos.altLabel)
        return _entity(ftm_id(iri), schema, name=[label], alias=aliases, wikidataId=matches, **more)

    def _titles(self, iri: str) -> Iterator[ox.Literal]:
        return (term for term in self.index.objects(iri, _schema.jobTitle) if isinstance(term, ox.Literal))

    def _proof(self, claims: Iterable[str]) -> Properties:
        index = self.index
        sources = [source for claim in claims for source in index.texts(claim, _prov.wasDerivedFrom)]
        phrases = [phrase for claim in claims for phrase in index.texts(claim, _kg.evidence)]
        return {
            "summary": [quote for phrase in phrases for quote in index.texts(phrase, _nif.anchorOf)],
            "proof": [ftm_id(source) for source in sources],
            "publisher": [name for source in sources for name in index.texts(source, _schema.publisher)],
        }

    def _event(self, event: str, claims: list[str]) -> dict[str, object]:
        index = self.index
        parties = [iri for role in ROLES for iri in index.texts(event, role) if self._schema(iri) in _LEGAL]
        return _entity(
            ftm_id(event),
            "Event",
            name=[index.label(event)],
            startDate=index.texts(event, _sem.hasBeginTimeStamp),
            endDate=index.texts(event, _sem.hasEndTimeStamp),
            involved=[ftm_id(iri) for iri in parties],
            location=[name for role in _PLACES for name in index.labels(event, role)],
            keywords=[index.plover(event), *(index.label(iri) for iri in index.types(event))],
            **self._proof(claims),
        )

    def _link(self, subject: str, predicate: str, other: str, claims: list[str]) -> Iterator[dict[str, object]]:
        kinds = self._schema(subject), self._schema(other)
        if None in kinds:
            return
        ends, label = (ftm_id(subject), ftm_id(other)), self.index.label(predicate)
        id, proof = ftm_id(subject, predicate, other), self._proof(claims)
        if predicate == _schema.memberOf and kinds[0] in _LEGAL and kinds[1] in _ORGANISATIONS:
            yield _entity(id, "Membership", member=[ends[0]], organization=[ends[1]], **proof)
        elif predicate in _FAMILY and kinds == ("Person", "Person"):
            yield _entity(id, "Family", person=[ends[0]], relative=[ends[1]], relationship=[label], **proof)
        else:
            yield _entity(id, "UnknownLink", subject=[ends[0]], object=[ends[1]], role=[label], **proof)


def _entity(id: str, schema: str, /, **properties: Iterable[str | None]) -> dict[str, object]:
    given = {name: [value for value in dict.fromkeys(values) if value] for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in given.items() if values}}
