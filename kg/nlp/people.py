"""Whose surnames the names of a document are, and the gender that titles and given names tell."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from kg.nlp.names import Name, Words
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

_WHERE = frozenset({"in", "at", "near", "from", "to", "into", "across", "around", "outside", "inside", "through"})


@cache
def gender_words() -> dict[str, str]:
    """Return the gender that a title, a noun or a given name tells."""
    words = lexicon().words
    found: dict[str, str] = {}
    for gender in ("male", "female"):
        for pos in ("mark", "noun", "phrase"):
            for word in words(gender, pos):
                found[word] = "" if found.get(word, gender) != gender else gender
    return found


class People:
    """The full names of the people of a document, and which short names stand for one of them alone."""

    def __init__(self, names: list[Name]) -> None:
        full = sorted({name.words for name in names if name.kind == "person" and len(name.words) > 1})
        self._first: dict[Words, int] = {}
        for name in names:
            if name.kind == "person" and len(name.words) > 1:
                self._first.setdefault((name.words[0], name.words[-1]), name.span[0])
        self.by_tail: dict[Words, set[Words]] = {}
        self.by_first: dict[str, set[Words]] = {}
        for words in full:
            person = (words[0], words[-1])
            self.by_first.setdefault(words[0], set()).add(person)
            for cut in range(1, len(words)):
                self.by_tail.setdefault(_lower_first(words[cut:]), set()).add(person)
        self.genders, self.titled = _genders(names), _titled(names)
        self._places = _places(names, self.by_tail)
        self._others = {name.words for name in names if name.entry is not None and name.kind != "place"}

    def key(self, name: Name) -> object | None:
        """Return the key of the person a name means, or None where it names no person."""
        if name.kind == "person" and len(name.words) > 1:
            tails = self.by_tail.get(_lower_first(name.words), set())
            return ("person", *(next(iter(tails)) if len(tails) == 1 else (name.words[0], name.words[-1])))
        if name.kind != "person" and (name.words in self._others or name.words in self._places):
            return None
        tails = self.by_tail.get(_lower_first(name.words), set())
        told = _title_gender(name)
        if told and tails:
            tails = {person for person in tails if self.genders.get(person, told) == told}
            if not tails:
                return ("person", told, *name.words)
        elif not told and len(tails) == 1:
            gender = self.genders.get(next(iter(tails)), "")
            others = self.titled.get(name.words, {}).keys() - {gender} if gender else set()
            if others:
                first = min(self.titled[name.words][other] for other in others)
                known = first < self._first[next(iter(tails))] and len(others) == 1
                return ("person", *others, *name.words) if known else ("person", *name.words)
        if len(tails) == 1:
            return ("person", *next(iter(tails)))
        if name.kind != "person":
            return None
        firsts = self.by_first.get(name.words[0], set()) if not tails else set()
        return ("person", *next(iter(firsts))) if len(firsts) == 1 else ("person", *name.words)

    def missed(self, doc: Doc, names: list[Name], *, skip: Container[int]) -> list[Name]:
        """Return the surnames of people of the document where spaCy saw no name."""
        taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        unique = {words[0] for words, persons in self.by_tail.items() if len(words) == 1 and len(persons) == 1}
        surnames = {name.words[-1] for name in names if name.words[-1].lower() in unique}
        if not surnames:
            return []
        return [
            Name((i, i + 1), doc[i], (doc[i].text,), "person", None)
            for i in indices_of(doc, surnames, attribute="ORTH")
            if i not in taken and i not in skip and _reads_as_name(doc[i])
        ]


def _genders(names: list[Name]) -> dict[Words, str]:
    """Return the gender that a given name tells, by first and last name."""
    told = gender_words()
    full = {(n.words[0], n.words[-1]) for n in names if n.kind == "person" and len(n.words) > 1}
    return {words: told[words[0]] for words in sorted(full) if told.get(words[0])}


def _title_gender(name: Name) -> str:
    """Return the gender that the title before a surname tells: "Mr.", "Mrs."."""
    start = name.span[0]
    before = name.head.doc[start - 1] if start else None
    return gender_words().get(before.text, "") if before is not None and before.text[:1].isupper() else ""


def _titled(names: list[Name]) -> dict[Words, dict[str, int]]:
    """Return the genders that titles tell of each surname, with the first place of the surname alone."""
    first: dict[Words, int] = {}
    found: dict[Words, dict[str, int]] = {}
    for name in names:
        if len(name.words) > 1:
            continue
        first.setdefault(name.words, name.span[0])
        gender = _title_gender(name)
        if gender:
            found.setdefault(name.words, {}).setdefault(gender, first[name.words])
    return found


def _places(names: list[Name], tails: dict[Words, set[Words]]) -> set[Words]:
    """Return the names taken for places that are no surnames of a person named in full before.

    A place known to the gazetteer is a surname here only if nothing ever happens in it: "Michael Jordan … Jordan said".
    """
    first: dict[str, int] = {}
    for name in names:
        if name.kind == "person" and len(name.words) > 1:
            first.setdefault(name.words[-1].lower(), name.span[0])
    places: set[Words] = set()
    for name in names:
        if name.kind != "place":
            continue
        alone = name.words[-1].lower() if len(name.words) == 1 and _lower_first(name.words) in tails else ""
        where = name.head.dep_ == "pobj" and name.head.head.lower_ in _WHERE
        if not alone or first.get(alone, name.span[0]) >= name.span[0] or where:
            places.add(name.words)
    return places


def _reads_as_name(token: Token) -> bool:
    """Tell whether a capitalised surname is one here: not the plural that begins "Jobs were lost"."""
    if token.tag_ == "NNS" and token.is_sent_start:
        return token.i + 1 < len(token.doc) and token.nbor().lower_ not in ("are", "have", "were")
    return token.tag_ in ("NNP", "NNPS", "NNS")


def _lower_first(words: Words) -> Words:
    """Return a surname with its first letter small: "Von der Leyen" begins a sentence, "von der Leyen" does not."""
    return (words[0].lower(), *words[1:])
