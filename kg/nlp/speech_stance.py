"""Find what somebody wants, knows or judges: stances, which say nothing that could be true or false by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from kg.nlp.speech import Range, SpeechWords, lemma, particle, speech_words, subtree
from kg.nlp.tree import Token

FREE_RELATIVE = frozenset({"what", "which", "whatever", "who", "whom"})
_INDEFINITE = FREE_RELATIVE | {"that"}


def stances_of(cue: Token, base: str, children: list[Token], words: SpeechWords) -> Iterator[Range]:
    """Yield what a verb of wanting, knowing, judging or speaking-of is about."""
    if base in words.raised and (raised := _raised(cue, children)):
        yield raised
        return
    if particle(cue) and f"{base} {particle(cue)}" not in words.topic_phrases:
        return
    if base in words.regarding:
        if (seen := named(children)) is not None:
            yield seen
        return
    spoken_of = base in words.topic or (base in words.finding and _is_document(children, words))
    judged = spoken_of and any(child.dep_ == "agent" for child in children)
    for child in children:
        if child.dep_ == "nsubjpass" and judged and child.lower_ not in _INDEFINITE:
            yield subtree(child)
        elif child.i < cue.i or child.lower_ in _INDEFINITE:
            continue
        elif _is_stance_clause(child, base, words, spoken_of=spoken_of):
            yield subtree(child)
        elif child.dep_ == "dobj" and spoken_of:
            yield (child.left_edge.i, _object_end(child, children))
        elif child.dep_ == "prep" and f"{base} {child.lower_}" in words.topic_phrases:
            yield from (_without_setting(c) for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _is_stance_clause(child: Token, base: str, words: SpeechWords, *, spoken_of: bool) -> bool:
    if child.dep_ == "xcomp":
        return child.tag_ == "VB" and base in words.wishing
    return child.dep_ == "ccomp" and (spoken_of or base in words.knowing or base in words.wishing)


def _is_document(children: list[Token], words: SpeechWords) -> bool:
    """Tell whether a verb's subject is a poll, a study, a video: what it shows is what it says."""
    return any(c.dep_ == "nsubj" and c.lemma_.lower() in words.documents for c in children)


def _without_setting(thing: Token) -> Range:
    """Return a noun phrase without the statement or the time it was uttered in: "talks | in a speech on Friday"."""
    for child in thing.rights:
        if child.dep_ == "prep" and any(
            c.ent_type_ in ("DATE", "TIME") or c.lemma_.lower() in ("interview", "speech", "statement")
            for c in child.children
        ):
            return (thing.left_edge.i, child.left_edge.i)
    return subtree(thing)


def _object_end(thing: Token, children: list[Token]) -> int:
    """Return the end of a judged thing with the reason: "him for leaving", "the plan as a mistake"."""
    for child in children:
        if child.i > thing.i and child.dep_ == "prep" and child.lower_ in ("as", "for", "of"):
            return child.right_edge.i + 1
    return thing.right_edge.i + 1


def _raised(cue: Token, children: list[Token]) -> Range | None:
    """Return "to have fled" of "is said to have fled"."""
    if cue.tag_ != "VBN" or not any(child.dep_ == "auxpass" for child in children):
        return None
    for child in children:
        if (
            child.dep_ == "xcomp"
            and child.i > cue.i
            and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        ):
            return subtree(child)
    return None


def named(children: list[Token]) -> Range | None:
    """Return "the plan a mistake" of "called the plan a mistake", "it as dead" of "described it as dead"."""
    thing = next((child for child in children if child.dep_ == "dobj"), None)
    if thing is None or lemma(thing.head) in speech_words().quoted:
        return None
    if thing.lower_ in FREE_RELATIVE and thing.i < thing.head.i:
        return next((subtree(c) for c in children if c.i > c.head.i and c.dep_ in ("oprd", "dobj")), None)
    for child in children:
        if child.i > thing.i and (child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ == "as")):
            return (thing.left_edge.i, _end_of_name(child, children))
    return None


def _end_of_name(name: Token, children: list[Token]) -> int:
    """Return the end of a name given with the phrases right after it: "a danger | for the region"."""
    end = name.right_edge.i + 1
    for child in children:
        timed = any(t.ent_type_ in ("DATE", "TIME") for t in child.subtree)
        if child.left_edge.i == end and child.dep_ == "prep" and not timed and child.lower_ != "in":
            end = child.right_edge.i + 1
    return end
