"""Reads the factuality of the predicates of one document, each once, governors before what they govern."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Modality
from kg.nlp.factuality.condition import depends_on_condition, follows_condition, opens_condition
from kg.nlp.factuality.governor import context
from kg.nlp.factuality.group import (
    contrasted,
    denies,
    has_subject,
    is_doubted,
    is_excluded,
    is_finite,
    is_negated,
    own_modality,
    sentence_mood,
)
from kg.nlp.factuality.nouns import governed, modified
from kg.nlp.factuality.value import DENIED, FACT, Factuality, within
from kg.nlp.syntax import SUBJECTS, child, children, is_verbal
from kg.nlp.tree import Token

_SUBORDINATE = frozenset({"xcomp", "ccomp", "advcl", "conj", "pcomp"})
_GROUP = ("aux", "auxpass", *SUBJECTS)
_COMPLEMENTS = ("dobj", "attr", "acomp", "oprd", "xcomp", "ccomp")


class FactualityReader:
    """Reads the factuality of verbs and event nouns; what is once read is remembered."""

    def __init__(self) -> None:
        self._verbs: dict[int, Factuality] = {}
        self._nouns: dict[int, Factuality] = {}
        self._noun_contexts: dict[int, Factuality] = {}
        self._contexts: dict[int, Factuality] = {}
        self._auxiliaries: dict[int, list[Token]] = {}
        self._denied: dict[int, bool] = {}
        self._alternatives: dict[int, bool] = {}
        self._doubted: dict[int, tuple[bool, bool]] = {}
        self._conditions: dict[int, tuple[bool, bool]] = {}

    def verb(self, verb: Token) -> Factuality:
        """Return the factuality of a verb (or copula)."""
        for each in _unread(verb, self._verbs):
            if each.i == verb.i or is_verbal(each):
                self._verbs[each.i] = FACT  # a parse is a tree, but a guard costs nothing
                self._verbs[each.i] = self._verb(each)
        return self._verbs[verb.i]

    def noun(self, noun: Token) -> Factuality:
        """Return the factuality of an event noun: its modifiers, then what governs it."""
        for each in reversed(_nest(noun, self._nouns)):
            in_series = each.dep_ == "conj"  # one modifier can belong to each: only what governs them is shared
            if in_series:
                outer = self._noun_contexts[each.head.i] if each.head.pos_ == each.pos_ else FACT
            else:
                outer = governed(each, self)
            self._noun_contexts[each.i] = outer
            own = modified(each, self)
            self._nouns[each.i] = Factuality(within(outer, own).modality, True) if own.negative else within(outer, own)
        return self._nouns[noun.i]

    def auxiliaries(self, verb: Token) -> list[Token]:
        """Return the auxiliaries of a verb; a coordinated verb without subject shares the first one's."""
        for each in reversed(_coordination(verb, self._auxiliaries)):
            own = children(each, "aux", "auxpass")
            first = each.head
            shared = not own and each.dep_ == "conj" and is_verbal(first) and not has_subject(each)
            self._auxiliaries[each.i] = self._auxiliaries[first.i] if shared and self._shares_form(each, first) else own
        return self._auxiliaries[verb.i]

    # -- verbs

    def _verb(self, verb: Token) -> Factuality:
        first = verb.head
        if verb.dep_ != "conj" or not is_verbal(first):
            return within(self._context(verb), self._own(verb))
        first = _coordinated(verb)
        if is_excluded(verb):
            return within(self._context(first), DENIED)
        if not has_subject(verb) and child(verb, "aux", "auxpass") is None and self._shares_form(verb, first):
            if self.auxiliaries(first):
                shared = self.verb(first)
                same = Factuality(shared.modality, shared.negative and not contrasted(verb))
                return within(same, self._own(verb))
            return within(self._context(first), self._own(verb, shared=self._shares_negation(verb)))
        if not has_subject(verb) or first.dep_ in {"ccomp", "xcomp"}:
            return within(self._context(first), self._own(verb))
        return self._own(verb)

    def _own(self, verb: Token, *, shared: bool = False) -> Factuality:
        auxiliaries = self.auxiliaries(verb)
        modality = own_modality(verb, auxiliaries)
        if modality in (Modality.ACTUAL, Modality.PLANNED) and self._is_doubted(verb):
            modality = Modality.POSSIBLE
        opens, depends = self._condition(verb)
        if opens or (depends and modality is not Modality.REQUIRED):
            modality = Modality.CONDITIONAL
        elif modality in (Modality.ACTUAL, Modality.PLANNED) and verb.dep_ == "ROOT":
            modality = sentence_mood(verb, auxiliaries, modality)
        negative = is_negated(verb, shared=shared)
        if negative and modality is Modality.POSSIBLE and _was_unable(auxiliaries):
            modality = Modality.ACTUAL
        return Factuality(modality, negative)

    def _context(self, verb: Token) -> Factuality:
        """Return what governs a verb, or the coordination it belongs to."""
        for each in reversed(_coordination(verb, self._contexts)):
            in_series = each.dep_ == "conj" and is_verbal(each.head)
            self._contexts[each.i] = self._contexts[each.head.i] if in_series else context(each, self)
        return self._contexts[verb.i]

    def _shares_form(self, verb: Token, first: Token) -> bool:
        """Tell whether two coordinated verbs can share one auxiliary: the same inflection.

        A past tense can stand for a participle after "had", after "was" only where nothing follows it.
        """
        tags = {verb.tag_, first.tag_}
        if len(tags) == 1 or tags <= {"VB", "VBP"}:
            return True
        if not tags <= {"VBN", "VBD"}:
            return False
        shared = self.auxiliaries(first)
        return any(a.lemma_ == "have" for a in shared) or (bool(shared) and child(verb, *_COMPLEMENTS) is None)

    def _shares_negation(self, verb: Token) -> bool:
        """Tell whether a verb without auxiliary shares a negation before it: "never attacked or looted"."""
        for each in reversed(_coordination(verb, self._denied)):
            first = each.head
            denied = each.dep_ == "conj" and is_verbal(first)
            if denied and not self._denied[first.i]:
                negated = any(c.dep_ == "neg" for c in first.children) and self._is_alternative(each)
                denied = negated or any(c.dep_ in SUBJECTS and denies(c) for c in first.children)
            self._denied[each.i] = denied and not contrasted(each)
        return self._denied[verb.i]

    def _is_alternative(self, verb: Token) -> bool:
        """Tell whether a series of verbs is joined by "or" at its end."""
        if verb.i not in self._alternatives:
            series = [verb]
            for each in series:
                series += [c for c in each.children if c.dep_ == "conj"]
            words = (c.lower_ for each in (verb.head, *series) for c in each.children if c.dep_ == "cc")
            joined = any(word in {"or", "nor"} for word in words)
            self._alternatives.update((each.i, joined) for each in series)
        return self._alternatives[verb.i]

    def _is_doubted(self, verb: Token) -> bool:
        """Tell whether an adverb doubts a verb or the series it belongs to: "allegedly tortured and burned"."""
        for each in reversed(_coordination(verb, self._doubted)):
            doubted, shared = is_doubted(each), is_doubted(each, before=True)
            if not doubted and each.dep_ == "conj" and is_verbal(each.head) and child(each, *_GROUP) is None:
                doubted = shared = self._doubted[each.head.i][1]
            self._doubted[each.i] = doubted, shared
        return self._doubted[verb.i][0]

    def _condition(self, verb: Token) -> tuple[bool, bool]:
        """Tell whether a clause opens a condition, and whether it depends on one, with what it is coordinated with."""
        for each in reversed(_coordination(verb, self._conditions)):
            opens = opens_condition(each)
            depends = depends_on_condition(each) or follows_condition(each)
            if not opens and each.dep_ == "conj" and is_verbal(each.head) and child(each, "mark") is None:
                before = self._conditions[each.head.i]
                shared = not has_subject(each) or depends_on_condition(each.head, before=True)
                opens, depends = before[0], depends or (before[1] and shared)
            self._conditions[each.i] = (opens, depends)
        return self._conditions[verb.i]


def _unread(token: Token, known: dict[int, Factuality]) -> list[Token]:
    """Return a token and its governors up to the first known one, the topmost first."""
    chain: list[Token] = []
    while token.i not in known:
        chain.append(token)
        if token.head.i == token.i:
            break
        token = token.head
    chain.reverse()
    return chain


def _coordination(verb: Token, known: Mapping[int, object]) -> list[Token]:
    """Return a verb and those it is coordinated to on its left, up to the first known one, nearest first."""
    chain: list[Token] = []
    while verb.i not in known:
        chain.append(verb)
        if verb.dep_ != "conj" or not is_verbal(verb.head):
            break
        verb = verb.head
    return chain


def _nest(noun: Token, known: Mapping[int, object]) -> list[Token]:
    """Return a noun and those it is coordinated to or is "of", up to the first known one, nearest first."""
    chain: list[Token] = []
    while noun.i not in known:
        chain.append(noun)
        if noun.dep_ == "conj":
            noun = noun.head
        elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ not in {"VERB", "AUX"}:
            noun = noun.head.head
        else:
            break
    return chain


def _coordinated(verb: Token) -> Token:
    """Return the verb that a verb is coordinated with: a finite one not with an infinitive or gerund.

    In "will help farmers to save water and will not harm the soil", what is coordinated is helping and harming.
    """
    first = verb.head
    if is_finite(verb):
        while not is_finite(first) and first.dep_ in _SUBORDINATE and is_verbal(first.head):
            first = first.head
    return first


def _was_unable(auxiliaries: list[Token]) -> bool:
    """Tell whether "could" is the past of "can": what "could not" be done was not done."""
    return any(a.lower_ == "could" for a in auxiliaries) and not any(a.lemma_ == "have" for a in auxiliaries)
