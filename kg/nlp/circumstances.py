"""When and under what circumstances a clause is told to happen: its time, and the adverbials that are really its."""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import TimeExpression
from kg.nlp.annotation import Annotation
from kg.nlp.clauses import Clause, Oblique
from kg.nlp.roles import is_place
from kg.nlp.syntax import auxiliaries, children, is_verbal
from kg.ontology import lexicon


def clause_time(clause: Clause, annotation: Annotation) -> TimeExpression | None:
    """Return the time of a clause: the expression that hangs on its verb, else on an infinitive as real as it is."""
    lent = [o.head for o in clause.obliques if o.marker in _final_adverbials(clause, annotation)]
    found = None if lent else _own_time(clause.head, annotation)
    if found is None:
        heads = [o.head.i for o in circumstances(clause, annotation)]
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
    times = annotation.time_tokens
    candidates: list[TimeExpression] = []
    for each in verb.children:
        if each.i in times:
            candidates.append(times[each.i])
        elif each.dep_ in {"prep", "advmod", "npadvmod", "mark"} or (each.dep_ in {"dobj", "attr"} and each.i > verb.i):
            candidates.extend(_times_below(each, annotation))
    dated = [t for t in candidates if t.begin or t.end]
    return next(iter(dated or candidates), None)


def _times_below(token: Token, annotation: Annotation) -> list[TimeExpression]:
    """Return the times a preposition, adverb or object brings: at most two steps down, not through an event noun."""
    found = []
    for each in token.children:
        if each.i in annotation.time_tokens and each.dep_ not in {"amod", "compound"}:
            found.append(annotation.time_tokens[each.i])
        elif (
            each.dep_ in {"prep", "pobj", "pcomp"}
            and not is_verbal(each)
            and not (each.pos_ == "NOUN" and annotation.types.is_event_noun(each.lemma_))
        ):
            found.extend(_times_below(each, annotation))
    return found


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
