"""Find what a verb of saying reports without quotation marks: its clause, or the sentence it is set into."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.nlp.speech import FINITE, SUBJECTS, Range, SpeechWords, has_finite, lemma, minus

_FREE_RELATIVE = frozenset({"what", "which", "whatever"})


def contents_of(doc: Doc, cue: Token, words: SpeechWords, source: Range | None, *, topics: bool) -> Iterator[Range]:
    """Yield what the parse makes the content of a verb of saying."""
    base, children = lemma(cue), list(cue.children)
    found = False
    for child in children:
        if _is_content(child, base, words) and child.lower_ not in _FREE_RELATIVE:
            found = True
            yield (child.left_edge.i, _content_end(cue, child, words))
    if not found and base in words.naming and (named := _named(children)):
        found = True
        yield named
    if not found and base in words.clause:
        for content in _around(doc, cue, source):
            found = True
            yield content
    if topics and not found:
        yield from _topics(base, children, words)


def _is_content(child: Token, base: str, words: SpeechWords) -> bool:
    dep = child.dep_
    if dep == "ccomp":
        return base in words.clause
    if dep == "xcomp":
        return base in words.infinitive and child.tag_ == "VB"
    if dep == "advcl" and base in words.quoting:
        return any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in child.children) and base in (
            "ask",
            "wonder",
        )
    return dep == "parataxis" and base in words.quoting and child.i > child.head.i + 1


def _content_end(cue: Token, clause: Token, words: SpeechWords) -> int:
    """Return where a content ends: before a coordinated clause that is a report of its own ("…, and he added that").

    It is one when it has its own subject, or when it shares the cue's tense and not the content's ("said it
    would leave and warned").
    """
    for child in clause.children:
        if child.dep_ == "conj" and child.i > cue.i and child.tag_ == cue.tag_ and lemma(child) in words.quoting:
            own = any(c.dep_ in SUBJECTS for c in child.children)
            if own or _tense(clause) != child.tag_:
                return child.left_edge.i
    return clause.right_edge.i + 1


def _tense(verb: Token) -> str:
    return next((c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")), verb.tag_)


def _named(children: list[Token]) -> Range | None:
    """Return "the plan a mistake" of "called the plan a mistake", "it as dead" of "described it as dead"."""
    thing = next((child for child in children if child.dep_ == "dobj"), None)
    if thing is None:
        return None
    if thing.lower_ in _FREE_RELATIVE and thing.i < thing.head.i:
        return next(
            ((c.left_edge.i, c.right_edge.i + 1) for c in children if c.i > c.head.i and c.dep_ in ("oprd", "dobj")),
            None,
        )
    for child in children:
        if child.i > thing.i and (child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ == "as")):
            return (thing.left_edge.i, child.right_edge.i + 1)
    return None


def _topics(base: str, children: list[Token], words: SpeechWords) -> Iterator[Range]:
    for child in children:
        if child.dep_ == "dobj" and base in words.topic:
            yield (child.left_edge.i, child.right_edge.i + 1)
        elif child.dep_ == "prep" and f"{base} {child.lower_}" in words.topic_phrases:
            yield from ((c.left_edge.i, c.right_edge.i + 1) for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _around(doc: Doc, cue: Token, source: Range | None) -> Iterator[Range]:
    """Yield the sentence that a cue without a clause of its own is set into or after: "A, he noted, B"."""
    subtree = (cue.left_edge.i, cue.right_edge.i + 1)
    head = cue.head
    as_clause = cue.dep_ == "advcl" and doc[subtree[0]].lower_ == "as"
    if head.i != cue.i and (cue.dep_ == "parataxis" or as_clause):
        whole = (head.left_edge.i, head.right_edge.i + 1)
        yield from minus(whole, subtree)
    elif cue.dep_ == "ROOT" and source and source[0] <= cue.i and cue.tag_ in FINITE:
        start = source[0]
        if start - 1 > cue.sent.start and doc[start - 1].lower_ == "," and has_finite(doc, cue.sent.start, start - 1):
            yield (cue.sent.start, start - 1)
