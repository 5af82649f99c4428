"""Find who says what: direct and indirect speech, its cue and its source.

English reports speech in few ways: a verb of saying with a clause or a quotation beside it, the same
verb set into or after what it reports ("…, he added, …"), "according to", "as X said", and a noun of
saying with a clause ("the claim that"). The words are data: ``ontologies/lexicon/speech.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Attribution, Span
from kg.nlp.quotation import Quotation, find_quotations
from kg.nlp.speech import Kind, Range, Report, SpeechWords, lemma, minus, particle, speech_words, subtree, trim
from kg.nlp.speech_content import contents_of
from kg.nlp.speech_phrase import labelled_reports, phrase_reports
from kg.nlp.speech_quotation import speaker_beside, tie_quotations
from kg.nlp.speech_source import source_of
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc, Token

_LONGEST_GAP = 1.5  # the whole may be so much longer than what is said in it
_HERE = frozenset({"i", "we", "you", "it"})


def find_attributions(doc: Doc, *, topics: bool = False) -> tuple[Attribution, ...]:
    """Return who says what in a parsed text, sorted by content.

    A content that its cue interrupts ("A," he said, "B") gives one attribution a piece, all with the same
    cue and source, so that no piece ever covers its own cue; `join_pieces` puts them together. With
    ``topics`` also the stances of `find_speech`.
    """
    attributions, stances = find_speech(doc)
    return tuple(sorted({*attributions, *stances}, key=_order)) if topics else attributions


def find_speech(doc: Doc) -> tuple[tuple[Attribution, ...], tuple[Attribution, ...]]:
    """Return who says what in a parsed text, and who takes which stance, each sorted by content.

    A stance gives what somebody merely wants, knows, judges or speaks of: "criticised the plan", "wants to leave". It
    says nothing that could be so by itself, and so has no part in who says a statement.
    """
    if not doc.has_annotation("DEP"):
        return (), ()
    quotations = find_quotations(doc)
    inside = {i: q for q in quotations for i in range(q.start, q.end)}
    reports = list(_verb_reports(doc, quotations, inside))
    reports += [_fitted(report, inside) for report in phrase_reports(doc, inside)]
    reports += labelled_reports(doc, quotations)
    told = list(_told(doc, reports))
    said = _attributions(doc, (report for report in told if report.kind is not Kind.STANCE))
    held = _attributions(doc, (report for report in told if report.kind is Kind.STANCE)) - said
    return tuple(sorted(said, key=_order)), tuple(sorted(held, key=_order))


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


def _attributions(doc: Doc, reports: Iterable[Report]) -> set[Attribution]:
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


def _told(doc: Doc, reports: list[Report]) -> Iterator[Report]:
    """Yield the reports that are not merely part of another.

    A wish, a promise or a judgement within a report is part of it, and so is a belief whose holder is a pronoun: "he
    said he thought that". A saying within a saying is a report of its own.
    """
    said = [(r, content) for r in reports if r.kind <= Kind.ATTITUDE for content in r.contents]
    for report in reports:
        if report.kind is not Kind.SAYING and report.cue is not None:
            at, source = report.cue[0], report.source
            held = source is None or all(token.pos_ in ("PRON", "DET") for token in doc[slice(*source)])
            if (report.kind >= Kind.PROMISE or held) and any(
                start <= at < end for other, (start, end) in said if other is not report
            ):
                continue
        yield report


def _fitted(report: Report, inside: dict[int, Quotation]) -> Report:
    """Return a report whose contents take in the whole of each quotation they meet."""
    if report.cue is None or report.cue[0] in inside:
        return report
    contents = [_within(content, report.cue[0], inside) for content in report.contents]
    return replace(report, contents=tuple(_united(contents)))


def _verb_reports(doc: Doc, quotations: tuple[Quotation, ...], inside: dict[int, Quotation]) -> Iterator[Report]:
    """Yield what verbs of saying report, quotations first tied to their verbs."""
    words = speech_words()
    verbs = (doc[i] for i in indices_of(doc, ("VERB",), attribute="POS"))
    cues = [verb for verb in verbs if verb.dep_ != "amod" and lemma(verb) in words.verbs]
    semicolons = [i for i in indices_of(doc, (";",), attribute="ORTH") if i not in inside]
    relatives = indices_of(doc, ("relcl",), attribute="DEP")
    asides = [i for i in relatives if not any(t.i in inside for t in (doc[i].left_edge, doc[i], doc[i].right_edge))]
    sources = {cue.i: source_of(cue) for cue in cues}
    outside = [cue for cue in cues if cue.i not in inside and lemma(cue) in (words.quoting | words.quoting_only)]
    tied, loose = tie_quotations(doc, quotations, outside, sources)
    for quotation in loose:
        if (source := speaker_beside(doc, quotation)) is not None:
            yield Report(None, source, ((quotation.start, quotation.end),))
    for cue in cues:
        mine = tied.get(cue.i, ())
        source = sources[cue.i]
        if cue.i in inside and not _is_nested_report(doc, cue, source, words):
            continue
        if source is None and cue.dep_ == "pcomp" and cue.head.lower_ == "without":
            continue  # "it goes without saying"
        found = list(contents_of(doc, cue, words, source))
        if mine and mine[0].end <= cue.i:
            found = [(k, c) for k, c in found if c[0] < cue.i or any(c[0] < q.end and q.start < c[1] for q in mine)]
        contents = [_within(_part(doc, content, cue.i, semicolons), cue.i, inside) for _, content in found]
        contents = _united([piece for content in contents for piece in _without_asides(doc, content, cue.i, asides)])
        contents = _united([*contents, *((q.start, q.end) for q in mine)])
        pieces = [piece for content in contents for piece in _without(content, cue, source)]
        pieces = [trimmed for piece in pieces if (trimmed := trim(doc, piece)) and not _is_echo(doc, trimmed)]
        kind = Kind.SAYING if mine or not found else min(kind for kind, _ in found)
        if pieces and (kind <= Kind.ATTITUDE or _is_taken(cue, source, pieces)):
            yield Report(_cue_range(cue), source, tuple(pieces), kind)


def _is_taken(cue: Token, source: Range | None, pieces: list[Range]) -> bool:
    """Tell whether somebody takes a stance: not who merely may or means to ("wants to oppose"), nor nobody at all."""
    return source is not None and cue.tag_ != "VB" and any(end - start > 1 for start, end in pieces)


def _part(doc: Doc, content: Range, cue: int, semicolons: list[int]) -> Range:
    """Return a content up to the semicolon outside quotation marks that parts it from its cue."""
    start, end = content
    for i in semicolons:
        if start <= i < end:
            if i > cue:
                return (start, i)
            start = i + 1
    return (start, end) if end > cue or end == len(doc) or doc[end].text != ";" else (end, end)


def _without_asides(doc: Doc, content: Range, cue: int, asides: list[int]) -> Iterator[Range]:
    """Yield a content after its cue without the relative clauses set off by commas: they are the writer's own words.

    "She said she had met Lee, who leads the party" reports a meeting; that Lee leads the party is told in passing.
    ``asides`` are the verbs of the relative clauses outside quotation marks.
    """
    start, end = content
    for i in asides if start > cue else ():
        if start + 2 <= i < end and doc[i].head.i >= start:
            left, right = subtree(doc[i])
            if left - 1 > start and doc[left - 1].text == ",":
                yield (start, left - 1)
                start = right
    yield (start, end)


def _is_echo(doc: Doc, content: Range) -> bool:
    """Tell whether a content says nothing: "as rich as he says he is", "I think so"."""
    return content[1] - content[0] <= 3 and all(t.pos_ in ("PRON", "AUX", "ADV", "PART") for t in doc[slice(*content)])


def _is_nested_report(doc: Doc, cue: Token, source: Range | None, words: SpeechWords) -> bool:
    """Tell whether a cue within a quotation reports somebody else's words: not "I think", "as you say"."""
    if source is None or _is_infinitive(cue) or lemma(cue) not in words.quoting:
        return False
    return not (source[1] - source[0] == 1 and doc[source[0]].lower_ in _HERE)


def _is_infinitive(verb: Token) -> bool:
    """Tell whether a verb is an infinitive, and no present in line with one: "who believe that and claim that"."""
    if verb.tag_ != "VB":
        return False
    bare = not any(child.dep_ == "aux" for child in verb.children)
    return not (bare and verb.dep_ == "conj" and verb.head.tag_ == "VBP")


def _cue_range(cue: Token) -> Range:
    """Return the verb with its particle."""
    return (cue.i, cue.i + (2 if particle(cue) else 1))


def _without(content: Range, cue: Token, source: Range | None) -> tuple[Range, ...]:
    """Cut the cue's own clause out of a content that was put together around it."""
    if source is not None and content[0] <= source[0] == cue.i + 1 and source[1] <= content[1]:
        return minus(content, (cue.i, source[1]))
    if not content[0] <= cue.i < content[1]:
        if source is not None and content[0] < source[0] < content[1] <= cue.i:
            return ((content[0], source[0]),)
        return (content,)
    hole = (cue.i, cue.i + 1) if source is None else (min(source[0], cue.i), max(source[1], cue.i + 1))
    return minus(content, hole)


def _within(content: Range, cue: int, inside: dict[int, Quotation]) -> Range:
    """Fit a content to the quotations it meets: stay in the cue's own, take the whole of another."""
    own = inside.get(cue)
    if own is not None:
        return (max(content[0], own.start + 1), min(content[1], own.end - 1))
    start, end = content
    first, last = inside.get(start), inside.get(end - 1)
    if first is not None and not first.start <= cue < first.end:
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
