"""Tell where the name of a capital stands for its state's government: "Moscow rejected", never "in Moscow".

A capital is its government where it does what governments do (subject of a verb of speech, decision, diplomacy or
force), where it is addressed or judged ("accused Moscow"), where it is a party ("talks with Tehran", "between
London and Dublin"), and where it owns a deed ("Washington's demands"). Everywhere else it is the city. The words
are data: ``ontologies/lexicon/coreference.ttl``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.nlp.tree import Token
from kg.ontology import lexicon

_VERBAL = frozenset({"VERB", "AUX"})
_NAMES = frozenset({"PROPN", "NOUN", "X", "ADJ"})
# Left of a name these say which part of a town it is: "central Moscow", "the old Kyiv".
_PARTS = frozenset({"amod", "nummod", "det", "compound", "nmod"})


@dataclass(frozen=True, slots=True)
class _Words:
    acts: frozenset[str]
    says: frozenset[str]
    addressed: frozenset[str]
    asked: frozenset[str]
    dealing_verbs: frozenset[str]
    dealings: frozenset[str]
    pressure: frozenset[str]
    pressing: frozenset[str]
    messages: frozenset[str]
    messaging: frozenset[str]
    requests: frozenset[str]
    deeds: frozenset[str]
    attitudes: frozenset[str]


@cache
def _words() -> _Words:
    words = lexicon().words
    return _Words(
        acts=words("governmentAct", "verb"),
        says=words("speech", "verb") | words("attitude", "verb"),
        addressed=words("governmentAddressed", "verb"),
        asked=words("governmentAsked", "verb"),
        dealing_verbs=words("governmentDealing", "verb"),
        dealings=words("governmentDealing", "noun"),
        pressure=words("governmentPressure", "noun"),
        pressing=words("governmentPressure", "verb"),
        messages=words("governmentMessage", "noun"),
        messaging=words("governmentMessage", "verb"),
        requests=words("governmentRequest", "noun"),
        deeds=words("governmentDeed", "noun"),
        attitudes=words("governmentAct", "adjective"),
    )


def first_of_list(name: Token) -> Token:
    """Return the first of coordinated names: it alone shows where in the clause they stand."""
    for _ in range(8):
        if name.dep_ != "conj" or name.head.pos_ not in _NAMES:
            break
        name = name.head
    return name


def stands_for_government(name: Token, *, start: int) -> bool:
    """Tell whether the name of a capital, by its place in the clause, means the government that sits there.

    ``name`` is the head of the name, ``start`` the index of its first token.
    """
    if any(c.dep_ in _PARTS and c.i < start for c in name.children):
        return False
    if any(c.dep_ == "relcl" and _acts(c) and _is_subject_relative(c) for c in name.children):
        return True
    first = first_of_list(name)
    head, dep = first.head, first.dep_
    if dep == "nsubj":
        return _acts(head) or _is_asked(head)
    if dep == "nsubjpass":
        return head.lemma_ in _words().addressed or _is_asked(head)
    if dep in ("dobj", "dative"):
        return head.lemma_ in _words().addressed or (
            head.lemma_ in _words().asked
            and any(c.dep_ in ("xcomp", "ccomp") or c.lower_ == "for" for c in head.children)
        )
    if dep == "poss":
        return head.lemma_.lower() in _words().deeds
    return dep == "pobj" and _is_party(head)


def _acts(verb: Token, depth: int = 0) -> bool:
    """Tell whether a verb, or one coordinated with it or below it without a subject, says what governments do."""
    words, lemma = _words(), verb.lemma_
    if verb.pos_ not in _VERBAL or depth > 3:
        return False
    if lemma in words.acts:
        return True
    objects = [c.lemma_.lower() for c in verb.children if c.dep_ == "dobj"]
    if (lemma in words.says and not objects) or any(each in words.deeds for each in objects):
        return True  # "recalled its ambassador", "closed the embassy"
    if lemma == "be":
        below = [g for c in verb.children if c.dep_ == "acomp" and c.lower_ in words.attitudes for g in c.subtree]
        return any(g.lemma_.lower() in (words.dealings if g.pos_ == "NOUN" else words.acts) for g in below)
    return any(
        c.dep_ in ("conj", "xcomp") and _acts(c, depth + 1) and not any(g.dep_ == "nsubj" for g in c.children)
        for c in verb.children
    )


def _is_subject_relative(verb: Token) -> bool:
    """Tell whether the subject of a relative clause is its pronoun: "Cairo, which brokered the truce"."""
    return any(c.dep_ == "nsubj" and c.tag_ == "WDT" for c in verb.children)


def _is_asked(verb: Token) -> bool:
    """Tell whether a subject is really who is asked to do the verb: "urged Moscow to withdraw"."""
    if verb.dep_ not in ("ccomp", "xcomp") or not any(c.tag_ == "TO" for c in verb.children):
        return False
    return verb.head.lemma_ in _words().addressed or verb.head.lemma_ in _words().asked


def _is_party(preposition: Token) -> bool:
    """Tell whether a prepositional phrase names a party to something that governments do."""
    words, mark, governor = _words(), preposition.lower_, preposition.head
    lemma = governor.lemma_.lower()
    verbal = governor.pos_ in _VERBAL
    nouns = {c.lemma_.lower() for c in governor.children if c.dep_ in ("dobj", "nsubjpass")} if verbal else {lemma}
    if preposition.dep_ == "agent" or (mark == "by" and verbal):
        return lemma in words.acts or lemma in words.says
    if mark == "by":
        return lemma in words.deeds or lemma in words.requests
    if mark == "with":
        return lemma in words.dealing_verbs or bool(nouns & words.dealings)
    if mark == "between":
        return bool(nouns & words.dealings)
    if mark in ("against", "on"):
        return bool(nouns & words.pressure) or (verbal and lemma in words.pressing)
    if mark == "to":
        if lemma == "accord" or (verbal and lemma in words.messaging):
            return True
        return bool(nouns & words.messages)
    if mark == "from":
        return bool(nouns & words.requests)
    return mark == "of" and lemma in words.pressure and lemma in words.requests
