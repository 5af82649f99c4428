"""Subjects that the parser took for something else, found by where they stand."""

from __future__ import annotations

from kg.nlp.empty import is_finite
from kg.nlp.lists import begins_clause
from kg.nlp.obliques import misplaced_subject
from kg.nlp.syntax import VALUE_LABELS, child, children
from kg.nlp.tree import Token


def subject_in_list(verb: Token) -> Token | None:
    """Return the subject of a coordinated verb that the parser put at the end of the list before it."""
    start = min(t.i for t in [verb, *children(verb, "aux", "auxpass", "neg", "advmod")])
    before = verb.doc[start - 1] if start else verb
    return before if before.dep_ == "conj" and begins_clause(before) == verb else None


def subject_after_quotation(verb: Token) -> Token | None:
    """Return who says it where the parser gave the verb of saying two subjects: '"Nobody," insisted Petrov, "will"'."""
    if verb.dep_ != "parataxis":
        return None
    first, *others = children(verb, "nsubj") or [verb]
    return next((s for s in others if first.i < verb.i < s.i), None)


def subject_after_auxiliary(verb: Token) -> Token | None:
    """Return the subject after an auxiliary where the parser found one before it too: "After the war did Oman join"."""
    found = children(verb, "nsubj", "nsubjpass")
    if len(found) < 2:
        return None
    first, second = found[:2]
    auxiliary = any(first.i < a.i < second.i < verb.i for a in children(verb, "aux", "auxpass"))
    return second if auxiliary else None


def subject_around_cue(verb: Token) -> Token | None:
    """Return the subject that stands before the verb of saying which interrupts the clause."""
    for cue in children(verb, "parataxis"):
        if subject_after_quotation(cue) is not None:
            return child(cue, "nsubj")
    return None


def subject_after_preposition(verb: Token) -> Token | None:
    """Return the subject of a main verb that the parser made the second object of a preposition before it."""
    if verb.dep_ != "ROOT" or (verb.tag_ not in {"VBZ", "VBP", "VBD"} and child(verb, "aux", "auxpass") is None):
        return None
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.dep_ == "pobj" and misplaced_subject(token) is not None:
            return token
    return None


def adverbial_subject(verb: Token) -> Token | None:
    """Return the subject of a finite verb that the parser took for something else.

    It is the name directly before the verb group ("If they come, Poland will act"), or one read as an adverbial.
    """
    if not is_finite(verb):
        return None
    first = min(t.i for t in [verb, *children(verb, "aux", "auxpass")])
    before = verb.doc[first - 1] if first > verb.sent.start else verb
    names = [before] if before.dep_ in {"appos", "pobj", "dobj", "conj", "dep"} else []
    names += [c for c in children(verb, "npadvmod") if c.i < verb.i]
    return next((n for n in names if n.pos_ == "PROPN" and n.ent_type_ and n.ent_type_ not in VALUE_LABELS), None)
