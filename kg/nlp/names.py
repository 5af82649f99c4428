"""The names of a document: cleaned spans with their kind and what the gazetteer knows, and whose surnames they are."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.gazetteer import Entry, Gazetteer
from kg.nlp.metonymy import first_of_list, stands_for_government
from kg.nlp.syntax import indices_of
from kg.ontology import lexicon

Range = tuple[int, int]  # tokens, half open
Words = tuple[str, ...]

_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": ""}
_TYPE_KINDS = {"Person": "person", "Country": "place", "City": "place", "AdministrativeArea": "place", "Place": "place"}
# Words of a long name that give its acronym no letter.
_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "to", "de", "du", "des", "del", "la", "&", "-"})
_WHERE = frozenset({"in", "at", "near", "from", "to", "into", "across", "around", "outside", "inside", "through"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: its tokens, its kind (person, organisation, place), its gazetteer entry.

    ``government`` is true of a capital that stands for the government there, whose entry it then has.
    """

    span: Range
    head: Token
    words: Words
    kind: str
    entry: Entry | None
    government: bool = False


def is_type(entry: Entry | None, name: str) -> bool:
    """Tell whether a gazetteer's thing is of the schema.org class ``name``."""
    return entry is not None and any(t.endswith("/" + name) for t in entry.types)


def find_names(doc: Doc, gazetteer: Gazetteer, *, skip: Container[int]) -> list[Name]:
    """Return the names of a document in text order, without those that begin at a token to skip."""
    names = [name for name in _recognised(doc, gazetteer) if name.span[0] not in skip]
    names = _with_brackets(doc, names, skip)
    return _with_governments(names, gazetteer)


def _recognised(doc: Doc, gazetteer: Gazetteer) -> Iterator[Name]:
    """Yield the names that spaCy found, cleaned of articles, honorifics, genitives and what follows in brackets."""
    honorifics = lexicon().words("honorific", "noun")
    known: dict[str, tuple[Entry, ...]] = {}
    for ent in doc.ents:
        kind = _KINDS.get(ent.label_)
        if kind is None:
            continue
        start, end = ent.start, ent.end
        while start < end - 1 and (doc[start].lower_ == "the" or doc[start].text in honorifics or doc[start].is_punct):
            start += 1
        bracket = next((i for i in range(start + 1, end) if doc[i].text == "("), None)
        end = end if bracket is None else bracket
        while end > start + 1 and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].text in ",.'\""):
            end -= 1
        span = doc[start:end]
        text = span.text
        if not text[:1].isalnum() or "\n" in text:
            continue
        if text not in known:
            known[text] = gazetteer.by_name(text) or _by_bare_name(text, gazetteer)
        entry = known[text][0] if known[text] else None
        if entry is not None and kind != "person":
            kind = _kind_of(entry)
        if kind:
            yield Name((start, end), span.root, tuple(t.text for t in span), kind, entry if kind != "person" else None)


def _by_bare_name(text: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return what a company's name means without the word for its form: "Boeing" for "Boeing Co."."""
    bare, _, last = text.rpartition(" ")
    if not bare or last not in lexicon().words("corporateForm", "noun"):
        return ()
    return tuple(entry for entry in gazetteer.by_name(bare) if _kind_of(entry) == "organisation")


def _kind_of(entry: Entry) -> str:
    """Return the kind of a gazetteer's thing: what is neither person nor place is an organisation."""
    names = (t.rsplit("/", 1)[-1] for t in entry.types)
    return next((_TYPE_KINDS[name] for name in names if name in _TYPE_KINDS), "organisation")


# --- acronyms in brackets -----------------------------------------------------------------------------


def bracketed(doc: Doc) -> dict[int, str]:
    """Return the acronyms that stand alone in brackets, by the index of the opening bracket."""
    found: dict[int, str] = {}
    for i in indices_of(doc, ["("], attribute="ORTH"):
        if i + 2 < len(doc) and doc[i + 2].text == ")":
            word = doc[i + 1].text
            if len(word) > 1 and word[0].isupper() and sum(c.isupper() for c in word) * 2 > len(word):
                found[i] = word
    return found


def _with_brackets(doc: Doc, names: list[Name], skip: Container[int]) -> list[Name]:
    """Add the long forms in small letters before an acronym in brackets, and the acronym wherever it stands.

    "the joint rescue centre (JRC)" names an organisation although nobody saw a name in it.
    """
    ends = {name.span[1] for name in names}
    added: dict[str, Name] = {}
    for bracket, word in bracketed(doc).items():
        if bracket in ends or word in added or bracket in skip:
            continue
        start = _long_form(doc, bracket, word)
        if start is not None and not any(n.span[0] < bracket and start < n.span[1] for n in names):
            span = doc[start:bracket]
            added[word] = Name((start, bracket), span.root, tuple(t.text for t in span), "organisation", None)
    if not added:
        return names
    kept = [n for n in names if not (len(n.words) == 1 and n.words[0] in added)]
    taken = {i for n in kept for i in range(*n.span)}
    short = [
        Name((i, i + 1), doc[i], (doc[i].text,), "organisation", None)
        for i in indices_of(doc, added, attribute="ORTH")
        if i not in taken and i not in skip
    ]
    return sorted([*kept, *added.values(), *short], key=lambda name: name.span)


def _long_form(doc: Doc, bracket: int, word: str) -> int | None:
    """Return where the words before a bracket begin whose initials make the acronym, or None."""
    letters = [c for c in word.lower() if c.isalnum()]
    i, sentence = bracket - 1, doc[bracket].sent.start
    while letters and i >= sentence:
        token = doc[i]
        if token.lower_[:1] == letters[-1] and not (token.lower_ in _SMALL and len(letters) > 1):
            letters.pop()
        elif token.lower_ not in _SMALL:
            return None
        i -= 1
    return i + 1 if not letters and doc[bracket - 1].pos_ in ("NOUN", "PROPN") else None


# --- capitals that stand for governments --------------------------------------------------------------


def _with_governments(names: list[Name], gazetteer: Gazetteer) -> list[Name]:
    """Give capitals that act the entry of their government; a list with another town in it is one of towns."""
    surnames = {name.words[-1] for name in names if name.kind == "person" and len(name.words) > 1}
    governments: dict[int, Entry] = {}
    towns: set[int] = set()
    for place, name in enumerate(names):
        if is_type(name.entry, "City"):
            government = _government(name, gazetteer) if name.words[-1] not in surnames else None
            if government is not None:
                governments[place] = government
            else:
                towns.add(first_of_list(name.head).i)
    return [
        replace(name, kind="organisation", entry=governments[place], government=True)
        if place in governments and first_of_list(name.head).i not in towns
        else name
        for place, name in enumerate(names)
    ]


def _government(name: Name, gazetteer: Gazetteer) -> Entry | None:
    found = gazetteer.government_at(" ".join(name.words))
    return found if found is not None and stands_for_government(name.head, start=name.span[0]) else None


# --- people -------------------------------------------------------------------------------------------


class People:
    """The full names of the people of a document, and which short names stand for one of them alone."""

    def __init__(self, names: list[Name]) -> None:
        full = sorted({name.words for name in names if name.kind == "person" and len(name.words) > 1})
        self.by_tail: dict[Words, set[Words]] = {}
        self.by_first: dict[str, set[Words]] = {}
        for words in full:
            person = (words[0], words[-1])
            self.by_first.setdefault(words[0], set()).add(person)
            for cut in range(1, len(words)):
                self.by_tail.setdefault(_lower_first(words[cut:]), set()).add(person)
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
