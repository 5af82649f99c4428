"""Chains of mentions, and the names that begin them: which names of a document mean the same thing."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from kg.gazetteer import Entry, Gazetteer
from kg.ontology import lexicon

Range = tuple[int, int]  # tokens, half open
Words = tuple[str, ...]

_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": ""}
_TYPE_KINDS = {"Person": "person", "Country": "place", "City": "place", "AdministrativeArea": "place", "Place": "place"}


@dataclass(slots=True)
class Chain:
    """The mentions of one thing found so far. ``kind`` is person, organisation, place, thing or plural.

    ``roles`` holds by head noun the words that titles and appositions say of it: {"general": {"secretary", "general"}}.
    """

    kind: str
    names: list[Words] = field(default_factory=list)
    mentions: list[Range] = field(default_factory=list)
    roles: dict[str, set[str]] = field(default_factory=dict)
    gender: str = ""
    entry: Entry | None = None

    def is_a(self, name: str) -> bool:
        """Tell whether the gazetteer gives its thing the schema.org class ``name``."""
        return self.entry is not None and any(t.endswith("/" + name) for t in self.entry.types)


@dataclass(frozen=True, slots=True)
class _Name:
    span: Range
    head: Token
    words: Words
    kind: str
    entry: Entry | None


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


def named_chains(doc: Doc, gazetteer: Gazetteer, *, skip: Container[int] = frozenset()) -> list[Chain]:
    """Return the chains of the names of a document, in order of their first mention, without the tokens to skip."""
    names = [name for name in _names(doc, gazetteer) if name.span[0] not in skip]
    people = _People(names)
    missed = [name for name in _missed(doc, names, people) if name.span[0] not in skip]
    names = sorted([*names, *missed], key=lambda name: name.span)
    chains: dict[object, Chain] = {}
    things = _things(doc, names, gazetteer)
    for name in names:
        key = people.key(name)
        kind = "person" if key is not None else name.kind
        if key is None:
            key = things[name.kind, name.words]
        chain = chains.setdefault(key, Chain(kind))
        chain.entry = chain.entry or name.entry
        chain.names.append(name.words)
        chain.mentions.append(name.span)
        _describe(chain, name)
    return _without_forms(list(chains.values()))


def _names(doc: Doc, gazetteer: Gazetteer) -> Iterator[_Name]:
    """Yield the names that spaCy found, cleaned of articles, honorifics and genitives."""
    honorifics = lexicon().words("honorific", "noun")
    known: dict[str, tuple[Entry, ...]] = {}
    for ent in doc.ents:
        kind = _KINDS.get(ent.label_)
        if kind is None:
            continue
        start, end = ent.start, ent.end
        while start < end - 1 and (doc[start].lower_ == "the" or doc[start].text in honorifics or doc[start].is_punct):
            start += 1
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
            yield _Name((start, end), span.root, tuple(t.text for t in span), kind, entry if kind != "person" else None)


def _reads_as_name(token: Token) -> bool:
    """Tell whether a capitalised surname is one here: not the plural that begins "Jobs were lost"."""
    if token.tag_ == "NNS" and token.is_sent_start:
        return token.i + 1 < len(token.doc) and token.nbor().lower_ not in ("are", "have", "were")
    return token.tag_ in ("NNP", "NNPS", "NNS")


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


def _missed(doc: Doc, names: list[_Name], people: _People) -> Iterator[_Name]:
    """Yield the surnames of people of the document where spaCy saw no name."""
    taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
    unique = {words[0] for words, persons in people.by_tail.items() if len(words) == 1 and len(persons) == 1}
    surnames = {name.words[-1] for name in names if name.words[-1].lower() in unique}
    if not surnames:
        return
    for token in doc:
        if token.text in surnames and token.i not in taken and _reads_as_name(token):
            yield _Name((token.i, token.i + 1), token, (token.text,), "person", None)


class _People:
    """The full names of the people of a document, and which short names stand for one of them alone."""

    def __init__(self, names: list[_Name]) -> None:
        full = sorted({name.words for name in names if name.kind == "person" and len(name.words) > 1})
        self.by_tail: dict[Words, set[Words]] = {}
        self.by_first: dict[str, set[Words]] = {}
        for words in full:
            person = (words[0], words[-1])
            self.by_first.setdefault(words[0], set()).add(person)
            for cut in range(1, len(words)):
                self.by_tail.setdefault(_lower_first(words[cut:]), set()).add(person)
        self.others = {name.words for name in names if name.entry is not None}

    def key(self, name: _Name) -> object | None:
        """Return the key of the person a name means, or None where it names no person."""
        if name.kind == "person" and len(name.words) > 1:
            tails = self.by_tail.get(_lower_first(name.words), set())
            return ("person", *(next(iter(tails)) if len(tails) == 1 else (name.words[0], name.words[-1])))
        if name.kind != "person" and (name.words in self.others or name.kind == "place"):
            return None
        tails = self.by_tail.get(_lower_first(name.words), set())
        if len(tails) == 1:
            return ("person", *next(iter(tails)))
        if name.kind != "person":
            return None
        firsts = self.by_first.get(name.words[0], set()) if not tails else set()
        return ("person", *next(iter(firsts))) if len(firsts) == 1 else ("person", *name.words)


def _lower_first(words: Words) -> Words:
    """Return a surname with its first letter small: "Von der Leyen" begins a sentence, "von der Leyen" does not."""
    return (words[0].lower(), *words[1:])


def _things(doc: Doc, names: list[_Name], gazetteer: Gazetteer) -> dict[tuple[str, Words], object]:
    """Return what each name that is no person's means: an id of the gazetteer, else its longest form."""
    acronyms = _acronyms(doc, names)
    things: dict[tuple[str, Words], object] = {}
    for name in names:
        things[name.kind, name.words] = (
            name.entry.id if name.entry is not None else (name.kind, " ".join(name.words).casefold())
        )
    mentioned = {name.entry.id for name in names if name.entry is not None}
    for kind, words in [key for key, thing in things.items() if isinstance(thing, tuple)]:
        found = [e.id for e in gazetteer.by_short_name(" ".join(words)) if e.id in mentioned]
        if len(found) == 1:
            things[kind, words] = found[0]
    bare: dict[Words, set[Words]] = {}
    for kind, words in things:
        if kind == "organisation" and len(words) > 2 and _is_country(words[0], gazetteer):
            bare.setdefault(words[1:], set()).add(words)
    for kind, words in list(things):
        full = acronyms.get(" ".join(words))
        if full is not None and (kind, full) in things:
            things[kind, words] = things[kind, full]
        elif len(bare.get(words, ())) == 1 and kind == "organisation":
            things[kind, words] = things[kind, next(iter(bare[words]))]
    return things


def _is_country(word: str, gazetteer: Gazetteer) -> bool:
    found = gazetteer.by_demonym(word) or gazetteer.by_name(word)
    return bool(found) and any(t.endswith("/Country") for t in found[0].types)


def _acronyms(doc: Doc, names: list[_Name]) -> dict[str, Words]:
    """Return what each acronym stands for: a name it follows in brackets, or the only name with its initials."""
    initials: dict[str, set[Words]] = {}
    for words in sorted({n.words for n in names if len(n.words) > 1 and n.kind != "person"}):
        initials.setdefault("".join(w[0] for w in words if w[0].isupper()), set()).add(words)
    found: dict[str, Words] = {}
    for name in names:
        if len(name.words) > 1 and name.span[1] + 2 < len(doc) and doc[name.span[1]].text == "(":
            short = doc[name.span[1] + 1]
            if doc[short.i + 1].text == ")" and short.text.isupper() and short.text[0] == name.words[0][0]:
                found[short.text] = name.words
    for name in names:
        word = name.words[0]
        if len(name.words) == 1 and len(word) > 2 and word.isupper() and len(initials.get(word, ())) == 1:
            found.setdefault(word, next(iter(initials[word])))
    return found


def _describe(chain: Chain, name: _Name) -> None:
    """Note the gender, and the words that a title, an apposition or "is" says of a name."""
    doc, head, genders = name.head.doc, name.head, gender_words()
    if chain.kind == "person":
        before = doc[name.span[0] - 1].text if name.span[0] else ""
        told = genders.get(before, "") or (genders.get(name.words[0], "") if len(name.words) > 1 else "")
        chain.gender = chain.gender or told
    start = head.left_edge.i
    if start < name.span[0]:
        _add_role(chain, [t for t in doc[start : name.span[0]] if t.dep_ in ("compound", "amod", "nmod", "appos")])
    for child in head.children:
        if child.dep_ == "appos" and child.i >= name.span[1] and child.pos_ in ("NOUN", "PROPN"):
            _add_role(chain, [*(c for c in child.lefts if c.dep_ in ("compound", "amod", "nmod")), child])
    if head.dep_ == "appos" and head.head.pos_ in ("NOUN", "PROPN") and head.head.i < name.span[0]:
        _add_role(chain, [*(c for c in head.head.lefts if c.dep_ in ("compound", "amod", "nmod")), head.head])
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        for child in head.head.children:
            if child.dep_ == "attr" and child.tag_ == "NN":
                _add_role(chain, [*(c for c in child.lefts if c.dep_ in ("compound", "amod", "nmod")), child])


def _add_role(chain: Chain, tokens: list[Token]) -> None:
    if tokens and tokens[-1].pos_ in ("NOUN", "PROPN"):
        words = {t.lower_ for t in tokens}
        chain.roles.setdefault(tokens[-1].lower_, set()).update(words)
        if not chain.gender and chain.kind == "person":
            chain.gender = gender_words().get(tokens[-1].lower_, "")


def _without_forms(chains: list[Chain]) -> list[Chain]:
    """Join "Acme" to "Acme Holdings" when the words it lacks only say what form of company it is."""
    forms = lexicon().words("corporateForm", "noun")
    by_name = {chain.names[0]: chain for chain in chains if chain.kind == "organisation" and chain.entry is None}
    for words, chain in sorted(by_name.items()):
        bare = words
        while len(bare) > 1 and bare[-1] in forms:
            bare = bare[:-1]
        short = by_name.get(bare)
        if bare != words and short is not None and short is not chain and short.mentions:
            chain.names += short.names
            chain.mentions = sorted(chain.mentions + short.mentions)
            chain.roles = short.roles | chain.roles
            short.mentions = []
    return sorted((chain for chain in chains if chain.mentions), key=lambda chain: chain.mentions[0])
