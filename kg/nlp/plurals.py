"""Plurals that mean several named things together: "Peru and Chile … the two countries … they"."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kg.nlp.chains import Chain
from kg.nlp.discourse import Discourse
from kg.nlp.names import Range
from kg.nlp.people import gender_words
from kg.nlp.tree import Token
from kg.ontology import lexicon

_NUMBERS = {"two": 2, "2": 2, "both": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
_BACK = 2  # sentences


@cache
def _words() -> dict[str, frozenset[str]]:
    words = lexicon().words
    return {
        "country": words("countryNoun", "noun"),
        "city": words("cityNoun", "noun"),
        "organisation": words("genericOrganisation", "noun") | words("organisationType", "noun"),
        "generic": words("genericOrganisation", "noun") | words("genericPerson", "noun"),
        "person": words("genericPerson", "noun") | words("person", "noun") | words("occupation", "noun"),
    }


def described_together(noun: Token, discourse: Discourse) -> tuple[Chain, Range] | None:
    """Return the chain of "the two countries", "both leaders", and the span of the mention.

    It means as many things of the sort as the number says, when just so many are named in the sentence
    that last names any; else nothing.
    """
    children = list(noun.children)
    left = [c for c in children if c.i < noun.i]
    number = next((n for c in left if (n := _NUMBERS.get(c.lower_)) is not None), None)
    definite = any(c.lower_ in ("the", "both") for c in left)
    if number is None or not definite or any(c.dep_ not in ("det", "nummod", "predet") for c in left):
        return None
    if any(c.dep_ in ("relcl", "acl") or (c.dep_ == "prep" and c.lower_ == "of") for c in children):
        return None
    fits = _sort(noun)
    if fits is None or noun.dep_ in ("attr", "appos", "compound"):
        return None
    span = (left[0].i, noun.i + 1)
    chains = _last_named(noun, discourse, fits, number)
    if chains is not None:
        members = tuple(sorted(chain.mentions[0] for chain in chains))
        known = next((c for c in discourse.chains if c.members == members), None)
        if known is None:
            known = Chain("plural", members=members)
            discourse.chains.append(known)
        return known, span
    again = [c for c in discourse.latest(since=discourse.sentence[noun.i] - _BACK) if c.kind == "plural" and c.members]
    same = [c for c in again if len(c.members) == number and all(_member_fits(m, discourse, fits) for m in c.members)]
    return (same[0], span) if len(same) == 1 else None


def _sort(noun: Token) -> Callable[[Chain], bool] | None:
    """Return which chains a plural noun can mean."""
    base, words = noun.lemma_.lower(), _words()
    if base in words["country"]:
        return lambda chain: chain.is_a("Country")
    if base in words["city"]:
        return lambda chain: chain.is_a("City")
    if base in words["organisation"]:
        return lambda chain: (
            chain.kind == "organisation"
            and not chain.governments
            and (base in words["generic"] or base in chain.roles or any(base in _lower(n) for n in chain.names))
        )
    if base in words["person"]:
        gender = gender_words().get(base, "")
        return lambda chain: (
            chain.kind == "person"
            and gender in ("", chain.gender)
            and (base in words["generic"] or base in chain.roles)
        )
    return None


def _lower(words: tuple[str, ...]) -> set[str]:
    return {word.lower() for word in words}


def _last_named(noun: Token, discourse: Discourse, fits: Callable[[Chain], bool], number: int) -> list[Chain] | None:
    """Return the things of the sort in the sentence that last names one, if they are as many as the number says."""
    here = discourse.sentence[noun.i]
    for since in range(here, max(here - _BACK, 0) - 1, -1):
        found = [c for c in discourse.latest(since=since) if c.kind != "plural" and _may_fit(c, noun, fits)]
        if found:
            return found if len(found) == number and all(fits(c) for c in found) else None
    return None


def _may_fit(chain: Chain, noun: Token, fits: Callable[[Chain], bool]) -> bool:
    """Tell whether a chain is of the sort, or a person whose role is not known: that makes the number unsure."""
    return fits(chain) or (chain.kind == "person" and noun.lemma_.lower() in _words()["person"])


def _member_fits(member: Range, discourse: Discourse, fits: Callable[[Chain], bool]) -> bool:
    chain = discourse.owner.get(member[1] - 1)
    return chain is not None and fits(chain)
