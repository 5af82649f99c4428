"""Find who says what: direct and indirect speech, its cue and its source.

English reports speech in few ways: a verb of saying with a clause or a quotation beside it, the same
verb set into or after what it reports ("…, he added, …"), "according to", "as X said", and a noun of
saying with a clause ("the claim that"). The words are data: ``ontologies/lexicon/speech.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Attribution, Span
from kg.nlp.quotation import Quotation, find_quotations, paragraphs
from kg.nlp.speech import Range, SpeechWords, has_finite, lemma, minus, speech_words, trim
from kg.nlp.speech_content import contents_of
from kg.nlp.speech_quotation import speaker_beside, tie_quotations
from kg.nlp.speech_source import noun_phrase, source_of, speaker_of

_LONGEST_GAP = 1.5  # the whole may be so much longer than what is said in it
_HERE = frozenset({"i", "we", "you", "it"})


@dataclass(frozen=True, slots=True)
class _Report:
    """What one cue reports, in tokens."""

    cue: Range | None
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
    reports += _labelled_reports(doc)
    return tuple(sorted(_attributions(doc, reports), key=_order))


def join_pieces(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Return one attribution a cue, its content reaching from its first piece to its last.

    Where what lies between is long beside what is said, the longest piece stands for all.

    >>> pieces = (Attribution(Span(0, 40), Span(41, 45)), Attribution(Span(50, 90), Span(41, 45)))
    >>> [(one.content.start, one.content.end) for one in join_pieces(pieces)]
    [(0, 90)]
    """
    groups: dict[tuple[Span | None, Span | None], list[Span]] = {}
    for one in attributions:
        groups.setdefault((one.cue, one.source), []).append(one.content)
    joined = [Attribution(_joined(contents), cue, source) for (cue, source), contents in groups.items()]
    return tuple(sorted(joined, key=_order))


def _joined(pieces: list[Span]) -> Span:
    whole = Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
    said = sum(piece.end - piece.start for piece in pieces)
    if whole.end - whole.start <= _LONGEST_GAP * said:
        return whole
    return max(pieces, key=lambda piece: (piece.end - piece.start, -piece.start))


def _order(one: Attribution) -> tuple[int, int, int, int]:
    return (
        one.content.start,
        one.content.end,
        one.cue.start if one.cue else -1,
        one.source.start if one.source else -1,
    )


def _attributions(doc: Doc, reports: Iterable[_Report]) -> set[Attribution]:
    out = set()
    for report in reports:
        source = _span(doc, report.source) if report.source else None
        cue = _span(doc, report.cue) if report.cue else None
        for content in report.contents:
            if content[0] < content[1]:
                out.add(Attribution(_span(doc, content), cue, source))
    return out


def _span(doc: Doc, tokens: Range) -> Span:
    last = doc[tokens[1] - 1]
    return Span(doc[tokens[0]].idx, last.idx + len(last))


def _verb_reports(doc: Doc, quotations: tuple[Quotation, ...], *, topics: bool) -> Iterator[_Report]:
    """Yield what verbs of saying report, quotations first tied to their verbs."""
    words = speech_words()
    inside = {i: q for q in quotations for i in range(q.start, q.end)}
    cues = [token for token in doc if token.pos_ == "VERB" and token.dep_ != "amod" and lemma(token) in words.verbs]
    sources = {cue.i: source_of(cue) for cue in cues}
    outside = [cue for cue in cues if cue.i not in inside and lemma(cue) in words.quoting]
    tied, loose = tie_quotations(doc, quotations, outside, sources)
    for quotation in loose:
        if (source := speaker_beside(doc, quotation)) is not None:
            yield _Report(None, source, ((quotation.start, quotation.end),))
    for cue in cues:
        mine = tied.get(cue.i, ())
        if cue.i in inside and not _is_nested_report(doc, cue, sources[cue.i], words):
            continue
        contents = list(contents_of(doc, cue, words, sources[cue.i], topics=topics))
        if mine and mine[0].end <= cue.i:
            contents = [c for c in contents if c[0] < cue.i or any(c[0] < q.end and q.start < c[1] for q in mine)]
        contents = [_within(content, cue, inside) for content in contents]
        contents = _united([*contents, *((q.start, q.end) for q in mine)])
        pieces = [piece for content in contents for piece in _without(content, cue, sources[cue.i])]
        pieces = [trimmed for piece in pieces if (trimmed := trim(doc, piece))]
        if pieces:
            yield _Report(_cue_range(cue), sources[cue.i], tuple(pieces))


def _is_nested_report(doc: Doc, cue: Token, source: Range | None, words: SpeechWords) -> bool:
    """Tell whether a cue within a quotation reports somebody else's words: not "I think", "as you say"."""
    if source is None or cue.tag_ == "VB" or lemma(cue) not in words.quoting:
        return False
    return not (source[1] - source[0] == 1 and doc[source[0]].lower_ in _HERE)


def _cue_range(cue: Token) -> Range:
    """Return the verb with its particle."""
    end = cue.i + 1
    while end < len(cue.doc) and cue.doc[end].head.i == cue.i and cue.doc[end].dep_ == "prt":
        end += 1
    return (cue.i, end)


def _phrase_reports(doc: Doc) -> Iterator[_Report]:
    """Yield "according to X, S" and "X's claim that S"."""
    nouns = speech_words().nouns
    for token in doc:
        report = None
        if token.lower_ == "according":
            report = _according(doc, token)
        elif token.dep_ == "acl" and token.head.pos_ == "NOUN" and token.head.lemma_.lower() in nouns:
            report = _noun_report(doc, token)
        if report is not None:
            yield report


def _labelled_reports(doc: Doc) -> Iterator[_Report]:
    """Yield "Smith: the bridge is safe": a name or "Report" at the head of a paragraph, a colon, what it says."""
    nouns = speech_words().nouns
    names = {(ent.start, ent.end) for ent in doc.ents if ent.label_ in ("PERSON", "ORG")}
    for start, end in paragraphs(doc):
        colon = next((i for i in range(start, min(start + 6, end)) if doc[i].text == ":"), None)
        if colon is None or colon == start or not has_finite(doc, colon + 1, end):
            continue
        named = (start, colon) in names or (colon - start == 1 and doc[start].lower_ in nouns)
        if named and (content := trim(doc, (colon + 1, end))) is not None:
            yield _Report((colon, colon + 1), (start, colon), (content,))


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
    pieces = tuple(t for piece in minus(whole, phrase) if (t := trim(doc, piece)))
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
        owner = speaker_of(noun.head, 0)
    source = noun_phrase(owner, without=noun if owner.i > noun.i else clause) if owner is not None else None
    content = trim(doc, (clause.left_edge.i, clause.right_edge.i + 1))
    return _Report((noun.i, noun.i + 1), source, (content,)) if content else None


def _without(content: Range, cue: Token, source: Range | None) -> tuple[Range, ...]:
    """Cut the cue's own clause out of a content that was put together around it."""
    if not content[0] <= cue.i < content[1]:
        return (content,)
    hole = (cue.i, cue.i + 1) if source is None else (min(source[0], cue.i), max(source[1], cue.i + 1))
    return minus(content, hole)


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
