"""What the governor of an event noun lends it: "carried out a raid", "is under investigation", "there were clashes"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Argument, Role
from kg.nlp.annotation import Annotation
from kg.nlp.clauses import Clause
from kg.nlp.roles import is_actor, is_place, role_of
from kg.nlp.syntax import VALUE_LABELS, child, children, is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon


def participant_kinds(clause: Clause, annotation: Annotation) -> frozenset[str]:
    """Return what kinds of participants a clause has, as triggers ask for them: "object:person", "subject:storm".

    A slot is "subject", "object" or a preposition; its kind "person", "actor" (persons too), "place", "thing", the
    lemma of a subject, or the name of the class that an event noun evokes ("in:Accident"). "object:none" is a verb
    without object, "object:clause" one with a clause. What an unknown name or "it" stands for is not said.
    """
    done_to = clause.objects or (clause.subjects if clause.passive else ())
    doers = clause.agents if clause.passive else clause.subjects
    found = {f"object:{kind}" for noun in done_to for kind in noun_kinds(noun, annotation)}
    for noun in doers:
        found.update(f"subject:{kind}" for kind in (noun.lemma_.lower(), *noun_kinds(noun, annotation)))
    for oblique in clause.obliques:
        found.update(f"{oblique.preposition}:{kind}" for kind in noun_kinds(oblique.head, annotation))
    if any(verb.dep_ == "ccomp" for verb in clause.embedded):
        found.add("object:clause")
    elif not done_to:
        found.add("object:none")
    return frozenset(found)


def noun_kinds(noun: Token, annotation: Annotation) -> Iterator[str]:
    """Yield what kinds of participant a noun denotes, beside its lemma."""
    lemma, words = noun.lemma_.lower(), lexicon()
    if noun.ent_type_ in VALUE_LABELS:
        return
    if is_place(noun):
        yield "place"
    if is_actor(noun):
        yield "actor"
        people = words.words("person", "noun") | words.words("occupation", "noun")
        if noun.ent_type_ == "PERSON" or noun.pos_ == "PRON" or lemma in people:
            yield "person"
    elif noun.pos_ == "NOUN" and not noun.ent_type_:
        event_type = annotation.types.noun(lemma)
        if event_type is not None:
            yield event_type.name
        if not any(is_actor(c) for p in children(noun, "prep") if p.lower_ == "of" for c in children(p, "pobj")):
            yield "thing"  # but "a majority of voters"
    elif noun.ent_type_ in {"PRODUCT", "WORK_OF_ART", "LAW", "EVENT"}:
        yield "thing"


def support(noun: Token, annotation: Annotation) -> Clause | None:
    """Return the clause that only says that what the noun names takes place, is done or undergone, or None.

    "Carried out a raid", "suffered a defeat", "is under investigation", "there were clashes", "a riot broke out".
    """
    noun = _first(noun)
    verb = _governor(noun)
    clause = annotation.clauses.get(verb.i) if verb is not None else None
    if verb is None or clause is None:
        return None
    lemma, words = verb.lemma_.lower(), lexicon()
    if noun.dep_ == "attr":
        return clause if lemma == "be" and child(verb, "expl") is not None else None
    if noun.dep_ == "pobj":
        return clause if _phrase_role(noun) and lemma in words.words("phraseSupport", "verb") else None
    if noun.dep_ == "nsubj" and _occurs(verb):
        return clause
    known = words.words("supportVerb", "verb") | words.words("undergoVerb", "verb")
    return clause if lemma in known and (noun.dep_ == "dobj" or clause.passive) else None


def _first(noun: Token) -> Token:
    """Return the first of the nouns that ``noun`` is coordinated with: it shows what all of them depend on."""
    while noun.dep_ == "conj" and noun.head.pos_ == noun.pos_ and noun.head.i < noun.i:
        noun = noun.head
    return noun


def _governor(noun: Token) -> Token | None:
    """Return the verb of which the noun is an argument."""
    if noun.dep_ in {"dobj", "nsubjpass", "nsubj", "attr"}:
        return noun.head
    return noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "prep" else None


def _occurs(verb: Token) -> bool:
    """Tell whether a verb says of its subject that it happens, begins, goes on or ends."""
    return verb.lemma_.lower() in lexicon().words("phaseVerb", "verb") or _happens(verb)


def _happens(verb: Token) -> bool:
    lemma, verbs = verb.lemma_.lower(), lexicon().words("occurVerb", "verb")
    return lemma in verbs or any(f"{lemma} {c.lower_}" in verbs for c in children(verb, "dobj", "prt"))


def is_dated_by(noun: Token, clause: Clause) -> bool:
    """Tell whether the time of its supporting clause is the event's own: who begins it on Monday dates its begin."""
    return clause.head.lemma_.lower() not in lexicon().words("phaseVerb", "verb") or noun.dep_ == "attr"


def _phrase_role(noun: Token) -> str:
    """Return what the subject of "is under investigation" ("undergoer") or "is on strike" ("subject") is, or ""."""
    preposition, words = noun.head.lower_, lexicon()
    phrase = f"{preposition} {noun.lemma_.lower()}"
    if phrase in words.words("undergoing", "phrase"):
        return "undergoer"
    return "subject" if phrase in words.words("doing", "phrase") else ""


def lent_arguments(
    noun: Token, annotation: Annotation, frame: Mapping[str, Role], taken: frozenset[Role]
) -> Iterator[Argument]:
    """Yield the participants that a supporting clause or participle gives the noun, whose own ones take ``taken``."""
    clause = support(noun, annotation)
    if clause is not None:
        role, tokens = _sharer(_first(noun), clause, frame)
        if role not in taken:
            for token in tokens:
                if token.i != noun.i and token.i not in annotation.time_tokens:
                    yield Argument(role, annotation.mention(token), "subject")
        yield from _circumstances(noun, clause, annotation, frame)
    for participle in children(noun, "acl"):
        yield from _participle(participle, annotation, frame, taken)


def _sharer(noun: Token, clause: Clause, frame: Mapping[str, Role]) -> tuple[Role, tuple[Token, ...]]:
    """Return whom the governor lends to the noun, and in which role."""
    subject = frame.get("subject", Role.AGENT)
    undergoer = frame.get("undergoer", frame.get("poss", frame.get("object", Role.PATIENT)))
    if undergoer is subject and subject is Role.AGENT:
        undergoer = Role.PATIENT
    lemma, words = clause.head.lemma_.lower(), lexicon()
    if noun.dep_ == "pobj":
        role = undergoer if _phrase_role(noun) == "undergoer" else subject
        put = lemma in words.words("puttingVerb", "verb") and not clause.passive
        return role, clause.objects if put else clause.subjects
    if noun.dep_ in {"nsubj", "attr"}:
        return subject, ()
    if lemma in words.words("undergoVerb", "verb"):
        return undergoer, () if clause.passive else clause.subjects
    if clause.datives:
        return subject, ()  # "gave them a veto": not the giver's
    return subject, clause.agents if clause.passive else clause.subjects


def _circumstances(
    noun: Token, clause: Clause, annotation: Annotation, frame: Mapping[str, Role]
) -> Iterator[Argument]:
    """Yield the partners, targets and places of the clause: they are the event's, the verb has none of its own."""
    for oblique in clause.obliques:
        if oblique.head.i == noun.i or oblique.head.i in annotation.time_tokens or is_verbal(oblique.head):
            continue
        preposition = oblique.preposition
        role = role_of(preposition, oblique.head, frame)
        if preposition in frame or (role is Role.LOCATION and is_place(oblique.head)):
            if preposition == "between" and is_actor(oblique.head):
                role = frame.get("between", Role.AGENT)
            if role is not None:
                yield Argument(role, annotation.mention(oblique.head), "oblique", preposition)


def _participle(
    participle: Token, annotation: Annotation, frame: Mapping[str, Role], taken: frozenset[Role]
) -> Iterator[Argument]:
    """Yield the doer and the targets of "sanctions imposed on Iran by the EU"."""
    clause = annotation.clauses.get(participle.i)
    if clause is None or not clause.passive or participle.lemma_.lower() not in lexicon().words("supportVerb", "verb"):
        return
    role = frame.get("subject", Role.AGENT)
    if role not in taken:
        for agent in clause.agents:
            yield Argument(role, annotation.mention(agent), "oblique", "by")
    yield from _circumstances(participle, clause, annotation, frame)
