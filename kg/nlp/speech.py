"""The words of saying and ranges of tokens: what the modules about speech share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.ontology import lexicon

Range = tuple[int, int]  # tokens, half open

SUBJECTS = frozenset({"nsubj", "csubj"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
_TRIM = frozenset({",", ";", ":", "-", "--", "–", "—", "―", ".", "|", "...", "…"})


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The word lists of ``speech.ttl``."""

    clause: frozenset[str]
    quoting: frozenset[str]
    infinitive: frozenset[str]
    naming: frozenset[str]
    topic: frozenset[str]
    topic_phrases: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]


@cache
def speech_words() -> SpeechWords:
    """Return the word lists of ``speech.ttl``, read once."""
    words = lexicon().words
    clause = words("speech", "verb") | words("attitude", "verb") | words("finding", "verb")
    phrases = words("speechTopic", "phrase")
    return SpeechWords(
        clause=clause,
        quoting=words("speech", "verb"),
        infinitive=words("speechInfinitive", "verb"),
        naming=words("speechNaming", "verb"),
        topic=words("speechTopic", "verb"),
        topic_phrases=phrases,
        nouns=words("speech", "noun"),
        verbs=clause
        | words("speechInfinitive", "verb")
        | words("speechNaming", "verb")
        | words("speechTopic", "verb")
        | {phrase.split()[0] for phrase in phrases},
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
