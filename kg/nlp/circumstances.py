"""When and under what circumstances a clause is told to happen: its time, and the adverbials that are really its."""

from __future__ import annotations

from functools import cache

from kg.model import TimeExpression
from kg.nlp.annotation import Annotation
from kg.nlp.clauses import Clause, Oblique
from kg.nlp.roles import is_place
from kg.nlp.syntax import auxiliaries, children, is_verbal
from kg.nlp.time.numerals import coded_words
from kg.nlp.tree import Token
from kg.ontology import lexicon

_ADVERBIAL = frozenset({"prep", "advmod", "npadvmod", "mark"})
_MODIFIERS = frozenset({"amod", "compound", "poss"})


def clause_time(clause: Clause, annotation: Annotation) -> TimeExpression | None:
    """Return the time of a clause: the expression that hangs on its verb, else on an infinitive as real as it is."""
    lent = [o.head for o in clause.obliques if o.marker in _final_adverbials(clause, annotation)]
    found = None if lent else _own_time(clause.head, annotation) or _lent(clause, annotation)
    if found is None:
        heads = [o.head.i for o in circumstances(clause, annotation) if not _compares(o.marker)]
        found = next((annotation.time_tokens[i] for i in heads if i in annotation.time_tokens), None)
    if found is None:
        for inner in clause.embedded:
            if inner.tag_ == "VB" and clause.head.lemma_ in lexicon().words("keepsFactuality", "verb"):
                found = found or _own_time(inner, annotation)
    if (
        found is None
        and clause.head.dep_ == "xcomp"
        and clause.head.head.lemma_ in lexicon().words("transparent", "verb")
    ):
        found = _own_time(clause.head.head, annotation)
    return found


def _own_time(verb: Token, annotation: Annotation) -> TimeExpression | None:
    """Return the time that hangs on a verb, or on what stands by it: the nearest date before all others.

    A date inside the nearest one tells more ("at nine on Monday"); how long and how often come after when.
    """
    if not annotation.time_tokens:
        return None
    candidates: list[tuple[int, TimeExpression]] = []
    for each in verb.children:
        if (each.dep_ in _ADVERBIAL and not _compares(each)) or (
            each.dep_ in {"dobj", "attr"} and each.i > verb.i and each.i not in annotation.time_tokens
        ):
            candidates.extend(_times_below(each, annotation))
        if each.i in annotation.time_tokens and each.dep_ not in _MODIFIERS:
            candidates.append((each.i, annotation.time_tokens[each.i]))
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda row: (_rank(row[1]), abs(row[0] - verb.i), row[0]))
    best = ranked[0][1]
    for _, other in ranked[1:]:
        if _inside(other, best):
            best = other
    return best


def _rank(time: TimeExpression) -> int:
    """Return 0 for a date, 1 for a date with nothing known of its place in the calendar, 2 for the rest."""
    if time.begin or time.end:
        return 0
    return 1 if time.type in {"DATE", "TIME"} and not time.value.endswith("_REF") else 2


def _inside(one: TimeExpression, other: TimeExpression) -> bool:
    """Tell whether a dated time lies within a longer one."""
    if not (one.begin and one.end and other.begin and other.end):
        return False
    return other.begin <= one.begin and one.end <= other.end and (one.begin, one.end) != (other.begin, other.end)


def _compares(token: Token) -> bool:
    """Tell whether a preposition only compares with another time: "than in 2014", "from a year earlier"."""
    compared = lexicon().words("time-compared", "preposition")
    if token.lower_ in compared or token.head.lower_ in compared:
        return True
    return token.lower_ == "from" and any(t.lower_ in _shifts() for t in token.subtree)


@cache
def _shifts() -> frozenset[str]:
    words = lexicon().words
    return words("shift-ago", "adverb") | words("shift-earlier", "adverb") | {"before"}


@cache
def _stretches() -> frozenset[str]:
    """Return the nouns that name a part of a time: "the first week of May", "the end of the summer"."""
    return frozenset(coded_words("unit-", "noun")) | lexicon().words("time-boundary", "noun")


def _times_below(token: Token, annotation: Annotation) -> list[tuple[int, TimeExpression]]:
    """Return the times a preposition, adverb or object brings: at most two steps down, not through an event noun.

    What only tells which one is meant is left out ("the 2014 deal", "Sunday's vote", "the deal of 2015"), and so is
    how long before or after something else ("two days after the vote").
    """
    found: list[tuple[int, TimeExpression]] = []
    noun = token.pos_ in {"NOUN", "PROPN"} and token.i not in annotation.time_tokens
    offset = token.lower_ in {"after", "before"}
    for each in token.children:
        if each.i in annotation.time_tokens and each.dep_ not in _MODIFIERS:
            time = annotation.time_tokens[each.i]
            if not (noun and each.dep_ == "nummod") and not (offset and time.type == "DURATION"):
                found.append((each.i, time))
            found.extend(row for below in each.children if below.dep_ == "prep" for row in _below(below, annotation))
        elif each.dep_ in {"prep", "pobj", "pcomp"} and not (
            noun and each.lower_ == "of" and token.lemma_ not in _stretches()
        ):
            found.extend(_below(each, annotation))
    return found


def _below(token: Token, annotation: Annotation) -> list[tuple[int, TimeExpression]]:
    """Return the times below a token that is no event of its own."""
    if is_verbal(token) or _compares(token):
        return []
    if token.pos_ == "NOUN" and token.i not in annotation.time_tokens and annotation.types.is_event_noun(token.lemma_):
        return []
    return _times_below(token, annotation)


def _lent(clause: Clause, annotation: Annotation) -> TimeExpression | None:
    """Return the time that stands with another word of the sentence but dates this clause.

    "Speaking on Monday, she announced cuts": what goes on at the same time. "It was on Monday that they met": a cleft.
    "Monday's attack killed two": what comes about at once.
    """
    verb = clause.head
    for each in verb.lefts:
        if each.dep_ != "advcl" or each.tag_ != "VBG" or auxiliaries(each) or children(each, "mark", "nsubj"):
            continue
        if found := _own_time(each, annotation):
            return found
    if verb.lemma_ in lexicon().words("time-at-once", "verb"):
        for noun in clause.subjects:
            if annotation.types.is_event_noun(noun.lemma_) and (found := _noun_time(noun, annotation)):
                return found
    head = verb.head
    if head.lemma_ == "be" and verb.dep_ in {"ccomp", "advcl"} and any(t.lower_ == "it" for t in head.lefts):
        stressed = [t for t in head.rights if t.dep_ == "prep" and t.i < verb.i]
        if stressed and any(t.lower_ == "that" for t in children(verb, "mark")):
            return _own_time(head, annotation)
    return None


def _noun_time(noun: Token, annotation: Annotation) -> TimeExpression | None:
    """Return the time of what a noun names: "the attack on Monday", "Monday's attack"."""
    times = annotation.time_tokens
    places = [t.i for each in children(noun, "prep") if each.lower_ in {"on", "in", "at"} for t in each.children]
    found = [times[i] for i in (*places, *(t.i for t in noun.lefts if t.dep_ in _MODIFIERS)) if i in times]
    return next((time for time in found if not _rank(time)), None)


def lies_ahead(verb: Token, time: TimeExpression | None, annotation: Annotation) -> bool:
    """Tell whether a present-tense verb speaks of a day after publication ("meets on Tuesday")."""
    if (
        time is None
        or time.begin is None
        or annotation.published is None
        or time.begin <= annotation.published.isoformat()
    ):
        return False
    tenses = {verb.tag_, *(a.tag_ for a in auxiliaries(verb))}
    return bool(tenses & {"VBZ", "VBP"}) and not any(a.lemma_ == "have" for a in auxiliaries(verb))


def circumstances(clause: Clause, annotation: Annotation) -> list[Oblique]:
    """Return the prepositional arguments of a clause, with those that a participle at its end took from it."""
    lent = _final_adverbials(clause, annotation)
    found = [o for o in clause.obliques if o.marker not in lent]
    for noun in clause.objects:
        for participle in children(noun, "acl"):
            if participle.i in annotation.clauses:
                inner = annotation.clauses[participle.i]
                markers = _final_adverbials(inner, annotation)
                found += [o for o in inner.obliques if o.marker in markers]
    return found


def _final_adverbials(clause: Clause, annotation: Annotation) -> list[Token]:
    """Return the prepositions of place and time that end a main clause after a participle with its agent.

    In "signed a deal brokered by Turkey in Istanbul on Friday" the day dates the signing, not the brokering, and
    the place goes with the day.
    """
    participle = clause.head
    noun = participle.head
    if (
        participle.dep_ != "acl"
        or not clause.agents
        or noun.dep_ != "dobj"
        or not is_verbal(noun.head)
        or noun.head.tag_ != "VBD"
    ):
        return []
    after = [o for o in clause.obliques if o.marker.i > clause.agents[-1].i]
    if not after or after[-1].head.i not in annotation.time_tokens or _own_time(noun.head, annotation) is not None:
        return []
    return [o.marker for o in after if o.head.i in annotation.time_tokens or is_place(o.head)]
