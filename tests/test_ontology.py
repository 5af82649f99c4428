"""ontologies/kg.ttl defines every word of kg.vocab.KG, and the closed word lists agree with the code."""

from __future__ import annotations

import pytest
import rdflib

from kg.graph import KnowledgeGraph
from kg.model import Modality, Polarity, Role
from kg.ontology import ontology_dir, read_turtle
from kg.views import rdflib_graph
from kg.vocab import DCT, KG, OWL, PREFIXES, RDF, RDFS, SEM, SKOS

ONTOLOGY = rdflib.URIRef("https://w3id.org/newskg/ontology")
TERMS = sorted(name for name in KG.__annotations__ if not name.startswith("_"))


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib_graph((quad.triple for quad in read_turtle(ontology_dir() / "kg.ttl")), PREFIXES)


def test_the_vocabulary_and_the_ontology_name_the_same_terms(ontology: rdflib.Graph) -> None:
    defined = {str(term).removeprefix(str(KG._NS)) for term in ontology.subjects() if str(term).startswith(str(KG._NS))}
    assert defined == set(TERMS)


@pytest.mark.parametrize("name", TERMS)
def test_every_term_is_described(ontology: rdflib.Graph, name: str) -> None:
    term = KG[name]
    assert ontology.value(term, RDF.type)
    for predicate in (RDFS.label, SKOS.definition):
        (text,) = ontology.objects(term, predicate)
        assert isinstance(text, rdflib.Literal)
        assert text.language == "en"
    assert str(ontology.value(term, SKOS.definition)).endswith(".")
    assert ontology.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_labels_and_definitions_are_not_given_twice(ontology: rdflib.Graph) -> None:
    definitions = [str(text) for text in ontology.objects(None, SKOS.definition)]
    assert len(set(definitions)) == len(definitions)


def test_domains_and_ranges_are_terms_that_exist(ontology: rdflib.Graph) -> None:
    for predicate in (RDFS.domain, RDFS.range, RDFS.subPropertyOf, RDFS.subClassOf, OWL.inverseOf):
        for term in ontology.objects(None, predicate):
            assert not str(term).startswith(str(KG._NS)) or (term, RDF.type, None) in ontology


def test_roles_are_those_of_the_model(ontology: rdflib.Graph) -> None:
    roles = set(ontology.subjects(RDFS.subPropertyOf, KG.role))
    assert roles == {KG[role.value] for role in Role}
    assert (KG.agent, RDFS.subPropertyOf, SEM.hasActor) in ontology
    assert (KG.destination, RDFS.subPropertyOf, SEM.hasPlace) in ontology


@pytest.mark.parametrize(("kind", "values"), [(KG.Modality, Modality), (KG.Polarity, Polarity)])
def test_individuals_are_those_of_the_model(
    ontology: rdflib.Graph, kind: rdflib.URIRef, values: type[Modality] | type[Polarity]
) -> None:
    assert set(ontology.subjects(RDF.type, kind)) == {KG[value.value] for value in values}
    listed = ontology.value(kind, OWL.oneOf)
    assert listed is not None
    assert list(ontology.items(listed)) == [KG[value.value] for value in values]


def test_the_ontology_names_itself(ontology: rdflib.Graph) -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in ontology
    assert ontology.value(ONTOLOGY, OWL.versionInfo)
    assert ontology.value(ONTOLOGY, DCT.license)


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_both_parsers_read_the_same(name: str) -> None:
    path = ontology_dir() / name
    assert len(rdflib.Graph().parse(path)) == len(KnowledgeGraph.load(path).triples())
