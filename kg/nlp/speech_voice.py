"""Tell whether a source speaks, and whether it says that its content is so: what makes somebody a speaker."""

from __future__ import annotations

from functools import cache

from kg.nlp.speech import lemma, speech_words
from kg.nlp.tree import Span as TokenSpan
from kg.nlp.tree import Token
from kg.ontology import lexicon

_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})


def has_voice(source: Token, cue: Token) -> bool:
    """Tell whether the subject of a verb speaks: of "show", "suggest" and the like only a person, a body or a text.

    "The empty shelves suggest that people bought the rice" is the writer's own conclusion.
    """
    return source.pos_ != "NOUN" or not is_implying(cue) or is_speaker(source.lemma_.lower(), source.ent_type_)


def is_implying(cue: Token) -> bool:
    """Tell whether things do what a verb says as often as people: "show", "suggest"."""
    return lemma(cue) in lexicon().words("implying", "verb")


def is_speaker(noun: str, label: str) -> bool:
    """Tell whether a noun, or the entity label of a name, means a person, a body or a text.

    >>> is_speaker("report", ""), is_speaker("smile", ""), is_speaker("Acme", "ORG")
    (True, False, True)
    """
    return label in ("PERSON", "ORG", "GPE", "NORP") or noun in _speakers()


@cache
def _speakers() -> frozenset[str]:
    lists = ("person", "occupation", "organisation", "organisationType", "text", "speaking")
    return frozenset().union(*(lexicon().words(name, "noun") for name in lists))


def is_asserted(content: TokenSpan, cue: Token) -> bool:
    """Tell whether somebody says that a content is so.

    Not what he promises or wants to do ("pledged to buy"), nor what nobody said ("never said that", "refused to say
    why"), nor what is so whoever says it ("tells the truth that"); who does not believe a thing, though, holds the
    contrary.
    """
    words = speech_words()
    base = lemma(cue)
    if base in words.quoting and (any(_is_negative(child) for child in cue.children) or _is_unsaid(cue)):
        return False
    if any(c.dep_ == "dobj" and c.lower_ in lexicon().words("truth", "noun") for c in cue.children):
        return False
    return content.root.dep_ != "xcomp" or base in words.asserting


def _is_negative(token: Token) -> bool:
    """Tell whether a word beside a verb denies it: "not", "never", "no official"."""
    if token.dep_ == "neg" or (token.dep_ == "advmod" and token.lower_ == "never"):
        return True
    return token.dep_ == "nsubj" and (
        token.lower_ in _NOBODY or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in token.children)
    )


def _is_unsaid(cue: Token) -> bool:
    """Tell whether an infinitive was not uttered: "has yet to say", "refused to explain"."""
    if cue.dep_ != "xcomp":
        return False
    head, words = cue.head, lexicon().words
    if any(child.dep_ == "neg" for child in head.children):
        return False
    yet = any(child.lower_ in words("unsaid", "adverb") and child.i < cue.i for child in head.children)
    return lemma(head) in words("unsaid", "verb") or (head.lemma_ in ("have", "be") and yet)
