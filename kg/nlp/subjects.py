"""Whose clause it is: the subject written, shared with another verb, or unspoken (control, raising, participles)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.nlp.empty import (
    asks_what,
    has_to,
    in_charge,
    is_cleft,
    is_denied,
    is_expletive,
    is_finite,
    is_pro_verb,
    is_pseudo_cleft,
)
from kg.nlp.lists import distributed, listed
from kg.nlp.misplaced import (
    adverbial_subject,
    subject_after_auxiliary,
    subject_after_preposition,
    subject_after_quotation,
    subject_around_cue,
    subject_in_list,
)
from kg.nlp.obliques import antecedent
from kg.nlp.roles import is_actor
from kg.nlp.syntax import (
    SUBJECTS,
    VALUE_LABELS,
    belongs_to_verb,
    child,
    children,
    has_relative,
    is_verbal,
    phrase_start,
    whose_object,
)
from kg.nlp.tree import Token
from kg.ontology import lexicon

if TYPE_CHECKING:
    from kg.nlp.clauses import Clause

_ClauseOf = Callable[[Token], "Clause"]
_Found = tuple[list[Token], str]
_NOBODY: _Found = ([], "")
# Prepositions after which a gerund is what the object does or did ("accused them of leaving"), and those after
# which it is what the unnamed doer of a passive does ("solved by replacing").
_OF_OBJECT = frozenset({"of", "from", "for", "into", "as", "with", "against", "to"})
_OF_OTHER = frozenset({"of", "from", "into"})
_OF_DOER = frozenset({"by", "without", "in", "through", "via", "with"})
_PREDICATIVE = frozenset({"acomp", "attr", "oprd", "advmod", "ccomp", "advcl"})
_NEVER_CONTROLLED = frozenset({"than", "like", "including"})


def subjects_of(verb: Token, passive: bool, clause_of: _ClauseOf) -> _Found:
    """Return the heads of a verb's subjects, and how they were found; ``clause_of`` gives another verb's clause."""
    own = subject_after_quotation(verb) or subject_after_auxiliary(verb) or child(verb, *SUBJECTS)
    if own is not None:
        return _own(verb, own, clause_of)
    dep, head = verb.dep_, verb.head
    if dep == "conj" and is_verbal(head):
        stolen = subject_in_list(verb)
        if stolen is not None:
            return listed(stolen), "own"
        first = clause_of(head)
        return list(first.subjects), "shared" if first.subjects else ""
    if dep == "relcl" and not has_to(verb):
        gap = verb.tag_ in {"VBG", "VBN"} or child(verb, "aux") is None
        return ([distributed(head)], "relative") if gap else _NOBODY
    if dep in {"acl", "relcl"}:
        return _of_noun(verb, passive, clause_of)
    if dep in {"xcomp", "ccomp", "advcl", "pcomp", "oprd", "dep"}:
        found = _controlled(verb, clause_of)
        return (found, "control") if found else _NOBODY
    noun = subject_around_cue(verb) or subject_after_preposition(verb) or adverbial_subject(verb)
    return ([*listed(noun), *_added(verb)], "own") if noun is not None else _NOBODY


# -- written subjects


def _own(verb: Token, own: Token, clause_of: _ClauseOf) -> _Found:
    if own.tag_ == "EX" or is_expletive(own, verb):
        return _NOBODY
    if own.lower_ == "what" and verb.dep_ == "csubj" and (is_what := child(verb.head, "attr")) is not None:
        return listed(is_what), "relative"  # "what angered them was the decision"
    if has_relative(own):
        return _relative(verb, own)
    if own.dep_ in {"csubj", "csubjpass"}:
        if asks_what(own) and (verb.lemma_ != "be" or is_pseudo_cleft(verb)):
            return list(clause_of(own).subjects), "shared"  # "what they want to do is cut spending"
        return [own], "own"
    also = [c for c in children(verb, "conj", "advcl") if is_pro_verb(c) and is_denied(c) == is_denied(verb)]
    return [*listed(own), *(noun for c in also for noun in listed(_subject(c))), *_added(verb)], "own"


def _added(verb: Token) -> list[Token]:
    """Return what "as well as" adds to the subject of a passive after its verb: "it was sold, as well as two ships"."""
    if child(verb, "auxpass") is None:
        return []
    for link in children(verb, "cc"):
        if link.i > verb.i and link.lower_ == "as" and link.nbor(-1).lower_ == "well":
            after = [*children(link, "pobj"), *(c for c in children(verb, "conj") if c.i > link.i)]
            return listed(after[0]) if after and after[0].pos_ in {"NOUN", "PROPN"} else []
    return []


def _subject(verb: Token) -> Token:
    return child(verb, *SUBJECTS) or verb


def _relative(verb: Token, own: Token) -> _Found:
    noun = antecedent(own)
    if noun.i != own.i:
        return listed(noun) if _plural_antecedent(verb, noun) else [distributed(noun)], "relative"
    lifted = child(verb.head, "attr") if verb.dep_ != "ROOT" and is_cleft(verb.head) else None
    return (listed(lifted), "relative") if lifted is not None else ([own], "own")


def _plural_antecedent(verb: Token, noun: Token) -> bool:
    """Tell whether a relative clause speaks of all of a coordination: its verb is plural and stands after the last."""
    return (
        verb.tag_ != "VBZ" and not any(c.tag_ == "VBZ" for c in verb.children) and phrase_start(noun) <= noun.i < verb.i
    )


# -- clauses that depend on a noun


def _of_noun(verb: Token, passive: bool, clause_of: _ClauseOf) -> _Found:
    noun = verb.head
    if not has_to(verb):
        if whose_object(verb) is not None or verb.tag_ == "VBD":
            return listed(noun), "own"  # a finite verb after all
        if verb.tag_ == "VBG" and noun.lemma_.lower() in lexicon().words("experience", "noun"):
            return _through_noun(noun, clause_of), "control"  # "had difficulty finishing"
        having = any(a.tag_ == "VBG" for a in children(verb, "aux"))  # "having crossed the river"
        return ([distributed(noun)], "participle") if verb.tag_ == "VBG" or passive or having else _NOBODY
    if noun.dep_ == "attr" and _is_singled_out(noun) and is_verbal(noun.head):
        found = clause_of(noun.head).subjects  # "she became the first woman to lead the party"
        return ([*found] or [noun]), "control"
    if passive or _is_singled_out(noun):
        return [distributed(noun)], "participle"
    found_through = _through_noun(noun, clause_of)
    return (found_through, "control") if found_through else _NOBODY


def _is_singled_out(noun: Token) -> bool:
    """Tell whether a noun is "the first", "the only", "the largest" of its kind: then it does what follows."""
    words = lexicon().words("singling", "adjective")
    return any(c.tag_ == "JJS" or c.lower_ in words for c in children(noun, "amod", "nummod"))


def _through_noun(noun: Token, clause_of: _ClauseOf) -> list[Token]:
    """Return whose plan, deal or right a noun with an infinitive is: its owner's, or the clause's that gives it."""
    owner = child(noun, "poss")
    if owner is not None:
        return listed(owner)
    of = [p for p in children(noun, "prep") if p.lower_ in {"of", "by", "between"}]
    owners = [o for p in of for o in children(p, "pobj") if is_actor(o) or p.lower_ == "by"]
    owners += [c for c in children(noun, "compound", "nmod") if c.pos_ == "PROPN" and is_actor(c)]
    if owners:
        return listed(owners[0])
    if noun.lemma_.lower() in lexicon().words("addressed", "noun"):
        asked = [o for p in children(noun, "prep") if p.lower_ in {"to", "on", "for"} for o in children(p, "pobj")]
        return listed(asked[0]) if asked and is_actor(asked[0]) else []
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in {"dobj", "attr", "nsubjpass", "pobj"} or not is_verbal(governor):
        return []
    clause = clause_of(governor)
    if clause.passive:
        return list(clause.subjects if noun.dep_ == "dobj" else clause.agents)  # "was given a week to leave"
    gives = governor.lemma_.lower() in lexicon().words("ditransitive", "verb") and noun.dep_ == "dobj"
    given = [o.head for o in clause.obliques if o.preposition == "to" and is_actor(o.head)] if gives else []
    return list(clause.datives or given or clause.subjects)


# -- infinitives, gerunds and participles that depend on a verb


def _controlled(verb: Token, clause_of: _ClauseOf) -> list[Token]:
    if not (has_to(verb) or verb.tag_ in {"VBG", "VBN"}) and (verb.dep_ in {"advcl", "dep"} or is_finite(verb)):
        return []  # an imperative, or a finite clause whose subject the parser did not find
    if any(c.lower_ in {"as", "than"} for c in children(verb, "mark")):
        return []  # "later than planned"
    if verb.dep_ == "pcomp" or verb.head.pos_ == "ADP":
        return _of_gerund(verb, clause_of)
    governor = verb.head
    if governor.dep_ in {"acomp", "attr", "oprd", "advmod", "ccomp", "advcl"} and governor.pos_ in {
        "ADJ",
        "NOUN",
        "ADV",
    }:
        return _through_predicate(verb, governor, clause_of)
    if governor.pos_ == "ADJ" and governor.dep_ in {"amod", "appos"}:
        if governor.lower_ != "worth":
            return listed(governor.head)  # "the crew, unable to control the fire"
        governor = governor.head  # "a contract worth millions to build it"
    if verb.dep_ == "advcl" and governor.pos_ in {"NOUN", "PROPN"} and not has_to(verb):
        return listed(governor)  # "the soldiers, having crossed the river"
    if not is_verbal(governor) or governor.i == verb.i:
        return _through_noun(governor, clause_of) if governor.pos_ == "NOUN" else []
    if (asked := in_charge(governor)) is not None:
        return listed(asked)
    if any(_is_it(c) for c in children(governor, "ccomp")):
        return []  # "makes it a crime to insult the king": for anybody
    clause = clause_of(governor)
    return _infinitive(verb, clause) if has_to(verb) or verb.dep_ != "advcl" else _participle(verb, clause)


def _through_predicate(verb: Token, predicate: Token, clause_of: _ClauseOf) -> list[Token]:
    governor = predicate.head
    if not is_verbal(governor) or predicate.lemma_.lower() in lexicon().words("tough", "adjective"):
        return []  # "it is hard to cross": anybody does
    if predicate.dep_ == "ccomp" and _is_it(predicate):
        return []
    clause = clause_of(governor)
    return list(clause.objects if clause.objects and predicate.dep_ in {"oprd", "ccomp"} else clause.subjects)


def _is_it(predicate: Token) -> bool:
    """Tell whether "it" is the subject of a clause without verb: "makes it a crime", "deems it unsafe"."""
    subject = child(predicate, "nsubj")
    return predicate.pos_ in {"ADJ", "NOUN"} and subject is not None and subject.lower_ == "it"


def _of_gerund(verb: Token, clause_of: _ClauseOf) -> list[Token]:
    """Return the subject of a gerund after a preposition."""
    marker = verb.head
    governor, link = marker.head, marker.lower_
    if link in _NEVER_CONTROLLED:
        return []
    if belongs_to_verb(marker):
        accuser = governor.dep_ == "pobj"  # "accused by the state of lying"
        return list(clause_of(governor.head.head).subjects) if accuser else listed(governor)
    if not is_verbal(governor):
        if governor.dep_ in {"acomp", "oprd", "ccomp"} and is_verbal(governor.head):
            clause = clause_of(governor.head)  # "found them guilty of lying"
            return list(clause.objects or clause.subjects)
        if governor.pos_ == "ADP" and is_verbal(governor.head):
            governor = governor.head
        else:
            return _through_noun(governor, clause_of) if governor.pos_ == "NOUN" else []
    clause = clause_of(governor)
    if clause.passive:
        doing = clause.agents if link in _OF_DOER else ()
        if doing or link in {"by", "through", "via"}:
            return list(doing)
        return [s for s in clause.subjects if link in _OF_OBJECT or is_actor(s)]
    told = [o for o in (*clause.objects, *clause.datives) if link in _OF_OTHER or _can_act(o)]
    return told if told and link in _OF_OBJECT and marker.i > told[0].i else list(clause.subjects)


def _infinitive(verb: Token, clause: Clause) -> list[Token]:
    """Return the subject of an infinitive or gerund that is a verb's complement or purpose."""
    governor, words = clause.head, lexicon()
    lemma = governor.lemma_.lower()
    strict = lemma in words.words("objectControl", "verb")
    loose = lemma in words.words("objectPurpose", "verb")
    if clause.passive:
        given = lemma in words.words("ditransitive", "verb") and all(_can_act(s) for s in clause.subjects)
        if governor.dep_ == "acl" and clause.agents and not any(_can_act(s) for s in clause.subjects):
            return list(clause.agents)  # "promises made by the allies to help"
        if strict or loose or given:
            return list(clause.subjects)
        if verb.dep_ == "advcl":
            return list(clause.agents)  # "was closed to protect": whoever closed it
        return [] if lemma in words.words("instrumental", "verb") else list(clause.subjects)
    acting = [o for o in clause.objects if _can_act(o)]
    if verb.i < governor.i:
        return list(clause.subjects)  # "to avoid default, Mali asked"
    if lemma in words.words("tough", "verb") and clause.subjects:
        return []  # "it cost millions to build"
    if clause.datives and lemma in words.words("ditransitive", "verb"):
        return list(clause.datives)
    if lemma == "take" and not clause.subjects:
        return acting or list(clause.datives)  # "it took the crew six hours to"
    if strict and verb.dep_ != "advcl":
        if any(p.lower_ == "for" and p.i < verb.i for p in children(governor, "prep")) and clause.objects:
            return list(clause.subjects)  # "asked the bank for more time to repay"
        asked = [o.head for o in clause.obliques if o.preposition in {"on", "upon", "with"}]  # "pleaded with them to"
        return list(clause.objects or clause.datives or asked or clause.subjects)
    if (strict or loose or (verb.tag_ == "VBG" and verb.dep_ == "xcomp")) and (acting or clause.datives):
        return acting or list(clause.datives)
    asked = [o.head for o in clause.obliques if o.preposition in {"on", "upon"} and is_actor(o.head)]
    return asked if asked and lemma == "call" else list(clause.subjects)


def _participle(verb: Token, clause: Clause) -> list[Token]:
    """Return the subject of a participle beside a clause: that clause's, but for what the clause as a whole does.

    In "prices rose, leading to protests" the rise leads to them; in "the bridge was bombed, cutting the road" the
    bombing cuts it. What is passive takes only the subject who can act.
    """
    after = verb.i > clause.head.i
    if any(c.tag_ == "WRB" or c.dep_ == "mark" for c in verb.children):
        return list(clause.subjects)  # "while heading for Oslo"
    if after and verb.tag_ == "VBG":
        particle = verb.lemma_.lower() in lexicon().words("resulting", "verb")
        if particle or is_pro_verb(clause.head):
            return []
        if clause.passive:
            return list(clause.agents) or [s for s in clause.subjects if _can_act(s)]
    return list(clause.subjects)


def _can_act(noun: Token) -> bool:
    """Tell whether a noun may be somebody: a person, a body, a name."""
    if noun.ent_type_ in VALUE_LABELS:
        return is_actor(noun)
    return is_actor(noun) or noun.pos_ == "PROPN" or noun.tag_ == "PRP"
