"""The graph for others: followthemoney entities, and the dataset described in VoID and DCAT."""

from __future__ import annotations

import json
import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.exporters.ftm import ftm_id
from kg.exporters.void import describe
from kg.graph import KnowledgeGraph

SAMPLE = Path(__file__).parent / "data" / "graph.trig"
BASE = "https://example.org/kg/"
MORE = """
    event:1 a ev:Send, sem:Event ;
        rdfs:label "Norland send aid to Cyprus"@en ;
        kg:trigger "send" ;
        kg:agent entity:Norland ;
        kg:recipient entity:Cyprus ;
        kg:location entity:Nicosia ;
        sem:hasBeginTimeStamp "2031-01-02"^^xsd:date .
    claim:1 a kg:Claim ;
        kg:about event:1 ;
        kg:modality kg:Actual ;
        kg:polarity kg:Positive ;
        kg:confidence 0.9 ;
        kg:evidence <https://example.org/kg/document/a000000000000001#char=104,146> ;
        prov:wasDerivedFrom document:a000000000000001 .
    entity:Nicosia a schema:City ;
        rdfs:label "Nicosia"@en .
    entity:Bo_Quill a schema:Person ;
        rdfs:label "Bo Quill"@en .
    claim:2 a kg:Claim, rdf:Statement ;
        rdf:subject entity:Ada_Quill ;
        rdf:predicate schema:sibling ;
        rdf:object entity:Bo_Quill ;
        kg:modality kg:Actual ;
        kg:polarity kg:Positive ;
        prov:wasDerivedFrom document:b000000000000002 .
    claim:3 a kg:Claim, rdf:Statement ;
        rdf:subject entity:Bo_Quill ;
        rdf:predicate schema:memberOf ;
        rdf:object entity:Tide_Party ;
        kg:modality kg:Actual ;
        kg:polarity kg:Negative ;
        prov:wasDerivedFrom document:b000000000000002 .
    claim:4 a kg:Claim, rdf:Statement ;
        rdf:subject entity:Tide_Party ;
        rdf:predicate schema:location ;
        rdf:object entity:Nicosia ;
        kg:modality kg:Actual ;
        kg:polarity kg:Positive ;
        prov:wasDerivedFrom document:b000000000000002 .
"""


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    sample = KnowledgeGraph.load(SAMPLE)
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in sample.prefixes().items())
    return sample | KnowledgeGraph(ox.parse(prefixes + MORE, format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def entities(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    path = tmp_path_factory.mktemp("ftm") / "graph.ftm.json"
    graph.save(path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = {line["id"]: line for line in lines}
    assert len(found) == len(lines)
    return found


def test_things_have_the_schema_that_fits(entities: dict[str, dict[str, Any]]) -> None:
    found = {entity["properties"]["name"][0]: entity for entity in entities.values() if "name" in entity["properties"]}
    schemata = {name: entity["schema"] for name, entity in found.items()}
    assert schemata == {
        "Ada Quill": "Person",
        "Bo Quill": "Person",
        "Cyprus": "PublicBody",
        "Norland": "PublicBody",
        "Harbour League": "Organization",
        "Tide Party": "Organization",
        "Nicosia": "Address",
        "Norland send aid to Cyprus": "Event",
        "Harbour League demand return": "Event",
    }, "no unnamed participant, and no event that is only planned, denied or demanded"
    assert found["Ada Quill"]["properties"]["position"] == ["Defence Minister"]
    assert found["Cyprus"]["properties"]["wikidataId"] == ["Q229"]


def test_an_event_has_its_parties_place_and_proof(entities: dict[str, dict[str, Any]]) -> None:
    event = entities[ftm_id(f"{BASE}event/1")]["properties"]
    assert event["involved"] == [ftm_id(f"{BASE}entity/Norland"), ftm_id(f"{BASE}entity/Cyprus")]
    assert (event["location"], event["startDate"]) == (["Nicosia"], ["2031-01-02"])
    assert (event["publisher"], event["proof"]) == (["Harbour Wire"], [ftm_id(f"{BASE}document/a000000000000001")])
    assert event["summary"] == ["Norland denied that it had shelled Cyprus."]


def test_links(entities: dict[str, dict[str, Any]]) -> None:
    links = [entity for entity in entities.values() if entity["schema"] in ("Family", "Membership", "UnknownLink")]
    assert sorted(link["schema"] for link in links) == ["Family", "Membership", "UnknownLink"], "none that is denied"


def test_entities_fit_the_schema_of_followthemoney(entities: dict[str, dict[str, Any]]) -> None:
    """The schema is read from the package's files, not imported: that would need ICU and a compiler."""
    try:
        files = distribution("followthemoney").files or []
        import yaml  # noqa: PLC0415 - comes with it
    except (PackageNotFoundError, ImportError):
        if os.environ.get("KG_REQUIRE_ENGINES") == "1":
            pytest.fail("followthemoney is not installed")
        pytest.skip("followthemoney is not installed")
    schemata: dict[str, dict[str, Any]] = {}
    for file in files:
        if file.suffix == ".yaml" and file.parent.name == "schema":
            schemata |= yaml.safe_load(Path(str(file.locate())).read_text(encoding="utf-8"))

    def line_of(name: str) -> set[str]:
        return {name}.union(*(line_of(parent) for parent in schemata[name].get("extends", ())))

    for entity in entities.values():
        line = line_of(entity["schema"])
        known = {name: data for each in line for name, data in (schemata[each].get("properties") or {}).items()}
        required = {name for each in line for name in schemata[each].get("required", ())}
        # An article is told by its title; the name is what events and things have.
        assert entity["schema"] == "Article" or required <= entity["properties"].keys()
        assert not schemata[entity["schema"]].get("abstract")
        for name, values in entity["properties"].items():
            for value in values if known[name].get("type") == "entity" else ():
                assert known[name].get("range", "Thing") in line_of(entities[value]["schema"]), (entity, name)


def test_void_counts_what_is_there(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "graph.void.ttl")
    found = KnowledgeGraph.load(tmp_path / "graph.void.ttl")
    whole = graph.to_rdflib()
    [row] = found.select(
        "SELECT ?n ?s ?o ?d WHERE { ?x a void:Dataset, dcat:Dataset ; void:triples ?n ; void:distinctSubjects ?s ; "
        "void:distinctObjects ?o ; void:documents ?d }"
    )
    assert row == (len(whole), len(set(whole.subjects())), len(set(whole.objects())), 2)
    parts = dict(
        found.select("SELECT ?p ?n WHERE { ?x void:propertyPartition [ void:property ?p ; void:triples ?n ] }")
    )
    assert sum(int(str(count)) for count in parts.values()) == len(whole)
    classes = dict(found.select("SELECT ?c ?n WHERE { ?x void:classPartition [ void:class ?c ; void:entities ?n ] }"))
    assert classes[f"{graph.prefixes()['schema']}Country"] == 2
    assert not any(isinstance(term, ox.BlankNode) for triple in found.triples() for term in triple)


def test_void_names_the_licence_and_a_version_that_follows_the_content(graph: KnowledgeGraph) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    asked = "SELECT ?l ?v WHERE { ?x dct:license ?l ; owl:versionInfo ?v }"
    [(said, version)] = describe(graph, licence=licence).select(asked)
    assert said == licence
    [(_, other)] = describe(KnowledgeGraph(list(graph)[1:]), licence=licence).select(asked)
    assert version != other
    assert not describe(graph).select(asked).rows
    assert len(rdflib.Graph().parse(data=ox.serialize(describe(graph).triples(), format=ox.RdfFormat.N_TRIPLES))) > 20
