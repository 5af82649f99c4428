"""Who takes part in what an event noun names: its own modifiers first, then what its governor lends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.gazetteer import load_gazetteer
from kg.model import Argument, Mention, Role, Span
from kg.nlp.annotation import Annotation
from kg.nlp.clauses import Oblique, listed, obliques_of
from kg.nlp.roles import is_actor, is_place, role_of
from kg.nlp.support import lent_arguments
from kg.nlp.syntax import ACTOR_LABELS, VALUE_LABELS, child, children, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon
from kg.vocab import SCHEMA

_CITY = str(SCHEMA.City)
_PLACES = frozenset({_CITY, str(SCHEMA.Country), str(SCHEMA.AdministrativeArea), str(SCHEMA.Place)})
_DASHES = frozenset({"-", "–", "—", "/"})
_BEFORE_THINGS = frozenset({"of", "on", "against"})
_GOALS = frozenset({Role.DESTINATION, Role.RECIPIENT})
_MODIFIERS = ("compound", "amod", "nmod")


def noun_arguments(
    noun: Token, annotation: Annotation, frame: Mapping[str, Role], *, in_trigger: frozenset[str] = frozenset()
) -> tuple[Argument, ...]:
    """Return the participants of the event that ``noun`` names, each once.

    ``frame`` is the noun frame of its class, empty where it has none, ``in_trigger`` the words before the noun that
    are part of its trigger ("peace talks"). Slots of the frame beside prepositions, "subject" and "object" are:
    "poss", an owner where no object is named ("Navalny's arrest"); "place", an owner, adjective or name that is a place
    ("the Israeli elections"); "name", the name of a country before the noun ("Iran sanctions"); "body", "person",
    "site" and "compound", a common noun before it for a body, a person, a kind of place and anything else ("police
    raid", "hostage release", "hotel bombing", "gas exports"); "poss-plural", the owner of several; "nation", an
    adjective of nationality ("Mexican imports"); "brand", a firm's or product's name ("iPhone sales"); "undergoer",
    the subject of "receive" or "face".
    """
    found: dict[Span, Argument] = {}
    for each in _own(noun, annotation, frame, in_trigger):
        found.setdefault(each.mention.span, each)
    taken = frozenset(each.role for each in found.values())
    for each in lent_arguments(noun, annotation, frame, taken):
        found.setdefault(each.mention.span, each)
    return tuple(found.values())


def _own(
    noun: Token, annotation: Annotation, frame: Mapping[str, Role], in_trigger: frozenset[str]
) -> Iterator[Argument]:
    times = annotation.time_tokens
    obliques = [o for o in _obliques(noun, annotation, frame) if o.head.i not in times and not is_verbal(o.head)]
    subject, object_ = frame.get("subject", Role.AGENT), frame.get("object", Role.PATIENT)
    has_by = any(_names_doer(o) for o in obliques)
    has_object = any(o.preposition == "of" and not _is_doer(noun, o, has_by=has_by) for o in obliques)
    for owner in (each for p in children(noun, "poss") if p.i not in times for each in listed(p)):
        role = _owner_role(noun, owner, frame, has_object=has_object, has_by=has_by)
        yield Argument(role, _without_case(owner, annotation), "subject", "poss")
    before = [m for m in children(noun, *_MODIFIERS) if m.i not in times]
    for modifier in before:
        if modifier.ent_type_ or modifier.lemma_.lower() not in in_trigger:
            yield from _before(noun, modifier, annotation, frame, has_object=has_object)
    equals = frozenset(o.marker.i for o in obliques if o.preposition == "between" and is_actor(o.head))
    for oblique in obliques:
        found = _oblique_role(noun, oblique, frame, has_by=has_by, subject=subject, object_=object_)
        if oblique.marker.i in equals and oblique.head.ent_type_ not in VALUE_LABELS:
            found = frame.get("between", subject)  # "between Iran and six powers": what one is, the other is
        if found is not None:
            yield Argument(found, annotation.mention(oblique.head), "oblique", oblique.preposition)


# -- the owner


def _owner_role(noun: Token, owner: Token, frame: Mapping[str, Role], *, has_object: bool, has_by: bool) -> Role:
    """Return what the owner is: "X's attack" acts, "X's arrest" is acted on, "the city's worst fire" was there."""
    if is_place(owner) and (("place" in frame and not has_object) or any(_superlative(c) for c in noun.lefts)):
        return frame.get("place", Role.LOCATION)
    if has_object:
        return frame.get("subject", Role.AGENT)
    if has_by:
        return frame.get("object", Role.PATIENT)
    if noun.tag_ == "NNS" and "poss-plural" in frame:
        return frame["poss-plural"]  # "his appointments" are those he made
    return frame.get("poss", frame.get("subject", Role.AGENT))


def _without_case(owner: Token, annotation: Annotation) -> Mention:
    """Return the mention of an owner without its "'s"."""
    mention = annotation.mention(owner)
    case = child(owner, "case")
    span = mention.span
    if case is None or span.end != case.idx + len(case) or case.idx <= span.start:
        return mention
    return replace(mention, span=Span(span.start, case.idx), text=mention.text.removesuffix(case.text).rstrip())


def _superlative(modifier: Token) -> bool:
    return modifier.tag_ == "JJS" or any(c.tag_ == "RBS" for c in modifier.children)


# -- what stands before the noun


def _before(
    noun: Token, modifier: Token, annotation: Annotation, frame: Mapping[str, Role], *, has_object: bool
) -> Iterator[Argument]:
    subject = frame.get("subject", Role.AGENT)
    first = _paired(modifier) if frame.get("between") is subject else None
    if first is not None:
        yield Argument(subject, _alone(first, annotation), "subject", "compound")
        yield Argument(subject, _alone(modifier, annotation), "subject", "compound")
    elif _is_name(modifier):
        yield Argument(_name_role(modifier, frame), annotation.mention(modifier), "subject", "compound")
    elif modifier.dep_ == "compound" and modifier.pos_ == "NOUN" and not modifier.ent_type_:
        role = _common_role(noun, modifier, frame, has_object=has_object)
        if role is not None:
            yield Argument(role, annotation.mention(modifier), "subject", "compound")


def _is_name(token: Token) -> bool:
    """Tell whether a modifier is a name of its own; within a longer name ("Battle of Britain Day") only a place is."""
    if token.head.pos_ == "PROPN" and token.dep_ == "compound":
        return _is_place_name(token)
    if token.ent_type_:
        return token.ent_type_ in ACTOR_LABELS and token.ent_type_ != "PERSON"
    return token.pos_ == "PROPN" and token.dep_ == "compound" and _is_place_name(token)


def _name_role(name: Token, frame: Mapping[str, Role]) -> Role:
    """Return what a name before the noun is.

    "Polish", "U.S." and "NATO" say who acts, a "Warsaw summit" and the "Ukraine war" are there: a country that acts
    is named by its adjective, or by letters where it has none.
    """
    if _is_place_name(name):
        role = frame.get("place", Role.LOCATION)
        return role if _is_city(name) else frame.get("name", role)
    if name.ent_type_ == "NORP" and "place" in frame:
        return frame["place"]  # "the Israeli elections"
    if name.ent_type_ == "NORP" and "nation" in frame:
        return frame["nation"]  # "Mexican imports" come from there
    if name.ent_type_ in {"ORG", "PRODUCT"} and "brand" in frame:
        return frame["brand"]  # "iPhone sales"
    return frame.get("subject", Role.AGENT)


def _is_city(name: Token) -> bool:
    return any(_CITY in entry.types for entry in load_gazetteer().by_name(name.text)[:1])


def _is_place_name(name: Token) -> bool:
    text = name.text
    if text.isupper() or "." in text or name.pos_ != "PROPN" or name.ent_type_ in {"ORG", "PERSON", "NORP"}:
        return False
    entries = load_gazetteer().by_name(text)[:1]
    return any(not _PLACES.isdisjoint(e.types) for e in entries) if entries else name.ent_type_ == "GPE"


def _paired(name: Token) -> Token | None:
    """Return the first of two names joined by a dash ("NATO-Russia talks")."""
    if not name.ent_type_ or name.i < 2 or name.nbor(-1).text not in _DASHES:
        return None
    first = name.nbor(-2)
    joined = first.head.i in {name.i, name.head.i} and first.pos_ in {"PROPN", "ADJ"} and bool(first.ent_type_)
    return first if joined else None


def _alone(token: Token, annotation: Annotation) -> Mention:
    """Return the mention of one name of a pair, without the other."""
    span = Span(token.idx, token.idx + len(token))
    return replace(annotation.mention(token), span=span, text=token.text)


def _common_role(noun: Token, word: Token, frame: Mapping[str, Role], *, has_object: bool) -> Role | None:
    """Return what a common noun before the event noun is, or None: "troop withdrawal", "student protests"."""
    lemma, words = word.lemma_.lower(), lexicon()
    if lemma in words.words("place", "noun") and "site" in frame:
        return frame["site"]
    body, person = lemma in words.words("organisation", "noun"), lemma in words.words("person", "noun")
    if has_object:
        return frame.get("subject", Role.AGENT) if body or person else None  # "police killing of a boy"
    slot = "body" if body else "person" if person else "compound"
    if slot in frame:
        return frame[slot]
    if slot == "body" and noun.lemma_.lower() in words.words("subjectNoun", "noun"):
        return frame.get("subject", Role.AGENT)
    return None if slot == "body" or lemma in words.words("manner", "noun") else frame.get("compound")


# -- its prepositional phrases


def _obliques(noun: Token, annotation: Annotation, frame: Mapping[str, Role]) -> list[Oblique]:
    """Return the prepositional phrases of the noun, with those the parser hung on a thing after it.

    Only what is done has a doer, and only what moves a goal: in "the seizure of a tanker by Iran", "the sale of the
    firm to Spain" the last phrase belongs to the event.
    """
    found = [o for o in obliques_of(noun) if not (o.preposition == "by" and _may_be_outer(noun, annotation))]
    lifted: list[Oblique] = []
    for each in found:
        thing = each.head
        lemma = thing.lemma_.lower()
        if each.preposition in _BEFORE_THINGS and not thing.ent_type_ and not annotation.types.is_event_noun(lemma):
            inner = obliques_of(thing)
            made = lemma in lexicon().words("work", "noun")
            at = next((k for k, o in enumerate(inner) if _is_eventive(o, frame, made=made)), None)
            lifted += inner[at:] if at is not None else []
    return found + lifted


def _may_be_outer(noun: Token, annotation: Annotation) -> bool:
    """Tell whether "by" after the noun may name who reacts: "a protest of the award by the firm" does not say which."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    outer = annotation.types.noun(noun.head.head.lemma_.lower())
    inner = annotation.types.noun(noun.lemma_.lower())
    return outer is not None and outer.plover is not None and (inner is None or inner.plover is None)


def _is_eventive(oblique: Oblique, frame: Mapping[str, Role], *, made: bool) -> bool:
    """Tell whether a phrase after a thing belongs to what is done with it; a work ("made") has a maker and readers."""
    if made:
        return False
    if oblique.preposition == "by":
        return is_actor(oblique.head)
    return oblique.preposition in {"to", "into"} and frame.get(oblique.preposition) in _GOALS


def _oblique_role(
    noun: Token, oblique: Oblique, frame: Mapping[str, Role], *, has_by: bool, subject: Role, object_: Role
) -> Role | None:
    preposition, head = oblique.preposition, oblique.head
    if preposition == "of" and noun.lemma_.lower() in lexicon().words("effect", "noun"):
        return Role.CAUSE  # "the impact of the war"
    if preposition == "of" and frame.get("of") is Role.AGENT and object_ is Role.TOPIC and not is_actor(head):
        return object_  # "the protest of the award"
    if preposition == "of":
        return frame.get("of", subject if _is_doer(noun, oblique, has_by=has_by) else object_)
    if preposition == "by" and _names_doer(oblique):
        return subject
    if preposition == "at" and is_actor(head) and preposition not in frame:
        return Role.LOCATION  # "job cuts at the bank"
    if frame.get(preposition) is Role.AGENT and not is_actor(head):
        frame = {slot: role for slot, role in frame.items() if slot != preposition}  # "an attack from the sea"
    return role_of(preposition, head, frame)


def _names_doer(oblique: Oblique) -> bool:
    """Tell whether "by" names who acts: "a request by the defence", but "a decision by mail"."""
    head = oblique.head
    return oblique.preposition == "by" and bool(is_actor(head) or head.ent_type_ or child(head, "det", "poss"))


def _is_doer(noun: Token, oblique: Oblique, *, has_by: bool) -> bool:
    """Tell whether "of" names who acts: "a meeting of ministers" takes no object."""
    return not has_by and is_actor(oblique.head) and noun.lemma_.lower() in lexicon().words("subjectNoun", "noun")
