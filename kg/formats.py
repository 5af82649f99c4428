"""What `kg extract` writes: open triples, standoff annotation, and a plain JSON of all that was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.events import event_types
from kg.model import Argument, Attribution, Kind, Mention, Role, Span, Statement
from kg.nlp.speaker import join_pieces
from kg.ontology import lexicon
from kg.pipeline import Extraction

_REASONS = frozenset({Role.PURPOSE, Role.CAUSE})
_POINTERS = frozenset({"this", "that", "what"})  # of their own, they point at what was said


def triples(extraction: Extraction) -> dict[str, Any]:
    """Return the statements as open propositions: ``{"id", "triples": [[subject, relation, object, weight], ...]}``.

    All words are those of the text; what the text only implies ("is" in an apposition) has less confidence.
    """
    text = extraction.document.text
    found: dict[tuple[str, str, str], float] = {}
    for statement in extraction.statements:
        for subject, relation, value, weight in _propositions(statement, text):
            key = (_line(subject), _line(relation), _line(value))
            if all(key):
                found[key] = max(found.get(key, 0.0), round(statement.confidence * weight, 2))
    for each in join_pieces(extraction.attributions):
        if each.source is not None and each.cue is not None:
            key = (_line(each.source.of(text)), _line(each.cue.of(text)), _line(each.content.of(text).strip(' ,"')))
            found.setdefault(key, 0.6)
    return {"id": _id(extraction), "triples": [[*key, weight] for key, weight in found.items()]}


def _propositions(statement: Statement, text: str) -> Iterator[tuple[str, str, str, float]]:
    """Yield one proposition for each subject and object; the circumstances belong to the object.

    Without an object the first prepositional phrase takes its place, its preposition at the relation's end.
    """
    if statement.rule == "nominal":
        return
    objects = [_words(a, text) for a in statement.arguments if a.slot in {"object", "dative", "complement"}]
    others = [(a.preposition, _words(a, text)) for a in statement.arguments if a.slot == "oblique"]
    others += [(a.preposition, a.span.of(text)) for a in statement.adjuncts]
    relation = statement.surface
    if not objects and others:
        (preposition, first), *others = others
        relation, objects = f"{relation} {preposition}", [first]
    tail = " ".join(f"{preposition} {words}" for preposition, words in others)
    for subject in statement.arguments:
        if subject.slot == "subject":
            words = _words(subject, text)
            yield from ((words, relation, f"{value} {tail}", 0.95 if tail else 1.0) for value in objects)


def _words(argument: Argument, text: str) -> str:
    return argument.mention.span.of(text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _id(extraction: Extraction) -> str:
    return extraction.document.identifier or extraction.document.id


# -- standoff


def standoff(extraction: Extraction) -> dict[str, Any]:
    """Return all annotations with their spans in code points of the document's text."""
    return {
        "id": _id(extraction),
        "mentions": [_mention(m, extraction) for m in sorted(extraction.entities, key=lambda m: (m.span, m.text))],
        "times": [
            {"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value} for t in extraction.times
        ],
        "attributions": [
            _attribution(a, extraction) for a in join_pieces((*extraction.attributions, *extraction.stances))
        ],
        "events": _events(extraction),
        "coreference": [[[s.start, s.end] for s in cluster] for cluster in extraction.coreference],
    }


def _events(extraction: Extraction) -> list[dict[str, Any]]:
    """Return the events in text order; those that are only named and give no statement have no coded type.

    ``arguments`` are the things that take part, ``others`` what else is in a role: events of this list, ideas,
    what "this" points back at, what it is for or because of. In a coded event those that something else takes part in
    remain arguments, and ideas too: who rejects a plan for Lebanon is coded as against Lebanon. An adjective is not
    its own participant.
    """
    told = [s for s in extraction.statements if s.kind is not Kind.RELATION]
    found = [(s, _event(s, extraction)) for s in told]
    found += [(gap.statement, _event(gap.statement, extraction) | {"plover": None}) for gap in extraction.gaps]
    named = frozenset(event["start"] for _, event in found)
    bare = frozenset(event["start"] for _, event in found if not event["arguments"])
    for statement, event in found:
        event.update(_told_apart(statement, event, named, bare))
    return sorted((event for _, event in found), key=lambda event: (event["start"], event["end"]))


def _told_apart(
    statement: Statement, event: dict[str, Any], named: frozenset[int], bare: frozenset[int]
) -> dict[str, list[dict[str, Any]]]:
    """Return the arguments of an event as the things that take part, and the others."""
    things: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    events = bare if event["plover"] else named
    for argument, shown in zip(_participants(statement), event["arguments"], strict=True):
        if shown["head"] != event["start"]:
            other = shown["head"] in events or _is_no_thing(argument, coded=event["plover"] is not None)
            (others if other else things).append(shown)
    return {"arguments": things, "others": others}


def _is_no_thing(argument: Argument, *, coded: bool) -> bool:
    """Tell whether an argument is a reason, stands for something said, or (where nothing is coded) names an idea."""
    mention = argument.mention
    if mention.antecedent is None and mention.text.lower() in _POINTERS:
        return True
    if argument.role in _REASONS and argument.slot == "oblique" and argument.preposition != "to":
        return True  # what something is added to takes part in it
    return not coded and not mention.name and mention.head.lower() in lexicon().words("abstract", "noun")


def _participants(statement: Statement) -> list[Argument]:
    return [a for a in statement.arguments if a.role is not Role.MANNER]


def _mention(mention: Mention, extraction: Extraction) -> dict[str, Any]:
    entity = extraction.entities[mention][0]
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "type": entity.types[0].rsplit("/", 1)[-1].rsplit("#", 1)[-1],
        "entity": entity.id,
        "link": next(iter(entity.matches), None),
    }


def _attribution(attribution: Attribution, extraction: Extraction) -> dict[str, Any]:
    return {
        "start": attribution.content.start,
        "end": attribution.content.end,
        "cue": _pair(attribution.cue),
        "source": _pair(attribution.source),
        "speaker": attribution.source.of(extraction.document.text) if attribution.source is not None else None,
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _event(statement: Statement, extraction: Extraction) -> dict[str, Any]:
    known = event_types().by_iri(statement.predicate)
    return {
        "start": statement.trigger_span.start,
        "end": statement.trigger_span.end,
        "trigger": statement.trigger,
        "type": statement.predicate.rsplit("#", 1)[-1].rsplit("/", 1)[-1],
        "plover": known.coded(statement.modality, statement.polarity)
        if known is not None and statement.kind is Kind.EVENT
        else None,
        "modality": statement.modality.value,
        "polarity": statement.polarity.value,
        "speaker": _speaker(statement, extraction),
        "confidence": statement.confidence,
        "time": statement.time.value if statement.time is not None else None,
        "arguments": [_argument(a, extraction) for a in _participants(statement)],
    }


def _speaker(statement: Statement, extraction: Extraction) -> str | None:
    speaker = statement.speaker
    if speaker is None:
        return None
    entities = extraction.entities.get(speaker)
    return entities[0].label if entities else speaker.text


def _argument(argument: Argument, extraction: Extraction) -> dict[str, Any]:
    mention = argument.mention
    place = argument.pronoun or mention.span
    entities = extraction.entities.get(mention)  # an event that gives no statement has no entities
    return {
        "role": argument.role.value,
        "start": place.start,
        "end": place.end,
        "head": argument.pronoun.start if argument.pronoun else mention.head_start,
        "label": (mention.antecedent or mention).text if mention.pronoun else mention.text,
        "entity": entities[0].id if entities else None,
    }


# -- plain JSON


def as_json(extraction: Extraction) -> dict[str, Any]:
    """Return the statements with all that is known of each, ready for ``json.dumps``."""
    return {"id": _id(extraction), "statements": [_plain(s, extraction) for s in extraction.statements]}


def _plain(statement: Statement, extraction: Extraction) -> dict[str, Any]:
    time = statement.time
    return {
        **_event(statement, extraction),
        "kind": statement.kind.value,
        "surface": statement.surface,
        "begin": time.begin if time is not None else None,
        "end_day": time.end if time is not None else None,
        "evidence": {
            "start": statement.evidence.start,
            "end": statement.evidence.end,
            "quote": statement.evidence.of(extraction.document.text),
        },
        "rule": statement.rule,
    }
