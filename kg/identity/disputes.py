"""Which claims say the opposite of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pyoxigraph as ox

from kg.identity.corpus import Corpus, kg_, prov_, rdf_
from kg.vocab import KG

_FACTUAL = frozenset({kg_.Actual, kg_.Planned})
Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def facts(corpus: Corpus) -> Iterator[Fact]:
    """Yield the disputes, in both directions: one thing affirmed and denied, by different speakers or documents."""
    affirmed: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    denied: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for page in corpus.pages.values():
        for claim in page.of_type(kg_.Claim):
            if page.text(claim, kg_.modality) in _FACTUAL:
                about = tuple(page.text(claim, p) for p in (kg_.about, rdf_.subject, rdf_.predicate, rdf_.object))
                side = denied if page.text(claim, kg_.polarity) == kg_.Negative else affirmed
                side[about].append((claim, page.text(claim, kg_.speaker), page.text(claim, prov_.wasDerivedFrom)))
    for about in sorted(affirmed.keys() & denied.keys()):
        for (yes, *one), (no, *other) in product(affirmed[about], denied[about]):
            if one != other:
                yield ox.NamedNode(yes), ox.NamedNode(str(KG.disputes)), ox.NamedNode(no)
                yield ox.NamedNode(no), ox.NamedNode(str(KG.disputes)), ox.NamedNode(yes)
