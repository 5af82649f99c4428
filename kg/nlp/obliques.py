"""Prepositional arguments: which preposition, of one word or several, brings which noun."""

from __future__ import annotations

from dataclasses import dataclass

from kg.nlp.lists import distributed, listed
from kg.nlp.syntax import (
    PLACE_LABELS,
    SETTING,
    SUBJECTS,
    VALUE_LABELS,
    belongs_to_verb,
    child,
    children,
    has_relative,
    is_country,
    is_hyphenated,
    is_verbal,
)
from kg.nlp.tree import Token
from kg.ontology import lexicon

_PREPOSITION_TAGS = frozenset({"ADP", "SCONJ", "VERB", "ADV", "ADJ", "PART"})


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional argument: the preposition as one string ("in response to"), and its noun."""

    preposition: str
    marker: Token
    head: Token


def obliques_of(token: Token) -> list[Oblique]:
    """Return the prepositional arguments of a verb, noun or adjective."""
    found: list[Oblique] = []
    for each in token.children:
        if each.dep_ in {"prep", "dative", "agent"} and each.pos_ in _PREPOSITION_TAGS:
            found.extend(prepositional(each, _name(each)))
    return found


def _name(marker: Token) -> str:
    """Return a preposition with the adverb that makes one word with it: "together with"."""
    before = marker.doc[marker.i - 1] if marker.i else marker
    if before.dep_ == "advmod" and before.head == marker:
        both = f"{before.lower_} {marker.lower_}"
        if both in lexicon().words("rolePartner", "preposition"):
            return both
    return marker.lower_


def prepositional(marker: Token, name: str) -> list[Oblique]:
    """Return the arguments of one preposition, which is called ``name``."""
    found: list[Oblique] = []
    first = child(marker, "pobj")
    for each in marker.children:
        if each.dep_ == "pobj" and (is_hyphenated(each) or (each is not first and each is misplaced_subject(each))):
            continue
        if each.dep_ in {"pobj", "pcomp"}:
            found.extend(_object(marker, name, each))
        elif each.dep_ == "prep":  # "out of X"; but "from 2001 to 2005" are two
            found.extend(prepositional(each, each.lower_ if first is not None else f"{name} {each.lower_}"))
        elif each.dep_ == "conj" and each.pos_ == "ADP":
            found.extend(prepositional(each, each.lower_))
    if not found and first is None and (place := _next_place(marker)) is not None:
        found.append(Oblique(name, marker, place))
    return found


def _object(marker: Token, name: str, each: Token) -> list[Oblique]:
    inner = _complex(name, each)
    if inner is not None:
        return inner
    if f"{name} {each.lower_}" in lexicon().words("fixedPhrase", "phrase"):
        return []
    if each.dep_ == "pcomp" and each.pos_ == "ADP":
        return prepositional(each, f"{name} {each.lower_}")
    if each.dep_ == "pcomp":
        return [Oblique(name, marker, each)]
    nouns = listed(antecedent(each))
    if name == "between" and each.ent_type_ in VALUE_LABELS:
        nouns = nouns[:1]
    found = [Oblique(name, marker, noun) for noun in nouns]
    for noun in nouns:
        if is_country(noun):  # "held talks with Oman in Muscat": a country is not in a place
            found += [o for p in children(noun, "prep") if p.lower_ in SETTING for o in prepositional(p, p.lower_)]
    return found


def _next_place(marker: Token) -> Token | None:
    """Return the place that follows a preposition with nothing below it ("a ferry off Sicily"), however parsed."""
    if marker.i + 1 >= len(marker.doc) or any(True for _ in marker.children) or marker.dep_ != "prep":
        return None
    following = marker.doc[marker.i + 1]
    if following.ent_type_ not in PLACE_LABELS or following.dep_ in {*SUBJECTS, "poss", "compound"}:
        return None
    return following if not following.is_sent_start else None


def _complex(name: str, noun: Token) -> list[Oblique] | None:
    """Read "in response to X" as one preposition with the argument X."""
    for each in noun.children:
        if each.dep_ == "prep" and f"{name} {noun.lower_} {each.lower_}" in lexicon().words(
            "complexPreposition", "phrase"
        ):
            return prepositional(each, f"{name} {noun.lower_} {each.lower_}")
    return None


def clause_obliques(verb: Token) -> list[Oblique]:
    """Return the prepositional arguments of a clause: of the verb, its particles and adverbs, and shared ones."""
    found: list[Oblique] = []
    later: list[Oblique] = []
    loose: Token | None = None  # a preposition with nothing after it
    coordinated = False
    for each in verb.children:
        dep = each.dep_
        if dep in {"prep", "dative"}:
            if each.pos_ in _PREPOSITION_TAGS:
                found.extend(prepositional(each, _name(each)))
            if dep == "prep" and loose is None and child(each, "pobj", "pcomp", "prep") is None:
                loose = each
        elif dep == "conj":
            coordinated = True
        else:
            later.extend(_of_other(verb, each))
    if verb.dep_ == "relcl":
        later += _relative(verb)
    elif loose is not None and coordinated:
        later += _shared(verb, loose)
    return found + later


def _of_other(verb: Token, each: Token) -> list[Oblique]:
    """Return what a verb's particle, adverb, object or subject has that is the verb's."""
    dep = each.dep_
    if dep == "prt":  # a particle with an object is a preposition: "called on them"
        return prepositional(each, each.lower_) if child(each, "pobj") is not None else obliques_of(each)
    if dep == "advmod" and each.i > verb.i:
        return [o for p in children(each, "prep") for o in prepositional(p, f"{each.lower_} {p.lower_}")]
    if dep == "dobj":
        own = [p for p in children(each, "prep") if belongs_to_verb(p)]
        return [o for p in own for o in prepositional(p, p.lower_)]
    if dep in {"nsubj", "nsubjpass"}:
        beside = lexicon().words("companion", "preposition")
        return [o for o in obliques_of(each) if o.preposition in beside]
    return []


def _relative(verb: Token) -> list[Oblique]:
    """Return what a relative clause makes of its antecedent: "the city they fled from", "the city where they met"."""
    noun = distributed(verb.head)
    if (marker := stranded(verb)) is not None:
        return [Oblique(marker.lower_, marker, noun)]
    where = next((c for c in children(verb, "advmod") if c.lower_ == "where" and c.i < verb.i), None)
    return [Oblique("in", where, noun)] if where is not None else []


def _shared(verb: Token, marker: Token) -> list[Oblique]:
    """Return the object that a preposition shares with the next verb: "shot at and wounded a driver"."""
    following = next((c for c in children(verb, "conj") if is_verbal(c) and child(c, *SUBJECTS) is None), None)
    if following is None or any(t.dep_ not in {"cc", "advmod"} for t in verb.doc[marker.i + 1 : following.i]):
        return []
    return [Oblique(marker.lower_, marker, noun) for each in children(following, "dobj") for noun in listed(each)]


def stranded(verb: Token) -> Token | None:
    """Return the preposition left behind in "the country they came from"."""
    return next((p for p in children(verb, "prep") if child(p, "pobj", "pcomp", "prep") is None), None)


def antecedent(token: Token) -> Token:
    """Return the noun a relative pronoun stands for; any other token is itself."""
    if has_relative(token):
        for governor in token.ancestors:
            if governor.dep_ == "relcl" and governor.head.i < token.i:
                return governor.head
    return token


def misplaced_subject(noun: Token) -> Token | None:
    """Return ``noun`` where it is a second object of a preposition, after a comma.

    A preposition takes one object: in "following the talks, a statement is expected" the second is the subject.
    """
    preposition = noun.head
    objects = children(preposition, "pobj")
    if noun.dep_ != "pobj" or len(objects) < 2 or noun.i == objects[0].i:
        return None
    return noun if any(t.text == "," for t in noun.doc[objects[0].i : noun.left_edge.i + 1]) else None
