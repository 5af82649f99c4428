"""Which documents repeat another's text, and who is the independent source of each.

A document is a copy where most of its runs of five words, or of those of the other if that is shorter, stand in both
(containment of shingles: Broder, "On the resemblance and containment of documents", 1997). A new headline, another
lead or a shortened end leave it a copy.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

import pyoxigraph as ox

from kg.identity.corpus import Corpus, nif_, rdf_, rdfs_, schema_
from kg.identity.names import folded
from kg.resolve import name_id
from kg.vocab import KG

_RUN = 5
_CONTAINED = 0.7
_LEAST = 20  # runs: shorter texts are alike by chance
_TOO_COMMON = 50  # documents: a run that so many share is a formula

Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def shingles(text: str) -> frozenset[int]:
    """Return the runs of five words of a text as numbers, whatever the case and the marks.

    >>> len(shingles("One two three four five six."))
    2
    >>> shingles("ONE, two; three four five") < shingles("one two three four five six")
    True
    """
    words = folded(text).split()
    runs = (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)


def originals(corpus: Corpus) -> dict[str, str]:
    """Return the original of each document that is a copy: the earliest of all that share the text."""
    runs = {page.iri: shingles(page.text(page.iri, nif_.isString)) for page in corpus.pages.values()}
    holders: dict[int, list[str]] = defaultdict(list)
    for document, found in sorted(runs.items()):
        for run in found:
            holders[run].append(document)
    shared: Counter[tuple[str, str]] = Counter()
    for documents in holders.values():
        if 1 < len(documents) <= _TOO_COMMON:
            shared.update(combinations(documents, 2))
    root = {document: document for document in runs}
    for (one, other), count in sorted(shared.items()):
        least = min(len(runs[one]), len(runs[other]))
        if least >= _LEAST and count >= _CONTAINED * least:
            old, new = sorted((root[one], root[other]), key=lambda d: _age(corpus, d), reverse=True)
            root = {document: new if top == old else top for document, top in root.items()}
    return {document: top for document, top in root.items() if document != top}


def _age(corpus: Corpus, document: str) -> tuple[str, str]:
    return corpus.pages[document].text(document, schema_.datePublished) or "9999", document


def facts(corpus: Corpus) -> Iterator[Fact]:
    """Yield what is a copy of what, and the source of each document."""
    copies = originals(corpus)
    for document in corpus.pages:
        original = copies.get(document, document)
        if original != document:
            yield _node(document), _node(KG.copyOf), _node(original)
        publisher = corpus.pages[original].text(original, schema_.publisher)
        name = publisher or original.rpartition("/")[2]
        source = _node(f"{corpus.base}source/{name_id(name)}")
        yield _node(document), _node(KG.source), source
        yield source, _node(rdf_.type), _node(KG.Source)
        yield source, _node(rdfs_.label), ox.Literal(name)


def _node(iri: object) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
