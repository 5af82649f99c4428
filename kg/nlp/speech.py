"""The words of saying and ranges of tokens: what the modules about speech share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

Range = tuple[int, int]  # tokens, half open

SUBJECTS = frozenset({"nsubj", "csubj"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
_TRIM = frozenset({",", ";", ":", "-", "--", "–", "—", "―", ".", "|", "...", "…"})


class Kind(IntEnum):
    """What a report gives: words said; a belief held; a promise or a name given; what somebody wants or judges."""

    SAYING = 0
    ATTITUDE = 1
    PROMISE = 2
    STANCE = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What one cue reports, in tokens."""

    cue: Range | None
    source: Range | None
    contents: tuple[Range, ...]
    kind: Kind = Kind.SAYING


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The word lists of ``speech.ttl``."""

    clause: frozenset[str]
    quoting: frozenset[str]
    finding: frozenset[str]
    infinitive: frozenset[str]
    naming: frozenset[str]
    topic: frozenset[str]
    topic_phrases: frozenset[str]
    accusing: frozenset[str]
    gerund: frozenset[str]
    asserting: frozenset[str]
    particles: frozenset[str]
    nouns: frozenset[str]
    held: frozenset[str]
    holding: frozenset[str]
    expressing: frozenset[str]
    rejecting: frozenset[str]
    views: frozenset[str]
    quoting_only: frozenset[str]
    wishing: frozenset[str]
    knowing: frozenset[str]
    regarding: frozenset[str]
    documents: frozenset[str]
    quoted: frozenset[str]
    raised: frozenset[str]
    verbs: frozenset[str]


@cache
def speech_words() -> SpeechWords:
    """Return the word lists of ``speech.ttl``, read once."""
    words = lexicon().words
    speech = words("speech", "verb")
    clause = speech | words("attitude", "verb") | words("finding", "verb")
    phrases = words("speechTopic", "phrase")
    accusing, particles = words("accusation", "phrase"), words("speech", "phrase") - {"according to"}
    lists = (
        "speechInfinitive",
        "speechGerund",
        "speechNaming",
        "speechTopic",
        "speechOnly",
        "wish",
        "knowledge",
        "regard",
    )
    return SpeechWords(
        clause=clause,
        quoting=speech,
        finding=words("finding", "verb"),
        infinitive=words("speechInfinitive", "verb"),
        naming=words("speechNaming", "verb"),
        topic=words("speechTopic", "verb"),
        topic_phrases=phrases,
        accusing=accusing,
        gerund=words("speechGerund", "verb"),
        asserting=words("assertedInfinitive", "verb"),
        particles=particles,
        nouns=words("speech", "noun"),
        held=words("speech", "noun") | words("attitude", "noun"),
        holding=words("attitude", "adjective"),
        expressing=words("expressing", "verb"),
        rejecting=words("rejecting", "verb"),
        views=words("viewpoint", "phrase"),
        quoting_only=words("speechOnly", "verb"),
        wishing=words("wish", "verb"),
        knowing=words("knowledge", "verb"),
        regarding=words("regard", "verb"),
        documents=words("finding", "noun"),
        quoted=words("quoted", "verb"),
        raised=words("raisedReport", "verb"),
        verbs=clause.union(*(words(name, "verb") for name in lists))
        | {phrase.split()[0] for phrase in phrases | accusing | particles},
    )


def lemma(token: Token) -> str:
    """Return a verb's lemma, mending the lemmatizer's "hop" for "hoped" and the like."""
    base = token.lemma_.lower()
    form = token.lower_
    if form.startswith((base + "ed", base + "ing")) and base + "e" in _mended():
        return base + "e"
    return base


@cache
def _mended() -> frozenset[str]:
    """Return the listed verbs in -e whose stem without it is no listed verb."""
    words = lexicon().words
    verbs = words("speech", "verb") | words("attitude", "verb") | words("speechTopic", "verb")
    return frozenset(verb for verb in verbs if verb.endswith("e") and verb[:-1] not in verbs)


def trim(doc: Doc, tokens: Range) -> Range | None:
    """Return the range without commas, stops and spaces at its ends, or None when nothing is left."""
    start, end = tokens
    while start < end and (doc[start].text in _TRIM or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in _TRIM or doc[end - 1].is_space or doc[end - 1].tag_ == "CC"):
        end -= 1
    return (start, end) if start < end else None


def minus(whole: Range, hole: Range) -> tuple[Range, ...]:
    """Return what is left of a range, none to two ranges, when another is taken out."""
    pieces = ((whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1]))
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def has_finite(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a finite verb stands among the tokens."""
    return any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in doc[start:end])


def subtree(token: Token) -> Range:
    """Return the tokens from a word's leftmost dependent to its rightmost."""
    return (token.left_edge.i, token.right_edge.i + 1)


def particle(verb: Token) -> str:
    """Return the particle of a phrasal verb, or the empty string."""
    following = verb.i + 1
    doc = verb.doc
    if following < len(doc) and doc[following].dep_ == "prt" and doc[following].head.i == verb.i:
        return doc[following].lower_
    return ""


def tense(verb: Token) -> str:
    """Return the tag that tells the tense of a verb group: its first auxiliary's, else the verb's."""
    return next((c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")), verb.tag_)
