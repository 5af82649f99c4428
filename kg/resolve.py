"""Mentions to entities with stable identifiers: gazetteer, names, coreference, groups.

A name keeps its identity across documents: its id is its gazetteer id, or made of the name alone.
A participant without a name ("four battalions") belongs to its document: its id holds the document's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from kg.gazetteer import Entry, Gazetteer
from kg.model import GOVERNMENT, Document, Entity, Kind, Mention, Span, Statement
from kg.vocab import KG, SCHEMA

_TYPES = {
    "PERSON": str(SCHEMA.Person),
    "ORG": str(SCHEMA.Organization),
    "GPE": str(SCHEMA.Place),
    "LOC": str(SCHEMA.Place),
    "FAC": str(SCHEMA.Place),
    "NORP": str(KG.Group),
    "EVENT": str(SCHEMA.Event),
    "PRODUCT": str(SCHEMA.Product),
    "WORK_OF_ART": str(SCHEMA.CreativeWork),
    "LAW": str(SCHEMA.Legislation),
    "LANGUAGE": str(SCHEMA.Language),
}
_THING = str(SCHEMA.Thing)
_DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
# Pronouns that point to somebody or something the text speaks of; "someone" and "many" do not.
_POINTING = frozenset(
    {
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "this",
        "that",
        "these",
        "those",
        "who",
        "whom",
        "whose",
        "which",
    }
)
_POSSESSIVE = re.compile(r"['’]s?$")


def resolve(
    document: Document,
    statements: Iterable[Statement],
    gazetteer: Gazetteer,
    *,
    coreference: Iterable[tuple[Span, ...]] = (),
) -> dict[Mention, tuple[Entity, ...]]:
    """Return the entities of each mention: the thing itself first, then, where it is a group, its members.

    Takes the statements of one document; a mention that points to an antecedent is that one's entity. The names in
    ``coreference``, spans that mean one thing, become other names of the thing ("ECA", "Stoltenberg").
    """
    listed = tuple(statements)
    # No set: of mentions that differ in their antecedent alone its order would be another one in each process.
    mentions = dict.fromkeys(m for s in listed for m in _mentions(s))
    ordered = sorted(mentions, key=lambda m: (m.span, m.text))
    return Resolver(document, ordered, gazetteer, people=_people(listed), coreference=coreference).all()


def _people(statements: Iterable[Statement]) -> frozenset[Mention]:
    """Return the demonyms that are no modifiers: "the French attack" is the state's, "French" who march are people."""
    phrases = (a for s in statements if s.kind is not Kind.RELATION for a in s.arguments if a.preposition != "compound")
    return frozenset(a.mention for a in phrases if a.mention.label == "NORP")


def _mentions(statement: Statement) -> Iterable[Mention]:
    yield from (a.mention for a in statement.arguments)
    if statement.speaker is not None:
        yield statement.speaker


class Resolver:
    """Resolves the mentions of one document; names vote on their type. ``people`` are demonyms that mean people."""

    def __init__(
        self,
        document: Document,
        mentions: list[Mention],
        gazetteer: Gazetteer,
        *,
        people: frozenset[Mention] = frozenset(),
        coreference: Iterable[tuple[Span, ...]] = (),
    ) -> None:
        self._document = document
        self._clusters = {span: cluster for cluster in coreference for span in cluster}
        self._gazetteer = gazetteer
        self._mentions = mentions
        self._people = people
        votes: dict[str, Counter[str]] = {}
        for each in mentions:
            last = _last(each)
            if last.name and last.label:
                votes.setdefault(plain_name(last.name), Counter())[last.label] += 1
        self._labels = {name: min(counts, key=lambda label: (-counts[label], label)) for name, counts in votes.items()}

    def all(self) -> dict[Mention, tuple[Entity, ...]]:
        """Return the entities of every mention."""
        found = {mention: self.entities(mention) for mention in self._mentions}
        names = self._names(found)
        return {
            mention: tuple(_called(e, names.get(e.id, ())) for e in entities) for mention, entities in found.items()
        }

    def _names(self, found: Mapping[Mention, tuple[Entity, ...]]) -> dict[str, set[str]]:
        """Return what else the document calls each thing that has a name, by id."""
        names: dict[str, set[str]] = {}
        for mention, (entity, *_) in found.items():
            if entity.document is None:
                spans = self._clusters.get(_last(mention).span) or self._clusters.get(mention.span, ())
                texts = {mention.name, *(span.of(self._document.text) for span in spans)}
                given = {plain_name(text) for text in texts if text}
                names.setdefault(entity.id, set()).update(name for name in given if _is_name_of(name, entity))
        return names

    def entities(self, mention: Mention) -> tuple[Entity, ...]:
        """Return the entity of a mention, and its members where it is a group."""
        mention = _last(mention)
        if mention.members:
            return self._together(mention)
        entry = self._entry(mention)
        if entry is not None:
            members = tuple(
                self._from_gazetteer(e)
                for m in entry.members
                if entry.is_group and (e := self._gazetteer.by_id(m)) is not None
            )
            return (self._from_gazetteer(entry), *members)
        if mention.name:
            return (self._named(mention),)
        return (self._participant(mention),)

    def _entry(self, mention: Mention) -> Entry | None:
        if mention.pronoun:
            return None
        if mention.label == GOVERNMENT and (government := self._gazetteer.government_at(mention.name)) is not None:
            return government
        found = self._gazetteer.by_name(_DETERMINER.sub("", mention.text))
        if not found and mention.name:
            found = self._gazetteer.by_name(mention.name)
            if not found and mention.label == "NORP" and mention.text == mention.name and mention not in self._people:
                found = self._gazetteer.by_demonym(mention.name)
        return next(iter(found), None)

    def _from_gazetteer(self, entry: Entry, *, linked: bool = True) -> Entity:
        return Entity(
            id=entry.id,
            label=entry.label,
            types=entry.types or (_THING,),
            aliases=entry.aliases if entry.government_of is None else (*entry.aliases, *entry.short_names),
            matches=entry.matches,
            members=entry.members if entry.is_group else (),
            links=tuple(self._links(entry)) if linked else (),
        )

    def _links(self, entry: Entry) -> Iterator[tuple[str, Entity]]:
        """Yield the state of a government, and whom the name of a seat of power stands for."""
        for property, id in ((KG.governmentOf, entry.government_of), (KG.seatOf, entry.seat_of)):
            other = self._gazetteer.by_id(id) if id is not None and id != entry.id else None
            if other is not None:
                yield str(property), self._from_gazetteer(other, linked=False)

    def _together(self, mention: Mention) -> tuple[Entity, ...]:
        """Return what means several things together ("the two countries"): a group, and its members."""
        members = [self.entities(each)[0] for each in mention.members]
        types = (str(KG.Participant), str(KG.Group))
        links = tuple((str(SCHEMA.member), each) for each in members)
        return (replace(self._participant(mention), types=types, links=links), *members)

    def _named(self, mention: Mention) -> Entity:
        name = plain_name(mention.name)
        label = self._labels.get(name, mention.label)
        return Entity(id=name_id(name), label=name, types=(_TYPES.get(label, _THING),))

    def _participant(self, mention: Mention) -> Entity:
        slug = re.sub(r"[^a-z0-9]+", "-", _ascii(mention.head).lower()).strip("-") or "thing"
        return Entity(
            id=f"{self._document.id}-{mention.span.start}-{slug}",
            label=mention.text,
            types=(str(KG.Participant),),
            head=mention.head,
            quantity=mention.quantity,
            document=self._document.id,
            unresolved=mention.pronoun and mention.text.lower() in _POINTING,
        )


def _called(entity: Entity, names: Iterable[str]) -> Entity:
    more = sorted(set(names) - {entity.label, *entity.aliases})
    return replace(entity, aliases=(*entity.aliases, *more)) if more else entity


def _is_name_of(name: str, entity: Entity) -> bool:
    """Tell whether words are a shorter name of a thing: some words of its own name, or the initials of them.

    A thing that is known outside has its names there; of a body that is known, a document adds its initials alone
    ("the National Bank" may elsewhere be another one).
    """
    words, whole = name.split(), entity.label.replace("-", " ").split()
    if not all(word[:1].isupper() for word in words):
        return False
    if len(words) == 1 and len(name) > 1 and name.replace(".", "").isupper():
        large = "".join(word[0] for word in whole if word[0].isupper())
        return len(whole) > 1 and name.replace(".", "") == large
    known = bool(entity.matches) and str(SCHEMA.Person) not in entity.types
    return not known and len(words) < len(entity.label.split()) and set(words) <= set(entity.label.split())


def _last(mention: Mention) -> Mention:
    """Return the end of the chain of antecedents."""
    seen = {mention.span}
    while mention.antecedent is not None and mention.antecedent.span not in seen:
        mention = mention.antecedent
        seen.add(mention.span)
    return mention


def plain_name(name: str) -> str:
    """Return a name in one spelling: NFC, plain apostrophes, single spaces, no article or possessive.

    >>> plain_name("the  Médecins Sans Frontières’s")
    'Médecins Sans Frontières'
    """
    name = " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split())
    return _POSSESSIVE.sub("", _DETERMINER.sub("", name)) or name


def name_id(name: str) -> str:
    """Return the id of a name: spaces as underscores, what an IRI does not take percent-encoded.

    >>> name_id("Jens Stoltenberg"), name_id('A "B" C')
    ('Jens_Stoltenberg', 'A_%22B%22_C')
    """
    safe = "".join(c for c in name if not 0xD800 <= ord(c) <= 0xDFFF)
    return "".join(c if c.isalnum() else quote(c, safe="-._~") for c in safe.replace(" ", "_"))


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
