"""What each document says, by subject and predicate, with things renamed once they are known to be others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.index import Names, base_of, text_of
from kg.model import Role
from kg.vocab import KG, NIF, PROV, RDF, RDFS, SCHEMA, SEM, SKOS

kg_, nif_, prov_, rdf_, rdfs_ = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(RDFS)
schema_, sem_, skos_ = Names(SCHEMA), Names(SEM), Names(SKOS)

Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Facts = dict[str, set[Value]]
ROLES = tuple(str(KG[role.value]) for role in Role)
# What describes a thing, and so is the same from all documents once it is one thing.
_DESCRIBES = (
    rdf_.type, rdfs_.label, skos_.exactMatch, kg_.head, kg_.quantity, kg_.quantityLower, kg_.quantityUpper, kg_.unit,
    sem_.hasBeginTimeStamp, sem_.hasEndTimeStamp,
)  # fmt: skip
_EVENT = ox.NamedNode(sem_.Event)


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """That ``merged``, as ``documents`` have it, is ``into``: why, and how surely (0 to 1)."""

    merged: str
    into: str
    reason: str
    score: float
    documents: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """What one document says: subject, predicate, objects; ``names`` are the IRIs of its named things."""

    iri: str
    facts: dict[str, Facts] = field(default_factory=dict)

    def objects(self, subject: str, predicate: str) -> list[Value]:
        """Return the objects, sorted."""
        found = self.facts.get(subject, {}).get(predicate, ())
        return sorted(found, key=str) if len(found) > 1 else list(found)

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Return the objects as IRIs and lexical forms, sorted."""
        return [text_of(value) for value in self.objects(subject, predicate)]

    def text(self, subject: str, predicate: str) -> str:
        """Return the first of the objects as text, or ""."""
        return next(iter(self.texts(subject, predicate)), "")

    def of_type(self, iri: str) -> list[str]:
        """Return the subjects of a class, sorted."""
        node = ox.NamedNode(iri)
        return sorted(s for s, facts in self.facts.items() if node in facts.get(rdf_.type, ()))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield what the document says in its named graph."""
        graph = ox.NamedNode(self.iri)
        for subject, facts in self.facts.items():
            node = ox.NamedNode(subject)
            for predicate, values in facts.items():
                relation = ox.NamedNode(predicate)
                yield from (ox.Quad(node, relation, value, graph) for value in values)


@dataclass(slots=True)
class Corpus:
    """All documents, in the order of their IRIs, and what stands in other graphs."""

    base: str
    pages: dict[str, Page]
    other: set[ox.Quad]

    @property
    def entity_space(self) -> str:
        """Return how the IRIs of entities begin."""
        return f"{self.base}entity/"

    def named(self, page: Page) -> list[str]:
        """Return the things with a name that a document speaks of, sorted."""
        space, unnamed = self.entity_space, ox.NamedNode(kg_.Participant)
        return sorted(
            s for s, facts in page.facts.items() if s.startswith(space) and unnamed not in facts.get(rdf_.type, ())
        )

    def rename(self, changes: Mapping[tuple[str, str], str]) -> None:
        """Give things other IRIs, by document and IRI; what describes a thing is then the same in all documents."""
        if not changes:
            return
        home = self._homes(set(changes.values()), changes)
        by_page: dict[str, dict[str, str]] = defaultdict(dict)
        for (document, old), new in changes.items():
            by_page[document][old] = new
        for document, renamed in by_page.items():
            self.pages[document].facts = _renamed(self.pages[document].facts, renamed)
        for page in self.pages.values():
            for iri in home.keys() & page.facts.keys():
                _describe(page.facts[iri], home[iri])

    def _homes(self, kept: set[str], changes: Mapping[tuple[str, str], str]) -> dict[str, Facts]:
        """Return the description of each thing that is kept, as most documents give it under that very IRI."""
        given: dict[str, Counter[tuple[tuple[str, tuple[str, ...]], ...]]] = defaultdict(Counter)
        values: dict[str, Value] = {}
        for document, page in self.pages.items():
            for iri in kept & page.facts.keys():
                if (document, iri) in changes:
                    continue
                facts = page.facts[iri]
                shape = []
                for predicate in _DESCRIBES:
                    listed = sorted(facts.get(predicate, ()), key=str)
                    values.update((str(value), value) for value in listed)
                    shape.append((predicate, tuple(map(str, listed))))
                given[iri][tuple(shape)] += 1
        best = {iri: min(counts, key=lambda shape: (-counts[shape], shape)) for iri, counts in given.items()}
        return {iri: {p: {values[v] for v in listed} for p, listed in shape} for iri, shape in best.items()}


def _renamed(facts: dict[str, Facts], names: Mapping[str, str]) -> dict[str, Facts]:
    nodes = {ox.NamedNode(old): ox.NamedNode(new) for old, new in names.items()}
    found: dict[str, Facts] = {}
    for subject, predicates in facts.items():
        kept = found.setdefault(names.get(subject, subject), {})
        for predicate, values in predicates.items():
            kept.setdefault(predicate, set()).update(
                nodes.get(v, v) if isinstance(v, ox.NamedNode) else v for v in values
            )
    return found


def _describe(facts: Facts, home: Facts) -> None:
    """Make a thing's description that of ``home``; what it is called here besides becomes another name of it."""
    labels = facts.get(rdfs_.label, set()) - home[rdfs_.label]
    facts.setdefault(skos_.altLabel, set()).update(labels)
    facts[skos_.altLabel] -= home[rdfs_.label]
    classes = facts.get(rdf_.type, set())
    for predicate in _DESCRIBES:
        facts[predicate] = set(home[predicate])
    if _EVENT in classes:  # an event is of every class that a document gives it: its shortcuts rest on them
        facts[rdf_.type] |= classes
    for predicate in [p for p, values in facts.items() if not values]:
        del facts[predicate]


def read_corpus(quads: Iterable[ox.Quad]) -> Corpus:
    """Return the documents of a set of quads; a graph is a document's where it says that it has a text."""
    by_graph: dict[str, Page] = {}
    rest: set[ox.Quad] = set()
    for quad in quads:
        graph, subject = quad.graph_name, quad.subject
        if isinstance(graph, ox.NamedNode) and isinstance(subject, ox.NamedNode):
            page = by_graph.setdefault(graph.value, Page(graph.value))
            facts = page.facts.setdefault(subject.value, {})
            facts.setdefault(quad.predicate.value, set()).add(quad.object)
        else:
            rest.add(quad)
    pages = {iri: page for iri, page in sorted(by_graph.items()) if nif_.isString in page.facts.get(iri, {})}
    for iri, page in by_graph.items():
        if iri not in pages:
            rest.update(page.quads())
    first = next(iter(pages), "")
    base = first.rpartition("document/")[0] if first else base_of(())
    return Corpus(base, pages, rest)
