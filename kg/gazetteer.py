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
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology import ontology_dir, read_turtle
from kg.vocab import KG, RDF, RDFS, SCHEMA, SKOS

_CLASSES = "Country City AdministrativeArea GovernmentOrganization Organization Corporation Place Person"
_ORDER = {f"{SCHEMA}{name}": place for place, name in enumerate(_CLASSES.split())}
_SIMPLER = str.maketrans({".": None, "’": "'", "‘": "'", "-": " ", "–": " ", "\N{NON-BREAKING HYPHEN}": " "})
_MARKS = ("'s", "'")
_THE = ("the", "The", "THE")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the gazetteer.

    References to other entries are their ids; ``types`` (in the order of the classes) and ``matches`` are IRIs.
    ``aliases`` always mean it, ``short_names`` only in context ("the Alliance"). ``capital_of`` is the state of a
    capital, ``seat_of`` the state or body that a seat of power stands for, ``government_of`` a government's state.
    """

    id: str
    label: str
    types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    capital_of: str | None = None
    seat_of: str | None = None
    government_of: str | None = None
    parent: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the label and the aliases."""
        return (self.label, *self.aliases)

    @property
    def is_group(self) -> bool:
        """Tell whether the name stands for its members together ("the Baltic states") and not for a body of its own."""
        return f"{KG._NS}Group" in self.types


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


def load_gazetteer(*extra: Path) -> Gazetteer:
    """Return the gazetteer with the entries of the user's Turtle files added; raise OntologyError for a broken file.

    An entry of a later file replaces the one of the same id. Without ``extra`` the answer is kept for the process.
    """
    if not extra:
        return _built_in()
    return gazetteer(chain(_built_in().entries.values(), *(read_entries(path) for path in extra)))


@cache
def _built_in() -> Gazetteer:
    return gazetteer(read_entries(ontology_dir() / "gazetteer.ttl"))


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a Turtle file in the order of their ids; raise OntologyError where one has no label."""
    values: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value, _ in read_turtle(path):
        if isinstance(subject, ox.NamedNode) and isinstance(value, (ox.NamedNode, ox.Literal)):
            values.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
    return tuple(_entry(path, iri, properties) for iri, properties in sorted(values.items()))


def _entry(path: Path, iri: str, properties: Mapping[str, list[str]]) -> Entry:
    fields: dict[str, tuple[str, ...]] = {}
    for property, values in properties.items():
        if field := _TEXTS.get(property):
            fields[field] = tuple(sorted(values))
        elif field := _LINKS.get(property):
            fields[field] = tuple(sorted(map(_id, values)))
    fields["types"] = tuple(sorted(fields.get("types", ()), key=_class_rank))
    first = {field: fields.pop(field)[0] for field in _SINGLE if field in fields}
    if "label" not in first:
        raise OntologyError(str(path), f"<{iri}> has no rdfs:label")
    return Entry(_id(iri), **first, **fields)  # type: ignore[arg-type]  # which field is single is in _SINGLE


_TEXTS = {
    str(RDFS.label): "label",
    str(RDF.type): "types",
    str(SKOS.altLabel): "aliases",
    str(KG.shortName): "short_names",
    str(KG.demonym): "demonyms",
    str(SKOS.exactMatch): "matches",
}
_LINKS = {
    str(SCHEMA.member): "members",
    str(KG.capital): "capitals",
    str(KG.capitalOf): "capital_of",
    str(KG.seatOf): "seat_of",
    str(KG.governmentOf): "government_of",
    str(SCHEMA.parentOrganization): "parent",
}
_SINGLE = ("label", "capital_of", "seat_of", "government_of", "parent")


def _id(iri: str) -> str:
    last = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return unquote(last) if "%" in last else last


def _class_rank(type: str) -> tuple[int, str]:
    return _ORDER.get(type, len(_ORDER)), type


def _rank(entry: Entry) -> tuple[int, str]:
    return min((_class_rank(type)[0] for type in entry.types), default=len(_ORDER)), entry.id


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
