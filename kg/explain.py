"""Why a document gave what it gave: its parse, the rule of each statement, and what gave nothing.

Pure functions over an extraction and the annotation it was read from (`kg.pipeline.extract_annotated`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from kg.extractors.nominal import event_lemma, passed_over
from kg.formats import as_json as statements_as_json
from kg.model import Attribution, Document, Kind, QuantityExpression, Reason, Span, Statement, TimeExpression
from kg.nlp.annotation import Annotation, span_of
from kg.nlp.cue_words import cue_words
from kg.nlp.speaker import join_pieces
from kg.nlp.syntax import VALUE_LABELS
from kg.nlp.tree import Span as TokenSpan
from kg.nlp.tree import Token
from kg.pipeline import Extraction

# What each rule says of English; a rule of another package explains itself by its name.
RULES: Mapping[str, str] = MappingProxyType(
    {
        "clause.own": "the verb has a subject of its own",
        "clause.shared": "the verb is joined to another by “and”, “or”, “but” and shares its subject",
        "clause.relative": "the verb stands in a relative clause: what “who” or “which” points to takes part",
        "clause.control": "the infinitive or gerund has the unspoken subject of the verb, noun or adjective above it",
        "clause.participle": "the participle describes a noun, which takes part",
        "clause.bare": "the clause names no subject; what else it names takes part",
        "nominal": "a noun names the event; “of”, “by”, “’s” and compounds name who takes part",
        "title": "the words before a person's name are an office, and whose",
        "apposition": "a description stands beside a name between commas",
        "copula": "“be”, “become” or “remain” says what a name is",
        "place": "a place stands after a smaller one and a comma: the one is in the other",
    }
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the parse; ``head`` is the position in the sentence of the word it hangs on, its own for the root."""

    span: Span
    text: str
    lemma: str
    tag: str
    label: str
    head: int


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity the model saw, and what it was resolved to, or None where no statement speaks of it."""

    span: Span
    label: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and the first mention of the same thing."""

    span: Span
    antecedent: Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may name an event: the verb of a clause, an event noun, or a verb that makes no clause.

    ``kind`` is "clause", "noun" or "verb"; ``statements`` are the numbers, from 0, of the statements it gave,
    ``takes_part`` of those it is a participant of; ``reason`` says why where it gave none.
    """

    kind: str
    trigger: str
    span: Span
    statements: tuple[int, ...] = ()
    takes_part: tuple[int, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and all that was read of it; ``statements`` are numbers into those of the extraction."""

    span: Span
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[QuantityExpression, ...]
    attributions: tuple[Attribution, ...]
    links: tuple[Link, ...]
    statements: tuple[int, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found in a document, and why; ``cues`` are the words that made each statement's factuality."""

    extraction: Extraction
    sentences: tuple[Sentence, ...]
    cues: tuple[tuple[Span, ...], ...]

    @property
    def document(self) -> Document:
        """Return the document explained."""
        return self.extraction.document


def rule_meaning(rule: str) -> str:
    """Return what a rule says, in words.

    >>> rule_meaning("clause.own")
    'the verb has a subject of its own'
    >>> rule_meaning("tariffs")
    'an extractor of another package'
    """
    return RULES.get(rule, "an extractor of another package")


def explain(extraction: Extraction, annotation: Annotation) -> Explanation:
    """Return the explanation of a document from its extraction and the annotation it was read from.

    >>> from kg.pipeline import extract_annotated
    >>> [explained] = [explain(*pair) for pair in extract_annotated([Document("Poland plans to send ships.")])]
    >>> [(c.trigger, c.reason and c.reason.value) for c in explained.sentences[0].candidates]
    [('plan', 'its infinitive says what happens'), ('send', None)]
    >>> [cue.of(explained.document.text) for cue in explained.cues[0]]
    ['plans']
    """
    every = candidates(extraction, annotation)
    return Explanation(
        extraction,
        tuple(_sentence(s, extraction, annotation, every) for s in annotation.doc.sents if _words(s)),
        tuple(_cues(statement, annotation) for statement in extraction.statements),
    )


# -- what may name an event


def candidates(extraction: Extraction, annotation: Annotation) -> tuple[Candidate, ...]:
    """Return every word of a document that may name an event, in text order, with what it gave or why nothing."""
    given: dict[int, list[int]] = {}
    inside: dict[int, list[int]] = {}
    for number, statement in enumerate(extraction.statements):
        if statement.kind is not Kind.RELATION:
            given.setdefault(statement.trigger_span.start, []).append(number)
            for argument in statement.arguments:
                inside.setdefault(argument.mention.head_start, []).append(number)
    gaps = {gap.statement.trigger_span.start: gap.reason for gap in extraction.gaps}
    return tuple(_candidates(annotation, given, inside, gaps))


def _candidates(
    annotation: Annotation,
    given: Mapping[int, list[int]],
    inside: Mapping[int, list[int]],
    gaps: Mapping[int, Reason],
) -> Iterator[Candidate]:
    for token in annotation.doc:
        kind, at = _kind(token, annotation), token.idx
        if not kind:
            continue
        if kind == "clause" and at not in given and at not in gaps:
            complement = annotation.clauses[token.i].complement  # "is ready": the adjective is the trigger
            at = at if complement is None else complement.idx
        span, numbers = Span(token.idx, token.idx + len(token)), tuple(given.get(at, ()))
        reason = None if numbers else gaps.get(at) or _why_unread(token, kind, annotation)
        taking_part = tuple(n for n in inside.get(token.idx, ()) if n not in numbers)
        yield Candidate(kind, token.lemma_.lower(), span, numbers, taking_part, reason)


def _kind(token: Token, annotation: Annotation) -> str:
    if token.i in annotation.clauses:
        return "clause"
    if token.pos_ == "VERB":
        return "verb"
    return "noun" if token.pos_ in {"NOUN", "PROPN"} and event_lemma(token, annotation) else ""


def _why_unread(token: Token, kind: str, annotation: Annotation) -> Reason:
    """Return why no extractor looked at a word that may name an event."""
    if token.i not in annotation.body:
        return Reason.HEADLINE if token.i in annotation.headline else Reason.BOILERPLATE
    if kind == "noun":
        return passed_over(token, annotation) or Reason.UNREAD
    if token.dep_ in {"prep", "case", "mark", "agent", "cc"}:
        return Reason.PREPOSITION  # "including", "according to", "provided that"
    return Reason.MODIFIER if token.dep_ in {"amod", "compound", "nmod", "advmod"} else Reason.UNREAD


# -- one sentence


def _words(sentence: TokenSpan) -> list[Token]:
    return [t for t in sentence if not t.is_space] if any(not t.is_space and not t.is_punct for t in sentence) else []


def _sentence(
    sentence: TokenSpan, extraction: Extraction, annotation: Annotation, every: tuple[Candidate, ...]
) -> Sentence:
    tokens = _words(sentence)
    position = {token.i: n for n, token in enumerate(tokens)}
    span = span_of(sentence)
    known = {m.head_start: e[0].label for m, e in extraction.entities.items() if e and not m.pronoun}
    return Sentence(
        span=span,
        words=tuple(
            Word(Span(t.idx, t.idx + len(t)), t.text, t.lemma_, t.tag_, t.dep_, position.get(t.head.i, n))
            for n, t in enumerate(tokens)
        ),
        names=tuple(
            Name(span_of(entity), entity.label_, known.get(entity.root.idx))
            for entity in sentence.ents
            if entity.label_ not in VALUE_LABELS
        ),
        times=tuple(t for t in extraction.times if span.covers(t.span)),
        quantities=tuple(q for q in annotation.quantities if span.covers(q.span)),
        attributions=tuple(a for a in join_pieces(extraction.attributions) if span.overlaps(a.cue or a.content)),
        links=tuple(Link(s, first) for first, *others in extraction.coreference for s in others if span.covers(s)),
        statements=tuple(n for n, s in enumerate(extraction.statements) if span.overlaps(s.trigger_span)),
        candidates=tuple(c for c in every if span.overlaps(c.span)),
    )


def _cues(statement: Statement, annotation: Annotation) -> tuple[Span, ...]:
    tokens = annotation.tokens(statement.trigger_span)
    if tokens is None:
        return ()
    found = cue_words(tokens.root, statement.modality, statement.polarity)
    return tuple(Span(t.idx, t.idx + len(t)) for t in found)


# -- as JSON


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Return what `kg.formats.as_json` does, each statement with its rule in words and its cues, and the sentences.

    ``nothing`` of a sentence lists the words that may name an event and gave no statement, with the reason.
    """
    line = statements_as_json(explanation.extraction)
    for statement, cues in zip(line["statements"], explanation.cues, strict=True):
        statement["rule_meaning"] = rule_meaning(statement["rule"])
        statement["cues"] = [[cue.start, cue.end] for cue in cues]
    line["sentences"] = [_plain(s, explanation.document.text) for s in explanation.sentences]
    return line


def _plain(sentence: Sentence, text: str) -> dict[str, Any]:
    found = {key: value for key, value in _flat(asdict(sentence)).items() if key != "candidates"}
    found["nothing"] = [_flat(asdict(c)) for c in sentence.candidates if c.reason is not None]
    for candidate in found["nothing"]:
        del candidate["statements"]
    return {"text": sentence.span.of(text), **found}


def _flat(value: Any) -> Any:
    """Return nested dictionaries with the start and end of their spans in them, a further span as a pair.

    The last day of a time is then its ``end_day``, as in the statements.
    """
    if isinstance(value, dict):
        if set(value) == {"start", "end"}:
            return [value["start"], value["end"]]
        place = value.get("span", {})
        rest = {key: _flat(each) for key, each in value.items() if key != "span"}
        return place | {f"{key}_day" if key in place else key: each for key, each in rest.items()}
    return [_flat(each) for each in value] if isinstance(value, list | tuple) else value
