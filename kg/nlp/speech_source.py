"""Find the noun phrase of whoever speaks: the logical subject of a verb of saying."""

from __future__ import annotations

from kg.nlp.speech import SUBJECTS, Range, speech_words, tense, trim
from kg.nlp.tree import Token

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CLIMBING = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "prep", "conj", "dep"})
_EXPLETIVE = frozenset({"it", "there"})
_HORTATIVE = frozenset({"us", "'s"})  # "let's think how"


def source_of(cue: Token) -> Range | None:
    """Return the noun phrase of whoever speaks: the verb's logical subject."""
    head = _quoted(cue) or speaker_of(cue, 0)
    if (
        head is None
        or head.lower_ in _HORTATIVE
        or (head.lower_ in _EXPLETIVE and (head.dep_ == "nsubjpass" or cue.tag_ == "VBG"))
    ):
        return None
    return noun_phrase(head, without=cue)


def _quoted(cue: Token) -> Token | None:
    """Return "Lee" of "the radio quoted Lee as saying": who is quoted speaks, not who quotes."""
    if cue.lemma_.lower() not in speech_words().quoted:
        return None
    thing = next((child for child in cue.children if child.dep_ == "dobj"), None)
    saying = any(child.dep_ == "prep" and any(c.dep_ == "pcomp" for c in child.children) for child in cue.children)
    return thing if saying else None


def speaker_of(verb: Token, climbs: int = 0) -> Token | None:
    """Return the head of a verb's logical subject, looked for in the governing clauses where it has none.

    A passive has its agent, and no other: whoever is told says nothing. ``climbs`` counts the clauses gone up.
    """
    children = list(verb.children)
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in children) or _is_participle(verb, children)
    if passive and (climbs or verb.lemma_.lower() in speech_words().quoted):
        return next((child for child in children if child.dep_ == "nsubjpass"), None)
    for child in children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if passive:
        return None
    subjects = [c for c in children if c.dep_ in SUBJECTS and c.ent_type_ not in ("DATE", "TIME")]
    subject = next((c for c in reversed(subjects) if c.i < verb.i), subjects[0] if subjects else None)
    if subject is not None:
        if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
            return verb.head
        return subject
    if verb.dep_ == "acl":
        return _author(verb.head) if verb.tag_ == "VBG" else None
    if verb.dep_ in _CLIMBING and climbs < 5:
        head = verb.head
        if verb.dep_ == "pcomp" and head.head.lemma_.lower() in speech_words().quoted:
            climbed = list(head.head.children)
            if (quoted := next((c for c in climbed if c.dep_ in ("dobj", "nsubjpass")), None)) is not None:
                return quoted
        if verb.dep_ == "conj" and head.dep_ == "ccomp" and head.head.tag_ == verb.tag_ != tense(head):
            return speaker_of(head.head, climbs + 1)  # "warned that it would be long, and urged"
        if verb.dep_ == "xcomp":
            controller = next((child for child in head.children if child.dep_ in ("dobj", "dative")), None)
            if controller is not None and controller.i < verb.i:
                return controller
        if head.pos_ in ("VERB", "AUX", "ADP", "SCONJ"):
            return speaker_of(head, climbs + 1)
    return None


def _is_participle(verb: Token, children: list[Token]) -> bool:
    """Tell whether a verb is a passive participle by itself: "Asked whether he knew, …". A finite one has a subject."""
    if verb.tag_ not in ("VBN", "VBD") or verb.dep_ not in ("advcl", "acl"):
        return False
    return not any(c.dep_ in ("aux", "nsubj") for c in children)


def _author(noun: Token) -> Token:
    """Return who speaks in "released a statement saying": the subject, where the noun is itself what is said."""
    words = speech_words()
    given = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun  # "a series of letters"
    said = noun.lemma_.lower() in (words.nouns | words.documents)
    if said and given.dep_ == "dobj" and given.head.lemma_.lower() in words.expressing:
        return next((child for child in given.head.children if child.dep_ == "nsubj"), noun)
    return noun


def noun_phrase(head: Token, *, without: Token | None = None) -> Range:
    """Return the tokens of a noun's phrase, its titles and appositions in, clauses about it out.

    A relative clause set off by a comma, and any clause that holds ``without``, ends the phrase.
    """
    doc, start, end = head.doc, head.left_edge.i, head.right_edge.i + 1
    for child in head.subtree:
        if child.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis") and child.i > head.i:
            edge = child.left_edge.i
            holds = without is not None and edge <= without.i <= child.right_edge.i
            if (holds or (edge and doc[edge - 1].lower_ == "," and child.dep_ != "acl")) and edge > head.i:
                end = min(end, edge)
    if without is not None:
        if head.i < without.i:
            end = min(end, without.i)
        else:
            start = max(start, without.i + 1)
    while start < head.i and (doc[start].text == '"' or doc[start].is_space):
        start += 1
    while end - 1 > head.i and (doc[end - 1].text in ('"', ",") or doc[end - 1].tag_ in ("``", "''")):
        end -= 1
    if head.dep_ in SUBJECTS and end - 1 > head.i and doc[end - 1].tag_ == "POS":
        end -= 1
    return trim(doc, (start, end)) or (head.i, head.i + 1)
