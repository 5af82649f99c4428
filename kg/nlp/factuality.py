"""Modality and polarity of each predicate: own verb group first, then what governs it.

The model is FactBank's (Saurí and Pustejovsky 2009): cues stand in a lexicon, and their scope is
read off the dependency parse. The cue lists are in ``ontologies/lexicon/factuality.ttl``.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.model import Modality, Polarity
from kg.nlp.syntax import SUBJECTS, auxiliaries, child, children, conjuncts, is_verbal, particles, shares_form
from kg.ontology import lexicon

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})


class Factuality(NamedTuple):
    """How real a predicate is told to be."""

    modality: Modality = Modality.ACTUAL
    negative: bool = False

    @property
    def polarity(self) -> Polarity:
        """Return the polarity as the model's term."""
        return Polarity.NEGATIVE if self.negative else Polarity.POSITIVE


FACT = Factuality()
_NEGATORS = frozenset({"neg", "advmod", "preconj", "cc"})
_CUES = (
    ("makesPlanned", Modality.PLANNED),
    ("makesRequired", Modality.REQUIRED),
    ("makesPossible", Modality.POSSIBLE),
)


class FactualityReader:
    """Reads the factuality of the predicates of one document, each once."""

    def __init__(self) -> None:
        self._memo: dict[int, Factuality] = {}
        self._lexicon = lexicon()
        self._phrasal = {v for v in self._lexicon.words("makesNegative", "verb") if " " in v}

    def verb(self, verb: Token) -> Factuality:
        """Return the factuality of a verb (or copula)."""
        if verb.i not in self._memo:
            self._memo[verb.i] = FACT  # a parse is a tree, but a guard costs nothing
            self._memo[verb.i] = self._verb(verb)
        return self._memo[verb.i]

    def noun(self, noun: Token) -> Factuality:
        """Return the factuality of an event noun: its modifiers, then what governs it."""
        own, outer = self._noun_modifiers(noun), self._noun_governor(noun)
        return Factuality(outer.modality, True) if own.negative else _within(outer, own)

    # -- verbs

    def _verb(self, verb: Token) -> Factuality:
        first = verb.head
        if verb.dep_ == "conj" and is_verbal(first):
            if child(verb, *SUBJECTS, "aux", "auxpass") is None and shares_form(verb, first):
                shared = self.verb(first)
                return (
                    _within(shared, self._own(verb))
                    if auxiliaries(first)
                    else _within(self._outer(first), self._own(verb))
                )
            if child(verb, *SUBJECTS) is None or first.dep_ in {"ccomp", "xcomp"}:
                return _within(self._outer(first), self._own(verb))
        return _within(self._outer(verb), self._own(verb))

    def _own(self, verb: Token) -> Factuality:
        modality = self._auxiliary_modality(verb)
        if modality is Modality.ACTUAL and self._has_adverb(verb, "makesPossible"):
            modality = Modality.POSSIBLE
        open_to_conditions = modality in (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE)
        if self._is_conditional(verb) or (open_to_conditions and self._has_condition(verb)):
            modality = Modality.CONDITIONAL
        elif modality in (Modality.ACTUAL, Modality.PLANNED) and verb.dep_ == "ROOT":
            modality = self._sentence_mood(verb, modality)
        return Factuality(modality, self._is_negated(verb))

    def _auxiliary_modality(self, verb: Token) -> Modality:
        for aux in auxiliaries(verb):
            word = aux.lower_
            if aux.tag_ != "MD":
                continue
            if word in self._lexicon.words("auxPlanned", "verb"):
                return Modality.PLANNED
            if word in self._lexicon.words("auxFuturePast", "verb"):
                reported = verb.dep_ in {"ccomp", "relcl"} or (verb.dep_ == "conj" and verb.head.dep_ == "ccomp")
                perfect = any(a.lemma_ == "have" for a in auxiliaries(verb))
                return Modality.PLANNED if reported and not perfect else Modality.CONDITIONAL
            if word in self._lexicon.words("auxPossible", "verb"):
                return Modality.POSSIBLE
            if word in self._lexicon.words("auxRequired", "verb"):
                return Modality.REQUIRED
        return Modality.ACTUAL

    def _has_adverb(self, verb: Token, name: str) -> bool:
        adverbs = self._lexicon.words(name, "adverb")
        return any(c.dep_ in {"advmod", "neg"} and c.lower_ in adverbs for c in verb.children)

    def _is_negated(self, verb: Token) -> bool:
        negators, nouns = self._lexicon.words("negation", "adverb"), self._lexicon.words("negation", "noun")
        if any(c.dep_ == "neg" and verb.doc[c.i + 1].lower_ in {"only", "just", "merely"} for c in verb.children):
            return False
        count = sum(
            c.dep_ in _NEGATORS and c.lower_ in negators and not (c.lower_ == "nor" and c.i > verb.i)
            for c in verb.children
        )
        if not count and any(a.dep_ == "neg" for a in _shared_negation(verb)):
            count = 1
        if any(c.lower_ == "longer" and child(c, "neg") is not None for c in verb.children):
            count = 1
        for each in children(verb, *SUBJECTS, "dobj", "attr"):
            words = {c.lower_ for c in children(each, "det", "neg", "preconj", "cc", "advmod")}
            if each.lower_ in nouns or words & {"no", "neither", "nor"}:
                count += 1
        if not count and verb.dep_ == "conj" and any(c.lower_ == "nor" for c in verb.head.children):
            count = 1
        return count % 2 == 1

    def _is_conditional(self, verb: Token) -> bool:
        mark = child(verb, "mark")
        if verb.dep_ == "advcl" and mark is None and self._is_inverted(verb):
            return True
        if mark is None:
            first = next(verb.children, None)
            mark = first if first is not None and first.tag_ in {"IN", "WRB"} and first.dep_ == "advmod" else None
        return (
            mark is not None
            and verb.dep_ in {"advcl", "ccomp", "pcomp", "conj", "csubj", "csubjpass"}
            and mark.lower_ in self._lexicon.words("conditional", "mark")
        )

    def _is_inverted(self, verb: Token) -> bool:
        """Tell whether an auxiliary stands before the subject: "Had they attacked", "Should they attack"."""
        subject, auxiliary = child(verb, *SUBJECTS), child(verb, "aux")
        return subject is not None and auxiliary is not None and auxiliary.i < subject.i

    def _has_condition(self, verb: Token) -> bool:
        return any(c.dep_ == "advcl" and self._is_conditional(c) for c in verb.children)

    def _sentence_mood(self, verb: Token, stated: Modality) -> Modality:
        last = verb.sent[-1]
        while last.i > verb.i and (last.is_space or last.is_quote):
            last = last.doc[last.i - 1]
        if last.text == "?":
            return Modality.POSSIBLE
        imperative = verb.tag_ == "VB" and child(verb, *SUBJECTS, "aux") is None
        return Modality.REQUIRED if imperative else stated

    def _outer(self, verb: Token) -> Factuality:
        """Return what the governor of a clause makes of it."""
        dep, governor = verb.dep_, verb.head
        infinitive = any(c.tag_ == "TO" for c in verb.children)
        if dep in {"xcomp", "ccomp", "oprd", "csubj", "csubjpass"}:
            return self._complement(
                verb,
                governor,
                finite=not (infinitive or verb.tag_ in {"VBG", "VB"}) and dep != "xcomp",
                infinitive=infinitive,
            )
        if dep == "advcl":
            if governor.pos_ == "ADJ":
                return self._complement(verb, governor, finite=False, infinitive=infinitive)
            if infinitive:
                return Factuality(Modality.PLANNED)
            if verb.tag_ == "VBG" and is_verbal(governor) and child(verb, "mark", "aux", *SUBJECTS) is None:
                return Factuality(self.verb(governor).modality)
            return FACT
        if dep == "acl" and (infinitive or child(verb, "mark") is not None):
            return self._noun_complement(governor, infinitive=infinitive)
        if dep == "pcomp":
            return self._gerund_after(governor)
        return FACT

    def _complement(self, verb: Token, governor: Token, *, finite: bool, infinitive: bool) -> Factuality:
        if governor.pos_ == "ADJ" or (governor.pos_ in {"NOUN", "ADV"} and governor.dep_ in {"attr", "acomp"}):
            return self._predicate_complement(governor, infinitive=infinitive)
        if not is_verbal(governor):
            return self._noun_complement(governor, infinitive=infinitive) if governor.pos_ == "NOUN" else FACT
        above = self.verb(governor)
        mark = child(verb, "mark", "advmod")
        if mark is not None and mark.lower_ == "whether":
            return Factuality(Modality.POSSIBLE)
        predicate = child(governor, "acomp", "attr") if governor.lemma_ == "be" else None
        if predicate is not None and predicate.pos_ == "ADJ":  # "it is not true that", "it is possible that"
            return self._predicate_complement(predicate, infinitive=infinitive)
        if governor.lemma_ == "have" and any(c.lower_ == "yet" for c in governor.children):
            return Factuality(negative=True)  # "has yet to agree"
        cue = self._verb_cue(governor, finite=finite)
        told = {"VB", "VBP"} if cue is not None and cue.modality is Modality.REQUIRED else {"VB"}
        if (
            cue is not None
            and finite
            and cue.modality in (Modality.PLANNED, Modality.REQUIRED)
            and verb.tag_ not in told
        ):
            cue = None  # a finite clause says by its own verb group whether it lies ahead
        if cue is not None:
            return _within(
                Factuality(
                    Modality.CONDITIONAL if above.modality is Modality.CONDITIONAL else Modality.ACTUAL, above.negative
                ),
                cue,
            )
        if finite:
            return FACT
        if governor.lemma_ in {"be", "go"} and infinitive:
            return Factuality(Modality.PLANNED, above.negative)
        if infinitive and governor.lemma_ not in self._lexicon.words("keepsFactuality", "verb"):
            return _within(above, Factuality(Modality.POSSIBLE))
        return above

    def _verb_cue(self, verb: Token, *, finite: bool) -> Factuality | None:
        """Return what a verb makes of its complement, or None where it makes nothing of it."""
        lemma = verb.lemma_.lower()
        lemma = next((p for t in particles(verb) if (p := f"{lemma} {t.lower_}") in self._phrasal), lemma)
        if lemma in self._lexicon.words("makesNegative", "verb"):
            planned = not finite and lemma in self._lexicon.words("negativePlanned", "verb")
            return Factuality(Modality.PLANNED if planned else Modality.ACTUAL, negative=True)
        if not finite and lemma in self._lexicon.words("keepsFactuality", "verb"):
            return None
        for name, modality in _CUES:
            if lemma in self._lexicon.words(name, "verb"):
                return Factuality(modality)
        return None

    def _predicate_complement(self, adjective: Token, *, infinitive: bool) -> Factuality:
        copula = adjective.head if is_verbal(adjective.head) else None
        above = self.verb(copula) if copula is not None else FACT
        negative = (
            adjective.lemma_ in self._lexicon.words("makesNegative", "adjective") or adjective.lower_ == "unlikely"
        )
        modality = next(
            (
                m
                for name, m in _CUES
                if adjective.lemma_.lower()
                in self._lexicon.words(name, "adjective") | self._lexicon.words(name, "verb")
            ),
            None,
        )
        if modality is None:
            modality = Modality.POSSIBLE if infinitive and not negative else Modality.ACTUAL
        return Factuality(modality, negative != above.negative)

    def _noun_complement(self, noun: Token, *, infinitive: bool) -> Factuality:
        fixed = noun.dep_ == "pobj" and f"{noun.head.lower_} {noun.lower_}" in self._lexicon.words(
            "fixedPhrase", "phrase"
        )
        cue = None if fixed else self._noun_cue(noun)
        if cue is None:
            cue = Factuality(Modality.PLANNED) if infinitive else FACT
        if self._noun_modifiers(noun).negative:  # "no evidence that"
            return Factuality(cue.modality, not cue.negative)
        governor = noun.head
        if noun.dep_ in {"dobj", "nsubjpass"} and is_verbal(governor):
            above = self.verb(governor)
            flipped = governor.lemma_ in self._lexicon.words("makesNegative", "verb")
            return Factuality(cue.modality, (cue.negative != above.negative) != flipped)
        return cue

    def _noun_cue(self, noun: Token) -> Factuality | None:
        lemma = noun.lemma_.lower()
        if lemma in self._lexicon.words("makesNegative", "noun"):
            return Factuality(negative=True)
        modality = next((m for name, m in _CUES if lemma in self._lexicon.words(name, "noun")), None)
        return None if modality is None else Factuality(modality)

    def _gerund_after(self, preposition: Token) -> Factuality:
        whole = f"{preposition.head.lower_} {preposition.lower_}"  # "instead of"
        if {preposition.lower_, whole} & self._lexicon.words("makesNegative", "preposition"):
            return Factuality(negative=True)
        governor = preposition.head
        if is_verbal(governor):
            cue = self._verb_cue(governor, finite=False)
            above = self.verb(governor)
            if cue is not None and preposition.lower_ in {"from", "of", "on", "about", "to", "for", "out"}:
                return _within(Factuality(negative=above.negative), cue)
            return Factuality(above.modality)
        if governor.pos_ == "ADJ":
            return self._predicate_complement(governor, infinitive=False)
        return self._noun_cue(governor) or FACT

    # -- nouns

    def _noun_modifiers(self, noun: Token) -> Factuality:
        modality, negative = Modality.ACTUAL, False
        for each in noun.children:
            if each.dep_ == "det" and each.lower_ in {"no", "neither"}:
                negative = True
            elif each.dep_ in {"amod", "compound"}:
                word = each.lemma_.lower()
                for name, value in _CUES:
                    if each.lower_ in self._lexicon.words(name, "adjective") or word in self._lexicon.words(
                        name, "adjective"
                    ):
                        modality = value
        return Factuality(modality, negative)

    def _noun_governor(self, noun: Token) -> Factuality:
        head, dep = noun.head, noun.dep_
        if dep == "conj":
            return self._noun_governor(head) if head.pos_ == noun.pos_ else FACT
        if dep == "pobj":
            preposition, head = head, head.head
            if preposition.lower_ in self._lexicon.words("makesNegative", "preposition"):
                return Factuality(negative=True)
            if preposition.lower_ in {"for", "of", "on", "about", "to", "against", "from"} and head.pos_ == "NOUN":
                return self._noun_cue(head) or FACT
            dep = "dobj" if preposition.lower_ in {"for", "to", "on", "from", "with", "of", "in"} else ""
        if dep not in {"dobj", "nsubjpass", "nsubj"} or not is_verbal(head):
            return FACT
        above = self.verb(head)
        definite = any(c.dep_ in {"det", "poss"} and (c.lower_ in _DEFINITE or c.dep_ == "poss") for c in noun.children)
        if dep != "nsubj":
            cue = self._verb_cue(head, finite=False)
            if cue is not None and cue.negative and noun.lemma_.lower() in self._lexicon.words("answered", "noun"):
                return FACT  # a request that is rejected was made
            if cue is not None and not (definite and cue.modality is Modality.POSSIBLE):
                return _within(
                    Factuality(
                        above.modality if above.modality is Modality.CONDITIONAL else Modality.ACTUAL, above.negative
                    ),
                    cue,
                )
        if definite and above.modality is not Modality.PLANNED:
            return FACT
        return above


def _takes_finite(cue: Factuality, verb: Token) -> bool:
    """Tell whether a cue says something of a finite clause; most say by their verb group whether they lie ahead."""
    if cue.modality is Modality.REQUIRED:
        return verb.tag_ in {"VB", "VBP"}  # "demanded that they leave"
    return cue.modality is not Modality.PLANNED or verb.tag_ == "VB"


def _within(outer: Factuality, own: Factuality) -> Factuality:
    """Return the factuality of a predicate inside a context: denials cancel, the outer doubt is kept.

    >>> _within(Factuality(negative=True), Factuality(Modality.PLANNED, negative=True))
    Factuality(modality=<Modality.PLANNED: 'Planned'>, negative=False)
    """
    modality = own.modality if outer.modality is Modality.ACTUAL else outer.modality
    if own.modality is Modality.CONDITIONAL:
        modality = own.modality
    return Factuality(modality, outer.negative != own.negative)


def _shared_negation(verb: Token) -> list[Token]:
    """Return the negation a coordinated verb shares with the first one ("did not attack or loot")."""
    first = verb.head
    if verb.dep_ != "conj" or not is_verbal(first) or child(verb, *SUBJECTS, "aux", "auxpass") is not None:
        return []
    joined_by_or = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for each in conjuncts(first) for c in each.children)
    return children(first, "neg") if joined_by_or and not auxiliaries(first) else []
