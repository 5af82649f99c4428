"""Verbal events: each clause gives one statement with all its arguments in their roles."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Argument, Gap, Kind, Modality, Reason, Span, Statement
from kg.nlp.annotation import Annotation
from kg.nlp.arguments import NO_FRAME, adjuncts_of, arguments_of, denied_manner
from kg.nlp.circumstances import clause_time, lies_ahead
from kg.nlp.clauses import Clause
from kg.nlp.empty import is_cleft, is_expletive, is_pro_verb, is_pseudo_cleft
from kg.nlp.support import participant_kinds
from kg.nlp.syntax import SUBJECTS, child, children, is_verbal, particles
from kg.nlp.tree import Token
from kg.nlp.wording import verb_group
from kg.ontology import lexicon
from kg.vocab import SEM

_EMPTY_OBJECTS = frozenset(
    {"it", "this", "that", "so", "what", "which", "something", "myself", "himself", "herself", "itself", "themselves"}
)


def extract_clauses(annotation: Annotation) -> Iterator[Statement | Gap]:
    """Yield the statement of each clause of the body in text order; a gap where it has none, and for the headline."""
    for index, clause in annotation.clauses.items():
        if index in annotation.body:
            statement = _statement(clause, annotation)
            reason = _reason(statement, clause, annotation)
            yield statement if reason is None else Gap(reason, statement)
        elif index in annotation.headline:
            yield Gap(Reason.HEADLINE, _statement(clause, annotation))


def _statement(clause: Clause, annotation: Annotation) -> Statement:
    verb = clause.head
    lemma = verb.lemma_.lower()
    words, oblique = _attached_words(clause) | participant_kinds(clause, annotation), _oblique_words(clause)
    event_type = annotation.types.verb(lemma, words=words, oblique=oblique)
    frame = event_type.frame if event_type is not None else NO_FRAME
    light = _light_noun(clause, annotation.types.verb_words(lemma, words=words, oblique=oblique))
    factuality = annotation.factuality.verb(verb)
    noun_frame = event_type.noun_frame if event_type is not None else NO_FRAME
    found = arguments_of(clause, annotation, frame, light, noun_frame=noun_frame)
    if factuality.negative:
        found += tuple(denied_manner(clause, annotation))
    arguments = tuple(a for a in found if not (factuality.negative and _contrasted(a, annotation)))
    time = clause_time(clause, annotation)
    modality = factuality.modality
    if modality is Modality.ACTUAL and lies_ahead(verb, time, annotation):
        modality = Modality.PLANNED
    return Statement(
        kind=_kind(clause, annotation),
        predicate=event_type.iri if event_type is not None else str(SEM.Event),
        trigger=lemma,
        trigger_span=_trigger_span(clause),
        surface=verb_group(verb),
        evidence=annotation.sentence_spans[verb.i],
        arguments=arguments,
        adjuncts=adjuncts_of(clause, annotation, frame),
        modality=modality,
        polarity=factuality.polarity,
        speaker=annotation.speaker(verb),
        time=time,
        rule=f"clause.{clause.how or 'bare'}",
    )


# -- which clauses speak of something


def _reason(statement: Statement, clause: Clause, annotation: Annotation) -> Reason | None:
    """Return why a clause is no statement of its own: another word says what happens, or nobody takes part."""
    verb, complement = clause.head, clause.complement
    if complement is not None and verb.lemma_ == "be" and any(is_verbal(c) for c in children(complement, "xcomp")):
        return Reason.INFINITIVE  # "is ready to hold"
    infinitives = [
        c
        for c in clause.embedded
        if c.dep_ == "xcomp" and (c.tag_ in {"VB", "VBG"} or any(t.tag_ == "TO" for t in c.children))
    ]
    if infinitives and verb.lemma_.lower() in lexicon().words("transparent", "verb"):
        return Reason.INFINITIVE  # "is expected to adopt", "began shelling"
    subject = child(verb, *SUBJECTS, "expl")
    if is_cleft(verb) or is_pseudo_cleft(verb) or is_pro_verb(verb):
        return Reason.STAND_IN
    if subject is not None and verb.lemma_ == "be" and is_expletive(subject, verb):
        return Reason.STAND_IN
    if complement is not None and subject is not None and subject.dep_ == "expl":
        if _names_event(complement, annotation):
            return Reason.NOMINAL  # "there were clashes"
        if child(complement, "acl", "ccomp") is not None:
            return Reason.STAND_IN  # "there is no evidence that"
    alone = complement is not None and (complement.pos_ == "ADJ" or subject is None)
    told = [a for a in statement.arguments if a.slot != "adverb" and not (alone and a.slot == "complement")]
    if not told:
        return Reason.NO_PARTICIPANT
    alone = all(a.slot in {"subject", "adverb"} for a in statement.arguments)
    empty = alone and verb.lemma_.lower() in lexicon().words("emptyAlone", "verb")
    return Reason.NO_PREDICATE if empty and not statement.adjuncts and statement.time is None else None


def _names_event(noun: Token, annotation: Annotation) -> bool:
    lemma = noun.lemma_.lower()
    return annotation.types.is_event_noun(lemma) or annotation.types.noun(lemma) is not None


def _trigger_span(clause: Clause) -> Span:
    """Return where the word stands that says what happens: the adjective after a copula ("is ready"), or the verb."""
    word = clause.head
    if clause.complement is not None and clause.complement.pos_ == "ADJ" and word.lemma_ == "be":
        word = clause.complement
    return Span(word.idx, word.idx + len(word))


def _kind(clause: Clause, annotation: Annotation) -> Kind:
    verb = clause.head
    lemma = verb.lemma_.lower()
    words = lexicon()
    if verb.i in annotation.cue_tokens and lemma in words.words("neutralSpeech", "verb"):
        return Kind.REPORT
    if lemma in words.words("bareSpeech", "verb") and all(o.lower_ in _EMPTY_OBJECTS for o in clause.objects):
        return Kind.REPORT
    return Kind.EVENT


def _attached_words(clause: Clause) -> frozenset[str]:
    """Return the lemmas that can make one trigger with the verb: particles, prepositions, objects, predicates."""
    verb = clause.head
    found = {p.lower_ for p in particles(verb)}
    settings = lexicon().words("adjunctPhrase", "phrase")
    for each in verb.children:
        if each.dep_ in {"prep", "advmod", "dative", "agent"}:
            nouns = [n.lemma_.lower() for n in each.children if n.dep_ == "pobj"]
            if not (nouns and all(f"{each.lower_} {noun}" in settings for noun in nouns)):
                found.update([each.lower_, *nouns])  # "voted for", but not "voted for the first time"
        elif each.dep_ in {"dobj", "acomp", "attr", "nsubjpass"}:
            found.add(each.lemma_.lower())
            found.update(c.lemma_.lower() for c in each.children if c.dep_ in {"compound", "amod"})
    found.update(o.lemma_.lower() for o in clause.objects)
    return frozenset(found)


def _oblique_words(clause: Clause) -> frozenset[str]:
    """Return the lemmas of the nouns that stand after a preposition."""
    phrases = children(clause.head, "prep", "advmod", "dative", "agent")
    return frozenset(n.lemma_.lower() for p in phrases for n in children(p, "pobj")) - {
        o.lemma_.lower() for o in clause.objects
    }


def _light_noun(clause: Clause, in_trigger: frozenset[str]) -> Token | None:
    """Return the object that makes the event with its verb ("launch an attack", "impose sanctions")."""
    candidates = clause.objects or (clause.subjects if clause.passive else ())
    return next((noun for noun in candidates if noun.lemma_.lower() in in_trigger), None)


# -- who is meant


def _contrasted(argument: Argument, annotation: Annotation) -> bool:
    """Tell whether an argument stands after "but": "did not attack Iran but Iraq" denies nothing of Iraq."""
    tokens = annotation.tokens(argument.mention.span)
    before = annotation.doc[tokens.start - 1] if tokens is not None and tokens.start else None
    if before is not None and before.pos_ == "ADP" and before.i:
        before = annotation.doc[before.i - 1]
    return before is not None and before.lower_ == "but"
