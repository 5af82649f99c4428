"""The things of a gazetteer, and how a Turtle file states them (``docs/gazetteer.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology import read_turtle
from kg.vocab import KG, RDF, RDFS, SCHEMA, SKOS

_CLASSES = "Country City AdministrativeArea GovernmentOrganization Organization Corporation Place Person"
ORDER = {f"{SCHEMA}{name}": place for place, name in enumerate(_CLASSES.split())}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the gazetteer.

    References to other entries are their ids; ``types`` (in the order of the classes) and ``matches`` are IRIs.
    ``aliases`` always mean it, ``short_names`` only in context ("the Alliance"). ``capital_of`` is the state of a
    capital, ``seat_of`` the state or body that a seat of power stands for, ``government_of`` a government's state.
    """

    id: str
    label: str
    types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    capital_of: str | None = None
    seat_of: str | None = None
    government_of: str | None = None
    parent: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the label and the aliases."""
        return (self.label, *self.aliases)

    @property
    def is_group(self) -> bool:
        """Tell whether the name stands for its members together ("the Baltic states") and not for a body of its own."""
        return f"{KG._NS}Group" in self.types


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a Turtle file in the order of their ids; raise OntologyError where one has no label."""
    values: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value, _ in read_turtle(path):
        if isinstance(subject, ox.NamedNode) and isinstance(value, (ox.NamedNode, ox.Literal)):
            values.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
    return tuple(_entry(path, iri, properties) for iri, properties in sorted(values.items()))


def _entry(path: Path, iri: str, properties: Mapping[str, list[str]]) -> Entry:
    fields: dict[str, tuple[str, ...]] = {}
    for property, values in properties.items():
        if field := _TEXTS.get(property):
            fields[field] = tuple(sorted(values))
        elif field := _LINKS.get(property):
            fields[field] = tuple(sorted(map(_id, values)))
    fields["types"] = tuple(sorted(fields.get("types", ()), key=class_rank))
    first = {field: fields.pop(field)[0] for field in _SINGLE if field in fields}
    if "label" not in first:
        raise OntologyError(str(path), f"<{iri}> has no rdfs:label")
    return Entry(_id(iri), **first, **fields)  # type: ignore[arg-type]  # which field is single is in _SINGLE


_TEXTS = {
    str(RDFS.label): "label",
    str(RDF.type): "types",
    str(SKOS.altLabel): "aliases",
    str(KG.shortName): "short_names",
    str(KG.demonym): "demonyms",
    str(SKOS.exactMatch): "matches",
}
_LINKS = {
    str(SCHEMA.member): "members",
    str(KG.capital): "capitals",
    str(KG.capitalOf): "capital_of",
    str(KG.seatOf): "seat_of",
    str(KG.governmentOf): "government_of",
    str(SCHEMA.parentOrganization): "parent",
}
_SINGLE = ("label", "capital_of", "seat_of", "government_of", "parent")


def _id(iri: str) -> str:
    last = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return unquote(last) if "%" in last else last


def class_rank(type: str) -> tuple[int, str]:
    """Return where a class stands in the order of classes, to sort by."""
    return ORDER.get(type, len(ORDER)), type
