"""Verbal events: each clause gives one statement with all its arguments in their roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from spacy.tokens import Token

from kg.events import EventType
from kg.model import Adjunct, Argument, Gap, Kind, Modality, Reason, Role, Span, Statement
from kg.nlp.annotation import Annotation, span_of
from kg.nlp.circumstances import circumstances, clause_time, lies_ahead
from kg.nlp.clauses import Clause, Oblique, obliques_of
from kg.nlp.roles import is_actor, is_place, role_of
from kg.nlp.syntax import SUBJECTS, auxiliaries, child, children, conjuncts, is_verbal, particles
from kg.ontology import lexicon
from kg.vocab import SEM

NO_FRAME: Mapping[str, Role] = MappingProxyType({})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "VERB", "X", "DET"})
_VERB_PREPOSITIONS = frozenset({"to", "from", "with", "against", "over", "at"})
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "along", "across", "outside", "inside"})
_EMPTY_OBJECTS = frozenset(
    {"it", "this", "that", "so", "what", "which", "something", "myself", "himself", "herself", "itself", "themselves"}
)


def extract_clauses(annotation: Annotation) -> Iterator[Statement | Gap]:
    """Yield the statement of each clause of the body in text order; a gap where it has none, and for the headline."""
    for index, clause in annotation.clauses.items():
        if index in annotation.body:
            statement = _statement(clause, annotation)
            reason = _reason(statement, clause)
            yield statement if reason is None else Gap(reason, statement)
        elif index in annotation.headline:
            yield Gap(Reason.HEADLINE, _statement(clause, annotation))


def _statement(clause: Clause, annotation: Annotation) -> Statement:
    verb = clause.head
    words = _attached_words(clause)
    event_type = annotation.types.verb(verb.lemma_.lower(), words=words)
    frame = event_type.frame if event_type is not None else NO_FRAME
    light = _light_noun(clause, annotation)
    factuality = annotation.factuality.verb(verb)
    found = _unique(_arguments(clause, annotation, frame, light))
    arguments = tuple(a for a in found if not (factuality.negative and _contrasted(a, annotation)))
    time = clause_time(clause, annotation)
    modality = factuality.modality
    if modality is Modality.ACTUAL and lies_ahead(verb, time, annotation):
        modality = Modality.PLANNED
    return Statement(
        kind=_kind(clause, annotation),
        predicate=event_type.iri if event_type is not None else str(SEM.Event),
        trigger=verb.lemma_.lower(),
        trigger_span=_trigger_span(clause),
        surface=verb_group(verb),
        evidence=span_of(verb.sent),
        arguments=arguments,
        adjuncts=tuple(_adjuncts(clause, annotation)),
        modality=modality,
        polarity=factuality.polarity,
        speaker=annotation.speaker(verb),
        time=time,
        confidence=_confidence(clause, event_type, arguments),
        rule=f"clause.{clause.how or 'bare'}",
    )


# -- which clauses speak of something


def _reason(statement: Statement, clause: Clause) -> Reason | None:
    """Return why a clause is no statement of its own: where its infinitive says it all, or nobody takes part."""
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
    return None if statement.arguments else Reason.NO_PARTICIPANT


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
    for each in verb.children:
        if each.dep_ in {"prep", "advmod", "dative", "agent"}:
            found.add(each.lower_)
            found.update(n.lemma_.lower() for n in each.children if n.dep_ == "pobj")
        elif each.dep_ in {"dobj", "acomp", "attr", "nsubjpass"}:
            found.add(each.lemma_.lower())
            found.update(c.lemma_.lower() for c in each.children if c.dep_ in {"compound", "amod"})
    found.update(o.lemma_.lower() for o in clause.objects)
    return frozenset(found)


def _light_noun(clause: Clause, annotation: Annotation) -> Token | None:
    """Return the object that makes the event with its verb ("launch an attack", "impose sanctions")."""
    in_trigger = annotation.types.verb_words(clause.head.lemma_.lower(), words=_attached_words(clause))
    candidates = clause.objects or (clause.subjects if clause.passive else ())
    return next((noun for noun in candidates if noun.lemma_.lower() in in_trigger), None)


# -- arguments


def _arguments(
    clause: Clause, annotation: Annotation, frame: Mapping[str, Role], light: Token | None
) -> Iterator[Argument]:
    subject_role = frame.get("subject", Role.AGENT)
    object_role = _object_role(clause, frame, light)
    if subject_role is Role.PATIENT and clause.objects:
        subject_role = Role.AGENT  # "a house burned", but "rebels burned a house"
    if clause.passive:
        subject_role, by_role = (
            (object_role if not clause.objects else Role.RECIPIENT),
            frame.get("subject", Role.AGENT),
        )
        yield from _each(clause.agents, by_role, "oblique", annotation, "by")
    yield from _each(clause.subjects, subject_role, "subject", annotation, pronoun=_relative(clause, *SUBJECTS))
    yield from _each(clause.datives, frame.get("dative", Role.RECIPIENT), "dative", annotation)
    idioms = lexicon().words("fixedPhrase", "phrase")
    objects = [o for o in clause.objects if f"{clause.head.lemma_.lower()} {o.lower_}" not in idioms]
    yield from _each(objects, object_role, "object", annotation, pronoun=_relative(clause, "dobj"))
    if clause.complement is not None:
        predicates = conjuncts(clause.complement)
        yield from _each(predicates, Role.ATTRIBUTE, "complement", annotation)
        for predicate in predicates:
            yield from _obliques(obliques_of(predicate) if predicate.pos_ in {"ADJ", "VERB"} else (), annotation, frame)
    yield from _obliques(circumstances(clause, annotation), annotation, frame)
    yield from _lifted(clause, annotation, frame, light)
    yield from _place_adverbs(clause, annotation, frame)
    if not any(o.preposition in _PLACE_PREPOSITIONS and is_place(o.head) for o in clause.obliques):
        yield from _where(clause, annotation, frame)


def _object_role(clause: Clause, frame: Mapping[str, Role], light: Token | None) -> Role:
    """Return the role of the objects: what the frame says, but one who is told is a recipient."""
    if clause.head.lemma_ in lexicon().words("telling", "verb"):
        return Role.RECIPIENT
    role = frame.get("object", Role.PATIENT) if light is None else Role.PATIENT
    if role is Role.DESTINATION and any(o.preposition in {"to", "into"} for o in clause.obliques):
        return Role.PATIENT  # "flew to Nepal" goes there, "flew doctors to Nepal" takes them there
    return role


def _each(
    nouns: tuple[Token, ...] | list[Token],
    role: Role,
    slot: str,
    annotation: Annotation,
    preposition: str = "",
    *,
    pronoun: Span | None = None,
) -> Iterator[Argument]:
    for noun in nouns:
        if (noun.i not in annotation.time_tokens or slot == "subject") and (noun.pos_ in _NOMINAL or slot != "object"):
            yield Argument(role, annotation.mention(noun), slot, preposition, pronoun)


def _relative(clause: Clause, *labels: str) -> Span | None:
    found = next((r for r in clause.relatives if r.dep_ in labels), None)
    return None if found is None else Span(found.idx, found.idx + len(found))


def _obliques(
    obliques: tuple[Oblique, ...] | list[Oblique], annotation: Annotation, frame: Mapping[str, Role]
) -> Iterator[Argument]:
    for oblique in obliques:
        if oblique.head.i in annotation.time_tokens or is_verbal(oblique.head):
            continue
        role = role_of(oblique.preposition, oblique.head, frame)
        giver = oblique.marker.head.lemma_ in lexicon().words("giving", "verb")
        if role is Role.DESTINATION and giver and is_actor(oblique.head):
            role = Role.RECIPIENT  # "gave helicopters to Iceland"
        if role is not None:
            yield Argument(role, annotation.mention(oblique.head), "oblique", oblique.preposition)


def _lifted(
    clause: Clause, annotation: Annotation, frame: Mapping[str, Role], light: Token | None
) -> Iterator[Argument]:
    """Yield what the parser hung on an argument but the verb's frame asks for; all of it for a light verb's noun.

    A noun that is an event takes its own arguments. A destination is never a noun's own modifier.
    """
    for noun in clause.subjects if clause.passive else clause.objects:
        if noun is not light and _is_event(noun, annotation):
            continue
        for oblique in obliques_of(noun):
            preposition = oblique.preposition
            wanted = preposition in frame and preposition in _VERB_PREPOSITIONS
            moved = preposition in {"into", "onto"} or (preposition == "to" and frame.get("to") is Role.DESTINATION)
            if light is noun or wanted or moved:
                yield from _obliques([oblique], annotation, frame)


def _is_event(noun: Token, annotation: Annotation) -> bool:
    lemma = noun.lemma_.lower()
    return annotation.types.is_event_noun(lemma) or annotation.types.noun(lemma) is not None


def _where(clause: Clause, annotation: Annotation, frame: Mapping[str, Role]) -> Iterator[Argument]:
    """Yield the place of the things an event happens to or by, where the clause names no other.

    Somebody killed by "forces in Kabul" is killed there: physical events are where their participants are.
    """
    nouns = [*clause.objects, *clause.agents, *(clause.subjects if clause.passive else ())]
    nouns += [o.head for o in clause.obliques if o.preposition in {"at", "against", "on"}]
    for noun in nouns:
        if (noun.ent_type_ and noun.ent_type_ != "PERSON") or _is_event(noun, annotation):
            continue
        for oblique in obliques_of(noun):
            if (
                oblique.preposition in _PLACE_PREPOSITIONS
                and is_place(oblique.head)
                and oblique.head.i not in annotation.time_tokens
            ):
                role = role_of(oblique.preposition, oblique.head, frame) or Role.LOCATION
                yield Argument(role, annotation.mention(oblique.head), "oblique", oblique.preposition)


def _place_adverbs(clause: Clause, annotation: Annotation, frame: Mapping[str, Role]) -> Iterator[Argument]:
    for adverb in children(clause.head, "advmod"):
        if (
            adverb.lower_ in lexicon().words("place", "adverb")
            and adverb.i not in annotation.time_tokens
            and adverb.i > clause.head.i
        ):
            role = Role.DESTINATION if frame.get("to") in (Role.DESTINATION, Role.RECIPIENT) else Role.LOCATION
            yield Argument(role, annotation.mention(adverb), "oblique")


def _unique(arguments: Iterator[Argument]) -> Iterator[Argument]:
    """Yield each filler once: the first role it is found in."""
    seen: set[Span] = set()
    for argument in arguments:
        if argument.mention.span not in seen:
            seen.add(argument.mention.span)
            yield argument


def _contrasted(argument: Argument, annotation: Annotation) -> bool:
    """Tell whether an argument stands after "but": "did not attack Iran but Iraq" denies nothing of Iraq."""
    tokens = annotation.tokens(argument.mention.span)
    before = annotation.doc[tokens.start - 1] if tokens is not None and tokens.start else None
    if before is not None and before.pos_ == "ADP" and before.i:
        before = annotation.doc[before.i - 1]
    return before is not None and before.lower_ == "but"


# -- circumstances


def _adjuncts(clause: Clause, annotation: Annotation) -> Iterator[Adjunct]:
    doc = clause.head.doc
    for oblique in clause.obliques:
        noun = oblique.head
        if is_verbal(noun):
            yield Adjunct(oblique.preposition, span_of(doc[noun.left_edge.i : noun.right_edge.i + 1]))
        elif noun.i in annotation.time_tokens or role_of(oblique.preposition, noun, NO_FRAME) is None:
            yield Adjunct(oblique.preposition, annotation.mention(noun).span)
    for each in children(clause.head, "npadvmod"):
        if each.i in annotation.time_tokens:
            yield Adjunct("", annotation.mention(each).span)


# -- wording and weight


def verb_group(verb: Token) -> str:
    """Return the verb group as written, with the verbs that govern an infinitive ("agreed to pay")."""
    parts = {verb.i: verb.text}
    subject = child(verb, *SUBJECTS)
    start = subject.i if subject is not None and subject.i < verb.i else verb.left_edge.i
    for each in verb.children:
        if each.dep_ in {"aux", "auxpass", "neg", "prt"} or (
            each.dep_ == "advmod" and each.tag_ in {"RB", "RBR"} and start < each.i < verb.i and not any(each.children)
        ):
            parts[each.i] = each.text
    if not children(verb, "aux", "auxpass"):
        parts.update({a.i: a.text for a in auxiliaries(verb)})
    own = " ".join(parts[i] for i in sorted(parts))
    governor = verb.head
    if verb.dep_ == "xcomp" and child(verb, *SUBJECTS) is None:
        if is_verbal(governor) and not children(governor, "dobj"):
            return f"{verb_group(governor)} {own}"
        if governor.dep_ == "acomp" and is_verbal(governor.head):
            return f"{verb_group(governor.head)} {governor.text} {own}"
    return own


def _confidence(clause: Clause, event_type: EventType | None, arguments: tuple[Argument, ...]) -> float:
    """Return a first estimate of how likely the statement is right: less for what had to be inferred."""
    weight = {"own": 0.9, "shared": 0.8, "relative": 0.8, "control": 0.75, "participle": 0.75}.get(clause.how, 0.6)
    if len(arguments) == 1:
        weight -= 0.1
    if event_type is None:
        weight -= 0.05
    if any(a.mention.pronoun and a.mention.antecedent is None for a in arguments):
        weight -= 0.1
    return round(max(weight, 0.3), 2)
