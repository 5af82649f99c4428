"""Events as they are compared: what happens, who takes part, when, told by which documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.identity.corpus import ROLES, Corpus, Page, kg_, rdf_, rdfs_, schema_, sem_
from kg.identity.names import folded
from kg.vocab import RDFS

_AHEAD = frozenset({kg_.Planned, kg_.Required, kg_.Conditional})
_AMOUNT = (kg_.quantity, kg_.quantityLower, kg_.quantityUpper, kg_.unit)
_REPORTED = timedelta(days=3)  # news tells of what has just happened


@dataclass(frozen=True, slots=True, order=True)
class Unnamed:
    """A participant without a name, as a document describes it."""

    iri: str
    head: str
    words: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with all that its documents say of it: participants by role, first and last day, days of publication."""

    iri: str
    classes: frozenset[str]
    triggers: frozenset[str]
    ahead: bool
    affirmed: bool
    named: Mapping[str, frozenset[str]]
    unnamed: Mapping[str, frozenset[Unnamed]]
    begin: date | None
    end: date | None
    published: tuple[date, ...]
    documents: frozenset[str]

    @property
    def size(self) -> int:
        """Return how many participants there are."""
        return sum(map(len, self.named.values())) + sum(map(len, self.unnamed.values()))

    @property
    def everyone(self) -> frozenset[str]:
        """Return all that have a name."""
        return frozenset[str]().union(*self.named.values())

    def window(self) -> tuple[date, date] | None:
        """Return the days on which it can have happened: as told, else the days before it was published."""
        if self.begin or self.end:
            return self.begin or date.min, self.end or date.max
        if not self.published:
            return None
        return min(self.published) - _REPORTED, max(self.published)


def tellings(corpus: Corpus) -> dict[str, Telling]:
    """Return the events of a corpus by IRI."""
    pages: dict[str, list[Page]] = defaultdict(list)
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for page in corpus.pages.values():
        for event in page.of_type(sem_.Event):
            pages[event].append(page)
        for claim in page.of_type(kg_.Claim):
            about = page.text(claim, kg_.about)
            claims[about].add((page.text(claim, kg_.modality), page.text(claim, kg_.polarity)))
    return {iri: _telling(corpus, iri, pages[iri], claims[iri]) for iri in sorted(pages)}


def _telling(corpus: Corpus, iri: str, pages: list[Page], claims: set[tuple[str, str]]) -> Telling:
    named: dict[str, set[str]] = defaultdict(set)
    unnamed: dict[str, set[Unnamed]] = defaultdict(set)
    for page in pages:
        for role, other in _fillers(page, iri):
            if head := page.text(other, kg_.head):
                if not page.text(other, kg_.unresolved):
                    words = folded(page.text(other, rdfs_.label))
                    number = " ".join(value for amount in _AMOUNT for value in page.texts(other, amount))
                    unnamed[role].add(Unnamed(other, head, words, number))
            else:
                named[role].add(other)
    return Telling(
        iri=iri,
        classes=frozenset(t for page in pages for t in page.texts(iri, rdf_.type)) - {sem_.Event},
        triggers=frozenset(t for page in pages for t in page.texts(iri, kg_.trigger)),
        ahead=any(modality in _AHEAD for modality, _ in claims),
        affirmed=any(
            polarity == kg_.Positive and modality in (kg_.Actual, kg_.Planned) for modality, polarity in claims
        ),
        named={role: frozenset(found) for role, found in named.items()},
        unnamed={role: frozenset(found) for role, found in unnamed.items()},
        begin=_day(pages, iri, sem_.hasBeginTimeStamp),
        end=_day(pages, iri, sem_.hasEndTimeStamp),
        published=tuple(sorted(d for page in pages if (d := _date(page.text(page.iri, schema_.datePublished))))),
        documents=frozenset(page.iri for page in pages),
    )


def _fillers(page: Page, event: str) -> Iterator[tuple[str, str]]:
    facts = page.facts[event]
    for role in ROLES:
        for value in facts.get(role, ()):
            if type(value).__name__ == "NamedNode":
                yield role, value.value  # type: ignore[union-attr]  # a node has a value


def _day(pages: list[Page], iri: str, predicate: str) -> date | None:
    return next((d for page in pages if (d := _date(page.text(iri, predicate)))), None)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def ancestors(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Return the classes above each event class, itself among them, without PLOVER's types, which are too wide."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in corpus.other:
        if quad.predicate.value == str(RDFS.subClassOf):
            above[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]  # classes are nodes

    def climb(name: str) -> frozenset[str]:
        found, level = set[str](), {name}
        while level := {up for each in level for up in above[each]} - found:
            found |= level
        return frozenset(found)

    wide = {name for name, ups in list(above.items()) if sem_.Event in ups}
    return {
        name: (climb(name) | {name}) - wide - {sem_.Event} if name not in wide else frozenset({name})
        for name in list(above)
    }
