"""Find which mentions of a document mean the same thing: names, definite descriptions, pronouns.

Precision comes first: what two antecedents fit is left alone. Names are found in `kg.nlp.names` and joined in
`kg.nlp.chains`; `kg.nlp.metonymy` tells a capital from its government; pronouns are resolved in `kg.nlp.pronouns`, "I"
and "we" in `kg.nlp.first_person`, "the two countries" in `kg.nlp.plurals`. Here stand the order of things and the
definite descriptions.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.gazetteer import Gazetteer, load_gazetteer
from kg.model import Attribution, Span
from kg.nlp.chains import Chain, named_chains
from kg.nlp.discourse import VERBAL, Discourse, subject_of
from kg.nlp.first_person import resolve_first_person
from kg.nlp.names import Range
from kg.nlp.plurals import described_together
from kg.nlp.pronouns import PRONOUNS, chain_for, is_abstract, persons, resolve_pronoun
from kg.nlp.speaker import find_attributions
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_BACK = 3  # sentences
_DEFINITE = frozenset({"the", "this", "both"})
_NARROWING = frozenset({"relcl", "acl", "appos"})


@dataclass(frozen=True, slots=True)
class Coreference:
    """What means the same in a document.

    ``clusters`` hold the mentions of one thing, the best antecedent (the fullest name) first, the rest in order; no
    span is in two. ``members`` holds for a plural, the first of its cluster, the mentions it means together.
    ``governments`` are the tokens of capitals that stand for a government.
    """

    clusters: tuple[tuple[Span, ...], ...] = ()
    members: Mapping[Span, tuple[Span, ...]] = field(default_factory=dict)
    governments: frozenset[int] = frozenset()


def find_coreference(
    doc: Doc,
    *,
    gazetteer: Gazetteer | None = None,
    attributions: Iterable[Attribution] | None = None,
    skip: Container[int] = frozenset(),
) -> Coreference:
    """Return what means the same in a parsed document; nothing where it has no parse.

    ``gazetteer`` tells which names and short names mean one thing (default: the built-in one);
    ``attributions`` are those of the document where the caller has them already; ``skip`` holds the indices of
    tokens outside the body (a headline, a link), which are no part of the discourse.
    """
    if not doc.has_annotation("DEP"):
        return Coreference()
    known = load_gazetteer() if gazetteer is None else gazetteer
    said = find_attributions(doc) if attributions is None else tuple(attributions)
    discourse = Discourse.of(doc, named_chains(doc, known, skip=skip), said, skip=skip)
    for token in _candidates(doc, discourse):
        if token.i in skip:
            continue
        if (chain := discourse.begins.get(token.i)) is not None:
            discourse.note(chain, token)
        elif token.tag_ in ("NN", "NNP"):
            described = _described(token, discourse, known)
            if described is not None:
                discourse.add(*described)
        elif token.tag_ == "NNS" and token.i not in discourse.owner:
            together = described_together(token, discourse)
            if together is not None:
                discourse.add(*together)
        elif token.tag_ in ("PRP", "PRP$") and token.lower_ in PRONOUNS:
            resolve_pronoun(token, discourse)
    resolve_first_person(discourse)
    clusters = {id(chain): _cluster(doc, chain) for chain in discourse.chains if chain.mentions}
    return Coreference(
        tuple(sorted((c for c in clusters.values() if len(c) > 1), key=lambda c: c[0])),
        {
            clusters[id(chain)][0]: tuple(_span(doc, member) for member in chain.members)
            for chain in discourse.chains
            if chain.members
        },
        frozenset(i for chain in discourse.chains for i in chain.governments),
    )


def _candidates(doc: Doc, discourse: Discourse) -> list[Token]:
    """Return what may mention something known, in order: names, pronouns, the nouns of "the …" and "both …"."""
    found = {*discourse.begins, *indices_of(doc, PRONOUNS)}
    found.update(doc[i].head.i for i in indices_of(doc, _DEFINITE))
    return [doc[i] for i in sorted(found)]


def _span(doc: Doc, tokens: Range) -> Span:
    last = doc[tokens[1] - 1]
    return Span(doc[tokens[0]].idx, last.idx + len(last))


def _cluster(doc: Doc, chain: Chain) -> tuple[Span, ...]:
    mentions = sorted(set(chain.mentions))
    pronoun = {m for m in mentions if m[1] - m[0] == 1 and doc[m[0]].pos_ == "PRON"}
    named = {m for m in mentions if tuple(t.text for t in doc[m[0] : m[1]]) in chain.names and _has_capital(doc, m)}
    best = min(mentions, key=lambda m: (m in pronoun, m not in named, m[0] - m[1] if m in named else 0, m))
    ordered = [best, *(m for m in mentions if m != best)]
    return tuple(_span(doc, m) for m in ordered)


def _has_capital(doc: Doc, tokens: Range) -> bool:
    """Tell whether a name is a proper one: "joint rescue centre (JRC)" is known by its acronym."""
    return any(letter.isupper() for letter in doc[tokens[0]].text)


# --- definite descriptions --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Nouns:
    persons: frozenset[str]
    generic: frozenset[str]
    types: frozenset[str]
    companies: frozenset[str]
    countries: frozenset[str]
    cities: frozenset[str]


@cache
def _nouns() -> _Nouns:
    words = lexicon().words
    generic = words("genericOrganisation", "noun")
    return _Nouns(
        persons=words("person", "noun") | words("occupation", "noun"),
        generic=generic,
        types=words("organisationType", "noun") | generic,
        companies=words("companyType", "noun"),
        countries=words("countryNoun", "noun"),
        cities=words("cityNoun", "noun"),
    )


def _described(noun: Token, discourse: Discourse, gazetteer: Gazetteer) -> tuple[Chain, Range] | None:
    """Return the chain that "the …" points back to, and the span of the mention."""
    if noun.i in discourse.owner or noun.dep_ in ("compound", "nmod", "appos", "attr"):
        return None
    children = list(noun.children)
    article = next((c for c in children if c.dep_ == "det" and c.lower_ in ("the", "this")), None)
    if article is None or any(_narrows(c) for c in children):
        return None
    modifiers = [c for c in children if c.dep_ in _MODIFIERS and c.i < noun.i]
    if any(c.dep_ in ("poss", "conj") for c in children):
        return None
    span = (article.i, noun.i + 1)
    words = [t.text for t in noun.doc[article.i + 1 : noun.i + 1]]
    chain = _by_short_name(words, discourse, gazetteer) or _by_noun(noun, {m.lower_ for m in modifiers}, discourse)
    if chain is None and noun.tag_ == "NN":
        chain = _introduced(noun, {m.lower_ for m in modifiers}, discourse)
    return (chain, span) if chain is not None else None


def _narrows(child: Token) -> bool:
    """Tell whether a dependent says which one of several: "of Poland", "who left" without a comma."""
    if child.dep_ in _NARROWING:
        edge = child.left_edge.i
        return not (edge and child.doc[edge - 1].text == ",")
    return child.dep_ == "prep" and child.lower_ == "of"


def _by_short_name(words: list[str], discourse: Discourse, gazetteer: Gazetteer) -> Chain | None:
    entries = {entry.id for entry in gazetteer.by_short_name(" ".join(words))}
    if not entries:
        return None
    return next((c for c in discourse.latest() if c.entry is not None and c.entry.id in entries), None)


def _by_noun(noun: Token, modifiers: set[str], discourse: Discourse) -> Chain | None:
    base, nouns = noun.lemma_.lower() if noun.tag_ == "NN" else noun.lower_, _nouns()
    if base in nouns.persons:
        people = [c for c in discourse.latest() if c.kind == "person" and _has_role(c, base, modifiers)]
        return people[0] if len(people) == 1 else None
    if base in nouns.countries and not modifiers:
        return _near(noun, discourse, lambda c: c.is_a("Country"))
    if base in nouns.cities and not modifiers:
        return _near(noun, discourse, lambda c: c.is_a("City"))
    if base not in nouns.types:
        return None
    typed = [c for c in discourse.latest() if c.kind == "organisation" and _is_of_type(c, base, modifiers)]
    if typed:
        return typed[0] if base not in nouns.companies or not _other_topic(noun, typed, discourse, nouns) else None
    if base in nouns.generic and not modifiers:
        near = [c for c in discourse.latest(since=discourse.sentence[noun.i] - 2) if c.kind == "organisation"]
        near = [c for c in near if not _typed_otherwise(c, nouns)]
        topics = [c for c in near if any(c is topic for topic in discourse.topics(noun))]
        return near[0] if len(near) == 1 else topics[0] if topics else None
    return None


def _other_topic(noun: Token, typed: list[Chain], discourse: Discourse, nouns: _Nouns) -> bool:
    """Tell whether the clauses around or the sentence before are about another company, of whatever sort.

    "Acme said the network is new": it may be Acme's own sort.
    """
    topics = discourse.topics(noun) + [c for a in noun.ancestors if (c := _subject_chain(a, discourse)) is not None]
    bodies = [c for c in topics if c.kind == "organisation" and not _typed_otherwise(c, nouns)]
    return bool(bodies) and not any(c is typed[0] for c in topics)


def _subject_chain(verb: Token, discourse: Discourse) -> Chain | None:
    subject = subject_of(verb) if verb.pos_ in VERBAL else None
    return discourse.chain_of(subject) if subject is not None and subject.i < verb.i else None


def _introduced(noun: Token, modifiers: set[str], discourse: Discourse) -> Chain | None:
    """Return what "a ferry" brought in shortly before, for "the ferry"; nothing where two ferries were."""
    before = [i for i in discourse.introduced.get(noun.lower_, ()) if i < noun.i]
    if len(before) != 1 or discourse.sentence[before[0]] < discourse.sentence[noun.i] - _BACK:
        return None
    first = noun.doc[before[0]]
    if first.tag_ != "NN" or is_abstract(first) or discourse.quotation.get(first.i) != discourse.quotation.get(noun.i):
        return None
    words = {c.lower_ for c in first.children if c.dep_ in _MODIFIERS and c.i < first.i}
    if not modifiers <= words:
        return None
    return chain_for(first, discourse, "person" if first.lower_ in persons() else "thing")


def _near(noun: Token, discourse: Discourse, fits: Callable[[Chain], bool]) -> Chain | None:
    """Return the only thing of the sort in the last sentences, or the one that the sentence before is about."""
    found = [c for c in discourse.latest(since=discourse.sentence[noun.i] - 2) if fits(c)]
    topics = [c for c in found if any(c is topic for topic in discourse.topics(noun))]
    return found[0] if len(found) == 1 else topics[0] if len(topics) == 1 else None


def _has_role(chain: Chain, base: str, modifiers: set[str]) -> bool:
    return base in chain.roles and modifiers <= chain.roles[base]


def _is_of_type(chain: Chain, base: str, modifiers: set[str]) -> bool:
    """Tell whether a name or an apposition has the type word, and all modifiers with it."""
    names = [{singular(word) for word in words} for words in chain.names]
    if base in chain.roles and modifiers <= chain.roles[base].union(*names):
        return True
    return any(base in words and modifiers <= words for words in names)


def singular(word: str) -> str:
    """Return a word of a name in lower case, its plural -s off: "Airlines" names an airline."""
    word = word.lower()
    return word[:-1] if word.endswith("s") and word[:-1] in _nouns().types else word


def _typed_otherwise(chain: Chain, nouns: _Nouns) -> bool:
    """Tell whether a name says another sort: no ministry is "the company"."""
    own = {singular(word) for words in chain.names for word in words} | set(chain.roles)
    return bool(own & (nouns.types - nouns.generic - nouns.companies)) and not own & nouns.generic
