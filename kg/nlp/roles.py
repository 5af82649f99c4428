"""Which role a prepositional argument has: the frame of the trigger first, then preposition and kind of noun."""

from __future__ import annotations

from collections.abc import Mapping

from kg.events import event_types
from kg.model import Role
from kg.nlp.syntax import ACTOR_LABELS, PLACE_LABELS, VALUE_LABELS
from kg.nlp.tree import Token
from kg.ontology import lexicon

_ACTOR_PRONOUNS = frozenset({"he", "him", "she", "her", "they", "them", "us", "we", "me", "who", "whom", "you"})


def is_place(noun: Token) -> bool:
    """Tell whether a noun names or describes a place."""
    if noun.ent_type_:
        return noun.ent_type_ in PLACE_LABELS
    return noun.lemma_.lower() in lexicon().words("place", "noun")


def is_actor(noun: Token) -> bool:
    """Tell whether a noun names or describes somebody who can act."""
    if noun.ent_type_ in ACTOR_LABELS or noun.lower_ in _ACTOR_PRONOUNS:
        return True
    if noun.ent_type_ and noun.ent_type_ not in VALUE_LABELS:
        return False
    lemma, words = noun.lemma_.lower(), lexicon()
    return any(lemma in words.words(name, "noun") for name in ("person", "organisation", "occupation"))


def role_of(preposition: str, noun: Token, frame: Mapping[str, Role]) -> Role | None:
    """Return the role of ``noun`` after ``preposition``, or None where the phrase has none (time, discourse).

    ``frame`` is the trigger's own say; a preposition it names is settled by it, except that "to" a
    place stays a destination and "in" a place a location, whatever the frame expects of things.
    """
    listed = lexicon()

    def has(name: str) -> bool:
        return preposition in listed.words(name, "preposition")

    if noun.ent_type_ in {"MONEY", "PERCENT"} and preposition in {"for", "at", "with"}:
        return Role.INSTRUMENT  # a price
    if noun.ent_type_ == "QUANTITY" and preposition in _OF_MEASURE:
        return Role.MANNER  # a measure: "flew for 9,000 miles"
    if f"{preposition} {noun.lemma_.lower()}" in listed.words("adjunctPhrase", "phrase"):
        return None
    if noun.ent_type_ in {"MONEY", "PERCENT", "CARDINAL"} and preposition in _MEASURED and preposition not in frame:
        return _MEASURED[preposition]
    place, actor = is_place(noun), is_actor(noun)
    if preposition == "at" and actor and not place and noun.ent_type_ in {"", "PERSON", "NORP"}:
        role = frame.get("at", Role.RECIPIENT)  # "threw stones at the police"
        return Role.RECIPIENT if role is Role.LOCATION else role
    if preposition in frame:
        role = frame[preposition]
        if role is Role.PARTNER and noun.tag_ == "NN" and not actor and not any(noun.children):
            return Role.MANNER  # "with regret": a bare noun is no partner
        if role is Role.RECIPIENT and place and not actor and preposition in {"in", "at"}:
            return Role.LOCATION
        if role is Role.RECIPIENT and place and not actor and has("roleDestination"):
            return Role.DESTINATION
        if role is Role.DESTINATION and not place and preposition == "for":
            return Role.PURPOSE  # "sailed for Oslo", but "sailed for repairs"
        if role in (Role.TOPIC, Role.PATIENT, Role.PURPOSE) and place and has("roleLocation") and preposition == "in":
            return Role.LOCATION
        return role
    if has("notRole"):
        return None
    if place:
        for name, role in _PLACE_ROLES:
            if has(name):
                return role
    if actor:
        for name, role in _ACTOR_ROLES:
            if has(name):
                return role
    if preposition == "out of" and any(c.dep_ in {"det", "poss", "compound"} for c in noun.children):
        return Role.ORIGIN  # "pulled out of the treaty", but "out of fear"
    happens = preposition == "in" and noun.pos_ == "NOUN"
    if happens and (event_types().is_event_noun(noun.lemma_.lower()) or any(c.dep_ == "det" for c in noun.children)):
        return Role.LOCATION  # "burned in the chapel", "died in clashes", but "traded in oil"
    for name, role in _THING_ROLES:
        if has(name):
            return role
    return None


_OF_MEASURE = frozenset({"for", "at", "over", "within", "to"})
_MEASURED = {"to": Role.ATTRIBUTE, "from": Role.ORIGIN, "by": Role.MANNER}
_PLACE_ROLES = (("roleDestination", Role.DESTINATION), ("roleOrigin", Role.ORIGIN), ("roleLocation", Role.LOCATION))
_ACTOR_ROLES = (
    ("roleRecipient", Role.RECIPIENT),
    ("rolePartner", Role.PARTNER),
    ("roleOrigin", Role.ORIGIN),
    ("roleAttribute", Role.ATTRIBUTE),
    ("roleTopic", Role.TOPIC),
)
_THING_ROLES = (
    ("roleAttribute", Role.ATTRIBUTE),
    ("roleInstrument", Role.INSTRUMENT),
    ("roleCause", Role.CAUSE),
    ("rolePurpose", Role.PURPOSE),
    ("roleTopic", Role.TOPIC),
    ("roleManner", Role.MANNER),
    ("roleOrigin", Role.ORIGIN),
    ("roleLocation", Role.LOCATION),
    ("roleRecipient", Role.RECIPIENT),
    ("rolePartner", Role.PARTNER),
)
