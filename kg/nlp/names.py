"""The names of a document: cleaned spans with their kind and what the gazetteer knows."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from kg.gazetteer import Entry, Gazetteer
from kg.nlp.metonymy import first_of_list, stands_for_government
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

Range = tuple[int, int]  # tokens, half open
Words = tuple[str, ...]

_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": ""}
_TYPE_KINDS = {"Person": "person", "Country": "place", "City": "place", "AdministrativeArea": "place", "Place": "place"}
# Words of a long name that give its acronym no letter.
_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "to", "de", "du", "des", "del", "la", "&", "-"})


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
    honorifics, particles = lexicon().words("honorific", "noun"), lexicon().words("nameParticle", "noun")
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
        common = next((i for i in range(start + 1, end) if _is_common(doc[i], kind, particles)), end)
        if common < end and kind != "person":
            continue
        span = doc[start:common]
        text = span.text
        if not text[:1].isalnum() or "\n" in text:
            continue
        end = common
        if text not in known:
            known[text] = gazetteer.by_name(text) or _by_bare_name(text, gazetteer)
        entry = known[text][0] if known[text] else None
        if entry is not None and kind != "person":
            kind = _kind_of(entry)
        if kind:
            yield Name((start, end), span.root, tuple(t.text for t in span), kind, entry if kind != "person" else None)


def _is_common(token: Token, kind: str, particles: frozenset[str]) -> bool:
    """Tell whether a word within a name belongs to none.

    A person's name has small words like "van" only, no "on"; other names have no small noun between two great
    words: not "Gatwick airport Acme".
    """
    if not token.is_alpha or not token.is_lower or not token.nbor(-1).whitespace_:
        return False
    if kind == "person":
        return token.lower_ not in particles
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    great = after is not None and after.ent_iob_ == "I" and after.text[:1].isupper()
    return token.tag_ in ("NN", "NNS") and great and token.nbor(-1).text[:1].isupper()


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
