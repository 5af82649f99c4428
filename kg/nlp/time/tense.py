"""Does the clause around a word speak of the past or of the future?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from kg.nlp.tree import Token
from kg.ontology import lexicon

PAST, UNKNOWN, FUTURE = -1, 0, 1
_FAR = 15
_CLOSE = 90  # days


@cache
def _planning() -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon().words
    return words("time-plan", "verb"), words("time-plan", "adjective")


def direction(token: Token) -> int:
    """Return PAST, FUTURE or UNKNOWN by the verb that governs ``token``."""
    preposition = ""
    here = token
    for _ in range(_FAR):
        head = here.head
        if head is here:
            break
        if head.tag_ in {"IN", "TO"} and not preposition:
            preposition = head.text.lower()
        here = head
        if here.pos_ in {"VERB", "AUX"} and (found := _of_verb(here, preposition)):
            return found
        if here.pos_ == "ADJ" and here.text.lower() in _planning()[1]:
            return FUTURE
    return _of_verb(here, preposition) if here.pos_ in {"VERB", "AUX"} else UNKNOWN


def nearest(days: Iterable[date], published: date, token: Token) -> date:
    """Return which of some days, one a year, is meant at ``token``: the one nearest the day of writing.

    Where the nearest is more than three months off, the tense may choose the next nearest.
    """
    near = sorted(days, key=lambda day: (abs((day - published).days), day))
    best, tense = near[0], direction(token)
    wrong = (tense == PAST and best > published) or (tense == FUTURE and best < published)
    return near[1] if wrong and len(near) > 1 and abs((best - published).days) > _CLOSE else best


def _of_verb(verb: Token, preposition: str = "") -> int:
    """Return the direction of one verb group."""
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.tag_ == "MD" for child in helpers) or verb.tag_ == "MD":
        return FUTURE
    if any(child.tag_ == "TO" for child in helpers):
        return _of_infinitive(verb)
    if preposition == "for" and verb.lemma_ in _planning()[0] and verb.tag_ == "VBN":
        return FUTURE
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helpers):
        return PAST
    if any(child.lemma_ == "have" for child in helpers):
        return PAST
    if any(child.tag_ in {"VBZ", "VBP"} for child in helpers) or verb.tag_ in {"VBZ", "VBP"}:
        return PAST if verb.tag_ == "VBN" and verb.lemma_ not in _planning()[0] else FUTURE
    return PAST if verb.tag_ == "VBN" else UNKNOWN


def _of_infinitive(verb: Token) -> int:
    """Return the direction of "to V": ahead of a verb of planning, else that of the verb it depends on."""
    head = verb.head
    verbs, adjectives = _planning()
    if verb.dep_ != "xcomp" or head is verb or head.lemma_ in verbs or head.text.lower() in adjectives:
        return FUTURE
    return _of_verb(head) if head.pos_ in {"VERB", "AUX"} else FUTURE
