"""Nominal events: "the annexation of Crimea in 2014", "consultations between NATO and Russia"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.gazetteer import load_gazetteer
from kg.model import Adjunct, Argument, Gap, Kind, Reason, Role, Span, Statement, TimeExpression
from kg.nlp.annotation import Annotation, span_of
from kg.nlp.clauses import Oblique, listed, obliques_of
from kg.nlp.roles import is_actor, role_of
from kg.nlp.syntax import ACTOR_LABELS, children, is_verbal
from kg.ontology import lexicon
from kg.vocab import SCHEMA, SEM

_CITY = str(SCHEMA.City)
_NO_FRAME: Mapping[str, Role] = {}


def extract_nominals(annotation: Annotation) -> Iterator[Statement | Gap]:
    """Yield a statement for each event noun of the body that has an argument or a time, a gap for the others."""
    for token in annotation.doc:
        if (
            token.pos_ == "NOUN"
            and token.dep_ not in {"compound", "nmod", "amod", "npadvmod"}
            and token.i not in annotation.time_tokens
        ):
            if token.i in annotation.body:
                statement = _statement(token, annotation)
                if statement is not None:
                    known = statement.arguments or statement.time is not None
                    yield statement if known else Gap(Reason.NO_PARTICIPANT, statement)
            elif token.i in annotation.headline:
                statement = _statement(token, annotation)
                if statement is not None:
                    yield Gap(Reason.HEADLINE, statement)


def _statement(noun: Token, annotation: Annotation) -> Statement | None:
    lemma = noun.lemma_.lower()
    event_type = annotation.types.noun(lemma, words=_attached_words(noun))
    if event_type is None and not annotation.types.is_event_noun(lemma):
        return None
    if _made_by_verb(noun, annotation) or _in_preposition(noun) or noun.i in annotation.cue_tokens:
        return None
    frame = event_type.noun_frame if event_type is not None else _NO_FRAME
    arguments = _unique(list(_arguments(noun, annotation, frame)))
    factuality = annotation.factuality.noun(noun)
    return Statement(
        kind=Kind.EVENT,
        predicate=event_type.iri if event_type is not None else str(SEM.Event),
        trigger=lemma,
        trigger_span=Span(noun.idx, noun.idx + len(noun)),
        surface=noun.text,
        evidence=span_of(noun.sent),
        arguments=arguments,
        adjuncts=tuple(_adjuncts(noun, annotation)),
        modality=factuality.modality,
        polarity=factuality.polarity,
        speaker=annotation.speaker(noun),
        time=_time(noun, annotation),
        confidence=(0.7 if event_type is not None else 0.6) + (0.05 if len(arguments) > 1 else 0.0),
        rule="nominal",
    )


def _attached_words(noun: Token) -> frozenset[str]:
    return frozenset(
        c.lemma_.lower() if c.dep_ in {"compound", "amod"} else c.lower_
        for c in noun.children
        if c.dep_ in {"compound", "amod", "prep"}
    )


def _made_by_verb(noun: Token, annotation: Annotation) -> bool:
    """Tell whether the noun is part of its verb's trigger ("launch an attack"): the clause speaks of it."""
    verb = noun.head
    if noun.dep_ not in {"dobj", "nsubjpass"} or not is_verbal(verb):
        return False
    lemma, types = verb.lemma_.lower(), annotation.types
    with_noun = types.verb(lemma, words=frozenset({noun.lemma_.lower()}))
    return with_noun is not None and with_noun is not types.verb(lemma, words=frozenset())


def _in_preposition(noun: Token) -> bool:
    """Tell whether the noun is part of a preposition ("in response to")."""
    phrases = lexicon().words("complexPreposition", "phrase")
    return noun.dep_ == "pobj" and any(
        f"{noun.head.lower_} {noun.lower_} {p.lower_}" in phrases for p in children(noun, "prep")
    )


# -- arguments


def _arguments(noun: Token, annotation: Annotation, frame: Mapping[str, Role]) -> Iterator[Argument]:
    object_role = frame.get("object", Role.PATIENT)
    subject_role = frame.get("subject", Role.AGENT)
    obliques = [o for o in obliques_of(noun) if o.head.i not in annotation.time_tokens and not is_verbal(o.head)]
    has_object = any(o.preposition in {"of", "on", "against"} for o in obliques)
    for owner in (each for p in children(noun, "poss") for each in listed(p)):
        role = subject_role if has_object else frame.get("poss", subject_role)
        yield Argument(role, annotation.mention(owner), "subject", "poss")
    for each in children(noun, "compound", "amod", "nmod"):
        if each.ent_type_ in ACTOR_LABELS and each.ent_type_ != "PERSON":
            yield Argument(
                Role.LOCATION if _is_city(each) else subject_role, annotation.mention(each), "subject", "compound"
            )
    has_by = any(o.preposition == "by" for o in obliques)
    for oblique in obliques:
        agentive = "of" not in frame and not has_by and _is_doer(noun, oblique)
        oblique_role = _oblique_role(oblique, frame, subject_role if agentive else object_role, subject_role)
        if oblique_role is not None:
            yield Argument(oblique_role, annotation.mention(oblique.head), "oblique", oblique.preposition)


def _is_city(token: Token) -> bool:
    """Tell whether a name is a city's: a "Warsaw summit" is held there, while "Polish" or "U.S." says who acts."""
    return any(_CITY in entry.types for entry in load_gazetteer().by_name(token.text)[:1])


def _oblique_role(oblique: Oblique, frame: Mapping[str, Role], of_role: Role, by_role: Role) -> Role | None:
    preposition = oblique.preposition
    if preposition == "of":
        return frame.get("of", of_role)
    if preposition == "between" and is_actor(oblique.head):
        return by_role
    if preposition == "by" and (is_actor(oblique.head) or oblique.head.ent_type_ or children(oblique.head, "det")):
        return by_role  # "a request by the defence", but "a decision by mail"
    return role_of(preposition, oblique.head, frame)


def _is_doer(noun: Token, oblique: Oblique) -> bool:
    """Tell whether "of" names who acts: "a meeting of ministers" takes no object."""
    return is_actor(oblique.head) and noun.lemma_.lower() in lexicon().words("subjectNoun", "noun")


def _unique(arguments: list[Argument]) -> tuple[Argument, ...]:
    seen: dict[Span, Argument] = {}
    for argument in arguments:
        seen.setdefault(argument.mention.span, argument)
    return tuple(seen.values())


# -- circumstances


def _time(noun: Token, annotation: Annotation) -> TimeExpression | None:
    times = annotation.time_tokens
    for each in noun.children:
        if each.i in times and each.dep_ in {"npadvmod", "nmod", "compound", "amod", "poss", "advmod"}:
            return times[each.i]
        if each.dep_ == "prep":
            found = next((times[n.i] for n in each.children if n.i in times), None)
            if found is not None:
                return found
    return None


def _adjuncts(noun: Token, annotation: Annotation) -> Iterator[Adjunct]:
    for oblique in obliques_of(noun):
        if oblique.head.i in annotation.time_tokens:
            yield Adjunct(oblique.preposition, annotation.mention(oblique.head).span)
