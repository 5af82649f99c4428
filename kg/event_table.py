"""One row for each event, as political scientists code them: who did what to whom, when, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.index import DocumentInfo, Index, Names, Value, joined, local_name, python_value
from kg.views import ROLES
from kg.vocab import KG, NIF, PROV, RDF, SCHEMA, SEM, SKOS

_kg, _nif, _prov, _rdf, _sem = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(SEM)
_schema, _skos = Names(SCHEMA), Names(SKOS)

EVENT_COLUMNS = (
    "event", "label", "begin", "end", "reported", "plover", "type", "trigger", "actor", "actor_id", "actor_wikidata",
    "target", "target_id", "target_wikidata", "place", *(role for role in ROLES.values() if role != "agent"),
    "modality", "polarity", "claims", "denials", "documents", "sources", "speakers", "confidence", "quotes",
)  # fmt: skip
# Whom an event is addressed to comes before who else takes part; what is moved or made is not a target.
_ADDRESSED = (_kg.recipient, _kg.partner)
_PLACES = (_kg.location, _kg.destination, _kg.origin)
# A quotation may hold a semicolon.
_BETWEEN_QUOTES = " | "
_SOURCE = f"{KG._NS}source"


def table_of_events(index: Index) -> list[dict[str, Value]]:
    """Return a row, a dict with the keys EVENT_COLUMNS, for each event, by time and then by IRI.

    ``target`` is the recipient and the partner, where there is neither the patients that have a name;
    ``sources`` counts the independent ones: copies of one report, and reports of one publisher, count once.
    """
    documents = {document.iri: document for document in index.documents()}
    rows = [_row(index, event, documents) for event in index.events]
    return sorted(rows, key=lambda row: (str(row["begin"] or row["reported"] or "9999"), str(row["event"])))


def _row(index: Index, event: str, documents: Mapping[str, DocumentInfo]) -> dict[str, Value]:
    claims = index.claims_about.get(event, [])
    origins = _texts(index, claims, _prov.wasDerivedFrom)
    actors, targets = _things(index, event, [_kg.agent]), _targets(index, event)
    published = sorted(
        day for origin in origins if origin in documents and (day := documents[origin].published) is not None
    )
    confidences = [value for claim in claims for value in map(python_value, index.objects(claim, _kg.confidence))]
    return {
        "event": event,
        "label": index.label(event),
        "begin": joined(index.texts(event, _sem.hasBeginTimeStamp)),
        "end": joined(index.texts(event, _sem.hasEndTimeStamp)),
        "reported": published[0] if published else None,
        "plover": index.plover(event),
        "type": joined(index.label(iri) for iri in index.types(event)),
        "trigger": joined(index.texts(event, _kg.trigger)),
        **_party(index, "actor", actors),
        **_party(index, "target", targets),
        "place": joined(dict.fromkeys(name for role in _PLACES for name in index.labels(event, role))),
        **{name: joined(index.labels(event, iri)) for iri, name in ROLES.items() if name != "agent"},
        "modality": _names(index, claims, _kg.modality),
        "polarity": _names(index, claims, _kg.polarity),
        "claims": len(claims),
        "denials": sum(_kg.Negative in index.texts(claim, _kg.polarity) for claim in claims),
        "documents": len(origins),
        "sources": len(independent_sources(index, origins)),
        "speakers": joined(sorted({name for claim in claims for name in index.labels(claim, _kg.speaker)})),
        "confidence": max((value for value in confidences if isinstance(value, int | float)), default=None),
        "quotes": _BETWEEN_QUOTES.join(_quotes(index, claims)) or None,
    }


def _texts(index: Index, subjects: Iterable[str], predicate: str) -> list[str]:
    return list(dict.fromkeys(text for subject in subjects for text in index.texts(subject, predicate)))


def _names(index: Index, claims: Iterable[str], predicate: str) -> str | None:
    return joined(sorted(local_name(iri) for iri in _texts(index, claims, predicate)))


def _quotes(index: Index, claims: Iterable[str]) -> list[str]:
    return _texts(index, _texts(index, claims, _kg.evidence), _nif.anchorOf)


def _things(index: Index, event: str, roles: Iterable[str]) -> list[str]:
    found = (term.value for role in roles for term in index.objects(event, role) if isinstance(term, ox.NamedNode))
    return list(dict.fromkeys(found))


def _targets(index: Index, event: str) -> list[str]:
    if addressed := _things(index, event, _ADDRESSED):
        return addressed
    nameless = {_kg.Participant, _sem.Event}
    return [iri for iri in _things(index, event, [_kg.patient]) if nameless.isdisjoint(index.texts(iri, _rdf.type))]


def _party(index: Index, name: str, things: list[str]) -> dict[str, Value]:
    matches = (local_name(iri) for iri in _texts(index, things, _skos.exactMatch) if "wikidata.org" in iri)
    return {
        name: joined(index.label(iri) for iri in things),
        f"{name}_id": joined(things),
        f"{name}_wikidata": joined(matches),
    }


def independent_sources(index: Index, documents: Iterable[str]) -> frozenset[str]:
    """Return the sources of documents: what the graph says (kg:source), else the publisher, else each by itself."""
    found: set[str] = set()
    for document in documents:
        found.update(index.texts(document, _SOURCE) or index.texts(document, _schema.publisher) or [document])
    return frozenset(found)
