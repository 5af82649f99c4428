"""Small questions to a dependency parse, each asked in one place.

The labels are those of spaCy's English pipelines (ClearNLP's scheme).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ACTOR_LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
VALUE_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
# Right of its head, these end a noun phrase: what follows speaks about it or stands beside it.
_ENDS_PHRASE = frozenset({"relcl", "appos", "conj", "cc", "advcl", "parataxis", "acl", "dep", "punct", "ccomp", "meta"})
_MODIFIERS = frozenset({"aux", "auxpass", "amod", "compound", "nmod", "case", "prep", "mark"})
_LEFT_JUNK = frozenset({"punct", "cc", "preconj", "dep", "meta", "intj"})


def children(token: Token, *deps: str) -> list[Token]:
    """Return the direct dependents of ``token`` with one of the labels ``deps``, in order."""
    return [child for child in token.children if child.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    """Return the first direct dependent with one of the labels, or None."""
    return next((c for c in token.children if c.dep_ in deps), None)


def conjuncts(token: Token) -> list[Token]:
    """Return ``token`` and all that is coordinated to its right, in order."""
    found = [token]
    for each in found:
        found.extend(c for c in each.children if c.dep_ == "conj" and c.i > each.i and _same_kind(token, c))
    return sorted(found, key=lambda t: t.i)


def _same_kind(first: Token, other: Token) -> bool:
    verbal = {"VERB", "AUX"}
    return (first.pos_ in verbal) == (other.pos_ in verbal)


def is_verbal(token: Token) -> bool:
    """Tell whether a token is a predicate of its own: a verb that is neither auxiliary nor modifier."""
    if token.dep_ in _MODIFIERS:
        return False
    if token.pos_ not in {"VERB", "AUX"}:  # a participle that the tagger took for an adjective
        return token.pos_ == "ADJ" and any(c.dep_ == "auxpass" for c in token.children)
    # "support and enhanced assistance": a participle coordinated with a noun only modifies another noun.
    return not (token.dep_ == "conj" and token.tag_ == "VBN" and token.head.pos_ in {"NOUN", "PROPN"})


def phrase_start(head: Token) -> int:
    """Return the index of the first token of the noun phrase of ``head``."""
    left = [c for c in head.lefts if c.dep_ not in _LEFT_JUNK and c.dep_ not in {"relcl", "advcl"}]
    if not left:
        return head.i
    first = left[0]
    return min(head.i, first.left_edge.i) if first.left_edge.dep_ not in _LEFT_JUNK else first.i


def phrase_end(head: Token, *, participles: bool = False) -> int:
    """Return the index after the last token of the noun phrase of ``head``.

    Prepositional modifiers belong to it; relative clauses, appositions and coordinated phrases do
    not; participle and infinitive clauses only with ``participles``.
    """
    end = head.i + 1
    for right in head.rights:
        dep = right.dep_
        if dep == "acl" and participles and right.left_edge.i == end:
            return right.right_edge.i + 1
        if dep == "punct" and right.tag_ == "HYPH":
            continue
        if dep in _ENDS_PHRASE:
            break
        if right.left_edge.i > end and head.doc[right.left_edge.i - 1].dep_ == "punct":
            break
        end = max(end, _modifier_end(right))
    return end


def _modifier_end(modifier: Token) -> int:
    if modifier.dep_ == "prep":
        last = None
        for each in modifier.children:
            if each.dep_ == "pobj":
                last = max(last or 0, *(phrase_end(c) for c in conjuncts(each)))
            elif each.dep_ in {"prep", "pcomp"}:
                last = max(last or 0, each.right_edge.i + 1)
        return last or modifier.right_edge.i + 1
    return modifier.right_edge.i + 1


def phrase(head: Token, *, participles: bool = False) -> Span:
    """Return the noun phrase of ``head`` as a spaCy span."""
    start, end = phrase_start(head), phrase_end(head, participles=participles)
    doc = head.doc
    while start < head.i and (doc[start].is_space or (doc[start].is_punct and doc[start].text not in '"$#(')):
        start += 1
    while end - 1 > head.i and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in '")%')):
        end -= 1
    return doc[start:end]


def unquoted(span: Span) -> Span:
    """Return ``span`` without a quotation mark that has no partner in it."""
    doc: Doc = span.doc
    start, end = span.start, span.end
    if span.text.count('"') % 2:
        if doc[start].text == '"' and start + 1 < end:
            start += 1
        elif doc[end - 1].text == '"' and end - 1 > start:
            end -= 1
    return doc[start:end]


def particles(verb: Token) -> list[Token]:
    """Return the particles of a phrasal verb ("set up")."""
    return children(verb, "prt")


def auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries of a verb; a coordinated verb without subject shares the first one's."""
    own = children(verb, "aux", "auxpass")
    if (
        not own
        and verb.dep_ == "conj"
        and child(verb, *SUBJECTS) is None
        and is_verbal(verb.head)
        and shares_form(verb, verb.head)
    ):
        return auxiliaries(verb.head)
    return own


def shares_form(verb: Token, first: Token) -> bool:
    """Tell whether two coordinated verbs can share one auxiliary: the same inflection."""
    return (
        verb.tag_ == first.tag_
        or {verb.tag_, first.tag_} <= {"VB", "VBP"}
        or ({verb.tag_, first.tag_} <= {"VBN", "VBD"} and bool(auxiliaries(first)))
    )


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive, also by sharing the auxiliary of the verb it is coordinated with."""
    if any(c.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for c in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and child(verb, "aux") is None:
        return True
    if (
        verb.tag_ in {"VBN", "VBD"}
        and verb.dep_ == "conj"
        and is_verbal(verb.head)
        and child(verb, "dobj", "aux", *SUBJECTS) is None
    ):
        return is_passive(verb.head) and verb.tag_ in ("VBN", verb.head.tag_)
    return (
        verb.tag_ == "VBN" and verb.dep_ in {"advcl", "xcomp", "ccomp"} and child(verb, "aux", "nsubj", "dobj") is None
    )


def ancestors_within(token: Token, limit: int = 12) -> Iterator[Token]:
    """Yield the governors of ``token``, nearest first, at most ``limit`` of them."""
    while limit and token.head.i != token.i:
        token = token.head
        limit -= 1
        yield token


def has_relative(token: Token) -> bool:
    """Tell whether a token is a relative pronoun ("who", "which", "that")."""
    return token.tag_ in RELATIVE_TAGS
