"""Look up what a graph says of one thing: its claims, events, entities and documents, from sorted triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

import pyoxigraph as ox

from kg.vocab import BASE, DCT, KG, NIF, RDF, RDFS, SCHEMA, SEM, XSD

Value = str | int | float | bool | date | datetime | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Names:
    """The terms of one namespace as plain text, each made when first asked for; a closed namespace raises as ever.

    >>> Names(RDFS).label
    'http://www.w3.org/2000/01/rdf-schema#label'
    """

    def __init__(self, namespace: Any) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        found = str(self._namespace[name])
        setattr(self, name, found)
        return found


_dct, _kg, _nif, _rdf, _rdfs = Names(DCT), Names(KG), Names(NIF), Names(RDF), Names(RDFS)
_schema, _sem = Names(SCHEMA), Names(SEM)

_VALUED = (ox.NamedNode, ox.Literal)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_PYTHON: Mapping[str, Callable[[str], Value]] = {
    str(XSD.integer): int,
    str(XSD.decimal): float,
    str(XSD.double): float,
    str(XSD.float): float,
    str(XSD.boolean): _BOOLEANS.__getitem__,
    str(XSD.date): date.fromisoformat,
    str(XSD.dateTime): datetime.fromisoformat,
}


def text_of(term: Term) -> str:
    """Return the IRI or the lexical form of a term; a blank node or a triple as N-Triples have it.

    >>> text_of(ox.Literal("North", language="en")), text_of(ox.BlankNode("b1"))
    ('North', '_:b1')
    """
    return term.value if isinstance(term, _VALUED) else str(term)


def python_value(term: Term) -> Value:
    """Return a literal as the Python value of its datatype; any other term, and what does not fit, as a str.

    >>> python_value(ox.Literal("2016-07-08", datatype=ox.NamedNode(str(XSD.date))))
    datetime.date(2016, 7, 8)
    """
    if isinstance(term, ox.Literal) and (convert := _PYTHON.get(term.datatype.value)):
        try:
            return convert(term.value)
        except (ValueError, KeyError):
            return term.value
    return text_of(term)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the graph says of one document."""

    id: str
    iri: str
    identifier: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


def base_of(triples: Iterable[ox.Triple]) -> str:
    """Return where minted IRIs begin: before ``claim/`` of the first claim, else before the first ``document/``."""
    claim, context, document = ox.NamedNode(_kg.Claim), ox.NamedNode(_nif.Context), ""
    for triple in triples:
        if triple.object == claim and isinstance(triple.subject, ox.NamedNode):
            return triple.subject.value.rpartition("claim/")[0] or BASE
        if not document and triple.object == context and isinstance(triple.subject, ox.NamedNode):
            document = triple.subject.value
    return document.rpartition("document/")[0] or BASE


class Index:
    """The objects of each subject and predicate, from sorted triples."""

    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        self.base = base_of(triples)
        self.subjects: dict[str, dict[str, list[Term]]] = {}
        for subject, group in groupby(triples, key=attrgetter("subject")):
            facts = self.subjects.setdefault(text_of(subject), {})
            for triple in group:
                facts.setdefault(triple.predicate.value, []).append(triple.object)

    def objects(self, subject: str, predicate: str) -> list[Term]:
        """Return the objects of ``subject`` under ``predicate``, sorted."""
        return self.subjects.get(subject, {}).get(predicate, [])

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Return the objects as IRIs and lexical forms."""
        return [text_of(term) for term in self.objects(subject, predicate)]

    def first(self, subject: str, predicate: str) -> str | None:
        """Return the first object as text, or None."""
        return next(iter(self.texts(subject, predicate)), None)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return those objects that are IRIs."""
        return [term.value for term in self.objects(subject, predicate) if isinstance(term, ox.NamedNode)]

    def literals(self, subject: str, predicate: str) -> list[str]:
        """Return those objects that are literals as text, English ones first."""
        found = [term for term in self.objects(subject, predicate) if isinstance(term, ox.Literal)]
        if len(found) > 1:
            found.sort(key=lambda term: term.language not in ("en", None))
        return [term.value for term in found]

    def text(self, subject: str, predicate: str) -> str:
        """Return the first literal, an English one if there is one, else the first IRI, else ""."""
        objects = self.objects(subject, predicate)
        if len(objects) == 1:
            return objects[0].value if isinstance(objects[0], _VALUED) else ""
        return next(iter(self.literals(subject, predicate) or self.iris(subject, predicate)), "")

    def labels(self, subject: str, predicate: str) -> list[str]:
        """Return the objects as a reader would name them: literals as written, things by their labels."""
        return [
            self.label(term.value) if isinstance(term, ox.NamedNode) else text_of(term)
            for term in self.objects(subject, predicate)
        ]

    def label(self, iri: str) -> str:
        """Return the rdfs:label of ``iri``, or the last part of the IRI where it has none."""
        return self.first(iri, _rdfs.label) or local_name(iri)

    @cached_property
    def by_type(self) -> dict[str, list[str]]:
        """Return the subjects of each class, in their order."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, facts in self.subjects.items():
            for term in facts.get(_rdf.type, ()):
                found[text_of(term)].append(subject)
        return dict(found)

    @cached_property
    def claims(self) -> list[str]:
        """Return the IRIs of all claims."""
        return self.by_type.get(_kg.Claim, [])

    @cached_property
    def events(self) -> list[str]:
        """Return the IRIs of all events."""
        return self.by_type.get(_sem.Event, [])

    @cached_property
    def entities(self) -> list[str]:
        """Return the IRIs of everything minted as an entity, named or not."""
        space = f"{self.base}entity/"
        return [iri for iri in self.subjects if iri.startswith(space)]

    @cached_property
    def claims_about(self) -> dict[str, list[str]]:
        """Return the claims about each event."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim in self.claims:
            for event in self.texts(claim, _kg.about):
                found[event].append(claim)
        return dict(found)

    @cached_property
    def relation_claims(self) -> dict[tuple[str, str, Term], list[str]]:
        """Return the claims of each relation, by subject, predicate and object."""
        found: dict[tuple[str, str, Term], list[str]] = defaultdict(list)
        for claim in self.claims:
            subject, predicate = self.first(claim, _rdf.subject), self.first(claim, _rdf.predicate)
            if subject and predicate:
                for term in self.objects(claim, _rdf.object):
                    found[subject, predicate, term].append(claim)
        return dict(found)

    def types(self, event: str) -> list[str]:
        """Return the event classes of an event, without sem:Event."""
        return [iri for iri in self.texts(event, _rdf.type) if iri != _sem.Event]

    def plover(self, event: str) -> str | None:
        """Return the PLOVER type of an event: the kg:plover of its class or of the nearest class above."""
        level, seen = self.types(event), set[str]()
        while level:
            if found := [name for iri in level for name in self.texts(iri, _kg.plover)]:
                return joined(dict.fromkeys(found))
            seen.update(level)
            above = [up for iri in level for up in self.texts(iri, _rdfs.subClassOf)]
            level = sorted(set(above) - seen)
        return None

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return what is said of each document, sorted by id."""
        space = f"{self.base}document/"
        return tuple(
            DocumentInfo(
                id=iri.removeprefix(space),
                iri=iri,
                identifier=self.first(iri, _dct.identifier),
                title=self.first(iri, _schema.headline),
                url=self.first(iri, _schema.url),
                published=self.first(iri, _schema.datePublished),
                publisher=joined(self.labels(iri, _schema.publisher)),
                language=self.first(iri, _schema.inLanguage),
            )
            for iri in sorted(self.by_type.get(_nif.Context, []))
        )


def local_name(iri: str) -> str:
    """Return what follows the last ``#`` or ``/``.

    >>> local_name("https://w3id.org/newskg/event#Deploy")
    'Deploy'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def joined(values: Iterable[str]) -> str | None:
    """Return the values as one text, or None where there are none."""
    return "; ".join(values) or None
