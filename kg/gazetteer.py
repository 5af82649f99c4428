"""Look up well-known things by the names that news gives them.

The data is ``ontologies/gazetteer.ttl``; a user's own Turtle file with the same properties adds to it.
Names are compared as English news writes them:

- accents, full stops, hyphens, a leading "the" and a final "'s" do not matter ("U.S.", "the Cote d'Ivoire's");
- an acronym counts in capitals alone ("US", never "us"; "WHO", never "Who"); from four letters on it may
  also be written as a word ("Nato");
- any other name counts in any case, but a single word needs a capital letter: "POLAND", never "turkey".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain
from pathlib import Path

from kg.entries import ORDER, Entry, class_rank, read_entries
from kg.gazetteer_files import read_gazetteer
from kg.ontology import ontology_dir

__all__ = ["Entry", "Gazetteer", "gazetteer", "load_gazetteer", "read_entries"]

_SIMPLER = str.maketrans({".": None, "’": "'", "‘": "'", "-": " ", "–": " ", "\N{NON-BREAKING HYPHEN}": " "})
_MARKS = ("'s", "'")
_THE = ("the", "The", "THE")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The entries, by id and by every way of naming them.

    An ambiguous name gives all that bear it: countries first, then cities, parts of states, organisations,
    companies, places, people; by id within a type.

    >>> baltic = Entry("Baltic_states", "Baltic states", members=("Estonia", "Latvia", "Lithuania"))
    >>> small = gazetteer([baltic, Entry("WHO", "WHO", short_names=("agency",))])
    >>> [entry.id for entry in small.by_name("the Baltic States'")], small.by_name("Who")
    (['Baltic_states'], ())
    """

    entries: Mapping[str, Entry]
    names: Mapping[str, tuple[Entry, ...]]
    short_names: Mapping[str, tuple[Entry, ...]]
    demonyms: Mapping[str, tuple[Entry, ...]]
    prefixes: frozenset[str]

    def by_id(self, id: str) -> Entry | None:
        """Return the entry with that id (the last part of its IRI), or None."""
        return self.entries.get(id)

    def by_name(self, name: str) -> tuple[Entry, ...]:
        """Return what bears that name or alias, the likeliest first; () where nothing does."""
        for form in _forms(name):
            if found := _named(self.names, form):
                return found
        return ()

    def by_short_name(self, name: str) -> tuple[Entry, ...]:
        """Return what ``name`` may point to in context ("the Alliance"), the likeliest first."""
        for form in _forms(name):
            if found := self.short_names.get(form.casefold()):
                return found
        return ()

    def government_at(self, name: str) -> Entry | None:
        """Return the government that a capital stands for ("Moscow"), or None.

        >>> load_gazetteer().government_at("Moscow").id, load_gazetteer().government_at("Brussels")
        ('Government_of_Russia', None)
        """
        return next((entry for entry in self.by_short_name(name) if entry.government_of is not None), None)

    def by_demonym(self, word: str) -> tuple[Entry, ...]:
        """Return the places whose people or adjective ``word`` is ("Polish", "Poles"); it needs its capital."""
        for form in _forms(word):
            if found := self.demonyms.get(form) or self.demonyms.get(_as_words(form)):
                return found
        return ()

    def longest(self, words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]] | None:
        """Return the end of the longest name that begins at ``words[start]``, and what bears it; None without one.

        >>> gazetteer([Entry("Black_Sea", "Black Sea")]).longest(["the", "Black", "Sea", "fleet"], 1)[0]
        3
        """
        best, form = None, ""
        for place in range(start + (words[start] in _THE), len(words)):
            if part := _simple(words[place]).casefold():
                form = f"{form} {part}" if form else part
                if form not in self.prefixes:
                    break
                if found := self.by_name(" ".join(words[start : place + 1])):
                    best = place + 1, found
        return best


def gazetteer(entries: Iterable[Entry]) -> Gazetteer:
    """Return the index of the given entries; of two with one id the later counts."""
    by_id = {entry.id: entry for entry in entries}
    ordered = sorted(by_id.values(), key=_rank)
    names: dict[str, list[Entry]] = {}
    short_names: dict[str, list[Entry]] = {}
    demonyms: dict[str, list[Entry]] = {}
    prefixes: set[str] = set()
    for entry in ordered:
        for form in {form for name in entry.names for form in _keys(name)}:
            names.setdefault(form, []).append(entry)
            prefixes.update(accumulate(form.casefold().removeprefix("the ").split(), "{} {}".format))
        for form in {_simple(name).casefold() for name in entry.short_names}:
            short_names.setdefault(form, []).append(entry)
        for form in {_simple(word) for word in entry.demonyms}:
            demonyms.setdefault(form, []).append(entry)
    return Gazetteer(by_id, _frozen(names), _frozen(short_names), _frozen(demonyms), frozenset(prefixes))


def load_gazetteer(*extra: Path, own: Sequence[Path] = ()) -> Gazetteer:
    """Return the gazetteer with the user's entries added; raise OntologyError for a broken file.

    ``extra`` are Turtle files with the properties of the gazetteer: an entry replaces the one of the same id.
    ``own`` are files of `read_gazetteer` (SKOS, RDF, CSV): what they say of a thing that is there already is added to
    it. Without either the answer is kept for the process.
    """
    if not extra and not own:
        return _built_in()
    entries = {entry.id: entry for entry in chain(_built_in().entries.values(), *map(read_entries, extra))}
    by_link = {link: id for id, entry in entries.items() for link in entry.matches}
    for entry in chain(*map(read_gazetteer, own)):
        added = _added(entries, by_link, entry)
        entries[added.id] = added
        by_link.update(dict.fromkeys(added.matches, added.id))
    return gazetteer(entries.values())


def _added(entries: Mapping[str, Entry], by_link: Mapping[str, str], new: Entry) -> Entry:
    """Return an entry with what is known of it: by its links, else by its id, unless the links differ."""
    old = entries.get(next((by_link[link] for link in new.matches if link in by_link), new.id))
    if old is None:
        return new
    if new.matches and old.matches and set(new.matches).isdisjoint(old.matches):
        return replace(new, id=f"{new.id}_{new.matches[0].rstrip('/').rpartition('/')[2]}")
    return replace(
        old,
        types=old.types or new.types,
        aliases=tuple(sorted({*old.aliases, *new.names} - {old.label})),
        short_names=tuple(sorted({*old.short_names, *new.short_names})),
        demonyms=tuple(sorted({*old.demonyms, *new.demonyms})),
        matches=tuple(sorted({*old.matches, *new.matches})),
    )


@cache
def _built_in() -> Gazetteer:
    return gazetteer(read_entries(ontology_dir() / "gazetteer.ttl"))


def _rank(entry: Entry) -> tuple[int, str]:
    return min((class_rank(type)[0] for type in entry.types), default=len(ORDER)), entry.id


def _frozen(index: Mapping[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {key: tuple(found) for key, found in index.items()}


def _simple(name: str) -> str:
    """Return ``name`` without accents, full stops, hyphens and needless spaces, its case kept."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    elif name.isalpha():
        return name
    return " ".join(name.translate(_SIMPLER).split()).replace(" '", "'")


def _forms(name: str) -> tuple[str, ...]:
    """Return the forms to look ``name`` up by: as it stands, without "the", without a final "'s"."""
    simple = _simple(name)
    forms = [simple]
    if simple[:4].casefold() == "the ":
        forms.append(simple[4:])
    for mark in _MARKS:
        if simple.endswith(mark):
            forms += [form.removesuffix(mark) for form in forms]
            break
    return tuple(forms)


def _keys(name: str) -> tuple[str, ...]:
    """Return the keys under which a name of the data stands: as written for acronyms, else folded."""
    simple = _simple(name)
    if not _is_acronym(simple):
        return (simple.casefold(),)
    return (simple, simple.capitalize()) if len(simple) > 3 and simple.isalpha() else (simple,)


def _is_acronym(simple: str) -> bool:
    return " " not in simple and simple.isupper() and len(simple) > 1


def _named(names: Mapping[str, tuple[Entry, ...]], form: str) -> tuple[Entry, ...]:
    """Look ``form`` up as an acronym, then in any case; a single word in small letters names nothing."""
    if " " not in form and form.islower():
        return ()
    return names.get(form) or names.get(form.casefold(), ())


def _as_words(form: str) -> str:
    """Return a form that is all capitals with capitals at the start of its words alone."""
    return form.title() if form.isupper() and len(form) > 3 else form
