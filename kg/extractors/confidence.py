"""How likely a reading is right: a logistic model over what can be seen of a statement and its sentence.

The weights stand in ``ontologies/confidence.ttl``. They were fitted to statements that people judged beside their
sentences (``benchmarks/confidence.py`` fits them and shows how well they hold).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from math import exp
from types import MappingProxyType

import pyoxigraph as ox

from kg.model import Argument, Modality, Polarity, Statement
from kg.nlp.annotation import Annotation
from kg.ontology import ontology_dir, read_turtle
from kg.vocab import KG, SEM

_LONG, _VERY_LONG, _FAR = 25, 40, 15
_MANY_ARGUMENTS = 4
_LOWEST, _HIGHEST = 0.05, 0.98
_ALWAYS = "always"


def confidence(statement: Statement, annotation: Annotation) -> float:
    """Return how likely a statement is right, between 0.05 and 0.98, two decimals."""
    weights = weights_of_features()
    total = weights[_ALWAYS] + sum(weights.get(feature, 0.0) for feature in features(statement, annotation))
    return round(min(max(1 / (1 + exp(-total)), _LOWEST), _HIGHEST), 2)


def features(statement: Statement, annotation: Annotation) -> Iterator[str]:
    """Yield the names of what speaks for or against a reading, in a fixed order."""
    yield f"rule {statement.rule}"
    yield from _of_predicate(statement)
    yield from _of_arguments(statement.arguments)
    yield from _of_sentence(statement, annotation)


def _of_predicate(statement: Statement) -> Iterator[str]:
    if statement.predicate == str(SEM.Event):
        yield "no event type"
    if statement.modality is not Modality.ACTUAL:
        yield "not actual"
    if statement.polarity is Polarity.NEGATIVE:
        yield "negative"
    if statement.time is not None:
        yield "time"
    if statement.speaker is not None:
        yield "speaker"
        if statement.speaker.pronoun:
            yield "speaker is a pronoun"


def _of_arguments(arguments: tuple[Argument, ...]) -> Iterator[str]:
    slots = {a.slot for a in arguments}
    for slot in ("subject", "object", "complement", "oblique"):
        if slot not in slots:
            yield f"no {slot}"
    if len(arguments) >= _MANY_ARGUMENTS:
        yield "many arguments"
    if sum(a.slot == "oblique" for a in arguments) > 1:
        yield "obliques"
    if any(a.mention.pronoun and a.mention.antecedent is None for a in arguments):
        yield "unresolved pronoun"
    elif any(a.mention.antecedent is not None for a in arguments):
        yield "resolved mention"
    if any(a.mention.name for a in arguments):
        yield "name"


def _of_sentence(statement: Statement, annotation: Annotation) -> Iterator[str]:
    sentence = annotation.tokens(statement.evidence)
    trigger = annotation.tokens(statement.trigger_span)
    if sentence is None or trigger is None:
        return
    if len(sentence) > _VERY_LONG:
        yield "very long sentence"
    elif len(sentence) > _LONG:
        yield "long sentence"
    first = statement.trigger_span.start
    if any(abs(annotation.text.count(" ", *sorted((first, a.mention.head_start)))) > _FAR for a in statement.arguments):
        yield "far argument"
    yield f"as {trigger.root.dep_}"


@cache
def weights_of_features() -> Mapping[str, float]:
    """Return the weight of each feature."""
    labels, weights = {}, {}
    for quad in read_turtle(ontology_dir() / "confidence.ttl"):
        if isinstance(quad.object, ox.Literal):
            if quad.predicate.value == str(KG.feature):
                labels[quad.subject] = quad.object.value
            elif quad.predicate.value == str(KG.weight):
                weights[quad.subject] = float(quad.object.value)
    return MappingProxyType({labels[each]: weight for each, weight in weights.items()})
