"""What holds for any text at all: nothing crashes, every offset quotes the text, every file is read back."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from spacy.language import Language

import kg
from kg.extractors import extract_statements
from kg.graph import KnowledgeGraph
from kg.identity import consolidate
from kg.model import Document, Span
from kg.nlp.annotation import Annotation
from kg.nlp.model import load_model, normalise, parse, plain_text
from kg.pipeline import read_documents
from kg.rdf import clean
from kg.resolve import name_id, plain_name
from kg.vocab import KG

FEW = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=300, deadline=None, derandomize=True)

ANY = st.text(st.characters(exclude_categories=[]), max_size=80)  # control characters and lone surrogates too
SENTENCES = st.sampled_from(
    [
        "Malta sent ships to Libya.",
        "Olaf Berg, the mayor of Valletta, said: “We did not attack Libya.”",
        "🚢🚢 NATO will deploy 12 ships 🇲🇹 to Estonia, Latvia in 2025",
        "According to officials, ``Norway'' may close the port on Monday.",
        "\u202bماذا\u202c Malta met with ‘Libya’\u00a0in Rome.",
        "The invasion of Malta\r\nby rebels\tfailed",
        "If rebels attack Censor.NET, e\u0301migre\u0301s will leave. He said so.",
        "Read more: Norway attacks Sweden",
    ]
)
SOUND = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
PIECES = st.lists(st.one_of(SENTENCES, SOUND), min_size=1, max_size=4)
JOINTS = st.sampled_from([" ", "\n", "\n\n", "\r\n \r\n", "", "\u2028", "\n\n\n\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw sentences and noise."""
    return draw(JOINTS).join(draw(PIECES))


@cache
def _nlp() -> Language:
    return load_model()


@cache
def graph_of(text: str) -> KnowledgeGraph:
    """Build the graph of one text."""
    return kg.build([Document(text)])


# Without the model


@MANY
@given(ANY)
def test_normalise_keeps_every_character_at_its_place(text: str) -> None:
    plain = normalise(text)
    assert len(plain) == len(text)
    assert all(a == b for a, b in zip(text, plain, strict=True) if a.isalnum())


@MANY
@given(ANY, st.integers(0, 80), st.integers(0, 80))
def test_plain_text_keeps_every_character_at_its_place(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    plain = plain_text(Document(text, boilerplate=(Span(start, end),)))
    assert len(plain) == len(text)


@MANY
@given(ANY)
def test_a_name_is_always_part_of_an_iri(name: str) -> None:
    iri = f"https://example.org/kg/entity/{name_id(plain_name(name))}"
    if any(c not in "_ \t\n\r\f\v" for c in clean(name)):
        ox.NamedNode(iri)
        assert list(ox.parse(f"<{iri}> <x:p> <{iri}> .".encode(), format=ox.RdfFormat.N_TRIPLES))


@MANY
@given(ANY)
def test_the_id_of_a_document_is_its_content(text: str) -> None:
    assert Document(text).id == Document(text, origin="elsewhere").id
    assert Document(text).id != Document(f"{text}x").id


# With the model


@pytest.mark.model
@FEW
@given(texts())
def test_any_text_builds_a_graph_that_is_read_back(text: str) -> None:
    graph = graph_of(text)
    turtle = graph.to_rdflib().serialize(format="turtle")
    assert len(set(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == len(graph.triples())
    assert len(Graph().parse(data=turtle)) == len(graph.triples())


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "\0Malta\0 sent ships.",
        "\ufeffMalta sent ships.\ufffe\uffff",
        "\x85Malta sent\x1cships.\x7f\x1b[31m",
        "\u202eMalta sent ships.\u2066",
        "Malta sent 🚢\u200d🚢 \U000e0001\U0010ffff ships.",
        "M\u0301\u0301\u0301alta sent ships. " + "\u0489" * 50,
        "\ud800 Malta sent ships.",
    ],
)
def test_odd_characters_build_a_graph(text: str) -> None:
    graph = graph_of(text)
    assert len(graph.query("SELECT ?e WHERE { ?e kg:trigger 'send' }").rows) == 1
    turtle = graph.to_rdflib().serialize(format="turtle")
    assert len(Graph().parse(data=turtle)) == len(graph.triples())


@pytest.mark.model
@FEW
@given(texts())
def test_own_turtle_is_read_back(text: str) -> None:
    graph = graph_of(text)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".ttl", ".nq"):
            path = Path(folder) / f"graph{suffix}"
            graph.save(path)
            assert KnowledgeGraph.load(path).triples() == graph.triples()


@pytest.mark.model
@FEW
@given(texts())
def test_every_offset_quotes_the_text(text: str) -> None:
    annotation = Annotation(parse(_nlp(), text))
    plain = normalise(text)
    assert annotation.text == plain
    for statement in extract_statements(annotation):
        mentions = [a.mention for a in statement.arguments] + ([statement.speaker] if statement.speaker else [])
        for span in (statement.evidence, statement.trigger_span, *(m.span for m in mentions)):
            assert 0 <= span.start < span.end <= len(text)
        for mention in mentions:
            assert " ".join(mention.span.of(plain).split()).startswith(mention.text) or mention.text in " ".join(
                mention.span.of(plain).split()
            )
    for time in annotation.times:
        assert 0 <= time.span.start < time.span.end <= len(text)
    for cluster in annotation.coreference:
        assert all(0 <= s.start < s.end <= len(text) for s in cluster)


@pytest.mark.model
@FEW
@given(texts())
def test_every_anchor_quotes_the_document(text: str) -> None:
    graph = graph_of(text)
    rows = graph.query(
        "SELECT ?b ?e ?quote ?whole WHERE { ?p nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?quote ;"
        " nif:referenceContext/nif:isString ?whole }"
    ).rows
    for begin, end, quote, whole in rows:
        assert isinstance(begin, int)
        assert isinstance(end, int)
        assert isinstance(whole, str)
        assert whole[begin:end] == quote == clean(text)[begin:end]


@pytest.mark.model
@FEW
@given(texts())
def test_every_claim_has_its_evidence_and_no_node_is_blank(text: str) -> None:
    graph = graph_of(text)
    about: dict[str, int] = {}
    for quad in graph:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        if quad.predicate.value in {str(KG.evidence), str(KG.modality), str(KG.polarity), str(KG.confidence)}:
            about[quad.subject.value] = about.get(quad.subject.value, 0) + 1
    assert set(about.values()) <= {4}


@pytest.mark.model
@FEW
@given(texts(), texts())
def test_union_is_merge(one: str, two: str) -> None:
    a, b = graph_of(one), graph_of(two)
    assert a | a == a
    assert a | b == b | a
    assert (a | b) | a == a | b
    together = kg.build([Document(one), Document(two)])
    as_read = [quad for text in (two, one) for _, quads in read_documents([Document(text)]) for quad in quads]
    assert together == KnowledgeGraph(consolidate(as_read))
    assert together == kg.build([Document(two), Document(one)])
