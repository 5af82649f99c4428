"""What is different between two graphs, in words: documents, events, relations, entities and merges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.index import Index, Names, joined, local_name, text_of
from kg.views import ROLES
from kg.vocab import KG, PROV, RDF, SCHEMA, SEM, SKOS

_kg, _prov, _rdf, _schema, _sem, _skos = Names(KG), Names(PROV), Names(RDF), Names(SCHEMA), Names(SEM), Names(SKOS)

_MERGE, _MERGED, _INTO, _REASON, _SCORE, _COPY = (
    f"{KG._NS}{name}" for name in ("Merge", "merged", "into", "reason", "score", "copyOf")
)

Sort = Literal["added", "removed", "changed"]
KINDS = ("document", "event", "relation", "entity", "merge")


@dataclass(frozen=True, slots=True)
class Detail:
    """What of a thing is different: a property, with the values that came and those that went."""

    property: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came, went or changed; ``details`` say what of it, all of it where it came."""

    sort: Sort
    kind: str
    id: str
    label: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes from one graph to another, and how many triples differ in all, also such as no change tells of."""

    changes: tuple[Change, ...]
    triples_added: int
    triples_removed: int

    @property
    def same(self) -> bool:
        """Tell whether the graphs say the same, triple by triple."""
        return not self.triples_added and not self.triples_removed

    def counts(self, kind: str) -> Mapping[str, int]:
        """Return how many things of a kind were added, removed and changed."""
        return Counter(change.sort for change in self.changes if change.kind == kind)


@dataclass(frozen=True, slots=True)
class _Thing:
    label: str
    facts: Mapping[str, tuple[str, ...]]


def diff(old: KnowledgeGraph, new: KnowledgeGraph) -> Difference:
    """Compare the unions of two graphs: in which named graph a triple stands makes no difference.

    >>> diff(KnowledgeGraph(), KnowledgeGraph()).same
    True
    """
    before, after = set(old.triples()), set(new.triples())
    changes = [
        change
        for kind in KINDS
        for change in _changes(kind, _THINGS[kind](old.index), _THINGS[kind](new.index))
        if not (change.sort == "removed" and _merged(new.index, change.id))
    ]
    return Difference(tuple(changes), len(after - before), len(before - after))


def _merged(index: Index, iri: str) -> bool:
    """Tell whether a thing went because it was found to be the same as another."""
    return any(iri in index.texts(merge, _MERGED) for merge in index.by_type.get(_MERGE, ()))


def _changes(kind: str, old: Mapping[str, _Thing], new: Mapping[str, _Thing]) -> Iterator[Change]:
    for iri in sorted(old.keys() | new.keys(), key=lambda iri: ((new.get(iri) or old[iri]).label, iri)):
        before, after = old.get(iri), new.get(iri)
        thing = after or before
        assert thing is not None
        details = tuple(_details(before.facts if before else {}, after.facts if after else {}))
        if before is None:
            yield Change("added", kind, iri, thing.label, details)
        elif after is None:
            yield Change("removed", kind, iri, thing.label, details)
        elif details:
            yield Change("changed", kind, iri, thing.label, details)


def _details(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> Iterator[Detail]:
    for name in dict.fromkeys([*new, *old]):
        before, after = Counter(old.get(name, ())), Counter(new.get(name, ()))
        if before != after:
            yield Detail(name, tuple((after - before).elements()), tuple((before - after).elements()))


# -- what is compared of each kind


def _documents(index: Index) -> dict[str, _Thing]:
    return {
        document.iri: _Thing(
            document.title or document.identifier or document.url or document.id,
            _given({
                "title": [document.title],
                "url": [document.url],
                "published": [document.published],
                "publisher": [document.publisher],
                "copy of": index.labels(document.iri, _COPY),
            }),
        )
        for document in index.documents()
    }  # fmt: skip


def _events(index: Index) -> dict[str, _Thing]:
    return {
        event: _Thing(
            index.label(event),
            _given({
                "factuality": _factuality(index, index.claims_about.get(event, ())),
                "type": [index.label(iri) for iri in index.types(event)],
                "begin": index.texts(event, _sem.hasBeginTimeStamp),
                "end": index.texts(event, _sem.hasEndTimeStamp),
                **{name: index.labels(event, iri) for iri, name in ROLES.items()},
                "claim": [_claim(index, claim) for claim in index.claims_about.get(event, ())],
            }),
        )
        for event in index.events
    }  # fmt: skip


def _relations(index: Index) -> dict[str, _Thing]:
    found = {}
    for (subject, predicate, term), claims in index.relation_claims.items():
        other = index.label(term.value) if isinstance(term, ox.NamedNode) else text_of(term)
        facts = {"factuality": _factuality(index, claims), "claim": [_claim(index, claim) for claim in claims]}
        label = f"{index.label(subject)}: {index.label(predicate)}: {other}"
        found[f"{subject} {predicate} {term}"] = _Thing(label, _given(facts))
    return found


def _entities(index: Index) -> dict[str, _Thing]:
    """Return what has a name; what has none comes and goes with its event."""
    return {
        iri: _Thing(
            index.label(iri),
            _given({
                "name": [index.label(iri)],
                "type": [local_name(each) for each in index.texts(iri, _rdf.type)],
                "also called": index.texts(iri, _skos.altLabel),
                "the same as": index.texts(iri, _skos.exactMatch),
                "member": index.labels(iri, _schema.member),
            }),
        )
        for iri in index.entities
        if _kg.Participant not in index.texts(iri, _rdf.type)
    }  # fmt: skip


def _merges(index: Index) -> dict[str, _Thing]:
    found = {}
    for merge in index.by_type.get(_MERGE, ()):
        gone, kept = (joined(index.labels(merge, property)) or "?" for property in (_MERGED, _INTO))
        facts = {"reason": index.texts(merge, _REASON), "score": index.texts(merge, _SCORE)}
        found[merge] = _Thing(f"{gone} is {kept}", _given(facts))
    return found


_THINGS: Mapping[str, Callable[[Index], Mapping[str, _Thing]]] = {
    "document": _documents,
    "event": _events,
    "relation": _relations,
    "entity": _entities,
    "merge": _merges,
}


def _given(facts: Mapping[str, Iterable[str | None]]) -> dict[str, tuple[str, ...]]:
    cleaned = {name: tuple(sorted(value for value in values if value)) for name, values in facts.items()}
    return {name: values for name, values in cleaned.items() if values}


def _factuality(index: Index, claims: Iterable[str]) -> list[str]:
    return sorted({_stance(index, claim) for claim in claims})


def _stance(index: Index, claim: str) -> str:
    modality = joined(local_name(iri).lower() for iri in index.texts(claim, _kg.modality)) or "?"
    return f"not {modality}" if _kg.Negative in index.texts(claim, _kg.polarity) else modality


def _claim(index: Index, claim: str) -> str:
    """Return who claims it, how and where, as a phrase: "planned, says Ann Smith, in Harbour Wire of 2031-01-15"."""
    speaker = joined(index.labels(claim, _kg.speaker))
    source = index.first(claim, _prov.wasDerivedFrom) or ""
    about = index.first(source, _schema.publisher) or index.first(source, _schema.headline) or local_name(source)
    day = index.first(source, _schema.datePublished)
    said = f", says {speaker}" if speaker else ""
    return f"{_stance(index, claim)}{said}, in {about}{f' of {day}' if day else ''}"
