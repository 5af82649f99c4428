"""The words of a clause: its verb group as written."""

from __future__ import annotations

from kg.nlp.empty import in_charge
from kg.nlp.roles import is_actor
from kg.nlp.syntax import SUBJECTS, auxiliaries, child, children, is_verbal
from kg.nlp.tree import Token

_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
_ADVERBS = frozenset({"RB", "RBR"})


def verb_group(verb: Token) -> str:
    """Return the verb group as written, with the verbs that govern an infinitive ("agreed to pay")."""
    parts = {verb.i: verb.text}
    subject = child(verb, *SUBJECTS)
    start = subject.i if subject is not None and subject.i < verb.i else verb.left_edge.i
    for each in verb.children:
        between = each.dep_ == "advmod" and each.tag_ in _ADVERBS and start < each.i < verb.i
        if (each.dep_ in _GROUP and not _denies_noun(each)) or (between and not any(each.children)):
            parts[each.i] = each.text
    if not children(verb, "aux", "auxpass"):
        parts.update({a.i: a.text for a in auxiliaries(verb)})
    own = " ".join(parts[i] for i in sorted(parts))
    governor = verb.head
    asks = any(c.tag_ in {"WRB", "WP", "WDT"} or c.dep_ == "mark" for c in verb.children)  # "discussed how to protect"
    if verb.dep_ == "xcomp" and not asks and child(verb, *SUBJECTS) is None:
        if is_verbal(governor) and not _has_other_subject(governor):
            return f"{verb_group(governor)} {own}"
        if governor.dep_ == "acomp" and is_verbal(governor.head):
            return f"{verb_group(governor.head)} {governor.text} {own}"
    return own


def _denies_noun(negation: Token) -> bool:
    """Tell whether "not" belongs to a noun beside it: "Italy but not Spain"."""
    return negation.dep_ == "neg" and negation.i > 0 and negation.doc[negation.i - 1].lower_ == "but"


def _has_other_subject(governor: Token) -> bool:
    """Tell whether a verb names who does what its infinitive says: "called on the premier to resign"."""
    if children(governor, "dobj", "dative") or in_charge(governor) is not None:
        return True
    called = [o for p in children(governor, "prep") if p.lower_ in {"on", "upon"} for o in children(p, "pobj")]
    return any(is_actor(o) for o in called)
