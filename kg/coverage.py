"""What extraction makes of a corpus: which share of clauses gave a statement, and why the rest gave none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.explain import candidates
from kg.model import Kind, Reason, Span
from kg.nlp.annotation import Annotation, span_of
from kg.pipeline import Extraction
from kg.vocab import SEM

_NO_CLASS = str(SEM.Event)


@dataclass(frozen=True, slots=True)
class Part:
    """How many of a whole."""

    count: int
    whole: int

    @property
    def share(self) -> float:
        """Return the share, 0 of an empty whole.

        >>> Part(1, 4).share, Part(0, 0).share
        (0.25, 0.0)
        """
        return self.count / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Silence:
    """How often clauses, event nouns or other verbs (``kind``) gave nothing for one reason, and their triggers."""

    kind: str
    reason: Reason
    count: int
    triggers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What extraction made of a corpus, the most frequent first in every list.

    ``sentences``, ``clauses`` and ``nouns`` count those that gave a statement; ``verbs`` those that make no clause
    ("the wounded ships"); ``named`` the event nouns without one that take part in another's. ``classified`` are events
    with a class of their own; ``unclassified`` lists the triggers of the others as (kind, lemma, count).
    ``unresolved`` are participants that are a pronoun nobody is known for.
    """

    documents: int
    sentences: Part
    clauses: Part
    nouns: Part
    verbs: Part
    named: Part
    silences: tuple[Silence, ...]
    rules: tuple[tuple[str, int], ...]
    classified: Part
    unclassified: tuple[tuple[str, str, int], ...]
    unresolved: Part
    pronouns: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Tally:
    documents: int = 0
    sentences: Counter[bool] = field(default_factory=Counter)
    gave: Counter[tuple[str, bool]] = field(default_factory=Counter)
    named: Counter[bool] = field(default_factory=Counter)
    silent: defaultdict[tuple[str, Reason], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    rules: Counter[str] = field(default_factory=Counter)
    events: Counter[bool] = field(default_factory=Counter)
    unclassified: Counter[tuple[str, str]] = field(default_factory=Counter)
    resolved: Counter[bool] = field(default_factory=Counter)
    pronouns: Counter[str] = field(default_factory=Counter)


def coverage(found: Iterable[tuple[Extraction, Annotation]]) -> Coverage:
    """Return the coverage of the documents that `kg.pipeline.extract_annotated` yields.

    >>> from kg.model import Document
    >>> from kg.pipeline import extract_annotated
    >>> counted = coverage(extract_annotated([Document("Poland plans to send ships. Thunder over Riga.")]))
    >>> counted.sentences.share, counted.clauses.share
    (0.5, 0.5)
    >>> [(s.kind, s.reason.value, s.triggers) for s in counted.silences]
    [('clause', 'its infinitive says what happens', (('plan', 1),))]
    """
    tally = _Tally()
    for extraction, annotation in found:
        tally.documents += 1
        _count_sentences(extraction, annotation, tally)
        _count_candidates(extraction, annotation, tally)
        _count_statements(extraction, tally)
    return _result(tally)


def _count_sentences(extraction: Extraction, annotation: Annotation, tally: _Tally) -> None:
    spans: list[Span] = [span_of(sentence) for sentence in annotation.sentences]
    triggers = [s.trigger_span for s in extraction.statements]
    tally.sentences.update(any(span.overlaps(trigger) for trigger in triggers) for span in spans)


def _count_candidates(extraction: Extraction, annotation: Annotation, tally: _Tally) -> None:
    for each in candidates(extraction, annotation):
        tally.gave[each.kind, each.reason is None] += 1
        if each.reason is not None:
            tally.silent[each.kind, each.reason][each.trigger] += 1
            if each.kind == "noun":
                tally.named[bool(each.takes_part)] += 1


def _count_statements(extraction: Extraction, tally: _Tally) -> None:
    pronouns: dict[Span, tuple[str, bool]] = {}
    for statement in extraction.statements:
        tally.rules[statement.rule] += 1
        if statement.kind is Kind.EVENT:
            classified = statement.predicate != _NO_CLASS
            tally.events[classified] += 1
            if not classified:
                kind = "noun" if statement.rule.startswith("nominal") else "clause"
                tally.unclassified[kind, statement.trigger] += 1
        for argument in statement.arguments:
            mention = argument.mention
            if mention.pronoun:
                known = not any(entity.unresolved for entity in extraction.entities.get(mention, ()))
                pronouns[mention.span] = mention.text.lower(), known
    for word, resolved in pronouns.values():
        tally.resolved[resolved] += 1
        if not resolved:
            tally.pronouns[word] += 1


def _result(tally: _Tally) -> Coverage:
    silences = (Silence(k, r, sum(c.values()), _ordered(c)) for (k, r), c in tally.silent.items())
    return Coverage(
        documents=tally.documents,
        sentences=_part(tally.sentences),
        clauses=_gave(tally, "clause"),
        nouns=_gave(tally, "noun"),
        verbs=_gave(tally, "verb"),
        named=_part(tally.named),
        silences=tuple(sorted(silences, key=lambda s: (-s.count, s.kind, s.reason.value))),
        rules=_ordered(tally.rules),
        classified=_part(tally.events),
        unclassified=tuple(
            (kind, trigger, n)
            for (kind, trigger), n in sorted(tally.unclassified.items(), key=lambda item: (-item[1], item[0]))
        ),
        unresolved=Part(tally.resolved[False], sum(tally.resolved.values())),
        pronouns=_ordered(tally.pronouns),
    )


def _part(counts: Counter[bool]) -> Part:
    return Part(counts[True], sum(counts.values()))


def _gave(tally: _Tally, kind: str) -> Part:
    return Part(tally.gave[kind, True], tally.gave[kind, True] + tally.gave[kind, False])


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def as_json(found: Coverage) -> dict[str, Any]:
    """Return the coverage ready for ``json.dumps``, the shares worked out."""
    plain: dict[str, Any] = asdict(found)
    for name in ("sentences", "clauses", "nouns", "verbs", "named", "classified", "unresolved"):
        plain[name]["share"] = round(getattr(found, name).share, 4)
    plain["silences"] = [s | {"triggers": dict(s["triggers"])} for s in plain["silences"]]
    plain["unclassified"] = [dict(zip(("kind", "trigger", "count"), row, strict=True)) for row in found.unclassified]
    return plain | {"rules": dict(found.rules), "pronouns": dict(found.pronouns)}
