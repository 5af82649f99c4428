"""What the governor of a clause makes of it: "plans to", "denied that", "too weak to", "without leaving"."""

from __future__ import annotations

from kg.model import Modality
from kg.nlp.factuality.complement import embed, is_told, open_complement, purpose, told_complement
from kg.nlp.factuality.condition import is_indirect_question
from kg.nlp.factuality.cues import copula_of, cues, prevented_by
from kg.nlp.factuality.group import is_infinitive
from kg.nlp.factuality.nouns import is_denied, raised_to
from kg.nlp.factuality.predicate import is_excessive, is_ranked, noun_complement, predicate_complement
from kg.nlp.factuality.value import AHEAD, DENIED, FACT, PLANNED, POSSIBLE, Factuality, Reader
from kg.nlp.syntax import SUBJECTS, child, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "oprd", "csubj", "csubjpass"})
_CUE_PREPOSITIONS = frozenset({"from", "of", "on", "about", "out", "in"})
_NOUN_PREPOSITIONS = frozenset({"for", "of", "on", "about", "to", "against", "from"})
_MEANS = frozenset({"by", "in", "before", "while", "when", "through", "upon", "to", "at", "with"})


def context(verb: Token, reader: Reader) -> Factuality:
    """Return what the governor of a clause makes of it; of a main clause nothing."""
    dep, governor = verb.dep_, verb.head
    if dep in _COMPLEMENTS:
        return _complement(verb, governor, reader)
    if dep == "advcl":
        return _adverbial(verb, governor, reader)
    if dep in {"acl", "relcl"}:
        if is_infinitive(verb) and is_ranked(governor):  # "the first woman to win"
            copula = copula_of(governor)
            return FACT if copula is None else reader.verb(copula)
        if is_infinitive(verb) or (dep == "acl" and child(verb, "mark") is not None):
            return noun_complement(verb, governor, reader)
        return _beside_new(governor, reader) if dep == "acl" and verb.tag_ == "VBG" else FACT
    if dep == "pcomp" or (dep == "pobj" and verb.tag_ == "VBG"):
        return _after_preposition(verb, governor, reader)
    return FACT


def _beside_new(noun: Token, reader: Reader) -> Factuality:
    """Return what holds of a participle beside something new that is still to come: "will issue a text praising"."""
    verb = noun.head
    if (
        noun.dep_ not in {*SUBJECTS, "dobj"}
        or not is_verbal(verb)
        or all(c.lower_ not in {"a", "an"} for c in noun.lefts)
    ):
        return FACT
    raised = raised_to(verb) if noun.dep_ != "dobj" else None
    above = reader.verb(verb if raised is None else raised)
    return Factuality(above.modality) if above.modality in AHEAD else FACT


# -- complements of verbs


def _complement(verb: Token, governor: Token, reader: Reader) -> Factuality:
    if governor.pos_ == "ADJ" or (governor.pos_ in {"NOUN", "ADV"} and governor.dep_ in {"attr", "acomp"}):
        return predicate_complement(verb, governor, reader)
    if not is_verbal(governor):
        return noun_complement(verb, governor, reader) if governor.pos_ in {"NOUN", "PROPN"} else FACT
    if is_indirect_question(verb):
        return POSSIBLE
    predicate = child(governor, "acomp", "attr") if governor.lemma_ == "be" else None
    if predicate is not None and predicate.pos_ == "ADJ":  # "it is not true that", "is too weak to"
        return predicate_complement(verb, predicate, reader)
    if is_told(verb, governor):
        return told_complement(verb, governor, reader)
    return open_complement(verb, governor, reader)


# -- adverbial clauses


def _adverbial(verb: Token, governor: Token, reader: Reader) -> Factuality:
    if governor.pos_ == "ADJ":
        return predicate_complement(verb, governor, reader)
    if not is_verbal(governor):
        return PLANNED if is_infinitive(verb) else FACT
    predicate = child(governor, "acomp")
    if predicate is not None and is_infinitive(verb) and is_excessive(predicate):
        return predicate_complement(verb, predicate, reader)
    above = reader.verb(governor)
    if is_infinitive(verb):
        _, asked = cues().of_verb(governor, cues().clause_verb, "for")
        if asked is not None and any(c.lower_ == "for" for c in verb.lefts):
            return embed(above, asked, governor.lemma_.lower())  # "called for women to be heard"
        return purpose(verb, above)
    mark = child(verb, "mark", "advmod")
    if mark is not None and mark.i < verb.i and _lies_ahead(verb, mark, governor, above, reader):
        return Factuality(above.modality)
    if verb.tag_ in {"VBG", "VB"} and any(
        f"{verb.doc[c.i - 1].lower_} {c.lower_}" in _denying() for c in verb.children if 0 < c.i < verb.i
    ):
        return DENIED  # "rather than attack"
    if verb.tag_ == "VBG" and child(verb, "mark", "aux", *SUBJECTS) is None:
        return Factuality(above.modality)
    return FACT


def _lies_ahead(verb: Token, mark: Token, governor: Token, above: Factuality, reader: Reader) -> bool:
    """Tell whether a clause of time lies ahead with its main clause: "will stay until the rebels leave"."""
    words = lexicon().words
    if above.modality not in AHEAD or mark.lower_ not in words("futureClause", "mark"):
        return False
    if any(a.tag_ == "MD" for a in reader.auxiliaries(verb)):
        return False
    if not any(t.tag_ == "VBD" for t in (verb, *reader.auxiliaries(verb))):
        return True
    would = any(a.lower_ in words("auxFuturePast", "verb") for a in reader.auxiliaries(governor))
    return would and mark.lower_ in words("beforeClause", "mark")


# -- gerunds after prepositions


def _after_preposition(verb: Token, preposition: Token, reader: Reader) -> Factuality:
    word = preposition.lower_
    governor = prevented_by(preposition) or preposition.head
    if is_indirect_question(verb):
        return POSSIBLE
    if _preposition(preposition) in _denying() or word in _denying():
        return DENIED
    if is_verbal(governor):
        above = reader.verb(governor)
        key, cue = cues().of_verb(governor, cues().clause_verb, word)
        if cue is None and word in _CUE_PREPOSITIONS:
            key, cue = cues().of_verb(governor, cues().clause_verb)
        if cue is not None:
            return embed(above, cue, key)
        return Factuality(above.modality) if word in _MEANS or above.modality is Modality.CONDITIONAL else FACT
    if governor.pos_ == "ADJ":
        return predicate_complement(verb, governor, reader)
    cue = cues().of_noun.get(governor.lemma_.lower()) if word in _NOUN_PREPOSITIONS else None
    if cue is None:
        return FACT
    return Factuality(cue.modality, cue.negative != is_denied(governor))


def _preposition(token: Token) -> str:
    """Return a preposition with the word it makes one with: "instead of", "short of", "rather than"."""
    before = next((c.lower_ for c in token.lefts if c.dep_ in {"advmod", "prep"}), None)
    return f"{before or token.head.lower_} {token.lower_}"


def _denying() -> frozenset[str]:
    return lexicon().words("makesNegative", "preposition")
