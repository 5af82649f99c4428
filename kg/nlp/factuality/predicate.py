"""What an adjective or noun makes of its complement: "is too weak to", "it is likely that", "no plans to"."""

from __future__ import annotations

from kg.model import Modality
from kg.nlp.factuality.complement import embed
from kg.nlp.factuality.cues import copula_of, cues
from kg.nlp.factuality.group import is_finite, is_infinitive
from kg.nlp.factuality.nouns import is_denied
from kg.nlp.factuality.value import AHEAD, DENIED, FACT, PLANNED, POSSIBLE, REQUIRED, Factuality, Reader, within
from kg.nlp.syntax import children, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

_PRESENT = frozenset({"VBZ", "VBP", "VB"})


# -- complements of adjectives


def predicate_complement(verb: Token, adjective: Token, reader: Reader) -> Factuality:
    words = lexicon().words
    copula = copula_of(adjective)
    above = FACT if copula is None else reader.verb(copula)
    lemma = adjective.lemma_.lower()
    infinitive = is_infinitive(verb)
    if infinitive and is_excessive(adjective):  # "too weak to"
        return Factuality(above.modality, not above.negative)
    if lemma in words("ability", "adjective"):
        return _ability(above, copula)
    cue = cues().predicate.get(lemma) or cues().predicate.get(adjective.lower_)
    if not infinitive and is_finite(verb):
        return _told_by_adjective(verb, lemma, cue, above)
    if cue is not None:
        return embed(above, cue, lemma)
    if lemma in words("factual", "adjective") or not infinitive:
        return above
    return within(above, POSSIBLE)


def _ability(above: Factuality, copula: Token | None) -> Factuality:
    """Return what "able to" says: in the past that it was done, not able that it was not, else that it can be."""
    if above.negative or above.modality is not Modality.ACTUAL:
        return above
    past = copula is not None and any(
        t.tag_ in {"VBD", "VBN"} or t.lemma_ == "have" for t in (copula, *children(copula, "aux"))
    )
    return FACT if past else POSSIBLE


def _told_by_adjective(verb: Token, lemma: str, cue: Factuality | None, above: Factuality) -> Factuality:
    words = lexicon().words
    if lemma in words("truth", "adjective"):
        return Factuality(Modality.ACTUAL, above.negative)
    if lemma in words("certainty", "adjective"):
        return POSSIBLE if above.negative else FACT
    if cue is None or cue.modality is Modality.PLANNED:
        return FACT
    if cue.modality is Modality.REQUIRED:
        return REQUIRED if verb.tag_ in _PRESENT else FACT
    return Factuality(cue.modality, cue.negative != above.negative)


def is_excessive(adjective: Token) -> bool:
    return any(c.lower_ == "too" and c.dep_ == "advmod" and c.i < adjective.i for c in adjective.children)


# -- complements of nouns


def noun_complement(verb: Token, noun: Token, reader: Reader) -> Factuality:
    words = lexicon().words
    infinitive = is_infinitive(verb)
    fixed = noun.dep_ == "pobj" and f"{noun.head.lower_} {noun.lower_}" in words("fixedPhrase", "phrase")
    lemma = noun.lemma_.lower()
    cue = None if fixed else cues().clause_noun.get(lemma)
    if cue is not None and not infinitive and is_finite(verb) and cue.modality in AHEAD:
        cue = FACT
    if cue is None:
        cue = PLANNED if infinitive else FACT
    if is_denied(noun):  # "no evidence that", "no plans to"
        if lemma in words("needed", "noun"):
            return DENIED
        if lemma in words("doubts", "noun"):
            return FACT
        return Factuality(Modality.POSSIBLE if cue == FACT else cue.modality, not cue.negative)
    if any((m := cues().modifier.get(c.lower_)) is not None and m.negative for c in children(noun, "amod")):
        return Factuality(cue.modality, True)  # "a cancelled deal to", "a failed bid to"
    governor = noun.head
    if noun.dep_ in {"dobj", "nsubjpass", "attr"} and is_verbal(governor):
        above = reader.verb(governor)
        _, made = cues().of_verb(governor, cues().clause_verb)
        if made is None and noun.dep_ == "nsubjpass" and not infinitive:
            return cue  # "the view that he lied is not shared" denies nothing of what is viewed
        flipped = made is not None and made.negative and noun.dep_ != "attr"
        if flipped and not infinitive:
            cue = Factuality(negative=cue.negative)  # who rejects the claim says that it was not so
        return Factuality(cue.modality, (cue.negative != above.negative) != flipped)
    return cue


def is_ranked(noun: Token) -> bool:
    """Tell whether a noun stands out by rank or number: "the first woman", "the only ship", "the latest to leave"."""
    ranks = lexicon().words("ranked", "adjective")
    return noun.lower_ in ranks or any(c.lower_ in ranks or c.tag_ == "JJS" for c in noun.children if c.i < noun.i)
