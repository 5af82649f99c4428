"""What is known of a document while coreference reads it from left to right."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Attribution
from kg.nlp.chains import Chain
from kg.nlp.names import Range
from kg.nlp.quotation import find_quotations
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INTRODUCING = frozenset({"a", "an", "another"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Discourse:
    """What is known of a document while it is read from left to right."""

    doc: Doc
    chains: list[Chain]
    attributions: tuple[Attribution, ...]
    sentence: list[int]
    begins: dict[int, Chain]
    owner: dict[int, Chain]
    quotation: dict[int, int]
    roots: list[Token]
    seen: list[tuple[int, Chain]] = field(default_factory=list)
    sources: dict[int, Attribution] = field(default_factory=dict)
    introduced: dict[str, list[int]] = field(default_factory=dict)
    spoken_for: dict[tuple[int, bool], Chain | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls, doc: Doc, chains: list[Chain], attributions: tuple[Attribution, ...], *, skip: Container[int] = frozenset()
    ) -> Discourse:
        """Return the state before the first token; a sentence to skip counts as part of the one before it."""
        sentence: list[int] = []
        roots: list[Token] = []
        for start, end in _sentences(doc):
            if start not in skip or not roots:
                roots.append(doc[start:end].root)
            sentence += [len(roots) - 1] * (end - start)
        begins = {start: chain for chain in chains for start, _ in chain.mentions}
        owner = {i: chain for chain in chains for start, end in chain.mentions for i in range(start, end)}
        quotation = {i: n for n, q in enumerate(find_quotations(doc)) for i in range(q.start, q.end)}
        sources = {a.source.start: a for a in attributions if a.source is not None}
        return cls(
            doc,
            list(chains),
            attributions,
            sentence,
            begins,
            owner,
            quotation,
            roots,
            sources=sources,
            introduced=_introduced(doc, skip),
        )

    def note(self, chain: Chain, token: Token) -> None:
        """Record that a chain is mentioned at a token."""
        self.seen.append((token.i, chain))

    def add(self, chain: Chain, span: Range) -> None:
        """Add a mention to a chain, unless it belongs to one."""
        if all(i not in self.owner for i in range(*span)):
            chain.mentions.append(span)
            self.owner.update(dict.fromkeys(range(*span), chain))
            self.seen.append((span[1] - 1, chain))

    def latest(self, *, since: int = 0) -> list[Chain]:
        """Return the chains mentioned so far, in or after sentence ``since``, the last mentioned first."""
        out: list[Chain] = []
        for i, chain in reversed(self.seen):
            if self.sentence[i] < since:
                break
            if not any(chain is other for other in out):
                out.append(chain)
        return out

    def topics(self, token: Token) -> list[Chain]:
        """Return the chain of the subject of the sentence before, in the same or the last paragraph."""
        number = self.sentence[token.i]
        subject = subject_of(self.roots[number - 1]) if number else None
        single = subject is not None and not any(c.dep_ == "conj" for c in subject.children)
        chain = self.owner.get(subject.i) if subject is not None and single else None
        return [chain] if chain is not None else []

    def chain_of(self, head: Token) -> Chain | None:
        """Return the chain of the mention with that head, or of the name beside it ("the weekly Gizmo")."""
        chain = self.owner.get(head.i)
        if chain is None and head.pos_ in ("NOUN", "PROPN"):
            beside = [self.owner[c.i] for c in head.children if c.dep_ == "appos" and c.i in self.owner]
            chain = beside[0] if len(beside) == 1 else None
        return chain


def _introduced(doc: Doc, skip: Container[int]) -> dict[str, list[int]]:
    """Return the nouns that "a" or "another" brings into the text, by their form."""
    found: dict[str, list[int]] = {}
    for i in indices_of(doc, _INTRODUCING):
        if i not in skip and doc[i].dep_ == "det":
            found.setdefault(doc[i].head.lower_, []).append(doc[i].head.i)
    return found


def _sentences(doc: Doc) -> Iterator[Range]:
    """Yield the sentences; quicker than spaCy's own, which looks at every token."""
    starts = [i for i, mark in enumerate(doc.to_array("SENT_START").tolist()) if mark == 1 and i]
    if len(doc):
        yield from pairwise([0, *starts, len(doc)])


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb, its first coordinate's where it has none of its own."""
    for _ in range(4):
        subject: Token | None = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            return subject
        if verb.dep_ != "conj" or verb.head.pos_ not in VERBAL:
            return None
        verb = verb.head
    return None
