"""Which words make a predicate planned, possible, conditional, required or negative: for people who ask why.

Factuality itself is read in ``factuality.py``; this finds the nearest words of its lexicon that fit what was read.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Modality, Polarity
from kg.nlp.syntax import SUBJECTS, auxiliaries, children, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

_CLASSES = {
    Modality.PLANNED: ("auxPlanned", "auxFuturePast", "makesPlanned", "negativePlanned"),
    Modality.POSSIBLE: ("auxPossible", "makesPossible"),
    Modality.REQUIRED: ("auxRequired", "makesRequired"),
    Modality.CONDITIONAL: ("conditional", "auxFuturePast"),
}
_NEGATIVE = ("negation", "makesNegative")
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective", "ADP": "preposition", "SCONJ": "mark"}
_DEPS = {"mark": "mark"} | dict.fromkeys(("neg", "advmod", "det", "preconj", "cc"), "adverb")
_NONE: frozenset[str] = frozenset()
_NEGATABLE = frozenset({*SUBJECTS, "dobj", "attr", "agent"})
_STEPS = 3


def cue_words(trigger: Token, modality: Modality, polarity: Polarity) -> tuple[Token, ...]:
    """Return the words nearest to a trigger that speak for its modality and polarity, in text order.

    Where no word of the lexicon does, the "to" of an infinitive or a question mark may; none for what is actual and
    positive.
    """
    found = {t.i: t for t in _nearest(trigger, _CLASSES.get(modality, ())) or _structural(trigger, modality)}
    if polarity is Polarity.NEGATIVE:
        found |= {t.i: t for t in _nearest(trigger, _NEGATIVE)}
    return tuple(found[i] for i in sorted(found))


def _nearest(trigger: Token, names: tuple[str, ...]) -> list[Token]:
    """Return the cues beside the trigger, else those of what governs it, a few steps up."""
    for level, word in enumerate(_line(trigger)):
        near = [word, *_beside(word)] if level else _beside(word)
        found = [t for t in near if t is not trigger and any(_is_cue(t, name) for name in names)]
        if found:
            return found
    return []


def _structural(trigger: Token, modality: Modality) -> list[Token]:
    if modality is Modality.ACTUAL:
        return []
    to = [t for t in children(trigger, "aux") if t.tag_ == "TO"]
    return to or [t for t in trigger.sent[-2:] if t.text == "?" and modality is Modality.POSSIBLE]


def _line(token: Token) -> Iterator[Token]:
    yield token
    for _ in range(_STEPS):
        if token.head is token or token.dep_ == "relcl":
            return
        token = token.head
        yield token


def _beside(word: Token) -> list[Token]:
    """Return the helpers of a word: its auxiliaries, adverbs, marks, and the "no" of its participants."""
    found = children(word, "aux", "neg", "advmod", "mark", "det", "preconj", "amod", "cc", "case")
    if is_verbal(word):
        found += auxiliaries(word)
        for noun in children(word, *_NEGATABLE):
            found += [noun, *children(noun, "det", "preconj", "neg")] if _says_none(noun) else []
        for clause in children(word, "advcl"):
            found += children(clause, "mark")
    return found


def _says_none(noun: Token) -> bool:
    words = lexicon()
    return noun.lower_ in words.words("negation", "noun") or any(
        c.lower_ in words.words("negation", "adverb") for c in children(noun, "det", "preconj", "neg")
    )


def _is_cue(token: Token, name: str) -> bool:
    table = lexicon().table
    before = token.doc[token.i - 1].lower_ if token.i else ""  # "instead of"
    spellings = {token.lower_, token.lemma_.lower(), f"{before} {token.lower_}"}
    kinds = (_DEPS.get(token.dep_, ""), _POS.get(token.pos_, "noun"))
    return any(spellings & table.get((name, kind), _NONE) for kind in kinds)
