"""Event nouns: what their modifiers and what governs them say of them."""

from __future__ import annotations

from kg.model import Modality
from kg.nlp.factuality.condition import in_conditional_phrase
from kg.nlp.factuality.cues import cues, prevented_by
from kg.nlp.factuality.group import is_infinitive
from kg.nlp.factuality.value import CONDITIONAL, DENIED, FACT, PLANNED, Factuality, Reader, within
from kg.nlp.syntax import SUBJECTS, ancestors_within, child, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your"})
_CUE_PREPOSITIONS = frozenset({"for", "of", "on", "about"})
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_TOPICS = frozenset({"on", "about"})
_NEAR = 4
_QUANTIFIERS = frozenset({"NOUN", "PRON", "DET", "NUM", "ADJ"})
_TIMES = frozenset({"npadvmod", "prep", "agent"})


def is_denied(noun: Token) -> bool:
    """Tell whether a noun phrase is denied by its determiner: "no attack", "neither attack"."""
    for each in noun.lefts:
        if each.dep_ in {"det", "neg", "preconj"} and each.lower_ in {"no", "neither"}:
            return True
        if each.dep_ == "neg" and noun.doc[each.i + 1].lower_ in {"a", "an", "any"}:
            return True
    return False


def is_definite(noun: Token) -> bool:
    """Tell whether a noun phrase speaks of something known: by article, demonstrative or owner."""
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _DEFINITE) for c in noun.children)


def _is_known(noun: Token) -> bool:
    """Tell whether a definite noun phrase is known from before; "the" in "the sale of shares" tells no such thing."""
    told_by_itself = any(c.lower_ == "of" for c in noun.rights) and not any(c.dep_ == "poss" for c in noun.lefts)
    return is_definite(noun) and not told_by_itself


def modified(noun: Token, reader: Reader) -> Factuality:
    """Return what the modifiers of an event noun say: "a possible attack", "talks planned for May", "no attack"."""
    found = DENIED if is_denied(noun) else FACT
    shared: list[Token] = []
    if noun.dep_ == "conj" and not any(c.dep_ in {"det", "poss", "amod", "nummod"} for c in noun.lefts):
        shared = [c for c in noun.head.lefts if c.dep_ == "amod"]  # "the proposed sale or closure"
    for each in (*shared, *noun.children):
        if each.dep_ in _MODIFIERS and each.i < noun.i:
            cue = cues().modifier.get(each.lower_) or cues().modifier.get(each.lemma_.lower())
            if cue is not None and not _took_place(noun, each.lower_, cue):
                found = within(found, cue)
        elif each.dep_ == "acl" or (each.dep_ == "relcl" and not found.negative):
            found = within(found, _told_by_clause(each, noun, reader))
        elif each.dep_ == "amod" and each.lower_ in {"due", "likely", "possible"}:
            found = within(found, cues().modifier[each.lower_])
    return found


def _took_place(noun: Token, modifier: str, cue: Factuality) -> bool:
    """Tell whether a noun names what takes place even when it fails, is rejected, or comes late."""
    words = lexicon().words
    if not cue.negative:
        return False
    if modifier in words("delays", "adjective"):
        return True
    return noun.lemma_.lower() in words("tried", "noun") | words("answered", "noun")


def _told_by_clause(clause: Token, noun: Token, reader: Reader) -> Factuality:
    """Return what a participle or relative clause says: "talks planned for May", "a meeting to be held"."""
    if clause.dep_ == "acl" and clause.tag_ == "VBN":
        raised = child(clause, "xcomp")
        if raised is not None:  # "talks expected to begin", but "a trial expected to last"
            return _governed_subject(noun, raised, reader.verb(raised), passive=_is_passive(raised))
        return _governed_object(noun, clause, reader, FACT, "")
    subject = child(clause, *SUBJECTS)
    is_subject = is_infinitive(clause) if subject is None else subject.tag_ in {"WDT", "WP"}
    if not is_subject:
        return FACT
    above = reader.verb(clause)
    passive = clause.lemma_ in lexicon().words("brings", "verb") and _is_passive(clause)
    return above if passive or _says_it_happens(clause, above) else FACT


def governed(noun: Token, reader: Reader) -> Factuality:
    """Return what governs an event noun makes of it: "denied an attack", "calls for talks", "talks will begin"."""
    head, dep = noun.head, noun.dep_
    if dep == "pobj":
        return _after_preposition(noun, head, reader)
    if dep in _MODIFIERS:
        return _in_compound(head) if head.pos_ == "NOUN" and dep != "amod" else FACT
    if not is_verbal(head):
        return FACT
    above = reader.verb(head)
    if dep == "dobj" or (dep == "nsubjpass" and raised_to(head) is None):
        found = _governed_object(noun, head, reader, above, "")
        if found != FACT or dep == "dobj":
            return found
    if dep in {"nsubj", "nsubjpass"}:
        predicate = child(head, "acomp") if head.lemma_ == "be" else None
        if predicate is not None and (cue := cues().modifier.get(predicate.lower_)) is not None:
            return within(above, cue)  # "a ban is possible"
        if dep == "nsubj" and _is_headline_passive(head):
            return _governed_object(noun, head, reader, above, "")
        raised = raised_to(head)
        if raised is not None:
            return _governed_subject(noun, raised, reader.verb(raised), passive=_is_passive(raised))
        return _governed_subject(noun, head, above, passive=dep == "nsubjpass")
    if dep == "attr":
        return above
    return FACT


def _in_compound(head: Token) -> Factuality:
    """Return what a noun makes of one compounded with it: "strike threat", but of a "trade deal" nothing."""
    lemma = head.lemma_.lower()
    return FACT if lemma in lexicon().words("purposive", "noun") else cues().of_noun.get(lemma, FACT)


def _governed_object(noun: Token, verb: Token, reader: Reader, above: Factuality, preposition: str) -> Factuality:
    words = lexicon().words
    key, cue = cues().of_verb(verb, cues().noun_verb, preposition)
    lemma = noun.lemma_.lower()
    if cue is not None:
        if cue.negative and lemma in words("answered", "noun"):
            return FACT  # a request that is rejected was made
        if verb.lemma_ == "announce" and lemma in words("announcedDone", "noun"):
            return FACT
        if key in words("settles", "verb") and _is_plan(lemma, cue):
            return FACT  # a plan that is approved is there
        if verb.lemma_ in words("delays", "verb") and _is_short(verb):
            return FACT
        if not (_is_known(noun) and cue.modality is Modality.POSSIBLE):
            return _embedded(above, cue, key)
        return FACT
    if preposition == "from" and (prevented := cues().of_verb(verb, cues().noun_verb)[1]) is not None:
        return within(above, prevented) if prevented.negative else FACT
    if preposition and preposition in words("presupposes", "preposition"):
        return FACT
    if above == FACT or {key, verb.lemma_} & words("presupposes", "verb"):
        return FACT
    if is_definite(noun) and (preposition or key not in words("brings", "verb")):
        return FACT
    return above


def _is_plan(lemma: str, cue: Factuality) -> bool:
    """Tell whether a noun names a plan or proposal, which is there when it is approved, announced or discussed."""
    if lemma in lexicon().words("answered", "noun"):
        return True
    return cue == PLANNED and cues().clause_noun.get(lemma) == PLANNED


def _embedded(above: Factuality, cue: Factuality, key: str) -> Factuality:
    if above.negative and key in lexicon().words("makesUnknown", "verb"):
        return Factuality(Modality.POSSIBLE)
    if above.modality is Modality.PLANNED and cue.modality in (Modality.POSSIBLE, Modality.REQUIRED):
        return Factuality(cue.modality, above.negative != cue.negative)
    return within(above, cue)


def _is_short(verb: Token) -> bool:
    """Tell whether a delay is told in minutes or hours: what is late by so much did take place."""
    units = lexicon().words("delays", "noun")
    times = (each for each in verb.children if each.dep_ in _TIMES)
    return any(t.lemma_ in units for each in times for t in (each, *each.children))


def raised_to(verb: Token) -> Token | None:
    """Return the infinitive whose subject stands with a higher verb: "talks are expected to begin"."""
    predicate = child(verb, "acomp") if verb.lemma_ == "be" else None
    if predicate is None and verb.lemma_ not in {"be", "seem", "appear"} and not _is_passive(verb):
        return None
    return next((c for h in (verb, predicate) if h is not None for c in h.children if c.dep_ == "xcomp"), None)


def _is_headline_passive(verb: Token) -> bool:
    """Tell whether a verb is a headline's passive: it takes an object and has none ("Talks postponed")."""
    if verb.tag_ not in {"VBD", "VBN"} or child(verb, "dobj", "ccomp", "xcomp", "aux", "auxpass", "prt") is not None:
        return False
    return verb.lemma_.lower() in cues().noun_verb


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children)


def _governed_subject(noun: Token, verb: Token, above: Factuality, *, passive: bool) -> Factuality:
    """Return what a verb says of its subject: all of it if it says that the event happens, little otherwise."""
    words = lexicon().words
    if above == FACT or is_denied(noun):
        return FACT
    happens = verb.lemma_ in words("brings", "verb") if passive else _says_it_happens(verb, above)
    if happens:
        return above
    if is_definite(noun) or child(noun, "acl", "relcl", "appos") is not None:
        return FACT
    return FACT if verb.lemma_ in words("presupposesSubject", "verb") else Factuality(above.modality)


def _says_it_happens(verb: Token, above: Factuality) -> bool:
    """Tell whether a verb says of its subject that it happens: "will begin", "takes place", "will be on Friday"."""
    words = lexicon().words
    if any(f"{verb.lemma_} {c.lower_}" in words("occurs", "phrase") for c in verb.children):
        return True
    if verb.lemma_ not in words("occurs", "verb") or child(verb, "dobj") is not None:
        return False
    ahead = above.modality is Modality.PLANNED and child(verb, "attr", "acomp") is None
    return verb.lemma_ != "be" or ahead


def _after_preposition(noun: Token, preposition: Token, reader: Reader) -> Factuality:
    words = lexicon().words
    first = preposition.head
    shared = first.head if preposition.dep_ == "conj" and first.pos_ == "ADP" else first
    if preposition.dep_ == "conj" and is_verbal(shared):  # "not looking for a fight but for talks"
        above = reader.verb(shared)
        contrast = noun.doc[preposition.i - 1].lower_ == "but"
        return _governed_object(
            noun, shared, reader, Factuality(above.modality) if contrast else above, preposition.lower_
        )
    word, head = preposition.lower_, prevented_by(preposition) or preposition.head
    before = next((c.lower_ for c in preposition.lefts if c.dep_ in {"advmod", "prep"}), head.lower_)
    if {word, f"{before} {word}"} & words("makesNegative", "preposition"):
        return DENIED
    if word == "of" and in_conditional_phrase(head):
        return CONDITIONAL
    if word in words("beforeClause", "mark"):  # "will stay until the election"
        verb = next((t for t in ancestors_within(preposition, _NEAR) if is_verbal(t)), None)
        return PLANNED if verb is not None and reader.verb(verb).modality is Modality.PLANNED else FACT
    if head.pos_ == "ADJ" and head.lower_ not in words("aspectNoun", "noun"):
        cue = cues().predicate.get(head.lower_) if word in {"for", "of"} else None
        return FACT if cue is None or is_definite(noun) else cue
    if head.pos_ in _QUANTIFIERS:
        return _after_noun(noun, head, word, reader)
    if not is_verbal(head):
        return FACT
    return _governed_object(noun, head, reader, reader.verb(head), word)


def _after_noun(noun: Token, head: Token, preposition: str, reader: Reader) -> Factuality:
    words = lexicon().words
    lemma = head.lemma_.lower()
    cue = cues().of_noun.get(lemma) if preposition in _CUE_PREPOSITIONS else None
    if cue is not None and preposition != "for" and lemma in words("purposive", "noun"):
        cue = None
    if cue is not None:
        if is_definite(noun) and (cue.modality is Modality.POSSIBLE or preposition in _TOPICS):
            return FACT
        return Factuality(cue.modality, cue.negative != is_denied(head))
    if preposition == "of" and (lemma in words("aspectNoun", "noun") or not is_definite(noun)):
        return reader.noun(head)
    return FACT
