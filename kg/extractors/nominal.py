"""Nominal events: "the annexation of Crimea in 2014", "consultations between NATO and Russia"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Adjunct, Argument, Gap, Kind, Reason, Role, Span, Statement, TimeExpression
from kg.nlp.annotation import Annotation
from kg.nlp.circumstances import clause_time
from kg.nlp.clauses import obliques_of
from kg.nlp.event_nouns import noun_arguments
from kg.nlp.support import is_dated_by, noun_kinds, support
from kg.nlp.syntax import children, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon
from kg.vocab import SEM

_NO_FRAME: Mapping[str, Role] = {}
_MODIFIERS = frozenset({"compound", "nmod", "amod", "npadvmod"})
_TIMES = frozenset({"npadvmod", "nmod", "compound", "amod", "poss", "advmod"})
_EVENT_NAMES = frozenset({"", "EVENT", "ORG"})


def extract_nominals(annotation: Annotation) -> Iterator[Statement | Gap]:
    """Yield a statement for each event noun of the body that has an argument or a time, a gap for the others."""
    for token in annotation.doc:
        if token.pos_ in {"NOUN", "PROPN"}:
            statement = _statement(token, annotation) if _may_be_read(token, annotation) else None
            if statement is not None:
                reason = _reason(statement, token, annotation)
                yield statement if reason is None else Gap(reason, statement)


def _may_be_read(noun: Token, annotation: Annotation) -> bool:
    return noun.i in annotation.body or noun.i in annotation.headline


def _reason(statement: Statement, noun: Token, annotation: Annotation) -> Reason | None:
    """Return why an event noun gives no statement of its own, or None where it does."""
    if noun.i not in annotation.body:
        return Reason.HEADLINE
    if _made_by_verb(noun, annotation):
        return Reason.PART_OF_TRIGGER
    return None if statement.arguments or statement.time is not None else Reason.NO_PARTICIPANT


def _statement(noun: Token, annotation: Annotation) -> Statement | None:
    lemma = event_lemma(noun, annotation)
    if lemma is None or passed_over(noun, annotation) is not None:
        return None
    words = _attached_words(noun) | _kinds(noun, annotation)
    event_type = annotation.types.noun(lemma, words=words)
    arguments: tuple[Argument, ...] = ()
    if not _made_by_verb(noun, annotation):
        frame = event_type.noun_frame if event_type is not None else _NO_FRAME
        in_trigger = annotation.types.noun_words(lemma, words=words)
        arguments = noun_arguments(noun, annotation, frame, in_trigger=in_trigger)
    factuality = annotation.factuality.noun(noun)
    return Statement(
        kind=Kind.EVENT,
        predicate=event_type.iri if event_type is not None else str(SEM.Event),
        trigger=lemma,
        trigger_span=Span(noun.idx, noun.idx + len(noun)),
        surface=noun.text,
        evidence=annotation.sentence_spans[noun.i],
        arguments=arguments,
        adjuncts=tuple(_adjuncts(noun, annotation)),
        modality=factuality.modality,
        polarity=factuality.polarity,
        speaker=annotation.speaker(noun),
        time=_time(noun, annotation),
        rule="nominal",
    )


# -- which nouns name an event


def event_lemma(noun: Token, annotation: Annotation) -> str | None:
    """Return the lemma by which a noun names an event, or None.

    A proper name does so by its last word ("the Winter Olympics") or by what stands before it ("Hurricane Ida").
    """
    lemma = noun.lemma_.lower()
    if noun.pos_ == "NOUN":
        types = annotation.types
        if types.is_event_noun(lemma):
            return lemma
        if lemma not in types.nouns:
            return None
        return lemma if types.noun(lemma, words=_attached_words(noun) | _kinds(noun, annotation)) else None
    words = lexicon()
    if noun.ent_type_ in _EVENT_NAMES and (noun.lower_ in words.words("properEvent", "noun")):
        return lemma
    if noun.ent_type_ == "EVENT":
        titles = words.words("eventTitle", "noun")
        return next((c.lower_ for c in children(noun, "compound") if c.lower_ in titles), None)
    return None


def passed_over(noun: Token, annotation: Annotation) -> Reason | None:
    """Return why an event noun names no event of its own here, or None where it does."""
    if noun.i in annotation.time_tokens:
        return Reason.TIME
    if noun.dep_ in _MODIFIERS:
        return Reason.MODIFIER
    if noun.i in annotation.cue_tokens:
        return Reason.SPEECH_CUE
    return Reason.PREPOSITION if _in_preposition(noun) else None


def _attached_words(noun: Token) -> frozenset[str]:
    found = set()
    for each in noun.children:
        if each.dep_ in {"compound", "amod"}:
            found.add(each.lemma_.lower())
        elif each.dep_ == "prep":
            found.add(each.lower_)
            if each.lower_ in {"of", "for"}:
                found.update(c.lemma_.lower() for c in children(each, "pobj"))
    return frozenset(found)


def _kinds(noun: Token, annotation: Annotation) -> frozenset[str]:
    """Return the kinds of what hangs on a noun, as triggers ask for them: "poss:person", "of:thing"."""
    found = {f"poss:{kind}" for owner in children(noun, "poss") for kind in noun_kinds(owner, annotation)}
    if noun.tag_ == "NNS":
        found.add("number:plural")  # "damages" are paid, "damage" is done
    for oblique in obliques_of(noun):
        found.update(f"{oblique.preposition}:{kind}" for kind in noun_kinds(oblique.head, annotation))
    return frozenset(found)


def _made_by_verb(noun: Token, annotation: Annotation) -> bool:
    """Tell whether the noun is part of its verb's trigger: of "launch an attack", "go on strike" the clause speaks."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in {"dobj", "nsubjpass", "pobj"} or not is_verbal(verb):
        return False
    lemma = noun.lemma_.lower()
    words = {lemma, *(c.lemma_.lower() for c in children(noun, "compound", "amod"))}
    words.update(c.lower_ for c in children(verb, "prt", "prep", "dative"))
    oblique = frozenset({lemma} if noun.dep_ == "pobj" else ())
    return lemma in annotation.types.verb_words(verb.lemma_.lower(), words=words, oblique=oblique)


def _in_preposition(noun: Token) -> bool:
    """Tell whether the noun is part of a preposition ("in response to")."""
    phrases = lexicon().words("complexPreposition", "phrase")
    return noun.dep_ == "pobj" and any(
        f"{noun.head.lower_} {noun.lower_} {p.lower_}" in phrases for p in children(noun, "prep")
    )


# -- circumstances


def _time(noun: Token, annotation: Annotation) -> TimeExpression | None:
    times = annotation.time_tokens
    for each in noun.children:
        if each.i in times and each.dep_ in _TIMES:
            return times[each.i]
        if each.dep_ == "prep":
            found = next((times[n.i] for n in each.children if n.i in times), None)
            if found is not None:
                return found
    clause = support(noun, annotation)
    return clause_time(clause, annotation) if clause is not None and is_dated_by(noun, clause) else None


def _adjuncts(noun: Token, annotation: Annotation) -> Iterator[Adjunct]:
    for oblique in obliques_of(noun):
        if oblique.head.i in annotation.time_tokens:
            yield Adjunct(oblique.preposition, annotation.mention(oblique.head).span)
