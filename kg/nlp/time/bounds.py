"""What the preposition before a time leaves of its interval: "since 2014" has no end, "by 2018" no beginning."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.nlp.time.match import Match
from kg.nlp.time.values import Period
from kg.ontology import lexicon

_SKIPPED = frozenset({"the", "about", "around", "at", "least", "on", "early", "late", "mid", "-", "as"})
_ROUGHLY = frozenset({"about", "around", "roughly", "approximately", "nearly", "almost", "some", "circa"})
_PAIRS = (({"from"}, {"to", "until", "till", "through", "-", "–"}), ({"between"}, {"and"}))


@cache
def _prepositions() -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon().words
    return words("time-bound-begin", "preposition"), words("time-bound-end", "preposition")


def preposition(match: Match) -> str:
    """Return the word that introduces the match, articles and approximations left out, in lower case."""
    offset = 1
    while offset < 4 and match.before(offset) in _SKIPPED:
        offset += 1
    return match.before(offset)


def bounds(match: Match, period: Period) -> tuple[date | None, date | None]:
    """Return first and last day as the preposition leaves them.

    What is after a period is not before its last day; what is before it is not after its first day.
    """
    begins, ends = _prepositions()
    word = preposition(match)
    near = match.before()
    if match.name in {"years", "days"}:
        return period.first, period.last
    if near in _ROUGHLY and match.name in {"unitshift", "year"}:
        return None, None
    if match.name == "unitshift" and (
        near == "over" or (near == "than" and match.before(2) in {"more", "less", "fewer"})
    ):
        back = match.has("ago") or match.has("earlier") or match.has("before")
        return (None, period.last) if back == (match.before(2) not in {"less", "fewer"}) else (period.first, None)
    if word == "than" and match.before(2) in {"later", "earlier"}:
        return (None, period.last) if match.before(2) == "later" else (period.first, None)
    if (match.before(2), match.before()) == ("up", "to"):
        return None, period.last
    if match.name == "unitshift" and word == "from":
        return period.first, period.last
    if word == "to" and match.start > 1 and match.letters[match.start - 2] == "P":  # "the 12 months to March"
        return None, period.last
    if match.word("boundary") in {"end", "close"} and word in {"after", "before"}:
        return (period.last, None) if word == "after" else (None, period.last)
    if word in {"after", "following"}:
        return (period.first if _modifies(match) else period.last), None
    if word == "before" or (word == "to" and match.before(2) == "prior"):
        return None, (period.last if _modifies(match) else period.first)
    if word == "from" and _modifies(match):
        return period.first, period.last
    if word in begins:
        return period.first, None
    if word in ends:
        return None, period.last
    return period.first, period.last


def _modifies(match: Match) -> bool:
    """Tell whether the time only modifies a noun: what is after "the 1999 trial" may still be in 1999."""
    following = match.doc[match.end] if match.end < len(match.doc) else None
    return following is not None and (following.tag_ == "POS" or following.pos_ in {"NOUN", "PROPN", "ADJ"})


def makes_range(one: Match, two: Match) -> bool:
    """Tell whether two neighbouring matches are "from ONE to TWO" or "between ONE and TWO"."""
    if two.start - one.end != 1:
        return False
    before, link = preposition(one), one.words[one.end].lower()
    return any(before in first and link in second for first, second in _PAIRS)
