"""Which named things of different documents are one, and why.

Names decide first: the same name written differently, with and without an initial, a middle name, a title, a legal
form. What is only part of a name (a surname, an acronym) belongs to the one thing of the corpus that it can stand for,
and only in a document that speaks of the same things; where two come into question it stays apart. Nothing joins
people of different first names, or things that are known to be different.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from kg.identity.corpus import Corpus, Merge
from kg.identity.decisions import Decisions
from kg.identity.names import PersonName, folded, organisation_key, person_name, sounded, stands_for
from kg.identity.things import ORGANISATION, OTHER, PERSON, PLACE, Groups, Thing, context, things
from kg.vocab import SCHEMA

_RARE, _COMMON = 1.0, 0.25  # what a shared thing counts for: one few documents speak of, one that many do
_ENOUGH, _CLEARLY = 0.5, 3.0
_APART = ("several of this name, and nothing decides: each document has its own", 0.0)
_TYPE_OF_PLACES = frozenset({str(SCHEMA.Country), str(SCHEMA.City), str(SCHEMA.AdministrativeArea)})


def decide(corpus: Corpus, decisions: Decisions) -> tuple[dict[tuple[str, str], str], list[Merge]]:
    """Return the new IRIs by document and IRI, and the merges that say why."""
    known = things(corpus)
    groups = Groups(known, decisions)
    for first, second in sorted(decisions.same):
        if first in known and second in known:
            groups.join(first, second, "decided by the user", 1.0)
    _join_people(groups, [t for t in known.values() if t.kind == PERSON])
    _join_by(groups, [t for t in known.values() if t.kind in (ORGANISATION, OTHER)], organisation_key)
    _join_by(groups, [t for t in known.values() if t.kind == PLACE], lambda name: sounded(folded(name)))
    kept = {iri: _kept(groups.of(iri), known) for iri in known}
    changes = {(d, i): kept[i] for i, thing in known.items() if kept[i] != i for d in thing.documents}
    merges = [
        Merge(i, kept[i], *groups.reasons[i], tuple(sorted(known[i].documents))) for i in sorted(known) if kept[i] != i
    ]
    for document, iri, into, reason in _parts(corpus, known, kept, decisions):
        changes[document, iri] = into
        if reason is not _APART:
            merges.append(Merge(iri, into, reason[0], reason[1], (document,)))
    return changes, merges


def _kept(group: Iterable[str], known: dict[str, Thing]) -> str:
    """Return the IRI to keep of a group: what is known outside, a full name, what most documents have."""

    def rank(iri: str) -> tuple[object, ...]:
        thing = known[iri]
        name = person_name(thing.label)
        full = thing.kind != PERSON or not (name.is_bare or name.is_initial)
        return (not thing.matches, not full, -len(thing.documents), -len(thing.label), iri)

    return min(group, key=rank)


# people


def _join_people(groups: Groups, people: list[Thing]) -> None:
    families: dict[str, list[tuple[Thing, PersonName]]] = defaultdict(list)
    for thing in people:
        name = person_name(thing.label)
        if not name.is_bare:
            families[sounded(name.surname)].append((thing, name))
    for family in families.values():
        by_given: dict[str, list[tuple[Thing, PersonName]]] = defaultdict(list)
        for thing, name in family:
            if not name.is_initial:
                by_given[sounded(name.given[0])].append((thing, name))
        for bearers in by_given.values():
            _join_bearers(groups, bearers)
        _join_initials(groups, family)


def _join_bearers(groups: Groups, bearers: list[tuple[Thing, PersonName]]) -> None:
    """Join those of one first name and surname; a middle name or "Jr." that another lacks may be either's."""
    for (one, first), (other, second) in combinations(bearers, 2):
        if _same_bearer(first, second):
            fuller, plainer = (first, second) if len(first.given) >= len(second.given) else (second, first)
            rivals = [name for _, name in bearers if not _same_bearer(name, fuller) and _same_bearer(name, plainer)]
            if not rivals:
                groups.join(one.iri, other.iri, *_person_reason(one.label, other.label, first, second))


def _same_bearer(one: PersonName, other: PersonName) -> bool:
    if one.generation and other.generation and one.generation != other.generation:
        return False
    shared = zip(one.given[1:], other.given[1:], strict=False)
    return all(a == b or sounded(a) == sounded(b) or a == b[0] or b == a[0] for a, b in shared)


def _person_reason(one: str, other: str, first: PersonName, second: PersonName) -> tuple[str, float]:
    if folded(one) == folded(other):
        return "the same name but for accents and marks", 0.98
    if first == second:
        return "the same name with and without a title", 0.95
    if len(first.given) == len(second.given) and first.generation == second.generation:
        return "the same name in another romanisation", 0.9
    return "the same name with and without a middle name", 0.9


def _join_initials(groups: Groups, family: list[tuple[Thing, PersonName]]) -> None:
    for thing, name in family:
        if name.is_initial:
            fits = {
                _name_of(groups.of(t.iri)) for t, n in family if not n.is_initial and n.given[0][0] == name.given[0]
            }
            if len(fits) == 1:
                groups.join(thing.iri, fits.pop(), "the initial of the only such first name with this surname", 0.85)
    initials = [(t, n) for t, n in family if n.is_initial]
    for (one, first), (other, second) in combinations(initials, 2):
        if first.given[0] == second.given[0] and _same_bearer(first, second):
            groups.join(one.iri, other.iri, "the same name but for accents and marks", 0.9)


def _name_of(group: set[str]) -> str:
    return min(group)


# everything else


def _join_by(groups: Groups, listed: list[Thing], key: Callable[[str], str]) -> None:
    by_key: dict[str, list[Thing]] = defaultdict(list)
    for thing in listed:
        for each in {key(name) for name in _sure_names(thing)} - {""}:
            by_key[each].append(thing)
    for _, same in sorted(by_key.items()):
        for one, other in combinations(sorted(same, key=lambda thing: thing.iri), 2):
            reason = (
                ("the same name but for accents and marks", 0.95)
                if folded(one.label) == folded(other.label)
                else ("the same name in another spelling", 0.9)
                if one.kind == PLACE
                else ("the same name with and without its legal form", 0.9)
                if organisation_key(one.label) == organisation_key(other.label)
                else ("another name of the same thing", 0.9)
            )
            groups.join(one.iri, other.iri, *reason)


def _sure_names(thing: Thing) -> Iterator[str]:
    """Yield the names that mean a thing everywhere: all of what is known outside, else the full one, no acronyms."""
    yield thing.label
    if thing.matches:
        yield from (name for name in thing.names if not _is_acronym(name) and " " in name)


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return 1 < len(letters) <= 7 and letters.isupper() and letters.isalpha()


# parts of names


def _parts(
    corpus: Corpus, known: dict[str, Thing], kept: dict[str, str], decisions: Decisions
) -> Iterator[tuple[str, str, str, tuple[str, float]]]:
    """Yield document, IRI, whole, and reason of each surname and acronym that stands for one thing in its document."""
    wholes = {iri: known[iri] for iri in set(kept.values())}
    surnames: dict[str, set[str]] = defaultdict(set)
    for iri, into in kept.items():
        name = person_name(known[iri].label)
        if known[iri].kind == PERSON and not (name.is_bare or name.is_initial):
            surnames[sounded(name.surname)].add(into)
    acronyms: dict[str, set[str]] = defaultdict(set)
    for iri, into in kept.items():
        for alias in known[iri].names:
            if _is_acronym(alias) and known[iri].label != alias and stands_for(alias, known[iri].label):
                acronyms[alias.replace(".", "")].add(into)
    surroundings = _Surroundings(corpus, kept)
    for iri, thing in sorted(wholes.items()):
        if thing.matches:
            continue
        name = person_name(thing.label)
        bearers = surnames.get(sounded(name.surname), set()) if name.is_bare else set[str]()
        if thing.kind == PERSON and bearers:
            candidates, what = bearers, "surname"
        elif bearers and _TYPE_OF_PLACES.isdisjoint(thing.types):  # its type is a guess; a full name beside it is none
            yield from _beside(surroundings, thing, sorted(bearers - {iri}), decisions)
            continue
        elif thing.kind in (ORGANISATION, OTHER) and _is_acronym(thing.label):
            candidates, what = acronyms.get(thing.label.replace(".", ""), set()), "acronym"
        else:
            continue
        allowed = sorted(c for c in candidates - {iri} if _allowed(c, iri, decisions))
        for document in sorted(thing.documents) if allowed else ():
            if found := surroundings.choose(document, iri, allowed, what):
                yield document, iri, *found
            elif len(allowed) > 1 and not iri.endswith(own := f"_({document.rpartition('/')[2]})"):
                yield document, iri, f"{iri}{own}", _APART


def _beside(
    surroundings: _Surroundings, thing: Thing, bearers: list[str], decisions: Decisions
) -> Iterator[tuple[str, str, str, tuple[str, float]]]:
    for document in sorted(thing.documents):
        here = [b for b in bearers if surroundings.has(document, b) and _allowed(b, thing.iri, decisions)]
        if len(here) == 1:
            yield document, thing.iri, here[0], ("the surname of the only one of this name in the document", 0.9)


def _allowed(one: str, other: str, decisions: Decisions) -> bool:
    return (min(one, other), max(one, other)) not in decisions.different


class _Surroundings:
    """What else the documents of a thing speak of."""

    def __init__(self, corpus: Corpus, kept: dict[str, str]) -> None:
        self._of = {
            page.iri: frozenset(kept[iri] for iri in context(corpus, page, "")) for page in corpus.pages.values()
        }
        self._documents: dict[str, set[str]] = defaultdict(set)
        for document, names in self._of.items():
            for name in names:
                self._documents[name].add(document)
        self._many = max(5, len(corpus.pages) // 5)

    def has(self, document: str, iri: str) -> bool:
        """Tell whether a document speaks of a thing."""
        return iri in self._of[document]

    def choose(self, document: str, iri: str, candidates: list[str], what: str) -> tuple[str, tuple[str, float]] | None:
        """Return the candidate that a document means, with the reason; None where nothing decides."""
        here = [each for each in candidates if each in self._of[document]]
        if len(here) == 1:
            return here[0], (f"the only one of this {what} in the document", 0.95)
        if here:
            return None
        shared = sorted(((self._shared(document, iri, each), each) for each in candidates), reverse=True)
        best, into = shared[0]
        second = shared[1][0] if len(shared) > 1 else 0.0
        if best < _ENOUGH or (len(shared) > 1 and (best < 1 or best < _CLEARLY * second)):
            return None
        only = "only" if len(shared) == 1 else "likeliest"
        score = round(min(0.9, 0.7 + 0.05 * best), 2) if len(shared) == 1 else 0.7
        return into, (f"the {only} one of this {what}, in a document about the same things", score)

    def _shared(self, document: str, iri: str, candidate: str) -> float:
        around = frozenset[str]().union(*(self._of[d] for d in self._documents[candidate])) - {candidate, iri}
        common = self._of[document] & around
        return sum(_RARE if len(self._documents[each]) <= self._many else _COMMON for each in common)
