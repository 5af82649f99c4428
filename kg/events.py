"""Read the event ontology into look-up tables: which class a verb or a noun evokes, and its roles.

A trigger of several words ("call on", "open fire") matches when all its further words hang on the verb;
the one with most words wins, then the one with fewest prepositions, then the one with most kinds of participants
("object:person"), then the alphabetically first. A plain trigger evokes no class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Modality, Polarity, Role
from kg.ontology import lexicon, ontology_dir, read_turtle
from kg.vocab import KG, PREFIXES, RDF, RDFS, SEM, SKOS

_PROPERTIES = {
    str(RDFS.label): "label",
    str(RDFS.subClassOf): "parent",
    str(SKOS.notation): "notation",
    str(KG.plover): "plover",
    str(KG.ploverWhen): "plover_when",
    str(KG.trigger): "verb",
    str(KG.nounTrigger): "noun",
    str(KG.plainTrigger): "plain verb",
    str(KG.plainNounTrigger): "plain noun",
    str(KG.frame): "frame",
}
_ROOT = str(SEM.Event)
_ROLES = {role.value: role for role in Role}
# A noun trigger's head is its last word ("hunger strike"), or the word before one of these ("strike on").
_PREPOSITIONS = frozenset(
    {"against", "at", "between", "by", "for", "from", "in", "into", "of", "on", "over", "to", "with"}
)
# Words that can stand between a verb and a prepositional object of its trigger.
_LINKS = _PREPOSITIONS | {
    "after", "around", "as", "aside", "away", "back", "before", "behind", "down", "off", "onto", "out", "outside",
    "through", "under", "up", "upon", "without",
}  # fmt: skip
# Kinds of participants as `kg.nlp.support.participant_kinds` tells them; others are lemmas and classes.
_KINDS = frozenset({"actor", "clause", "none", "person", "place", "plural", "thing"})
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EventType:
    """An event class.

    ``plover`` is its PLOVER type or None, inherited; ``parents`` are its superclasses from the nearest up
    to and including ``sem:Event``. ``frame`` says which role a slot takes: a preposition, "object", "subject",
    "dative", "to-inf" or "that"; it includes the superclasses' frames, the nearer winning. ``noun_frame`` is that
    of a noun trigger, whose further slots `kg.nlp.event_nouns.noun_arguments` explains. ``plover_when`` is the
    PLOVER type of claims of another modality or polarity.
    """

    iri: str
    label: str
    plover: str | None
    parents: tuple[str, ...]
    frame: Mapping[str, Role]
    noun_frame: Mapping[str, Role]
    plover_when: Mapping[str, str]
    notation: str | None = None

    def coded(self, modality: Modality, polarity: Polarity) -> str | None:
        """Return the PLOVER type of a claim: cooperation that is only planned is an agreement, one refused a rejection.

        >>> lend = event_types().verb("lend")
        >>> lend.coded(Modality.ACTUAL, Polarity.POSITIVE), lend.coded(Modality.PLANNED, Polarity.NEGATIVE)
        ('AID', 'REJECT')
        """
        if polarity is Polarity.NEGATIVE:
            return self.plover_when.get(polarity.value, self.plover)
        return self.plover_when.get(modality.value, self.plover)

    @property
    def name(self) -> str:
        """Return the last part of the IRI ("Deploy")."""
        return self.iri.replace("#", "/").rsplit("/", 1)[-1]


_Entries = tuple[tuple[frozenset[str], EventType | None], ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventTypes:
    """The event classes and their triggers, read-only; made by `event_types`, one object for the same files."""

    types: Mapping[str, EventType]
    verbs: Mapping[str, _Entries]
    nouns: Mapping[str, _Entries]
    event_nouns: frozenset[str]

    def by_iri(self, iri: str) -> EventType | None:
        """Return the class with this IRI, or None."""
        return self.types.get(iri)

    def verb(self, lemma: str, *, words: Set[str] = _NONE, oblique: Set[str] = _NONE) -> EventType | None:
        """Return the class a verb evokes, or None.

        ``words`` are the lemmas of the particles, prepositions, objects (direct and prepositional) and
        predicate adjectives attached to the verb, and the kinds of its participants as
        `kg.nlp.support.participant_kinds` names them; ``oblique`` those of them that stand only after a preposition:
        they are part of no trigger that has none ("ended without a deal" ends no deal). A lemma short or long of a
        final "e" is understood: spaCy's rules make "stag" of "staged" and "rearreste" of "rearrested".

        >>> event_types().verb("call", words={"on"}).name
        'Ask'
        >>> event_types().verb("call") is None
        True
        >>> event_types().verb("meet", words={"object:person"}).name
        'Meet'
        >>> event_types().verb("meet", words={"resistance", "object:thing"}) is None
        True
        """
        found = _match(self._verb_entries(lemma), words, oblique)
        return found and found[1]

    def verb_words(self, lemma: str, *, words: Set[str] = _NONE, oblique: Set[str] = _NONE) -> frozenset[str]:
        """Return which of ``words`` are part of the trigger that `verb` finds; an object among them is a patient.

        >>> sorted(event_types().verb_words("hold", words={"talk", "with", "week"}))
        ['talk']
        """
        found = _match(self._verb_entries(lemma), words, oblique)
        return found[0] if found and found[1] else _NONE

    def _verb_entries(self, lemma: str) -> _Entries:
        return self.verbs.get(lemma) or self.verbs.get(f"{lemma}e") or self.verbs.get(lemma.removesuffix("e"), ())

    def noun(self, lemma: str, *, words: Set[str] = _NONE) -> EventType | None:
        """Return the class a noun evokes, or None.

        ``words`` are the lemmas of its modifiers, of its prepositions and of their objects.

        >>> event_types().noun("strike").name, event_types().noun("strike", words={"on"}).name
        ('StopWork', 'Assault')
        """
        found = _match(self.nouns.get(lemma, ()), words)
        return found and found[1]

    def noun_words(self, lemma: str, *, words: Set[str] = _NONE) -> frozenset[str]:
        """Return which of ``words`` are part of the trigger that `noun` finds.

        >>> sorted(event_types().noun_words("talk", words={"peace", "wage", "with"}))
        ['peace']
        """
        found = _match(self.nouns.get(lemma, ()), words)
        return found[0] if found and found[1] else _NONE

    def is_event_noun(self, lemma: str) -> bool:
        """Tell whether a noun denotes an event, with a class of its own or without."""
        return lemma in self.event_nouns


def _match(
    entries: _Entries, words: Set[str], oblique: Set[str] = _NONE
) -> tuple[frozenset[str], EventType | None] | None:
    for entry in entries:
        wanted = entry[0]
        if wanted <= words and (wanted.isdisjoint(oblique) or not wanted.isdisjoint(_LINKS)):
            return entry
    return None


@dataclass(frozen=True, slots=True)
class _Raw:
    """What the files say of one class, as written, and the file that says it."""

    path: str
    values: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str | None:
        return next(iter(self.values.get(name, ())), None)


@cache
def event_types(*extra: Path) -> EventTypes:
    """Return the event classes of ``ontologies/events.ttl`` and of the given Turtle files.

    A later file adds classes, replaces the properties it states of earlier ones, and takes over the triggers
    it names. Raises OntologyError for a class without label, an undefined superclass, a trigger of two classes of
    one file, or a frame with an unknown role.
    """
    raw: dict[str, _Raw] = {}
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for path in (ontology_dir() / "events.ttl", *extra):
        classes = _read(path)
        for iri, new in classes.items():
            old = raw[iri].values if iri in raw else {}
            raw[iri] = _Raw(new.path, {**old, **new.values})
        for table, kind in ((verbs, "verb"), (nouns, "noun")):
            _take_triggers(table, classes, kind)
    types = {iri: _event_type(iri, raw) for iri in sorted(raw)}
    noun_table = _index(nouns, types, raw, kind="noun")
    return EventTypes(
        types=MappingProxyType(types),
        verbs=_index(verbs, types, raw, kind="verb"),
        nouns=noun_table,
        event_nouns=lexicon().words("eventNoun", "noun") | {w for w in nouns if " " not in w},
    )


def _read(path: Path) -> dict[str, _Raw]:
    """Return the classes a file describes; properties other than those of event types are left alone."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    classes: set[str] = set()
    for quad in read_turtle(path):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        if quad.predicate.value == str(RDF.type) and value.value == str(KG.EventType):
            classes.add(subject.value)
        elif name := _PROPERTIES.get(quad.predicate.value):
            found[subject.value][name].append(value.value)
    return {
        iri: _Raw(str(path), {name: tuple(sorted(values)) for name, values in sorted(found[iri].items())})
        for iri in sorted(classes)
    }


def _take_triggers(table: dict[str, str], classes: Mapping[str, _Raw], kind: str) -> None:
    """Enter the triggers of one file's classes; raise OntologyError when two of them share one."""
    restated = {iri for iri, raw in classes.items() if kind in raw.values}
    for trigger in [trigger for trigger, iri in table.items() if iri in restated]:
        del table[trigger]
    seen: dict[str, str] = {}
    for iri, raw in classes.items():
        plain = ((trigger, _ROOT) for trigger in raw.values.get(f"plain {kind}", ()))
        for trigger, evoked in (*((trigger, iri) for trigger in raw.values.get(kind, ())), *plain):
            if other := seen.get(trigger):
                raise OntologyError(
                    raw.path, f"{kind} trigger {trigger!r} of both {_short(other)} and {_short(evoked)}"
                )
            seen[trigger] = evoked
    table.update(seen)


def _event_type(iri: str, raw: Mapping[str, _Raw]) -> EventType:
    own = raw[iri]
    label = own.one("label")
    if label is None:
        raise OntologyError(own.path, f"{_short(iri)} has no rdfs:label")
    parents = tuple(_parents(iri, raw))
    line = [raw[each] for each in (iri, *parents) if each in raw]
    frame: dict[str, Role] = {}
    for each in line:
        for slot, role in _frame(each, iri):
            frame.setdefault(slot, role)
    plover = next((p for each in line if (p := each.one("plover"))), None)
    when = next((w for each in line if (w := each.values.get("plover_when"))), ())
    coded = {case: name for case, _, name in (entry.partition("=") for entry in when)}
    plain = {slot: role for slot, role in sorted(frame.items()) if not slot.startswith("noun-")}
    noun = plain | {slot.removeprefix("noun-"): role for slot, role in sorted(frame.items()) if slot not in plain}
    frames = MappingProxyType(plain), MappingProxyType(noun)
    return EventType(iri, label, plover, parents, *frames, MappingProxyType(coded), own.one("notation"))


def _parents(iri: str, raw: Mapping[str, _Raw]) -> Iterator[str]:
    """Yield the superclasses, nearest first, each once, and ``sem:Event`` last."""
    seen, queue = {iri, _ROOT}, [iri]
    while queue:
        current = raw[queue.pop(0)]
        for parent in current.values.get("parent", ()):
            if parent not in seen:
                if parent not in raw:
                    raise OntologyError(current.path, f"{_short(iri)} has the undefined superclass {_short(parent)}")
                seen.add(parent)
                queue.append(parent)
                yield parent
    yield _ROOT


def _frame(raw: _Raw, iri: str) -> Iterator[tuple[str, Role]]:
    for entry in raw.values.get("frame", ()):
        slot, _, role = entry.partition("=")
        if not slot or role not in _ROLES:
            raise OntologyError(
                raw.path, f"{_short(iri)} has the frame {entry!r}, which is not SLOT=ROLE with a known role"
            )
        yield slot, _ROLES[role]


def _index(
    triggers: Mapping[str, str], types: Mapping[str, EventType], raw: Mapping[str, _Raw], *, kind: str
) -> Mapping[str, _Entries]:
    """Return the entries under each head word, the one with most words first."""
    table: dict[str, dict[frozenset[str], EventType | None]] = defaultdict(dict)
    for trigger, iri in sorted(triggers.items()):
        words = trigger.split()
        if not words:
            raise OntologyError(raw[iri].path, f"{_short(iri)} has an empty {kind} trigger")
        head = 0 if kind == "verb" else _noun_head(words)
        table[words[head]][frozenset(words[:head] + words[head + 1 :])] = types.get(iri)
    for trigger, iri in sorted(triggers.items()):
        if "-" in trigger and " " not in trigger:  # spaCy splits at hyphens, and the last part is the head
            *parts, last = trigger.split("-")
            table[last].setdefault(frozenset(parts), types.get(iri))
    return MappingProxyType({head: tuple(sorted(found.items(), key=_order)) for head, found in sorted(table.items())})


def _order(entry: tuple[frozenset[str], EventType | None]) -> tuple[int, int, int, int, list[str]]:
    kinds = {word for word in entry[0] if ":" in word}
    words = entry[0] - kinds
    named = {kind for kind in kinds if kind.partition(":")[2] not in _KINDS}
    return -len(words), len(words & _PREPOSITIONS), -len(named), -len(kinds), sorted(entry[0])


def _noun_head(words: Iterable[str]) -> int:
    last = 0
    for last, word in enumerate(words):
        if word in _PREPOSITIONS or ":" in word:
            return max(last - 1, 0)
    return last


def _short(iri: str) -> str:
    """Return an IRI with its prefix, for messages."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
