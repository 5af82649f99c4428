"""One graph out of many documents: what each document says, as read, with the same thing made one node.

A document is read without regard to any other ("as read"). What is the same across documents is decided afterwards,
from all of them together, and by nothing else. So the result does not depend on the order in which documents came,
and a document that leaves takes along every decision that rested on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.identity import copies, disputes, entities, events
from kg.identity.corpus import Corpus, Merge, read_corpus
from kg.identity.decisions import Decisions, read_decisions
from kg.identity.things import namesakes
from kg.merge import digest
from kg.vocab import KG, PROV, RDF, XSD

__all__ = ["Decisions", "Merge", "consolidate", "read_decisions"]

_PASSES = 8  # what became one may show that something else is; in practice two or three passes find all


def consolidate(read: Iterable[ox.Quad], *, decisions: Decisions | None = None) -> frozenset[ox.Quad]:
    """Return the graph of all documents from the quads that each gave as read.

    The same set of quads gives the same result, whatever its order; consolidated again, it stays as it is. What is
    decided stands in the named graph ``<base>identity``: merges with reason and score, copies, sources, what realizes
    a plan, what disputes what. ``decisions`` are the user's, and stronger than any rule.

    >>> consolidate([])
    frozenset()
    """
    corpus = read_corpus(read)
    if not corpus.pages:
        return frozenset(corpus.other)
    merges = _merge(corpus, decisions or Decisions())
    graph = ox.NamedNode(f"{corpus.base}identity")
    found = set(corpus.other)
    for page in corpus.pages.values():
        found.update(page.quads())
    facts = (*_merge_facts(corpus, merges), *copies.facts(corpus), *events.realized(corpus), *disputes.facts(corpus))
    found.update(ox.Quad(*fact, graph) for fact in facts)
    return frozenset(found)


def _merge(corpus: Corpus, decisions: Decisions) -> list[Merge]:
    """Rename what is one until nothing more is; return every merge, into what is kept in the end."""
    corpus.rename(namesakes(corpus))
    found: list[Merge] = []
    for _ in range(_PASSES):
        changes, merges = entities.decide(corpus, decisions)
        corpus.rename(changes)
        told, event_merges = events.decide(corpus, decisions)
        corpus.rename(told)
        found += [*merges, *event_merges]
        if not changes and not told:
            break
    into = {(m.merged, document): m.into for m in found for document in m.documents}

    def last(iri: str, document: str) -> str:
        seen = {iri}
        while (further := into.get((iri, document))) is not None and further not in seen:
            seen.add(further)
            iri = further
        return iri

    joined: dict[tuple[str, str, str, float], set[str]] = {}
    for merge in found:
        for document in merge.documents:
            key = (merge.merged, last(merge.into, document), merge.reason, merge.score)
            joined.setdefault(key, set()).add(document)
    return [Merge(*key, tuple(sorted(documents))) for key, documents in sorted(joined.items())]


def _merge_facts(
    corpus: Corpus, merges: Iterable[Merge]
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    def node(iri: object) -> ox.NamedNode:
        return ox.NamedNode(str(iri))

    for merge in merges:
        iri = node(f"{corpus.base}merge/{digest('merge', merge.merged, merge.into, merge.reason, merge.score)}")
        yield iri, node(RDF.type), node(KG.Merge)
        yield iri, node(KG.merged), node(merge.merged)
        yield iri, node(KG.into), node(merge.into)
        yield iri, node(KG.reason), ox.Literal(merge.reason)
        yield (
            iri,
            node(KG.score),
            ox.Literal(f"{merge.score:.2f}".rstrip("0").rstrip(".") or "0", datatype=node(XSD.decimal)),
        )
        for document in merge.documents:
            yield iri, node(PROV.wasDerivedFrom), node(document)
