"""The central types, all frozen: what was read, what it says, who says so.

Offsets are Unicode code points of ``Document.text``, half open, so that
``document.text[span.start:span.end]`` is the quotation, always.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Modality(StrEnum):
    """How a claim places a statement between fact and idea."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    CONDITIONAL = "Conditional"
    REQUIRED = "Required"


class Polarity(StrEnum):
    """Whether a claim asserts or denies a statement."""

    POSITIVE = "Positive"
    NEGATIVE = "Negative"


class Role(StrEnum):
    """What an argument does in a statement (VerbNet's thematic roles, the coarse level)."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    PARTNER = "partner"
    DESTINATION = "destination"
    ORIGIN = "origin"
    LOCATION = "location"
    INSTRUMENT = "instrument"
    TOPIC = "topic"
    PURPOSE = "purpose"
    CAUSE = "cause"
    MANNER = "manner"
    ATTRIBUTE = "attribute"


class Kind(StrEnum):
    """What sort of statement: something happens, something holds, or somebody reports."""

    EVENT = "event"
    RELATION = "relation"
    REPORT = "report"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, in code points, half open.

    >>> Span(0, 4).of("NATO will deploy")
    'NATO'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known of it; ``text`` is what every offset refers to.

    ``boilerplate`` holds the spans of ``text`` that are not the article's body (headline,
    "Read more" links, source line): they are kept, and give no statements.
    ``origin`` says where it was read from, for messages only; it is not part of the identity.

    >>> Document("NATO met.", title="A meeting").id == Document("NATO met.", title="A meeting").id
    True
    """

    text: str
    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str = "en"
    identifier: str | None = None
    boilerplate: tuple[Span, ...] = ()
    headline: Span | None = None
    origin: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Return 16 hexadecimal digits of a hash of the content: the same content, the same id."""
        parts = (self.text, self.title, self.url, self.published, self.publisher, self.language, self.identifier)
        content = "\x1f".join("" if part is None else str(part) for part in parts)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many or how much: a best value, bounds where the text gives them, a unit where it has one.

    ``value`` is None where the text gives bounds alone ("dozens": lower 24).
    ``unit`` is an ISO 4217 code for money ("USD"), "%" for percentages, else the singular word.
    """

    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class QuantityExpression:
    """A quantity and the span that states it ("at least five", "$1.4 billion")."""

    span: Span
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time the text names, normalised.

    ``type`` is DATE, TIME, DURATION or SET and ``value`` the TIMEX3 value ("2016-07", "P3D",
    "PRESENT_REF"). ``begin`` and ``end`` are the first and last day (``YYYY-MM-DD``) of the
    interval it denotes, or None where it denotes none; neither is ever more precise than the text:
    a month has its first and its last day, "since 2014" has a begin alone.
    """

    span: Span
    type: str
    value: str
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: the span of what is said, of the cue, of the source's noun phrase.

    ``source`` is None where the text names nobody ("it is said that").
    """

    content: Span
    cue: Span | None = None
    source: Span | None = None


GOVERNMENT = "GOVERNMENT"  # the label of a capital's name that stands for its state's government


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names or describes a participant.

    ``span`` is the whole phrase; ``text`` its wording without participle clauses, appositions and
    relative clauses, which only speak about it; ``head`` the lemma of its head noun, which
    starts at ``head_start``; ``label`` spaCy's entity label of its name, or
    "", or GOVERNMENT for a capital that stands for its state's government; ``name`` the proper name in it, or "".
    ``antecedent`` is the mention that coreference points it to, ``members`` those that it means together.
    """

    span: Span
    text: str
    head: str
    head_start: int
    label: str = ""
    name: str = ""
    pronoun: bool = False
    quantity: Quantity | None = None
    antecedent: Mention | None = None
    members: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention in its role.

    ``slot`` is its place in the clause: subject, object, dative, oblique, complement, adverb, clause;
    ``preposition`` the word that introduced it, or ""; ``pronoun`` where the relative pronoun stands that
    takes the mention's place in the clause ("the firm *which* builds it").
    """

    role: Role
    mention: Mention
    slot: str = "object"
    preposition: str = ""
    pronoun: Span | None = None


@dataclass(frozen=True, slots=True)
class Adjunct:
    """A circumstance that has no role (a time, "after the talks"): its preposition, or "", and its span."""

    preposition: str
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing one sentence says: a predicate with arguments, and how it is said.

    For an event ``predicate`` is its class IRI (sem:Event where no class has the trigger); for a
    relation the property IRI, with the subject as AGENT and the object as PATIENT or ATTRIBUTE.
    ``trigger`` is the lemma ("deploy"), ``trigger_span`` where it stands, ``surface`` the whole
    verb group as written ("will deploy"). ``rule`` names the rule that made it.
    """

    kind: Kind
    predicate: str
    trigger: str
    trigger_span: Span
    surface: str
    evidence: Span
    arguments: tuple[Argument, ...] = ()
    adjuncts: tuple[Adjunct, ...] = ()
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.POSITIVE
    speaker: Mention | None = None
    time: TimeExpression | None = None
    confidence: float = 1.0
    rule: str = ""


class Reason(StrEnum):
    """Why a clause or an event noun gives no statement, in words for people."""

    HEADLINE = "stands in the headline"
    NO_PREDICATE = "says nothing of its subject that could be read"
    NO_PARTICIPANT = "names nobody and nothing that takes part"
    INFINITIVE = "its infinitive says what happens"
    NOMINAL = "its noun says what happens"
    STAND_IN = "only stands for another clause"
    PART_OF_TRIGGER = "is part of its verb's trigger"
    PREPOSITION = "is part of a preposition"
    MODIFIER = "only modifies another word"
    SPEECH_CUE = "is a cue of speech"
    TIME = "is a time"
    BOILERPLATE = "stands in boilerplate"
    UNREAD = "no rule reads it here"


@dataclass(frozen=True, slots=True)
class Gap:
    """An event that is named and gives no statement: why, and all the same what was read of it."""

    reason: Reason
    statement: Statement


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved participant: a thing with a name, or an unnamed one of a single document.

    ``id`` is the last part of its IRI, percent-encoded where needed ("NATO",
    "Jens_Stoltenberg", "9d41…-512-battalions"). ``types`` are class IRIs. ``head`` is given for
    unnamed participants alone, as are ``quantity`` and ``unresolved``, true of a pronoun without antecedent.
    ``members`` are ids of the members of a group, ``links`` other entities by the property that joins them to it.
    """

    id: str
    label: str
    types: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    head: str | None = None
    quantity: Quantity | None = None
    document: str | None = None
    unresolved: bool = False
    links: tuple[tuple[str, Entity], ...] = ()
