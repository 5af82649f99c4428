"""What follows from a graph and its ontologies: RDFS by SPARQL in Oxigraph, OWL 2 RL by the library reasonable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import pyoxigraph as ox
from rdflib.term import Literal, URIRef

from kg.errors import SettingError
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_dir, read_turtle
from kg.views import rdflib_graph
from kg.vocab import OWL, PREFIXES, XSD

ONTOLOGIES = ("kg.ttl", "events.ttl")

# Rules 7, 2, 3 and 9 of RDF 1.1 Semantics, section 9.2.1; the paths stand for 5 and 11. In this order once is enough,
# as long as no ontology states sub-properties of rdf:type or of the four properties of RDFS themselves.
_RDFS = (
    "INSERT { ?s ?q ?o } WHERE { ?p rdfs:subPropertyOf+ ?q . ?s ?p ?o FILTER(isIRI(?q)) }",
    "INSERT { ?s a ?c } WHERE { ?p rdfs:domain ?c . ?s ?p ?o FILTER(isIRI(?c)) }",
    "INSERT { ?o a ?c } WHERE { ?p rdfs:range ?c . ?s ?p ?o FILTER(isIRI(?c) && isIRI(?o)) }",
    "INSERT { ?s a ?d } WHERE { ?c rdfs:subClassOf+ ?d . ?s a ?c FILTER(isIRI(?d)) }",
)


class Rules(StrEnum):
    """The rules of an entailment regime."""

    RDFS = "rdfs"
    OWLRL = "owlrl"


def closure(graph: KnowledgeGraph, rules: Rules) -> KnowledgeGraph:
    """Return ``graph`` with what follows from it, ``kg.ttl`` and ``events.ttl``, in the named graph ``<base>inferred``.

    Only what is about things of the graph goes in, not what follows for the ontologies.
    Raises SettingError where the library for OWL 2 RL is not installed.

    >>> event = "https://example.org/kg/event/1"
    >>> meeting = ox.Quad(*(ox.NamedNode(iri) for iri in (event, PREFIXES["rdf"] + "type", PREFIXES["ev"] + "Meet")))
    >>> "event#Consult" in str(closure(KnowledgeGraph([meeting]), Rules.RDFS).quads())
    True
    """
    ontology = [quad.triple for name in ONTOLOGIES for quad in read_turtle(ontology_dir() / name)]
    known = {*graph.triples(), *ontology}
    found = _rdfs(known) if rules is Rules.RDFS else _owlrl(known)
    name = ox.NamedNode(f"{graph.base}inferred")
    return graph | KnowledgeGraph(
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for triple in found
        if isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value.startswith(graph.base)
        and triple not in known
    )


def _rdfs(triples: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    before = set(store)  # a store writes some numbers in another way than they were given
    for rule in _RDFS:
        store.update(rule, prefixes=PREFIXES)
    return (quad.triple for quad in set(store) - before)


def _owlrl(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    try:
        import reasonable  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SettingError("infer", Rules.OWLRL, 'needs a library: pip install "newskg[infer]"') from error
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(rdflib_graph(triples, PREFIXES))
    for subject, predicate, value in reasoner.reason():
        says_nothing = value in {subject, OWL.Thing}
        if not says_nothing and isinstance(subject, URIRef) and isinstance(value, URIRef | Literal):
            yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), _term(value))


def _term(term: URIRef | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype or XSD.string))
