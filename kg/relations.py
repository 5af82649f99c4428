"""Read ``ontologies/relations.ttl``: which noun with which preposition states a relation between two names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology import ontology_dir, read_turtle
from kg.vocab import KG


@cache
def relation_triggers(*extra: Path) -> Mapping[str, str]:
    """Return the property IRI of each trigger, those of the given Turtle files taking precedence.

    Raises OntologyError for a trigger that is not "NOUN PREPOSITION".

    >>> relation_triggers()["member of"]
    'https://schema.org/memberOf'
    """
    found: dict[str, str] = {}
    for path in (ontology_dir() / "relations.ttl", *extra):
        for quad in read_turtle(path):
            subject, trigger_term = quad.subject, quad.object
            if quad.predicate.value == str(KG.relationTrigger) and isinstance(trigger_term, ox.Literal):
                trigger = trigger_term.value
                if len(trigger.split()) != 2:
                    raise OntologyError(str(path), f"relation trigger {trigger!r} is not a noun and a preposition")
                found[trigger] = subject.value if isinstance(subject, ox.NamedNode) else ""
    return MappingProxyType(dict(sorted(found.items())))
