"""Chains of mentions, and the names that begin them: which names of a document mean the same thing."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from kg.gazetteer import Entry, Gazetteer
from kg.nlp.names import Name, Range, Words, bracketed, find_names, is_type
from kg.nlp.people import People, gender_words
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon


@dataclass(slots=True)
class Chain:
    """The mentions of one thing found so far. ``kind`` is person, organisation, place, thing or plural.

    ``roles`` holds by head noun the words that titles and appositions say of it: {"general": {"secretary", "general"}};
    ``members`` mentions of what a plural means together; ``governments`` the heads of capitals that stand for it.
    """

    kind: str
    names: list[Words] = field(default_factory=list)
    mentions: list[Range] = field(default_factory=list)
    roles: dict[str, set[str]] = field(default_factory=dict)
    gender: str = ""
    entry: Entry | None = None
    members: tuple[Range, ...] = ()
    governments: set[int] = field(default_factory=set)

    def is_a(self, name: str) -> bool:
        """Tell whether the gazetteer gives its thing the schema.org class ``name``."""
        return is_type(self.entry, name)


def named_chains(doc: Doc, gazetteer: Gazetteer, *, skip: Container[int] = frozenset()) -> list[Chain]:
    """Return the chains of the names of a document, in order of their first mention, without the tokens to skip."""
    names = find_names(doc, gazetteer, skip=skip)
    people = People(names)
    names = sorted([*names, *people.missed(doc, names, skip=skip)], key=lambda name: name.span)
    chains: dict[object, Chain] = {}
    things = _things(doc, names, gazetteer)
    for name in names:
        key = people.key(name)
        kind = "person" if key is not None else name.kind
        if key is None:
            key = things[name.kind, name.words]
        chain = chains.setdefault(key, Chain(kind))
        if kind != "person":
            chain.entry = chain.entry or name.entry
        chain.names.append(name.words)
        chain.mentions.append(name.span)
        if name.government:
            chain.governments.add(name.head.i)
        _describe(chain, name)
    return _without_forms(list(chains.values()))


def _things(doc: Doc, names: list[Name], gazetteer: Gazetteer) -> dict[tuple[str, Words], object]:
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


def _acronyms(doc: Doc, names: list[Name]) -> dict[str, Words]:
    """Return what each acronym stands for: a name it follows in brackets, or the only name with its initials."""
    initials: dict[str, set[Words]] = {}
    for words in sorted({n.words for n in names if len(n.words) > 1 and n.kind != "person"}):
        initials.setdefault("".join(w[0] for w in words if w[0].isupper()), set()).add(words)
    found: dict[str, Words] = {}
    brackets = bracketed(doc)
    for name in names:
        short = brackets.get(name.span[1])
        if short is not None and len(name.words) > 1 and short[0].lower() == name.words[0][0].lower():
            found[short] = name.words
    for name in names:
        word = name.words[0]
        if len(name.words) == 1 and len(word) > 2 and word.isupper() and len(initials.get(word, ())) == 1:
            found.setdefault(word, next(iter(initials[word])))
    return found


def _describe(chain: Chain, name: Name) -> None:
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
