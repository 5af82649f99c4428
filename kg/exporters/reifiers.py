"""RDF 1.2 as an option: the event is the reifier of the shortcuts made from it."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.index import Index, Names
from kg.rdf import shortcut_name
from kg.views import ROLES
from kg.vocab import KG, RDF

_kg, _rdf = Names(KG), Names(RDF)
REIFIES = ox.NamedNode(f"{RDF}reifies")


def with_reifiers(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return the graph and, for each shortcut, ``event rdf:reifies <<( agent relation:x other )>>``, in its graph.

    An event reifies a shortcut that joins its agent to another participant and is named after its trigger.
    """
    made = {event: set(_shortcuts(graph.index, event)) for event in graph.index.events}
    found = set()
    for quad in graph.quads():
        if quad.predicate.value == _rdf.type and isinstance(quad.subject, ox.NamedNode):
            for triple in made.get(quad.subject.value, ()):
                if ox.Quad(triple.subject, triple.predicate, triple.object, quad.graph_name) in graph:
                    found.add(ox.Quad(quad.subject, REIFIES, triple, quad.graph_name))
    return graph | KnowledgeGraph(found)


def _shortcuts(index: Index, event: str) -> Iterator[ox.Triple]:
    others = {iri for role in ROLES if role != _kg.agent for iri in index.texts(event, role)}
    types = set(index.types(event)) or set(index.texts(event, _rdf.type))
    for agent in index.texts(event, _kg.agent):
        for property, terms in index.subjects.get(agent, {}).items():
            if types.isdisjoint(index.texts(property, _kg.eventType)):
                continue
            if any(_named_after(property, trigger) for trigger in index.texts(event, _kg.trigger)):
                for term in terms:
                    if isinstance(term, ox.NamedNode) and term.value in others:
                        yield ox.Triple(ox.NamedNode(agent), ox.NamedNode(property), term)


def _named_after(property: str, trigger: str) -> bool:
    """Tell whether a shortcut is made of the trigger and perhaps a preposition.

    >>> [_named_after(f"x/{name}", "deploy") for name in ("deploy", "willDeployTo", "deployment", "redeploy")]
    [True, True, False, False]
    """
    name = property.rpartition("/")[2]
    for ahead in (False, True):
        start = shortcut_name(trigger, "", ahead=ahead)
        if name.startswith(start) and not name[len(start) : len(start) + 1].islower():
            return True
    return False
