"""The arguments of a clause in their roles: by the frame of its trigger, else by preposition and kind of noun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kg.model import Adjunct, Argument, Role, Span
from kg.nlp.annotation import Annotation, span_of
from kg.nlp.circumstances import circumstances
from kg.nlp.clauses import Clause, Oblique, obliques_of
from kg.nlp.roles import is_actor, is_place, role_of
from kg.nlp.syntax import SUBJECTS, child, children, conjuncts, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

NO_FRAME: Mapping[str, Role] = MappingProxyType({})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "VERB", "X", "DET"})
_VERB_PREPOSITIONS = frozenset({"to", "from", "with", "against", "over", "at"})
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "along", "across", "outside", "inside", "off"})


def arguments_of(
    clause: Clause,
    annotation: Annotation,
    frame: Mapping[str, Role],
    light: Token | None,
    *,
    noun_frame: Mapping[str, Role] = NO_FRAME,
) -> tuple[Argument, ...]:
    """Return the arguments of a clause, each filler once: in the first role it is found in.

    ``frame`` says which role the trigger gives a slot; ``light`` is the object that makes the event with its verb,
    whose own prepositions ``noun_frame`` knows ("an attack on").
    """
    seen: dict[Span, Argument] = {}
    for argument in _arguments(clause, annotation, frame, light, noun_frame):
        seen.setdefault(argument.mention.span, argument)
    return tuple(seen.values())


def _arguments(
    clause: Clause,
    annotation: Annotation,
    frame: Mapping[str, Role],
    light: Token | None,
    noun_frame: Mapping[str, Role],
) -> Iterator[Argument]:
    yield from _core(clause, annotation, frame, light)
    if clause.complement is not None:
        predicates = conjuncts(clause.complement)
        yield from _each(predicates, Role.ATTRIBUTE, "complement", annotation)
        for predicate in predicates:
            yield from _obliques(obliques_of(predicate) if predicate.pos_ in {"ADJ", "VERB"} else (), annotation, frame)
    yield from _obliques(circumstances(clause, annotation), annotation, frame)
    if light is not None:
        yield from _obliques(obliques_of(light), annotation, noun_frame)
    yield from _lifted(clause, annotation, frame, light)
    yield from _place_adverbs(clause, annotation, frame)
    if not any(o.preposition in _PLACE_PREPOSITIONS and is_place(o.head) for o in clause.obliques):
        yield from _where(clause, annotation, frame)


def _core(clause: Clause, annotation: Annotation, frame: Mapping[str, Role], light: Token | None) -> Iterator[Argument]:
    """Yield agents, subjects, recipients and objects."""
    subject_role = frame.get("subject", Role.AGENT)
    object_role = _object_role(clause, frame, light)
    if subject_role is Role.PATIENT and clause.objects:
        subject_role = Role.AGENT  # "a house burned", but "rebels burned a house"
    if clause.passive:
        yield from _each(clause.agents, frame.get("subject", Role.AGENT), "oblique", annotation, "by")
        subject_role = object_role if not clause.objects else Role.RECIPIENT
    yield from _each(clause.subjects, subject_role, "subject", annotation, pronoun=_relative(clause, *SUBJECTS))
    yield from _each(clause.datives, frame.get("dative", Role.RECIPIENT), "dative", annotation)
    idioms = lexicon().words("fixedPhrase", "phrase")
    objects = [o for o in clause.objects if f"{clause.head.lemma_.lower()} {o.lower_}" not in idioms]
    yield from _each(objects, object_role, "object", annotation, pronoun=_relative(clause, "dobj"))


def _object_role(clause: Clause, frame: Mapping[str, Role], light: Token | None) -> Role:
    """Return the role of the objects: what the frame says, but one who is told or promised is a recipient."""
    lemma, words = clause.head.lemma_, lexicon()
    if lemma in words.words("telling", "verb"):
        return Role.RECIPIENT
    promised = clause.embedded and lemma in words.words("giving", "verb")
    if promised and clause.objects and all(is_actor(o) for o in clause.objects):
        return Role.RECIPIENT  # "promised the union to repeal it"
    role = frame.get("object", Role.PATIENT) if light is None else Role.PATIENT
    if role is Role.DESTINATION:
        # "flew to Nepal" goes there, "flew doctors to Nepal" takes them there; "the painting was returned" too.
        vehicles = words.words("vehicle", "noun")
        moved = any(o.preposition in {"to", "into"} for o in clause.obliques)
        moved = moved or any(o.lemma_.lower() in vehicles for o in clause.objects)
        if moved or (clause.passive and frame.get("from") is Role.ORIGIN):
            return Role.PATIENT
    return role


def _each(
    nouns: Iterable[Token],
    role: Role,
    slot: str,
    annotation: Annotation,
    preposition: str = "",
    *,
    pronoun: Span | None = None,
) -> Iterator[Argument]:
    for noun in nouns:
        if noun.i in annotation.time_tokens and slot != "subject":
            continue
        if slot != "object" or noun.pos_ in _NOMINAL or child(noun, "prep") is not None:  # "most of the north"
            yield Argument(role, annotation.mention(noun), slot, preposition, pronoun)


def _relative(clause: Clause, *labels: str) -> Span | None:
    found = next((r for r in clause.relatives if r.dep_ in labels), None)
    return None if found is None else Span(found.idx, found.idx + len(found))


# -- prepositional arguments


def _obliques(obliques: Iterable[Oblique], annotation: Annotation, frame: Mapping[str, Role]) -> Iterator[Argument]:
    for oblique in obliques:
        if oblique.head.i in annotation.time_tokens or is_verbal(oblique.head):
            continue
        role = _oblique_role(oblique, frame)
        if role is not None:
            yield Argument(role, annotation.mention(oblique.head), "oblique", oblique.preposition)


def _oblique_role(oblique: Oblique, frame: Mapping[str, Role]) -> Role | None:
    """Return the role of a prepositional argument, or None where it is none: a time, discourse, a setting."""
    preposition, noun, governor = oblique.preposition, oblique.head, oblique.marker.head
    if preposition == "with" and _is_setting(oblique):
        return None
    role = role_of(preposition, noun, frame)
    words, lemma = lexicon(), governor.lemma_.lower()
    if role is Role.DESTINATION and is_actor(noun) and lemma in words.words("giving", "verb"):
        return Role.RECIPIENT  # "gave helicopters to Iceland"
    result = preposition == "into" or (preposition == "to" and "to" not in frame)
    if result and lemma in words.words("transforming", "verb"):
        return Role.ATTRIBUTE  # "was converted into a museum"
    if role is Role.TOPIC and preposition == "on" and "on" not in frame and frame.get("to") is Role.DESTINATION:
        return Role.MANNER  # "crossed the river on rafts"
    return role


def _is_setting(oblique: Oblique) -> bool:
    """Tell whether "with" opens a sentence and says of its noun how it is: "With the army in the capital, he fled"."""
    noun = oblique.head
    before = oblique.marker.i < oblique.marker.head.i and bool(oblique.marker.is_sent_start)
    return before and child(noun, "prep", "acl", "amod") is not None and any(c.dep_ == "prep" for c in noun.rights)


def _lifted(
    clause: Clause, annotation: Annotation, frame: Mapping[str, Role], light: Token | None
) -> Iterator[Argument]:
    """Yield what the parser hung on an argument but the verb's frame asks for; all of it for a light verb's noun.

    A noun that is an event takes its own arguments. A destination is never a noun's own modifier.
    """
    light_nouns = lexicon().words("lightObject", "noun")
    for noun in clause.subjects if clause.passive else clause.objects:
        whole = noun.lemma_.lower() in light_nouns
        if noun is light or (not whole and _is_event(noun, annotation)):
            continue
        for oblique in obliques_of(noun):
            preposition = oblique.preposition
            wanted = preposition in frame and preposition in _VERB_PREPOSITIONS
            moved = preposition in {"into", "onto"} or (preposition == "to" and frame.get("to") is Role.DESTINATION)
            if whole or wanted or moved:
                yield from _obliques([oblique], annotation, frame)


def _is_event(noun: Token, annotation: Annotation) -> bool:
    lemma = noun.lemma_.lower()
    return annotation.types.is_event_noun(lemma) or annotation.types.noun(lemma) is not None


def _where(clause: Clause, annotation: Annotation, frame: Mapping[str, Role]) -> Iterator[Argument]:
    """Yield the place of the things an event happens to or by, where the clause names no other.

    Somebody killed by "forces in Kabul" is killed there: physical events are where their participants are.
    """
    nouns = [*clause.objects, *clause.agents, *(clause.subjects if clause.passive else ())]
    nouns += [o.head for o in clause.obliques if o.preposition in {"at", "against", "on", "with"}]
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


def denied_manner(clause: Clause, annotation: Annotation) -> Iterator[Argument]:
    """Yield the adverbs that a negation is about: who does not pay regularly may well pay.

    They close their clause: what stands before the verb or after a comma speaks of the whole.
    """
    doc, verb = clause.head.doc, clause.head
    listed = lexicon().words("denied", "adverb")
    for adverb in children(verb, "advmod"):
        how = adverb.tag_ == "RB" and (adverb.lower_.endswith("ly") or adverb.lower_ in listed)
        if how and adverb.i > verb.i and doc[adverb.i - 1].text != "," and adverb.i not in annotation.time_tokens:
            yield Argument(Role.MANNER, annotation.mention(adverb), "adverb")


# -- circumstances


def adjuncts_of(clause: Clause, annotation: Annotation, frame: Mapping[str, Role]) -> tuple[Adjunct, ...]:
    """Return the circumstances of a clause that have no role: times, clauses after a preposition, settings."""
    return tuple(_adjuncts(clause, annotation, frame))


def _adjuncts(clause: Clause, annotation: Annotation, frame: Mapping[str, Role]) -> Iterator[Adjunct]:
    doc = clause.head.doc
    for oblique in clause.obliques:
        noun = oblique.head
        if is_verbal(noun):
            yield Adjunct(oblique.preposition, span_of(doc[noun.left_edge.i : noun.right_edge.i + 1]))
        elif noun.i in annotation.time_tokens or _oblique_role(oblique, frame) is None:
            yield Adjunct(oblique.preposition, annotation.mention(noun).span)
    for each in children(clause.head, "npadvmod"):
        if each.i in annotation.time_tokens:
            yield Adjunct("", annotation.mention(each).span)
