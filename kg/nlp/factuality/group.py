"""What a verb's own group says: auxiliaries, adverbs, negation, and the mood of its sentence."""

from __future__ import annotations

from kg.model import Modality
from kg.nlp.syntax import SUBJECTS, child
from kg.nlp.tree import Token
from kg.ontology import lexicon

_NEGATORS = frozenset({"neg", "advmod", "preconj", "cc"})
_NEGATED = frozenset({*SUBJECTS, "dobj", "attr"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_SECONDARY = frozenset({"but", "yet"})


def is_finite(verb: Token) -> bool:
    """Tell whether a verb group has a finite form, of the verb itself or of an auxiliary of its own."""
    return verb.tag_ in _FINITE or any(c.tag_ in _FINITE and c.dep_ in {"aux", "auxpass"} for c in verb.children)


def is_infinitive(verb: Token) -> bool:
    """Tell whether a verb stands with "to"."""
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children)


# -- modality


def is_doubted(verb: Token, *, before: bool = False) -> bool:
    """Tell whether an adverb doubts a verb ("allegedly"); with ``before`` only one that stands before it."""
    doubting = lexicon().words("makesPossible", "adverb")
    return any(
        c.lower_ in doubting and c.dep_ in {"advmod", "neg"} and (c.i < verb.i or not before) for c in verb.children
    )


def own_modality(verb: Token, auxiliaries: list[Token]) -> Modality:
    """Return the modality that the auxiliaries of a verb give it."""
    words = lexicon().words
    for auxiliary in auxiliaries:
        if auxiliary.tag_ != "MD":
            continue
        word = auxiliary.lower_
        if word in words("auxPlanned", "verb"):
            return Modality.PLANNED
        if word in words("auxFuturePast", "verb"):
            return _would(verb, auxiliaries)
        if word in words("auxPossible", "verb"):
            return Modality.POSSIBLE
        if word in words("auxRequired", "verb"):
            return Modality.REQUIRED
    return Modality.ACTUAL


def _would(verb: Token, auxiliaries: list[Token]) -> Modality:
    """Return what "would" says: the future in reported speech and purpose clauses, in narration what came later."""
    if any(a.lemma_ == "have" for a in auxiliaries):
        return Modality.CONDITIONAL
    adverbs = lexicon().words("laterAdverb", "adverb")
    told = verb.dep_ == "ccomp" or (verb.dep_ == "conj" and verb.head.dep_ == "ccomp")
    if not told and any(c.lower_ in adverbs and c.i < verb.i for c in verb.children):
        return Modality.ACTUAL
    purpose = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "so" for c in verb.children)
    return Modality.PLANNED if told or purpose or verb.dep_ == "relcl" else Modality.CONDITIONAL


def sentence_mood(verb: Token, auxiliaries: list[Token], stated: Modality) -> Modality:
    """Return the modality a main verb has by its sentence: asked whether it is so, commanded, or as ``stated``."""
    last = verb.sent[-1]
    while last.i > verb.i and (last.is_space or last.is_quote):
        last = last.doc[last.i - 1]
    if last.text == "?":
        asked = lexicon().words("presupposingQuestion", "adverb")
        return stated if any(t.lower_ in asked and t.tag_[0] == "W" for t in _left(verb)) else Modality.POSSIBLE
    if is_infinitive(verb):
        return Modality.PLANNED  # a headline's "Minister to visit Peru"
    imperative = verb.tag_ == "VB" and not auxiliaries and child(verb, *SUBJECTS) is None
    return Modality.REQUIRED if imperative else stated


def _left(verb: Token) -> list[Token]:
    return [t for each in verb.lefts for t in (each, *each.lefts)]


# -- polarity


def is_negated(verb: Token, *, shared: bool) -> bool:
    """Tell whether a verb group is negated: an odd number of negations, one of which can be ``shared``."""
    negators = lexicon().words("negation", "adverb")
    count = 0
    for each in verb.children:
        if each.dep_ in _NEGATORS and each.lower_ in negators and not (each.lower_ == "nor" and each.i > verb.i):
            count += not _is_exclusive(each) and not _is_until(each, verb) and not _is_aside(each, verb)
        elif each.lower_ == "longer" and child(each, "neg") is not None:
            count += 1
        elif each.dep_ in _NEGATED:
            count += denies(each)
    if not count and (shared or (verb.dep_ == "conj" and any(c.lower_ == "nor" for c in verb.head.children))):
        count = 1
    return count % 2 == 1


def denies(noun: Token) -> bool:
    """Tell whether a noun phrase denies its clause: "no ship", "neither", "none of them"."""
    words = lexicon().words("negation", "noun")
    if noun.lower_ in words:
        return True
    return any(
        c.lower_ in {"no", "neither", "nor"} and c.dep_ in {"det", "neg", "preconj", "cc", "advmod"} and c.i < noun.i
        for c in noun.children
    )


def has_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(c.dep_ in SUBJECTS for c in verb.children)


def contrasted(verb: Token) -> bool:
    """Tell whether a coordinated verb follows "but": it shares no negation with what stands before."""
    before = verb.left_edge.i - 1
    while before >= 0 and verb.doc[before].is_punct:
        before -= 1
    return before > verb.head.i and verb.doc[before].lower_ in _SECONDARY


def is_excluded(verb: Token) -> bool:
    """Tell whether a coordinated verb follows "rather than": it is what was not done."""
    start = verb.left_edge.i
    words = f"{verb.doc[start - 2].lower_} {verb.doc[start - 1].lower_}" if start > 1 else ""
    return words in lexicon().words("makesNegative", "preposition")


def _is_aside(negator: Token, verb: Token) -> bool:
    """Tell whether a negation after "but" and before the subject leaves somebody out: "Italy but not Spain sent"."""
    before = negator.doc[negator.i - 1] if negator.i else negator
    return (
        before.lower_ == "but"
        and negator.i + 1 < verb.i
        and negator.doc[negator.i + 1].pos_ in {"PROPN", "NOUN", "DET"}
    )


def _is_exclusive(negator: Token) -> bool:
    """Tell whether a negation only says that there is more: "not only", "not just"."""
    following = negator.doc[negator.i + 1] if negator.i + 1 < len(negator.doc) else None
    return following is not None and following.lower_ in lexicon().words("notExclusive", "adverb")


def _is_until(negator: Token, verb: Token) -> bool:
    """Tell whether what "did not" happen "until Monday" is so told to have happened on Monday."""
    past = any(c.tag_ == "VBD" and c.lemma_ == "do" and c.dep_ == "aux" for c in verb.children)
    if not past or negator.lower_ == "never":
        return False
    return any(c.lower_ == "until" and c.dep_ in {"prep", "mark"} and c.i > verb.i for c in verb.children)
