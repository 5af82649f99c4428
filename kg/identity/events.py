"""Which events of different documents are one, and which carry out a plan.

Two tellings are one event where they are of one class, share participants, and nothing contradicts: no role that both
fill with other things, no other number of the same things, no other day. Articles tell of what has just happened, so
without a day of their own two tellings must have been published within days of each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

import pyoxigraph as ox

from kg.identity.corpus import Corpus, Merge, kg_, schema_
from kg.identity.decisions import Decisions
from kg.identity.tellings import Telling, Unnamed, ancestors, tellings
from kg.vocab import KG

_WHO = (kg_.agent, kg_.patient, kg_.recipient, kg_.partner)
_WHERE = (kg_.location, kg_.destination, kg_.origin)
_ENOUGH = 1.75
_ENOUGH_UNDATED = 3.0
_STORY = timedelta(days=3)  # how far apart articles tell of one event
_SPAN = timedelta(days=7)
_ANNOUNCED = timedelta(days=180)
_CROWDED = 200  # tellings of one class with one participant: a standing relation rather than an event

Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def decide(corpus: Corpus, decisions: Decisions) -> tuple[dict[tuple[str, str], str], list[Merge]]:
    """Return the new IRIs of events and of the participants they share, by document and IRI, and the merges."""
    told = tellings(corpus)
    countries = _countries(corpus)
    taken: set[str] = set()
    changes: dict[tuple[str, str], str] = {}
    merges: list[Merge] = []
    for score, reason, one, other in _pairs(corpus, told, countries, decisions):
        if one.iri in taken or other.iri in taken:
            continue  # what is one now is looked at again as a whole
        taken |= {one.iri, other.iri}
        kept, gone = sorted((one, other), key=_rank)
        renamed = [(gone.iri, kept.iri, reason, score)]
        renamed += [(old, new, "takes the same part in one event", 0.8) for new, old in _same_part(kept, gone)]
        for old, new, why, how_sure in renamed:
            documents = [document for document, page in corpus.pages.items() if old in page.facts]
            changes.update(dict.fromkeys(((d, old) for d in documents), new))
            merges.append(Merge(old, new, why, how_sure, tuple(sorted(documents))))
    return changes, merges


def _rank(event: Telling) -> tuple[object, ...]:
    """Order what is kept first: with a day of its own, more participants, a class, more documents."""
    return (event.begin is None, -event.size, not event.classes, -len(event.documents), event.iri)


def _countries(corpus: Corpus) -> frozenset[str]:
    return frozenset(iri for page in corpus.pages.values() for iri in page.of_type(schema_.Country))


def _pairs(
    corpus: Corpus, told: Mapping[str, Telling], countries: frozenset[str], decisions: Decisions
) -> list[tuple[float, str, Telling, Telling]]:
    """Return the pairs that are one event, the surest first."""
    found = []
    forced = {pair for pair in decisions.same if pair[0] in told and pair[1] in told}
    for pair in sorted(_candidates(told, ancestors(corpus)) | forced):
        one, other = told[pair[0]], told[pair[1]]
        if pair in forced:
            found.append((1.0, "decided by the user", one, other))
        elif pair not in decisions.different and (score := _score(one, other, countries)):
            found.append((score[0], score[1], one, other))
    return sorted(found, key=lambda each: (-each[0], each[2].iri, each[3].iri))


def _candidates(told: Mapping[str, Telling], above: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Return pairs that have a class, or without a class a trigger, and a participant in common."""
    blocks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in told.values():
        kinds = {up for name in event.classes for up in above.get(name, {name})} or event.triggers
        words = {u.words for found in event.unnamed.values() for u in found if " " in u.words}
        for kind in kinds:
            for other in event.everyone | words:
                blocks[kind, other].add(event.iri)
    return {pair for block in blocks.values() if len(block) <= _CROWDED for pair in combinations(sorted(block), 2)}


def _score(one: Telling, other: Telling, countries: frozenset[str]) -> tuple[float, str] | None:
    if one.ahead != other.ahead:
        return None
    if _same_content(one, other):
        return 0.95, "the same said of the same things"
    if one.documents & other.documents or _contradict(one, other, countries) or (when := _when(one, other)) is None:
        return None
    shared, who = _shared(one, other)
    evidence = shared + when + 0.25 * bool(one.triggers & other.triggers)
    enough = _ENOUGH if when else _ENOUGH_UNDATED
    if not who or evidence < enough:
        return None
    score = round(min(0.94, 0.6 + 0.1 * (evidence - enough + 1)), 2)
    return score, "one class, shared participants, the same days, and nothing that contradicts"


def _same_content(one: Telling, other: Telling) -> bool:
    return (
        not one.unnamed and not other.unnamed and bool(one.everyone)
        and (one.classes, one.triggers, one.named, one.begin, one.end)
        == (other.classes, other.triggers, other.named, other.begin, other.end)
    )  # fmt: skip


def _contradict(one: Telling, other: Telling, countries: frozenset[str]) -> bool:
    for role in _WHO:
        mine, theirs = one.named.get(role, frozenset()), other.named.get(role, frozenset())
        unnamed, others = one.unnamed.get(role, frozenset()), other.unnamed.get(role, frozenset())
        if mine and theirs and not mine & theirs:
            return True
        if unnamed and others and not mine & theirs and not {u.head for u in unnamed} & {u.head for u in others}:
            return True
        if any(_other_number(u, v) for u in unnamed for v in others):
            return True
    for role in _WHERE:
        mine, theirs = one.named.get(role, frozenset()), other.named.get(role, frozenset())
        if mine and theirs and not mine & theirs and bool(mine & countries) == bool(theirs & countries):
            return True
    return False


def _other_number(one: Unnamed, other: Unnamed) -> bool:
    return one.head == other.head and bool(one.quantity and other.quantity) and one.quantity != other.quantity


def _shared(one: Telling, other: Telling) -> tuple[float, bool]:
    """Return what the shared participants count for, and whether one of them tells this event from others."""
    names = len(one.everyone & other.everyone)
    words, heads = 0, 0
    for role in _WHO:
        mine, theirs = one.unnamed.get(role, frozenset()), other.unnamed.get(role, frozenset())
        same = {u.words for u in mine if " " in u.words} & {u.words for u in theirs}
        words += len(same)
        heads += len({u.head for u in mine if u.words not in same} & {u.head for u in theirs if u.words not in same})
    return names + words + 0.75 * heads, bool(names) or (bool(words) and _same_day(one, other))


def _same_day(one: Telling, other: Telling) -> bool:
    return one.begin is not None and (one.begin, one.end) == (other.begin, other.end)


def _when(one: Telling, other: Telling) -> float | None:
    """Return what the times count for: None where they do not fit, 0 where nothing is known of them."""
    if one.begin and other.begin:
        if not (_within(one, other) or _within(other, one)):
            return None
        return 0.75 if _same_day(one, other) else 0.5
    mine, theirs = one.window(), other.window()
    if mine is None or theirs is None:
        return 0.0
    if (one.begin or one.end or other.begin or other.end) and not (mine[0] <= theirs[1] and theirs[0] <= mine[1]):
        return None
    days = (*one.published, *other.published)
    if not one.published or not other.published or max(days) - min(days) > _SPAN:
        return None
    gap = max(min(other.published) - max(one.published), min(one.published) - max(other.published), timedelta(0))
    return None if gap > _STORY else 0.5 if not gap else 0.25


def _within(one: Telling, other: Telling) -> bool:
    first, last = other.begin or date.min, other.end or date.max
    return first <= (one.begin or date.min) and (one.end or date.max) <= last


def _same_part(one: Telling, other: Telling) -> Iterator[tuple[str, str]]:
    """Yield unnamed participants that are one: the only ones of their noun in the same role of one event.

    First the one that is kept: the one that says how many.
    """
    for role in sorted(one.unnamed.keys() & other.unnamed.keys()):
        for head in sorted({u.head for u in one.unnamed[role]}):
            mine = [u for u in one.unnamed[role] if u.head == head]
            theirs = [u for u in other.unnamed[role] if u.head == head]
            if len(mine) == len(theirs) == 1 and mine[0].iri != theirs[0].iri and not _other_number(mine[0], theirs[0]):
                kept, gone = sorted((*mine, *theirs), key=lambda one: not one.quantity)
                yield kept.iri, gone.iri


def realized(corpus: Corpus) -> Iterator[Fact]:
    """Yield which event, told as having happened, carries out which that was planned."""
    told, countries = tellings(corpus), _countries(corpus)
    for pair in sorted(_candidates(told, ancestors(corpus))):
        plan, deed = sorted((told[pair[0]], told[pair[1]]), key=lambda event: not event.ahead)
        if plan.ahead and not deed.ahead and plan.affirmed and deed.affirmed and _carries_out(deed, plan, countries):
            yield ox.NamedNode(deed.iri), ox.NamedNode(str(KG.realizes)), ox.NamedNode(plan.iri)


def _carries_out(deed: Telling, plan: Telling, countries: frozenset[str]) -> bool:
    if not plan.published or not deed.published or _contradict(plan, deed, countries):
        return False
    announced, reported, window = min(plan.published), max(deed.published), deed.window()
    if reported < announced or reported - announced > _ANNOUNCED or window is None or window[1] < announced:
        return False
    dated = plan.begin is not None
    if dated and not (window[0] <= (plan.end or date.max) and (plan.begin or date.min) <= window[1]):
        return False
    shared, who = _shared(plan, deed)
    return (who or (dated and shared >= 1)) and shared + 0.5 * dated + 0.25 * bool(plan.triggers & deed.triggers) >= 1.5
