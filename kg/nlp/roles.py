"""Which role a prepositional argument has: the frame of the trigger first, then preposition and kind of noun."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kg.model import Role
from kg.nlp.syntax import ACTOR_LABELS, PLACE_LABELS, VALUE_LABELS
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
    lemma = noun.lemma_.lower()
    return lemma in lexicon().words("person", "noun") or lemma in lexicon().words("organisation", "noun")


def role_of(preposition: str, noun: Token, frame: Mapping[str, Role]) -> Role | None:
    """Return the role of ``noun`` after ``preposition``, or None where the phrase has none (time, discourse).

    ``frame`` is the trigger's own say; a preposition it names is settled by it, except that "to" a
    place stays a destination and "in" a place a location, whatever the frame expects of things.
    """
    listed = lexicon()

    def has(name: str) -> bool:
        return preposition in listed.words(name, "preposition")

    if noun.ent_type_ in VALUE_LABELS and preposition in {"for", "at", "with"}:
        return Role.INSTRUMENT  # a price
    place, actor = is_place(noun), is_actor(noun)
    if preposition in frame:
        role = frame[preposition]
        if role is Role.PARTNER and noun.tag_ == "NN" and not actor and not any(noun.children):
            return Role.MANNER  # "with regret": a bare noun is no partner
        if role is Role.RECIPIENT and place and not actor and preposition in {"in", "at"}:
            return Role.LOCATION
        if role is Role.RECIPIENT and place and not actor and has("roleDestination"):
            return Role.DESTINATION
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
    for name, role in _THING_ROLES:
        if has(name):
            return role
    return None


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
