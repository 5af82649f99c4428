"""Find what a verb of saying reports without quotation marks: its clause, or the sentence it is set into."""

from __future__ import annotations

from collections.abc import Iterator

from kg.nlp.speech import FINITE, SUBJECTS, Kind, Range, SpeechWords, has_finite, lemma, minus, particle, subtree, tense
from kg.nlp.speech_stance import FREE_RELATIVE, named, stances_of
from kg.nlp.tree import Doc, Token

_NOMINAL = frozenset({"dobj", "dative", "pobj", "npadvmod"})
_RESUMING = frozenset(
    {"and", "as", "because", "but", "despite", "for", "if", "or", "so", "than", "though", "although", "to", "unless"}
    | {"until", "whereas", "with", "without", "compared", "that"}
)
_WHEN = frozenset({"after", "as", "before", "once", "since", "until", "when", "while"})
_BACKSHIFTED = frozenset({"should", "ought"})


def contents_of(doc: Doc, cue: Token, words: SpeechWords, source: Range | None) -> Iterator[tuple[Kind, Range]]:
    """Yield what the parse makes the content of a verb of saying, and what kind of report that is."""
    base, children = lemma(cue), list(cue.children)
    phrasal = particle(cue) or _bare_object(cue, children, words)
    speaks = (base in words.clause and not phrasal) or f"{base} {phrasal}" in words.particles
    kind = Kind.SAYING if base in words.quoting or phrasal or base in words.finding else Kind.ATTITUDE
    found = False
    for child in children:
        if _is_content(child, base, words, speaks=speaks) and child.lower_ not in FREE_RELATIVE:
            found = True
            content = (child.left_edge.i, _content_end(cue, child, words))
            yield Kind.PROMISE if child.dep_ == "xcomp" and base not in words.asserting else kind, content
            for more in _resumed(doc, cue, content, source):
                yield kind, more
    if base in words.quoting and found and (duty := _in_line(cue, children)):
        yield kind, duty
    if not found and base in words.naming and (called := named(children)):
        found = True
        yield Kind.PROMISE, called
    if not found and (accused := _accused(base, children, words)):
        found = True
        yield Kind.SAYING, accused
    if not found and base in words.quoting and (clause := _misplaced(children, words)) is not None:
        found = True
        yield kind, subtree(clause)
    if not found and speaks and base not in words.naming:
        for content in _around(doc, cue, source):
            found = True
            yield kind, content
            for more in _resumed(doc, cue, content, source):
                yield kind, more
    if not found:
        for content in stances_of(cue, base, children, words):
            yield Kind.STANCE, content


def _bare_object(cue: Token, children: list[Token], words: SpeechWords) -> str:
    """Return "it" for "as she put it", a phrasal verb of saying."""
    if f"{lemma(cue)} it" in words.particles and any(c.dep_ == "dobj" and c.lower_ == "it" for c in children):
        return "it"
    return ""


def is_setting(clause: Token) -> bool:
    """Tell whether a clause beside a verb of saying tells when it was said, and not what: "said after she left"."""
    return any(
        child.lower_ in _WHEN and child.dep_ in ("mark", "advmod") and child.i == clause.left_edge.i
        for child in clause.children
    )


def _in_line(cue: Token, children: list[Token]) -> Range | None:
    """Return "they should not" of "explained that he agreed, but they should not": a duty after a report is reported.

    So it is where the subject is a pronoun: whose duty it is was said before.
    """
    for child in children:
        if child.dep_ != "conj" or cue.tag_ != "VBD" or child.i < cue.i:
            continue
        parts = list(child.children)
        bound = any(c.dep_ == "aux" and c.lower_ in _BACKSHIFTED for c in parts)
        if bound and any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "PRON" for c in parts):
            return subtree(child)
    return None


def _is_content(child: Token, base: str, words: SpeechWords, *, speaks: bool) -> bool:
    dep = child.dep_
    if dep == "ccomp":
        return speaks and not (child.i > child.head.i and is_setting(child))
    if dep == "xcomp":
        to = child.tag_ == "VB" or (child.tag_ == "VBN" and any(c.lower_ == "to" for c in child.lefts))
        return (to and base in words.infinitive) or (child.tag_ == "VBG" and base in words.gerund)
    if dep == "advcl" and base in words.quoting:
        return any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in child.children) and base in (
            "ask",
            "wonder",
        )
    return dep == "parataxis" and base in words.quoting and child.i > child.head.i + 1


def _content_end(cue: Token, clause: Token, words: SpeechWords) -> int:
    """Return where a content ends: before a coordinated clause that is a report of its own ("…, and he added that").

    It is one when it has its own subject, or when it shares the cue's tense and not the content's ("said it
    would leave and warned"). So is a participle of saying after a comma ("…, adding that").
    """
    verb = clause
    for _ in range(4):
        following = None
        for child in verb.children:
            if child.i <= cue.i or child.i < verb.i:
                continue
            if child.dep_ == "conj" and child.tag_ == cue.tag_ and lemma(child) in words.quoting:
                own = any(c.dep_ in SUBJECTS for c in child.children)
                if own or (verb.i == clause.i and tense(clause) != child.tag_):
                    return child.left_edge.i
            if _is_adding(child, words):
                return child.left_edge.i
            if child.dep_ in ("conj", "ccomp"):
                following = child
        if following is None:
            break
        verb = following
    return clause.right_edge.i + 1


def _is_adding(token: Token, words: SpeechWords) -> bool:
    """Tell whether a word opens "…, adding that": a participle of saying with a clause, after a comma."""
    if token.tag_ != "VBG" or token.dep_ != "advcl" or lemma(token) not in words.quoting:
        return False
    before = token.doc[token.left_edge.i - 1]
    return before.text == "," and any(c.dep_ == "ccomp" for c in token.children)


def _accused(base: str, children: list[Token], words: SpeechWords) -> Range | None:
    """Return "the firm of lying" of "accused the firm of lying": a judgement that says what somebody did."""
    accused = next((c for c in children if c.dep_ in ("dobj", "nsubjpass")), None)
    below = list(accused.children) if accused is not None and accused.dep_ == "dobj" else []
    for child in (*children, *below):
        accuses = child.dep_ == "prep" and f"{base} {child.lower_}" in words.accusing
        if accuses and any(c.dep_ == "pcomp" for c in child.children):
            start = accused.left_edge.i if accused is not None and accused.dep_ == "dobj" else child.i
            return (min(start, child.i), child.right_edge.i + 1)
    return None


def _misplaced(children: list[Token], words: SpeechWords) -> Token | None:
    """Return the that-clause that the parse hangs on a noun beside the cue: "told a rally that"."""
    for child in reversed(children):
        if child.i < child.head.i:
            continue
        if child.dep_ in ("advcl", "ccomp") and is_setting(child):
            return next((t for t in child.subtree if t.dep_ == "ccomp" and _is_stranded(t, words)), None)
        if child.dep_ not in ("prep", "dobj", "dative"):
            continue
        noun: Token | None = child
        for _ in range(4):
            if noun is None:
                break
            if noun.dep_ != "prep" and (noun.dep_ == "pobj" or noun.lemma_.lower() not in words.held):
                clause = next((c for c in noun.children if c.i > noun.i and _is_that_clause(c)), None)
                if clause is not None:
                    return clause
            noun = next((c for c in noun.children if c.dep_ in ("prep", "pobj") and c.i > noun.i), None)
    return None


def _is_stranded(clause: Token, words: SpeechWords) -> bool:
    """Tell whether a that-clause hangs on a verb that can have none: "said when he arrived that it had left"."""
    head = clause.head
    known = lemma(head) in (words.verbs | words.knowing) or head.pos_ != "VERB"
    return not known and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _is_that_clause(token: Token) -> bool:
    return token.dep_ in ("acl", "relcl", "ccomp") and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in token.children
    )


def _around(doc: Doc, cue: Token, source: Range | None) -> Iterator[Range]:
    """Yield the sentence that a cue without a clause of its own is set into or after: "A, he noted, B".

    Commas around a cue and its subject set it in, whatever the parse makes of it.
    """
    own = subtree(cue)
    head = cue.head
    as_clause = cue.dep_ == "advcl" and doc[own[0]].lower_ == "as"
    if head.i != cue.i and (cue.dep_ == "parataxis" or as_clause):
        yield from minus(subtree(head), own)
    elif source and source[0] <= cue.i and cue.tag_ in FINITE:
        start, sentence = source[0], cue.sent
        if start - 1 <= sentence.start or doc[start - 1].lower_ != ",":
            return
        if cue.dep_ == "ROOT" and has_finite(doc, sentence.start, start - 1):
            yield (sentence.start, start - 1)
        elif source[1] == cue.i:
            comma = _comma_after(doc, cue.i + 1, sentence.end - 1)
            if comma is not None and doc[comma + 1].tag_ in FINITE:
                yield (sentence.start, start - 1)
                yield (comma + 1, sentence.end)


def _resumed(doc: Doc, cue: Token, content: Range, source: Range | None) -> Iterator[Range]:
    """Yield the rest of a sentence that the cue between commas interrupts: "A, he said, until B", "On B, he said, A".

    What goes on must be a part that the cue cannot have itself: not "…, he said, adding", "…, he said, before leaving".
    """
    sentence = cue.sent
    start = min(source[0], cue.i) if source is not None else cue.i
    if content[1] <= start + 1 and doc[start - 1].text == ",":
        comma = _comma_after(doc, max(cue.i + 1, source[1] if source is not None else 0), sentence.end)
        if comma is not None and comma + 1 < sentence.end and _goes_on(doc[comma + 1], cue):
            yield (comma + 1, sentence.end)
    elif start - 1 > sentence.start and doc[start - 1].text == ",":
        closing = max(cue.i + 1, source[1] if source is not None else 0)
        if content[0] == closing + 1 and doc[closing].text == "," and not _is_short(doc, sentence.start, start - 1):
            yield (sentence.start, start - 1)


def _comma_after(doc: Doc, start: int, end: int) -> int | None:
    """Return the comma that closes a cue's clause, after a time or a place at most."""
    for i in range(start, min(start + 9, end)):
        if doc[i].text == ",":
            return i
        if doc[i].pos_ in ("VERB", "AUX") or doc[i].text in '":;':
            return None
    return None


def _goes_on(token: Token, cue: Token) -> bool:
    if token.lower_ not in _RESUMING:
        return False
    if token.tag_ != "CC":
        return True
    verb = next((c for c in cue.children if c.dep_ == "conj" and c.i > token.i), None)
    return verb is None or any(c.dep_ in SUBJECTS and c.i > token.i for c in verb.children)


def _is_short(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a sentence opens with a mere link or time before its cue: "On Monday, he said, …"."""
    return end - start < 3 or all(t.ent_type_ in ("DATE", "TIME") or t.pos_ in ("ADP", "DET") for t in doc[start:end])
