"""Statements with one key become one event or relation, with all their claims.

The key of an event is what it says: class, trigger, participants by role, time, and whether it is told
as something that has happened or lies ahead. Who says so, where, and how surely, is the claim's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Document, Entity, Kind, Mention, Modality, Polarity, Role, Span, Statement

_LITERAL_ROLES = frozenset({Role.MANNER, Role.ATTRIBUTE})
_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity, another event of the document (by its trigger's start), or words."""

    role: Role
    preposition: str
    entity: Entity | None = None
    event: int | None = None
    text: str = ""

    @property
    def key(self) -> str:
        """Return what identifies the filler in the key of an event."""
        return self.entity.id if self.entity is not None else self.text


@dataclass(frozen=True, slots=True)
class Claim:
    """That the document says something at some place, by some speaker, and how."""

    id: str
    evidence: Span
    modality: Modality
    polarity: Polarity
    confidence: float
    rule: str
    speaker: Entity | None = None
    time_text: str = ""
    time_value: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as merged from the statements of one document."""

    id: str
    type: str
    trigger: str
    label: str
    fillers: tuple[Filler, ...]
    begin: str | None
    end: str | None
    ahead: bool
    claims: tuple[Claim, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: subject, property, and an entity or words, with its claims."""

    subject: Entity
    predicate: str
    value: Entity | str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What one document says, each thing once."""

    document: Document
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]


Entities = Mapping[Mention, tuple[Entity, ...]]


def digest(*parts: object) -> str:
    """Return 16 hexadecimal digits of a hash of the parts.

    >>> digest("a", 1) == digest("a", 1) != digest("a1")
    True
    """
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def merge(document: Document, statements: Iterable[Statement], entities: Entities) -> Merged:
    """Merge the statements of one document by key; the result does not depend on their order."""
    ordered = sorted(statements, key=lambda s: (s.trigger_span, s.predicate, s.rule, s.surface))
    triggers = {s.trigger_span.start for s in ordered if s.kind is Kind.EVENT}
    events: dict[str, list[tuple[Statement, Event]]] = {}
    relations: dict[tuple[str, str, str], list[Relation]] = {}
    for statement in ordered:
        if statement.kind is Kind.EVENT:
            event = _event(document, statement, entities, triggers)
            events.setdefault(event.id, []).append((statement, event))
        elif statement.kind is Kind.RELATION:
            relation = _relation(document, statement, entities)
            value = relation.value if isinstance(relation.value, str) else relation.value.id
            relations.setdefault((relation.subject.id, relation.predicate, value), []).append(relation)
    return Merged(
        document,
        tuple(_joined([e for _, e in same]) for _, same in sorted(events.items())),
        tuple(
            Relation(same[0].subject, same[0].predicate, same[0].value, _claims(same))
            for _, same in sorted(relations.items())
        ),
    )


def _joined(same: list[Event]) -> Event:
    first = same[0]
    return Event(
        first.id, first.type, first.trigger, first.label, first.fillers, first.begin, first.end, first.ahead,
        _claims(same), tuple(sorted({s for e in same for s in e.starts})),
    )  # fmt: skip


def _claims(same: Iterable[Event] | Iterable[Relation]) -> tuple[Claim, ...]:
    found = {claim.id: claim for each in same for claim in each.claims}
    return tuple(found[i] for i in sorted(found))


def _event(document: Document, statement: Statement, entities: Entities, triggers: set[int]) -> Event:
    fillers = _fillers(statement, entities, triggers)
    time = statement.time
    begin, end = (time.begin, time.end) if time is not None else (None, None)
    ahead = _lies_ahead(statement)
    # Two events without a named participant are one only inside a sentence.
    scope = (
        ""
        if any(f.entity is not None and f.entity.document is None for f in fillers)
        else f"{document.id}:{statement.trigger_span.start}"
    )
    parts = [(f.role, f.preposition, f.key) for f in fillers]
    id = digest("event", statement.predicate, statement.trigger, ahead, begin, end, scope, parts)
    return Event(
        id=id,
        type=statement.predicate,
        trigger=statement.trigger,
        label=_label(statement.trigger, fillers),
        fillers=fillers,
        begin=begin,
        end=end,
        ahead=ahead,
        claims=(_claim(document, statement, entities, id),),
        starts=(statement.trigger_span.start,),
    )


def _lies_ahead(statement: Statement) -> bool:
    return statement.modality in (Modality.PLANNED, Modality.REQUIRED, Modality.CONDITIONAL)


def _fillers(statement: Statement, entities: Entities, triggers: set[int]) -> tuple[Filler, ...]:
    found: dict[tuple[Role, str, str], Filler] = {}
    for argument in statement.arguments:
        preposition = "" if argument.role is Role.AGENT or argument.slot != "oblique" else argument.preposition
        resolved = entities[argument.mention]
        first = resolved[0]
        if argument.role in _LITERAL_ROLES and first.document is not None:
            words = (
                argument.mention.text
                if argument.role is Role.ATTRIBUTE
                else f"{preposition} {argument.mention.text}".strip()
            )
            fillers = [Filler(argument.role, preposition, text=words)]
        else:
            start = _head_start(argument.mention, triggers, statement.trigger_span)
            fillers = [
                Filler(argument.role, preposition, entity=e, event=start if e is first and first.document else None)
                for e in resolved
            ]
        for filler in fillers:
            found.setdefault((filler.role, filler.key, preposition), filler)
    return tuple(sorted(found.values(), key=lambda f: (_ROLE_ORDER[f.role], f.preposition, f.key)))


def _head_start(mention: Mention, triggers: set[int], own: Span) -> int | None:
    """Return the start of the event trigger that heads a mention ("Canada's arrest of ..."), or None."""
    return mention.head_start if mention.head_start in triggers and mention.head_start != own.start else None


def _label(trigger: str, fillers: tuple[Filler, ...]) -> str:
    """Return a short reading of an event: "NATO deploy four battalions to Estonia, Latvia"."""

    def words(filler: Filler) -> str:
        return filler.entity.label if filler.entity is not None else filler.text

    agents = ", ".join(words(f) for f in fillers if f.role is Role.AGENT)
    groups: dict[tuple[Role, str], list[str]] = {}
    for filler in fillers:
        if filler.role is not Role.AGENT:
            groups.setdefault((filler.role, filler.preposition), []).append(words(filler))
    rest = [
        f"{'' if role in _LITERAL_ROLES else preposition} {', '.join(names)}".strip()
        for (role, preposition), names in groups.items()
    ]
    return " ".join(part for part in (agents, trigger, *rest) if part)


def _relation(document: Document, statement: Statement, entities: Entities) -> Relation:
    subject, value = statement.arguments[0].mention, statement.arguments[1]
    first = entities[subject][0]
    filler: Entity | str = value.mention.text if value.role is Role.ATTRIBUTE else entities[value.mention][0]
    key = filler if isinstance(filler, str) else filler.id
    return Relation(
        first,
        statement.predicate,
        filler,
        (_claim(document, statement, entities, f"{first.id} {statement.predicate} {key}"),),
    )


def _claim(document: Document, statement: Statement, entities: Entities, about: str) -> Claim:
    speaker = entities[statement.speaker][0] if statement.speaker is not None else None
    return Claim(
        id=digest(
            "claim",
            about,
            document.id,
            statement.trigger_span,
            statement.modality,
            statement.polarity,
            speaker.id if speaker else "",
        ),
        evidence=statement.evidence,
        modality=statement.modality,
        polarity=statement.polarity,
        confidence=statement.confidence,
        rule=statement.rule,
        speaker=speaker,
        time_text=statement.time.span.of(document.text) if statement.time is not None else "",
        time_value=statement.time.value if statement.time is not None else "",
    )
