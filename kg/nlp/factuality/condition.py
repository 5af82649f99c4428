"""Conditions: which clauses open one, and which clause depends on it."""

from __future__ import annotations

from kg.nlp.factuality.cues import find_phrase
from kg.nlp.syntax import SUBJECTS, child
from kg.nlp.tree import Token
from kg.ontology import lexicon

_CLAUSES = frozenset({"advcl", "ccomp", "pcomp", "conj", "csubj", "csubjpass"})
_COMPLEMENTS = frozenset({"ccomp", "csubj", "csubjpass", "pcomp"})
_QUESTION_MARKS = frozenset({"whether", "if"})
_LONGEST_PHRASE = 3


def opens_condition(verb: Token) -> bool:
    """Tell whether a clause is a condition: "if", "as long as", "on condition that", "should X happen"."""
    if verb.dep_ in {"acl", "relcl"}:  # "on condition that", "in case"
        return in_conditional_phrase(verb.head)
    mark = _mark(verb)
    if mark is None:
        return verb.dep_ == "advcl" and _is_inverted(verb)
    if is_indirect_question(verb) or verb.lemma_ in lexicon().words("noCondition", "verb") or _is_aim(verb):
        return False
    if verb.dep_ in _CLAUSES and mark.lower_ in lexicon().words("conditional", "mark"):
        return True
    if mark.lower_ == "that" and verb.head.i == mark.i - 1:  # "provided that"
        return verb.head.lower_ in lexicon().words("conditional", "mark")
    start = max(0, mark.i - _LONGEST_PHRASE + 1)
    words = [t.lower_ for t in verb.doc[start : mark.i + 1]]
    return any(find_phrase(words[i:], "conditional") for i in range(len(words) - 1))


def is_indirect_question(verb: Token) -> bool:
    """Tell whether a clause is a question that somebody asks or leaves open: "did not say whether"."""
    mark = _mark(verb)
    return mark is not None and mark.lower_ in _QUESTION_MARKS and verb.dep_ in _COMPLEMENTS


def depends_on_condition(verb: Token, *, before: bool = False) -> bool:
    """Tell whether a clause is true only under a condition that hangs on it; "even if" and "as if" make none.

    With ``before`` only a condition that stands before it, and so before all it is coordinated with.

    A condition after the clause a verb governs is a condition of that clause: "said it would leave if".
    """
    content = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    for each in verb.children:
        if content is not None and content.i < each.i and each.i > verb.i:
            break
        if before and each.i > verb.i:
            break
        if each.dep_ == "advcl":
            if _binds(each):
                return True
        elif each.dep_ in {"advmod", "prep"}:
            if any(c.dep_ in {"advcl", "ccomp"} and _binds(c) for c in each.children):
                return True
            if any(c.dep_ == "pobj" and in_conditional_phrase(c) for c in each.children):
                return True
    return False


def follows_condition(verb: Token) -> bool:
    """Tell whether a reported clause has its condition on the verb that reports it, after the clause."""
    governor = verb.head
    return verb.dep_ == "ccomp" and any(
        c.dep_ == "advcl" and c.i > verb.i > governor.i and _binds(c) for c in governor.children
    )


def in_conditional_phrase(noun: Token) -> bool:
    """Tell whether a noun makes a conditional conjunction with its preposition: "in case", "on condition"."""
    if noun.dep_ != "pobj" or not any(c.dep_ in {"acl", "relcl"} or c.lower_ == "of" for c in noun.rights):
        return False
    return find_phrase((noun.head.lower_, *(c.lower_ for c in noun.lefts), noun.lower_), "conditional")


def _binds(clause: Token) -> bool:
    if not opens_condition(clause):
        return False
    mark = _mark(clause)
    if mark is None:
        return True
    before = clause.doc[mark.i - 1].lower_ if mark.i else ""
    no_condition = lexicon().words("noCondition", "adverb")
    return mark.lower_ not in lexicon().words("noCondition", "mark") and before not in no_condition


def _is_aim(verb: Token) -> bool:
    """Tell whether "if" opens an aim: "reforms are needed if the bank is to survive"; "were to" is a condition."""
    return (
        verb.lemma_ == "be"
        and verb.tag_ in {"VBZ", "VBP"}
        and any(c.dep_ == "xcomp" and c.tag_ == "VB" and any(t.tag_ == "TO" for t in c.lefts) for c in verb.rights)
    )


def _mark(verb: Token) -> Token | None:
    mark = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "mark"), None)
    if mark is None:
        first = next(iter(verb.children), None)
        mark = first if first is not None and first.tag_ in {"IN", "WRB"} and first.dep_ == "advmod" else None
    return mark


def _is_inverted(verb: Token) -> bool:
    """Tell whether an auxiliary stands before the subject: "Had they attacked", "Should they attack"."""
    subject, auxiliary = child(verb, *SUBJECTS), child(verb, "aux")
    return subject is not None and auxiliary is not None and auxiliary.i < subject.i
