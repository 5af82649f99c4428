"""Coordinations of participants: who is one of several, also where the parser took a list for something else."""

from __future__ import annotations

from collections.abc import Iterable

from kg.nlp.syntax import FINITE_TAGS, SUBJECTS, child, children, conjuncts, is_country, is_hyphenated
from kg.nlp.tree import Token
from kg.ontology import lexicon

_CONTRASTS = frozenset({"not", "than", "unlike"})


def listed(noun: Token) -> list[Token]:
    """Return the coordinated nouns from ``noun`` on; "each of the Baltic states" is the states.

    Names of one kind after commas without "and" ("to Estonia, Latvia") are coordinated too, where the
    parser took them for appositions: a country is not an apposition to another. Who is named to say that he is not
    meant ("Egypt, but not Sudan") is none of them.
    """
    found = dict.fromkeys(conjuncts(noun))
    queue = list(found)
    for each in queue:
        new: list[Token] = []
        if (inner := distributed(each)) is not each:
            new.extend(conjuncts(inner)[1:])
        if each.ent_type_ == "GPE":
            new.extend(t for a in children(each, "appos") if _is_list_item(each, a) for t in conjuncts(a))
            new.extend(_next_in_list(each))
        queue.extend(t for t in new if t not in found)
        found.update(dict.fromkeys(new))
    members = [t for t in sorted(found, key=lambda t: t.i) if t is noun or _is_member(t)]
    return _once(distributed(t) for t in members)


def _is_member(noun: Token) -> bool:
    return not _is_contrast(noun) and not is_hyphenated(noun) and begins_clause(noun) is None


def begins_clause(noun: Token) -> Token | None:
    """Return the verb of which a coordinated noun is really the subject: "sent tanks and Chad provided trucks".

    Before the second of two coordinated verbs stands a conjunction, or its own subject.
    """
    if noun.dep_ != "conj" or noun.left_edge.i == 0 or noun.doc[noun.left_edge.i - 1].dep_ != "cc":
        return None
    for verb in noun.doc[noun.i + 1 : noun.i + 4]:
        if verb.dep_ == "conj" and verb.tag_ in FINITE_TAGS and verb.pos_ == "VERB":
            return verb if child(verb, *SUBJECTS) is None and verb.head.i < noun.i else None
        if verb.dep_ not in {"aux", "auxpass", "neg", "advmod"}:
            return None
    return None


def _once(tokens: Iterable[Token]) -> list[Token]:
    return list(dict.fromkeys(tokens))


def _is_contrast(noun: Token) -> bool:
    """Tell whether "not" stands before a coordinated noun, or "rather than" links it."""
    start = noun.left_edge.i
    words = {noun.doc[start].lower_, noun.doc[start - 1].lower_ if start else ""}
    return noun.dep_ == "conj" and not words.isdisjoint(_CONTRASTS)


def _is_list_item(first: Token, other: Token) -> bool:
    return first.lower_ != other.lower_ and not _opens_clause(other) and is_country(first) and is_country(other)


def _next_in_list(country: Token) -> list[Token]:
    """Return the country that follows a country after a comma, whatever the parser took it for.

    Only what begins a clause of its own is not an item: a subject or an owner.
    """
    doc = country.doc
    if country.i + 2 >= len(doc) or doc[country.i + 1].text != ",":
        return []
    following = doc[country.i + 2]
    starts_clause = following.dep_ in {*SUBJECTS, "poss", "compound", "conj", "appos"}
    return [following] if not starts_clause and _is_list_item(country, following) else []


def _opens_clause(name: Token) -> bool:
    """Tell whether a finite verb or an auxiliary directly follows: then the name is its subject."""
    following = name.doc[name.i + 1] if name.i + 1 < len(name.doc) else name
    return following.tag_ in {"VBZ", "VBD", "VBP", "MD"} and following.pos_ in {"VERB", "AUX"}


def distributed(noun: Token) -> Token:
    """Return the noun that "each of", "all of", "both of" quantify over; any other noun is itself."""
    if (
        noun.lower_ in lexicon().words("distributive", "noun")
        and (of := child(noun, "prep")) is not None
        and of.lower_ == "of"
    ):
        return child(of, "pobj") or noun
    return noun
