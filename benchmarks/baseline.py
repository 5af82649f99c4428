"""The plainest extraction from a dependency parse: each verb with what hangs on it, in a hundred lines.

A system worth its rules must do better. No lexicon, no control, no speakers, no times: subject, object and
prepositional phrases of each verb as the parse has them, the subject shared along a chain of verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc, Token

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_OBJECTS = {"dobj", "attr", "acomp", "oprd", "dative", "xcomp", "ccomp"}
_AUXILIARIES = {"aux", "auxpass", "neg"}
_PREPOSITIONS = {"prep", "agent", "dative"}
_DOUBTFUL = {"may", "might", "could"}
_PLANNED = {"will", "'ll", "shall"}


def triples(doc: Doc) -> list[list[Any]]:
    """Return the propositions of a parsed text: subject, relation, object and a confidence that is always the same."""
    return [[*each, 1.0] for verb in doc if _is_verb(verb) for each in _propositions(verb)]


def events(doc: Doc) -> list[dict[str, Any]]:
    """Return each verb as an event in standoff form, its arguments being the noun phrases up to their heads."""
    return [
        {
            "start": verb.idx,
            "end": verb.idx + len(verb),
            "polarity": "Negative" if any(child.dep_ == "neg" for child in verb.children) else "Positive",
            "modality": _modality(verb),
            "arguments": [_argument(noun) for noun in _arguments(verb)],
        }
        for verb in doc
        if verb.pos_ == "VERB"
    ]


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in _AUXILIARIES)


def _propositions(verb: Token) -> Iterator[tuple[str, str, str]]:
    subject = _subject(verb)
    if subject is None:
        return
    words = sorted([verb, *(c for c in verb.children if c.dep_ in _AUXILIARIES or c.dep_ == "prt")])
    relation, who = " ".join(w.text for w in words), _phrase(subject)
    for child in verb.children:
        if child.dep_ in _OBJECTS and child.pos_ != "ADP":
            yield who, relation, _phrase(child)
        for noun in _nouns_after(child):
            yield who, f"{relation} {child.text}", _phrase(noun)


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, or of the verb it is joined to."""
    while True:
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child
        if verb.dep_ not in {"conj", "xcomp"}:
            return None
        verb = verb.head


def _nouns_after(preposition: Token) -> list[Token]:
    if preposition.dep_ not in _PREPOSITIONS:
        return []
    return [child for child in preposition.children if child.dep_ == "pobj"]


def _arguments(verb: Token) -> Iterator[Token]:
    subject = _subject(verb)
    if subject is not None:
        yield subject
    for child in verb.children:
        if child.dep_ == "dobj":
            yield child
        yield from _nouns_after(child)


def _argument(noun: Token) -> dict[str, int]:
    return {"start": noun.left_edge.idx, "end": noun.idx + len(noun)}


def _modality(verb: Token) -> str:
    words = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if words & _DOUBTFUL:
        return "Possible"
    return "Planned" if words & _PLANNED else "Actual"


def _phrase(head: Token) -> str:
    return " ".join(token.text for token in head.subtree)
