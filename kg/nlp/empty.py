"""Words that fill a place in a clause and mean nobody: "it" in "it is said", a cleft's "was", "so did" the others."""

from __future__ import annotations

from kg.nlp.syntax import FINITE_TAGS, SUBJECTS, child, children, has_relative, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

_CLAUSAL = ("ccomp", "csubj", "csubjpass", "xcomp", "advcl", "acl", "relcl")
_MEASURES = frozenset({"TIME", "DATE", "MONEY", "CARDINAL", "QUANTITY"})
_AROUND_PRO_VERB = frozenset({*SUBJECTS, "advmod", "neg", "punct", "cc", "mark", "intj", "preconj", "npadvmod", "prep"})


def is_finite(verb: Token) -> bool:
    """Tell whether a verb or one of its auxiliaries has a tense."""
    return verb.tag_ in FINITE_TAGS or any(a.tag_ in FINITE_TAGS for a in children(verb, "aux", "auxpass"))


def has_to(verb: Token) -> bool:
    """Tell whether a verb is an infinitive with "to"."""
    return any(c.tag_ == "TO" for c in verb.children)


def is_expletive(word: Token, verb: Token) -> bool:
    """Tell whether the subject "it" only holds the place of a clause that follows, or means the weather."""
    if word.lower_ != "it" or word.dep_ not in SUBJECTS:
        return False
    listed = lexicon()
    lemma = verb.lemma_.lower()
    if lemma in listed.words("impersonal", "verb") or is_cleft(verb):
        return True
    later = [c for c in children(verb, *_CLAUSAL) if c.i > verb.i]
    that = any(c.dep_ in {"ccomp", "csubj", "csubjpass"} and is_finite(c) for c in later)
    if any(c.dep_ == "auxpass" for c in verb.children):
        infinitive = lemma in listed.words("impersonalPassive", "verb") and any(has_to(c) for c in later)
        return (that and lemma not in listed.words("telling", "verb")) or infinitive
    if lemma in listed.words("seeming", "verb") and any(child(c, "mark") for c in later if is_finite(c)):
        return True
    if lemma == "remain" and any(is_finite(c) for x in later for c in children(x, "ccomp")):
        return True  # "it remains to be seen whether"
    if lemma == "take" and any(c.ent_type_ in _MEASURES for c in children(verb, "dobj", "npadvmod", "dative")):
        return any(has_to(c) for c in later)
    return _is_extraposed(verb, later)


def _is_extraposed(verb: Token, later: list[Token]) -> bool:
    """Tell whether "it is important/time/up to X" has a clause after it."""
    predicate = child(verb, "acomp", "attr", "oprd")
    if predicate is None:
        return verb.lemma_ == "be" and in_charge(verb) is not None
    pos = "noun" if predicate.pos_ in {"NOUN", "PROPN"} else "adjective"
    if predicate.lemma_.lower() not in lexicon().words("impersonal", pos):
        return False
    clauses = [*later, *children(predicate, *_CLAUSAL)]
    if predicate.lemma_.lower() in lexicon().words("raising", "adjective"):
        clauses = [c for c in clauses if not has_to(c) or child(c, *SUBJECTS)]  # "it is likely to win" speaks of it
    return any(has_to(c) or child(c, "mark") or is_finite(c) for c in clauses)


def in_charge(verb: Token) -> Token | None:
    """Return whom "it is up to Congress to" or "it fell to Congress to" names."""
    if not any(has_to(c) for c in children(verb, "xcomp", "advcl", "ccomp")):
        return None
    up = next((p for p in verb.children if p.lower_ == "up" and verb.lemma_ == "be"), None)
    to = next((p for p in (up.children if up is not None else verb.children) if p.lower_ == "to"), None)
    if to is None or (up is None and verb.lemma_ != "fall"):
        return None
    return child(to, "pobj")


def is_cleft(verb: Token) -> bool:
    """Tell whether a copula only lifts one part out of a clause: "it was Poland that vetoed it", "it was here that"."""
    it = child(verb, "nsubj")
    if verb.lemma_ != "be" or it is None or it.lower_ != "it":
        return False
    attribute = child(verb, "attr")
    clauses = [c for c in children(verb, "ccomp", "advcl", "relcl") if c.i > verb.i and is_finite(c)]
    if attribute is None:
        lifted = child(verb, "prep") is not None and child(verb, "acomp") is None
        return lifted and any(_that(c) and c.dep_ == "ccomp" for c in clauses)
    if any(_opens_with_relative(c) for c in clauses):
        return True
    return attribute.pos_ in {"PROPN", "PRON"} and any(_opens_with_relative(c) for c in children(attribute, "relcl"))


def _that(verb: Token) -> bool:
    return any(c.lower_ == "that" for c in children(verb, "mark"))


def _opens_with_relative(verb: Token) -> bool:
    return any(has_relative(c) and c.i < verb.i for c in children(verb, *SUBJECTS, "dobj"))


def is_pseudo_cleft(verb: Token) -> bool:
    """Tell whether a verb only lifts a part out of a clause with "what": "what they did was", "what hurt them was"."""
    if verb.lemma_ == "do" and verb.dep_ in {"csubj", "ccomp"}:
        return any(c.lower_ == "what" for c in children(verb, "dobj"))
    clause = child(verb, "csubj") if verb.lemma_ == "be" and child(verb, "acomp") is None else None
    if clause is None or not asks_what(clause):
        return False
    whole = any(c.lower_ == "what" for c in children(clause, "nsubj"))
    return whole or child(verb, "ccomp", "xcomp") is not None


def asks_what(verb: Token) -> bool:
    """Tell whether a clause opens with "what"."""
    return verb.doc[verb.left_edge.i].lower_ == "what"


def is_pro_verb(verb: Token) -> bool:
    """Tell whether an auxiliary alone stands for the verb before it: "and so did Belgium", "but Finland has not"."""
    return (
        verb.dep_ in {"conj", "advcl"}
        and verb.lemma_ in {"do", "have", "be", "will"}
        and verb.tag_ in FINITE_TAGS
        and verb.head.i < verb.i
        and is_verbal(verb.head)
        and child(verb, *SUBJECTS) is not None
        and all(c.dep_ in _AROUND_PRO_VERB for c in verb.children)
        and any(c.dep_ in {"advmod", "neg"} or c.lower_ == "as" for c in verb.children)
        and not any(c.dep_ == "prep" and any(True for _ in c.children) for c in verb.children)
    )


def is_denied(verb: Token) -> bool:
    """Tell whether a verb has a negation of its own."""
    return any(c.dep_ == "neg" or c.lower_ in {"neither", "nor"} for c in verb.children)
