"""The shapes: a sound graph conforms, and each way of breaking it is named."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.graph import KnowledgeGraph
from kg.validate import Report, Violation, render, validate

PREFIXES = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in KnowledgeGraph().prefixes().items())
DOCUMENT = "<https://example.org/kg/document/a000000000000001"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(Path(__file__).parent / "data" / "graph.trig")


def _changed(graph: KnowledgeGraph, *, remove: str = "", add: str = "") -> KnowledgeGraph:
    """Return the union of the graph's triples without and with some, both in Turtle."""
    taken, given = (
        {quad.triple for quad in ox.parse(input=PREFIXES + turtle, format=ox.RdfFormat.TURTLE)}
        for turtle in (remove, add)
    )
    assert taken <= set(graph.triples())
    return KnowledgeGraph(ox.Quad(*triple) for triple in (set(graph.triples()) - taken) | given)


def test_a_sound_graph_conforms(graph: KnowledgeGraph) -> None:
    report = validate(graph)
    assert report == Report(True), str(report)
    assert str(report) == "The graph conforms to the shapes."


def test_an_empty_graph_conforms() -> None:
    assert validate(KnowledgeGraph()).conforms


BROKEN = [
    # remove, add, focus, message
    ('event:0a11 kg:trigger "send" .', "", "event:0a11", "has a trigger"),
    ('event:0a11 rdfs:label "our navy send two frigates to Cyprus"@en .', "", "event:0a11", "exactly one label"),
    ("", 'event:0a11 rdfs:label "another"@en .', "event:0a11", "exactly one label"),
    ("", "event:0a11 kg:recipient entity:Nobody .", "event:0a11", "a thing with a label"),
    ("", 'event:0a11 kg:topic "" .', "event:0a11", "a thing with a label, or words"),
    ("", 'event:0a12 sem:hasBeginTimeStamp "2031"^^xsd:gYear .', "event:0a12", "begins on one day"),
    ("", 'event:0a12 sem:hasBeginTimeStamp "2031-02-31"^^xsd:date .', "event:0a12", "begins on one day"),
    ('event:0a11 sem:hasEndTimeStamp "2031-03-31"^^xsd:date .',
     'event:0a11 sem:hasEndTimeStamp "2031-01-01"^^xsd:date .',
     "event:0a11", "not after its end"),
    ("claim:0c02 kg:about event:0a12 .", "", "event:0a12", "is what some claim is about"),
    ("claim:0c02 kg:about event:0a12 .", "", "claim:0c02", "exactly one event, or else"),
    ("", "claim:0c03 kg:about event:0a12 .", "claim:0c03", "exactly one event, or else"),
    ("", "claim:0c02 kg:about event:0b12 .", "claim:0c02", "exactly one event, or else"),
    ("claim:0c03 rdf:predicate schema:jobTitle .", "", "claim:0c03", "exactly one event, or else"),
    ("claim:0c02 kg:modality kg:Actual .", "", "claim:0c02", "exactly one modality"),
    ("", "claim:0c02 kg:modality kg:Planned .", "claim:0c02", "exactly one modality"),
    ("claim:0c02 kg:polarity kg:Negative .",
     "claim:0c02 kg:polarity kg:Actual .", "claim:0c02", "exactly one polarity"),
    ("claim:0c02 kg:confidence 0.8 .", "claim:0c02 kg:confidence 1.8 .", "claim:0c02", "from 0 to 1"),
    ("claim:0c02 kg:confidence 0.8 .", 'claim:0c02 kg:confidence "high" .', "claim:0c02", "from 0 to 1"),
    ("", "claim:0c02 kg:speaker entity:Cyprus .", "claim:0c02", "at most one speaker"),
    (f"claim:0c04 kg:evidence {DOCUMENT}#char=147,187> .", "", "claim:0c04", "has evidence"),
    ("", "claim:0c02 prov:wasDerivedFrom document:b000000000000002 .", "claim:0c02", "exactly one document"),
    ("claim:0c02 prov:wasGeneratedBy run:0001 .", "", "claim:0c02", "comes from a run"),
    (f"{DOCUMENT}#char=147,187> nif:beginIndex 147 .", f"{DOCUMENT}#char=147,187> nif:beginIndex 187 .",
     "document:a000000000000001#char=147,187", "before its end"),
    (f"{DOCUMENT}#char=147,187> nif:beginIndex 147 .", f"{DOCUMENT}#char=147,187> nif:beginIndex 148 .",
     "document:a000000000000001#char=147,187", "quotes its document"),
    (f"{DOCUMENT}#char=147,187> nif:referenceContext {DOCUMENT}> .", "",
     "document:a000000000000001#char=147,187", "exactly one document"),
    ('document:a000000000000001 schema:datePublished "2031-01-15"^^xsd:date .',
     'document:a000000000000001 schema:datePublished "January" .', "document:a000000000000001", "an xsd:date"),
    ("", 'document:a000000000000001 nif:isString "another text" .', "document:a000000000000001", "exactly one text"),
    ("", 'document:a000000000000001 schema:url "https://x.example" .', "document:a000000000000001", "url, an IRI"),
    ('entity:b000000000000002-82-crew kg:head "crew" .', "", "entity:b000000000000002-82-crew", "head noun"),
    ("",
     "entity:b000000000000002-82-crew skos:exactMatch wd:Q1 .", "entity:b000000000000002-82-crew",
     "no identity outside"),
    ("", "entity:b000000000000002-82-crew kg:quantityLower 9 ; kg:quantityUpper 5 .",
     "entity:b000000000000002-82-crew", "not above the upper"),
    ("", "entity:Cyprus skos:exactMatch <https://www.wikidata.org/wiki/Q229> .", "entity:Cyprus", "Wikidata"),
    ("", "entity:Cyprus owl:sameAs wd:Q229 .", "entity:Cyprus", "never by owl:sameAs"),
    ("", 'entity:Cyprus rdfs:label "Kypros"@en .', "entity:Cyprus", "has a label"),
    ("", "entity:Harbour_League schema:member entity:Nobody .", "entity:Harbour_League", "members with labels"),
    ("", "entity:Norland relation:attack entity:Cyprus .", "relation:attack", "not declared"),
    ("relation:demand kg:eventType ev:Demand .", "", "relation:demand", "names the event class"),
    ("claim:0d01 kg:polarity kg:Positive .",
     "claim:0d01 kg:polarity kg:Negative .", "entity:Harbour_League", "no positive claim"),
    ("claim:0d01 kg:modality kg:Actual .",
     "claim:0d01 kg:modality kg:Possible .", "entity:Harbour_League", "no positive claim"),
]  # fmt: skip


@pytest.mark.parametrize(("remove", "add", "focus", "message"), BROKEN)
def test_what_is_wrong_is_named(graph: KnowledgeGraph, remove: str, add: str, focus: str, message: str) -> None:
    report = validate(_changed(graph, remove=remove, add=add))
    assert not report.conforms
    assert [
        violation for violation in report.violations if violation.focus == focus and message in violation.message
    ], str(report)
    assert {violation.severity for violation in report.violations} == {"Violation"}


def test_literals_are_allowed_where_the_text_names_no_thing(graph: KnowledgeGraph) -> None:
    assert validate(_changed(graph, add='event:0a12 kg:location "at sea"@en ; kg:cause "a dispute"@en .')).conforms


def test_shapes_of_ones_own(graph: KnowledgeGraph, tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .\n"
        "[] a sh:NodeShape ; sh:targetClass schema:Country ;\n"
        " sh:property [ sh:path schema:population ; sh:minCount 1 ; sh:severity sh:Warning ;\n"
        '   sh:message "has a population" ] .\n',
        encoding="utf-8",
    )
    report = validate(graph, shapes=[shapes])
    assert [(v.focus, v.path, v.severity) for v in report.violations] == [
        ("entity:Cyprus", "schema:population", "Warning"),
        ("entity:Norland", "schema:population", "Warning"),
    ]


def test_shapes_that_are_broken_are_named(graph: KnowledgeGraph, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n[] a sh:NodeShape ;\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        validate(graph, shapes=[broken])
    with pytest.raises(OntologyError, match=r"missing\.ttl"):
        validate(graph, shapes=[tmp_path / "missing.ttl"])


def test_the_text_of_a_report_is_grouped_and_cut() -> None:
    many = tuple(Violation(f"event:{n:02}", "kg:trigger", "has a trigger", "Violation") for n in range(25))
    lines = render(Report(False, many)).splitlines()
    assert lines[0] == "25 things do not conform to the shapes:"
    assert lines[2] == "Violation (25): has a trigger"
    assert lines[3] == "  event:00 kg:trigger"
    assert lines[-1] == "  ... and 5 more"
    assert len(lines) == 24
