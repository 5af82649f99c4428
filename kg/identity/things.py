"""The named things of a corpus, each with all that is said of it anywhere; and groups of those that are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.identity.corpus import Corpus, Page, kg_, rdf_, rdfs_, schema_, skos_
from kg.identity.decisions import Decisions
from kg.identity.names import PersonName, has_legal_form, organisation_key, person_name, sounded

PERSON, ORGANISATION, PLACE, OTHER = "person", "organisation", "place", "other"
_KINDS: Mapping[str, str] = {
    schema_.Person: PERSON,
    schema_.Organization: ORGANISATION,
    schema_.GovernmentOrganization: ORGANISATION,
    schema_.Corporation: ORGANISATION,
    schema_.Place: PLACE,
    schema_.Country: PLACE,
    schema_.City: PLACE,
    schema_.AdministrativeArea: PLACE,
}
_PLACED = (kg_.location, kg_.destination, kg_.origin)


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing as all documents have it: ``matches`` link it to the outside, ``kind`` is a vote of its types."""

    iri: str
    label: str
    names: frozenset[str]
    kind: str
    types: frozenset[str]
    matches: frozenset[str]
    documents: frozenset[str]


def things(corpus: Corpus) -> dict[str, Thing]:
    """Return the named things by IRI."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, set[str]] = defaultdict(set)
    types: dict[str, Counter[str]] = defaultdict(Counter)
    matches: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for page in corpus.pages.values():
        for iri in corpus.named(page):
            labels[iri].update(page.texts(iri, rdfs_.label))
            names[iri].update(page.texts(iri, rdfs_.label), page.texts(iri, skos_.altLabel))
            types[iri].update(page.texts(iri, rdf_.type))
            matches[iri].update(page.texts(iri, skos_.exactMatch))
            documents[iri].add(page.iri)
    found = {
        iri: Thing(
            iri=iri,
            label=_commonest(labels[iri]),
            names=frozenset(names[iri]),
            kind=_KINDS.get(_commonest(Counter({t: n for t, n in types[iri].items() if t in _KINDS})), OTHER),
            types=frozenset(types[iri]),
            matches=frozenset(matches[iri]),
            documents=frozenset(documents[iri]),
        )
        for iri in sorted(documents)
    }
    return {thing.iri: thing for thing in _by_name(list(found.values()))}


def _by_name(listed: list[Thing]) -> Iterator[Thing]:
    """Yield the things with the kind that their name proves, where a type was guessed wrong.

    A legal form makes an organisation, also of the same name without it; an initial before a surname makes a person
    where somebody of that initial and surname is known.
    """
    bodies = {organisation_key(thing.label) for thing in listed if has_legal_form(thing.label)}
    people = {_initialled(person_name(thing.label)) for thing in listed if thing.kind == PERSON}
    for thing in listed:
        name = person_name(thing.label)
        if not thing.matches and organisation_key(thing.label) in bodies:
            yield replace(thing, kind=ORGANISATION)
        elif not thing.matches and name.is_initial and _initialled(name) in people:
            yield replace(thing, kind=PERSON)
        else:
            yield thing


def _initialled(name: PersonName) -> tuple[str, str]:
    return "".join(given[0] for given in name.given[:1]), sounded(name.surname)


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value), default="")


def namesakes(corpus: Corpus) -> dict[tuple[str, str], str]:
    """Return new IRIs for places that bear the name of a person: by document and IRI.

    Types are guesses; a person is sure who speaks or has an office, a place where something happens or goes.
    """
    persons: set[str] = set()
    places: dict[str, set[str]] = defaultdict(set)
    for page in corpus.pages.values():
        stand = {v for facts in page.facts.values() for p in _PLACED for v in map(_iri, facts.get(p, ())) if v}
        speak = {v for facts in page.facts.values() for v in map(_iri, facts.get(kg_.speaker, ())) if v}
        for iri in corpus.named(page):
            kinds = {_KINDS.get(each, OTHER) for each in page.texts(iri, rdf_.type)}
            if kinds == {PERSON} and (iri in speak or schema_.jobTitle in page.facts[iri]):
                persons.add(iri)
            elif kinds == {PLACE} and iri in stand and skos_.exactMatch not in page.facts[iri]:
                places[iri].add(page.iri)
    return {(document, iri): f"{iri}_(place)" for iri in sorted(persons & places.keys()) for document in places[iri]}


def _iri(value: object) -> str:
    return str(getattr(value, "value", "")) if type(value).__name__ == "NamedNode" else ""


@dataclass(slots=True)
class Groups:
    """Sets of IRIs that are one thing; what must stay apart is never joined, not even by way of a third."""

    things: Mapping[str, Thing]
    decisions: Decisions
    members: dict[str, set[str]] = field(default_factory=dict)
    root: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, tuple[str, float]] = field(default_factory=dict)

    def of(self, iri: str) -> set[str]:
        """Return the IRIs that are one with ``iri``, itself among them."""
        return self.members.get(self.root.get(iri, iri), {iri})

    def join(self, first: str, second: str, reason: str, score: float) -> bool:
        """Make two IRIs one, unless anything speaks against it; tell whether they are one now."""
        one, other = self.of(first), self.of(second)
        if second in one:
            return True
        if score < 1 and self._apart(one, other):
            return False
        whole, name = one | other, min(one | other)
        self.members[name] = whole
        self.root.update(dict.fromkeys(whole, name))
        for iri in (first, second):
            self.reasons.setdefault(iri, (reason, score))
        return True

    def _apart(self, one: Iterable[str], other: Iterable[str]) -> bool:
        for a in one:
            for b in other:
                if (min(a, b), max(a, b)) in self.decisions.different or _differ(self.things[a], self.things[b]):
                    return True
        return False


def _differ(one: Thing, other: Thing) -> bool:
    """Tell whether two things are surely not one: known apart, two countries, or of different kinds."""
    if one.matches and other.matches and not one.matches & other.matches:
        return True
    if schema_.Country in one.types & other.types:
        return True
    return one.kind != other.kind and OTHER not in (one.kind, other.kind)


def context(corpus: Corpus, page: Page, iri: str) -> frozenset[str]:
    """Return the other named things of a document."""
    return frozenset(corpus.named(page)) - {iri}
