"""Find who says what: direct and indirect speech, its cue and its source.

English reports speech in few ways: a verb of saying with a clause or a quotation beside it, the same
verb set into or after what it reports ("…, he added, …"), "according to", "as X said", and a noun of
saying with a clause ("the claim that"). The words are data: ``ontologies/lexicon/speech.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.model import Attribution, Span
from kg.nlp.quotation import Quotation, find_quotations
from kg.ontology import lexicon

Range = tuple[int, int]  # tokens, half open

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_CLIMBING = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "prep", "conj", "dep"})
_EXPLETIVE = frozenset({"it", "there"})
_FREE_RELATIVE = frozenset({"what", "which", "whatever"})
_HERE = frozenset({"i", "we", "you", "it"})
_ENDS = frozenset({".", "?", "!", ",", "...", "…", "--", "—", "–", "-", "'"})
_TRIM = frozenset({",", ";", ":", "-", "--", "–", "—", "―", ".", "|", "...", "…"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``speech.ttl``."""

    clause: frozenset[str]
    quoting: frozenset[str]
    infinitive: frozenset[str]
    naming: frozenset[str]
    addressed: frozenset[str]
    topic: frozenset[str]
    topic_phrases: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Report:
    """What one cue reports, in tokens."""

    cue: Range
    source: Range | None
    contents: tuple[Range, ...]


def find_attributions(doc: Doc, *, topics: bool = False) -> tuple[Attribution, ...]:
    """Return who says what in a parsed text, sorted by content.

    A content that its cue interrupts ("A," he said, "B") gives one attribution a piece, all with the same
    cue and source, so that no piece ever covers its own cue; `join_pieces` puts them together. With
    ``topics`` also the noun phrase somebody merely speaks of or judges ("criticised the plan").
    """
    if not doc.has_annotation("DEP"):
        return ()
    quotations = find_quotations(doc)
    reports = list(_verb_reports(doc, quotations, topics=topics))
    reports += _phrase_reports(doc)
    return tuple(sorted(_attributions(doc, reports), key=_order))


def join_pieces(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Return one attribution a cue, its content reaching from its first piece to its last.

    >>> pieces = (Attribution(Span(0, 4), Span(6, 10)), Attribution(Span(12, 20), Span(6, 10)))
    >>> [(one.content.start, one.content.end) for one in join_pieces(pieces)]
    [(0, 20)]
    """
    groups: dict[tuple[Span | None, Span | None], list[Span]] = {}
    for one in attributions:
        groups.setdefault((one.cue, one.source), []).append(one.content)
    joined = [
        Attribution(Span(min(c.start for c in contents), max(c.end for c in contents)), cue, source)
        for (cue, source), contents in groups.items()
    ]
    return tuple(sorted(joined, key=_order))


def _order(one: Attribution) -> tuple[int, int, int, int]:
    return (one.content.start, one.content.end, one.cue.start if one.cue else -1, one.source.start if one.source else -1)


@cache
def _words() -> _Words:
    words = lexicon().words
    clause = words("speech", "verb") | words("attitude", "verb") | words("finding", "verb")
    phrases = words("speechTopic", "phrase")
    return _Words(
        clause=clause,
        quoting=words("speech", "verb"),
        infinitive=words("speechInfinitive", "verb"),
        naming=words("speechNaming", "verb"),
        addressed=words("speechAddressed", "verb"),
        topic=words("speechTopic", "verb"),
        topic_phrases=phrases,
        nouns=words("speech", "noun"),
        verbs=clause
        | words("speechInfinitive", "verb")
        | words("speechNaming", "verb")
        | words("speechTopic", "verb")
        | {phrase.split()[0] for phrase in phrases},
    )


def _attributions(doc: Doc, reports: Iterable[_Report]) -> set[Attribution]:
    out = set()
    for report in reports:
        source = _span(doc, report.source) if report.source else None
        cue = _span(doc, report.cue) if report.cue[0] < report.cue[1] else None
        for content in report.contents:
            if content[0] < content[1]:
                out.add(Attribution(_span(doc, content), cue, source))
    return out


def _span(doc: Doc, tokens: Range) -> Span:
    last = doc[tokens[1] - 1]
    return Span(doc[tokens[0]].idx, last.idx + len(last))


# --- cue verbs -----------------------------------------------------------------------------------


def _verb_reports(doc: Doc, quotations: tuple[Quotation, ...], *, topics: bool) -> Iterator[_Report]:
    """Yield what verbs of saying report, quotations first tied to their verbs."""
    words = _words()
    inside = {i: q for q in quotations for i in range(q.start, q.end)}
    cues = [token for token in doc if token.pos_ in ("VERB", "AUX") and lemma(token) in words.verbs]
    sources = {cue.i: _source(cue) for cue in cues}
    tied = _tie(doc, quotations, [c for c in cues if c.i not in inside and lemma(c) in words.quoting], sources)
    for cue in cues:
        mine = tied.get(cue.i, ())
        if cue.i in inside and not _is_nested_report(doc, cue, sources[cue.i], words):
            continue
        contents = list(_contents(doc, cue, words, sources[cue.i], topics=topics))
        if mine and mine[0].end <= cue.i:
            contents = [c for c in contents if c[0] < cue.i or any(c[0] < q.end and q.start < c[1] for q in mine)]
        contents = [_within(content, cue, inside) for content in contents]
        contents = _united([*contents, *((q.start, q.end) for q in mine)])
        pieces = [piece for content in contents for piece in _without(content, cue, sources[cue.i])]
        pieces = [trimmed for piece in pieces if (trimmed := _trim(doc, piece))]
        if pieces:
            yield _Report(_cue_range(cue), sources[cue.i], tuple(pieces))


def _is_nested_report(doc: Doc, cue: Token, source: Range | None, words: _Words) -> bool:
    """Tell whether a cue within a quotation reports somebody else's words: not "I think", "as you say"."""
    if source is None or cue.tag_ == "VB" or lemma(cue) not in words.quoting:
        return False
    return not (source[1] - source[0] == 1 and doc[source[0]].lower_ in _HERE)


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


def _cue_range(cue: Token) -> Range:
    """Return the verb with its particle."""
    end = cue.i + 1
    while end < len(cue.doc) and cue.doc[end].head.i == cue.i and cue.doc[end].dep_ == "prt":
        end += 1
    return (cue.i, end)


def _source(cue: Token) -> Range | None:
    """Return the noun phrase of whoever speaks: the verb's logical subject."""
    head = _speaker_of(cue, 0)
    if head is None or (head.lower_ in _EXPLETIVE and head.dep_ == "nsubjpass"):
        return None
    return noun_phrase(head, without=cue)


def _speaker_of(verb: Token, climbs: int) -> Token | None:
    children = list(verb.children)
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in children)
    for child in children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if passive:
        subject = next((child for child in children if child.dep_ == "nsubjpass"), None)
        return subject if climbs and subject is not None else None
    subject = next((child for child in children if child.dep_ in _SUBJECTS), None)
    if subject is not None:
        if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
            return verb.head
        return subject
    if verb.dep_ == "acl":
        return _author(verb.head) if verb.tag_ == "VBG" else None
    if verb.dep_ in _CLIMBING and climbs < 5:
        head = verb.head
        if verb.dep_ == "xcomp":
            controller = next((child for child in head.children if child.dep_ in ("dobj", "dative")), None)
            if controller is not None and controller.i < verb.i:
                return controller
        if head.pos_ in ("VERB", "AUX", "ADP", "SCONJ"):
            return _speaker_of(head, climbs + 1)
    return None


def _author(noun: Token) -> Token:
    """Return who speaks in "released a statement saying": the subject, where the noun is itself what is said."""
    if noun.dep_ == "dobj" and noun.lemma_.lower() in _words().nouns:
        return next((child for child in noun.head.children if child.dep_ == "nsubj"), noun)
    return noun


def noun_phrase(head: Token, *, without: Token | None = None) -> Range:
    """Return the tokens of a noun's phrase, its titles and appositions in, clauses about it out.

    A relative clause set off by a comma, and any clause that holds ``without``, ends the phrase.
    """
    doc, start, end = head.doc, head.left_edge.i, head.right_edge.i + 1
    for child in head.subtree:
        if child.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis") and child.i > head.i:
            edge = child.left_edge.i
            holds = without is not None and edge <= without.i <= child.right_edge.i
            if (holds or (edge and doc[edge - 1].lower_ == "," and child.dep_ != "acl")) and edge > head.i:
                end = min(end, edge)
    if without is not None:
        if head.i < without.i:
            end = min(end, without.i)
        else:
            start = max(start, without.i + 1)
    return _trim(doc, (start, end)) or (head.i, head.i + 1)


# --- what a verb governs --------------------------------------------------------------------------


def _contents(doc: Doc, cue: Token, words: _Words, source: Range | None, *, topics: bool) -> Iterator[Range]:
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


def _is_content(child: Token, base: str, words: _Words) -> bool:
    dep = child.dep_
    if dep == "ccomp":
        return base in words.clause
    if dep == "xcomp":
        return base in words.infinitive and child.tag_ == "VB"
    if dep == "advcl" and base in words.quoting:
        return any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in child.children) and base in ("ask", "wonder")
    return dep == "parataxis" and base in words.quoting and child.i > child.head.i + 1


def _content_end(cue: Token, clause: Token, words: _Words) -> int:
    """Return where a content ends: before a coordinated clause that is a report of its own ("…, and he added that").

    It is one when it has its own subject, or when it shares the cue's tense and not the content's ("said it
    would leave and warned").
    """
    for child in clause.children:
        if child.dep_ == "conj" and child.i > cue.i and child.tag_ == cue.tag_ and lemma(child) in words.quoting:
            own = any(c.dep_ in _SUBJECTS for c in child.children)
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
        return next(((c.left_edge.i, c.right_edge.i + 1) for c in children if c.i > c.head.i and c.dep_ in ("oprd", "dobj")), None)
    for child in children:
        if child.i > thing.i and (child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ == "as")):
            return (thing.left_edge.i, child.right_edge.i + 1)
    return None


def _topics(base: str, children: list[Token], words: _Words) -> Iterator[Range]:
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
        yield from _minus(whole, subtree)
    elif cue.dep_ == "ROOT" and source and source[0] <= cue.i and cue.tag_ in _FINITE:
        start = source[0]
        if start - 1 > cue.sent.start and doc[start - 1].lower_ == "," and _has_finite(doc, cue.sent.start, start - 1):
            yield (cue.sent.start, start - 1)


def _has_finite(doc: Doc, start: int, end: int) -> bool:
    return any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in doc[start:end])


# --- quotations -----------------------------------------------------------------------------------


def _tie(
    doc: Doc, quotations: tuple[Quotation, ...], cues: list[Token], sources: dict[int, Range | None]
) -> dict[int, list[Quotation]]:
    """Tie each quotation to the cue beside it, or to the cue of the quotation it goes on from."""
    tied: dict[int, list[Quotation]] = {}
    previous: tuple[Quotation, int] | None = None
    for quotation in quotations:
        cue = _cue_beside(doc, quotation, cues, sources)
        if cue is None and previous is not None and _goes_on(doc, quotation, *previous):
            cue = previous[1]
        if cue is not None:
            tied.setdefault(cue, []).append(quotation)
            previous = (quotation, cue)
        elif quotation.open:
            previous = None
    return tied


def _cue_beside(
    doc: Doc, quotation: Quotation, cues: list[Token], sources: dict[int, Range | None]
) -> int | None:
    before = [cue for cue in cues if quotation.start - 40 < cue.i < quotation.start]
    after = [cue for cue in cues if quotation.end <= cue.i < quotation.end + 40]
    if before and _leads_to(doc, before[-1], quotation.start):
        return before[-1].i
    for cue in after[:1]:
        if _follows(doc, cue, quotation, sources):
            return cue.i
    return None


def _leads_to(doc: Doc, cue: Token, start: int) -> bool:
    """Tell whether nothing but the cue's own complements stands between it and the quotation."""
    between = doc[cue.i + 1 : start]
    if not len(between):
        return True
    if any(t.text in '."?!' or (t.is_space and "\n" in t.text and doc[t.i - 1].text != ":") for t in between):
        return False
    if between[-1].text == ":":
        return not _has_finite(doc, cue.i + 1, start) or between[-1].head.i == cue.i
    return between[-1].text in (",", "that") and not any(t.pos_ in ("VERB", "AUX") for t in between)


def _follows(doc: Doc, cue: Token, quotation: Quotation, sources: dict[int, Range | None]) -> bool:
    """Tell whether the cue clause comes right after the quotation: "…," Smith said / said Smith."""
    if cue.tag_ not in _FINITE or doc[quotation.end - 2].text == ".":
        return False
    between = range(quotation.end, cue.i)
    source = sources[cue.i]
    if source is None and (found := _beside(doc, cue, quotation.end)):
        sources[cue.i] = source = found
    for i in between:
        token = doc[i]
        in_source = source is not None and source[0] <= i < source[1]
        if in_source or token.is_punct or token.is_space:
            continue
        if token.head.i == cue.i and token.dep_ in ("aux", "advmod", "neg", "npadvmod", "cc"):
            continue
        return False
    return True


def _beside(doc: Doc, cue: Token, start: int) -> Range | None:
    """Return the noun phrase between a quotation and its cue, or right after the cue, whatever the parse says."""
    span = _trim(doc, (start, cue.i))
    if span and all(doc[i].pos_ not in ("VERB", "AUX") for i in range(*span)):
        return span if doc[span[1] - 1].pos_ in _NOUNS else None
    if span is None and cue.i + 1 < len(doc):
        head = doc[cue.i + 1]
        while head.pos_ in ("PROPN", "NOUN", "DET", "ADJ") and head.head.i != cue.i and head.head.i > head.i:
            head = head.head
        if head.pos_ in _NOUNS and head.left_edge.i == cue.i + 1:
            return noun_phrase(head)
    return None


def _goes_on(doc: Doc, quotation: Quotation, last: Quotation, cue: int) -> bool:
    """Tell whether a quotation without a cue continues the one before it.

    It does when that one was left open at the end of its paragraph, or when it begins a sentence of the same
    paragraph and nothing but the cue's clause stands between the two.
    """
    if last.open and quotation.paragraph == last.paragraph + 1:
        return True
    if quotation.paragraph != last.paragraph or not _is_sentence_end(doc, quotation.end):
        return False
    between = doc[last.end : quotation.start]
    ends = [t.i for t in between if t.text in (".", "?", "!") and t.i < quotation.start - 1]
    if ends:
        return False
    if len(between) and cue in range(last.end, quotation.start):
        return between[-1].text in (".", ",", ";", ":", "--", "-", "—", "–")
    return len(between) == 0


def _is_sentence_end(doc: Doc, end: int) -> bool:
    """Tell whether a quotation ends a sentence, or leads back to its cue with a comma."""
    return doc[end - 2].text in _ENDS or end >= len(doc) or doc[end].text in _ENDS or doc[end].is_space


# --- phrases and nouns ----------------------------------------------------------------------------


def _phrase_reports(doc: Doc) -> Iterator[_Report]:
    """Yield "according to X, S" and "X's claim that S"."""
    nouns = _words().nouns
    for token in doc:
        if token.lower_ == "according":
            if report := _according(doc, token):
                yield report
        elif token.dep_ == "acl" and token.head.pos_ == "NOUN" and token.head.lemma_.lower() in nouns:
            if report := _noun_report(doc, token):
                yield report


def _according(doc: Doc, token: Token) -> _Report | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None:
        return None
    phrase = (token.i, source.right_edge.i + 1)
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
        clause = clause.head
    sentence = token.sent
    whole = (clause.left_edge.i, clause.right_edge.i + 1)
    if token.i == sentence.start or clause.pos_ not in ("VERB", "AUX"):
        whole = (sentence.start, sentence.end)
    source_range = noun_phrase(source)
    pieces = tuple(t for piece in _minus(whole, phrase) if (t := _trim(doc, piece)))
    return _Report((token.i, to.i + 1), source_range, pieces) if pieces else None


def _noun_report(doc: Doc, clause: Token) -> _Report | None:
    """Return what "the claim that S" reports; its source is the possessor, or the subject of "make a claim"."""
    if doc[clause.left_edge.i].lower_ != "that":
        return None
    noun = clause.head
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        by = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of") and c.i < clause.i]
        owner = next((c for prep in by for c in prep.children if c.dep_ == "pobj"), None)
    if owner is None and noun.dep_ == "dobj":
        owner = _speaker_of(noun.head, 0)
    source = noun_phrase(owner, without=noun if owner.i > noun.i else clause) if owner is not None else None
    content = _trim(doc, (clause.left_edge.i, clause.right_edge.i + 1))
    return _Report((noun.i, noun.i + 1), source, (content,)) if content else None


# --- ranges ---------------------------------------------------------------------------------------


def _minus(whole: Range, hole: Range) -> tuple[Range, ...]:
    pieces = ((whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1]))
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def _without(content: Range, cue: Token, source: Range | None) -> tuple[Range, ...]:
    """Cut the cue's own clause out of a content that was put together around it."""
    if not content[0] <= cue.i < content[1]:
        return (content,)
    hole = (cue.i, cue.i + 1) if source is None else (min(source[0], cue.i), max(source[1], cue.i + 1))
    return _minus(content, hole)


def _within(content: Range, cue: Token, inside: dict[int, Quotation]) -> Range:
    """Fit a content to the quotations it meets: stay in the cue's own, take the whole of another."""
    own = inside.get(cue.i)
    if own is not None:
        return (max(content[0], own.start + 1), min(content[1], own.end - 1))
    start, end = content
    first, last = inside.get(start), inside.get(end - 1)
    if first is not None and not first.start <= cue.i < first.end:
        start = first.start
    if last is not None:
        end = last.end
    return (start, end)


def _united(ranges: list[Range]) -> list[Range]:
    """Join ranges that overlap or touch."""
    out: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _trim(doc: Doc, tokens: Range) -> Range | None:
    """Return the range without commas, stops and spaces at its ends, or None when nothing is left."""
    start, end = tokens
    while start < end and (doc[start].text in _TRIM or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in _TRIM or doc[end - 1].is_space or doc[end - 1].tag_ == "CC"):
        end -= 1
    return (start, end) if start < end else None


__all__ = ["find_attributions", "join_pieces", "lemma", "noun_phrase"]
