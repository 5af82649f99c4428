"""Quads made from hand-made statements: what is written, what must not be, and that every engine reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest
import rdflib

from kg.events import event_types
from kg.gazetteer import load_gazetteer
from kg.graph import KnowledgeGraph
from kg.merge import merge
from kg.model import (
    Argument,
    Document,
    Kind,
    Mention,
    Modality,
    Polarity,
    Quantity,
    Role,
    Span,
    Statement,
    TimeExpression,
)
from kg.rdf import ONTOLOGY_GRAPH, Writer, clean, number, shortcut_name
from kg.resolve import resolve
from kg.validate import validate
from kg.vocab import EV, KG, SCHEMA

TEXT = "🚢 Malta will send 12 ships to Libya in 2025."
DOCUMENT = Document(
    TEXT, title="Ships", url="https://news.example/a b?x=1", published=date(2024, 5, 14), publisher="Example Wire"
)
WRITER = Writer(event_types(), "run1", "newskg test")


def said(text: str, **more: object) -> Mention:
    """Make a mention of words in TEXT."""
    start = TEXT.index(text)
    name = text if text[0].isupper() else ""
    return Mention(
        Span(start, start + len(text)), text, text.rsplit(maxsplit=1)[-1], start, "GPE" if name else "", name, **more
    )  # type: ignore[arg-type]


SEND = Statement(
    Kind.EVENT, str(EV.Deploy), "send", Span(13, 17), "will send", Span(2, len(TEXT)),
    (
        Argument(Role.AGENT, said("Malta"), "subject"),
        Argument(Role.PATIENT, said("12 ships", quantity=Quantity(12))),
        Argument(Role.DESTINATION, said("Libya"), "oblique", "to"),
    ),
    modality=Modality.PLANNED, time=TimeExpression(Span(39, 43), "DATE", "2025", "2025-01-01", "2025-12-31"),
    rule="clause.own", confidence=0.9,
)  # fmt: skip
TITLE = Statement(
    Kind.RELATION, str(SCHEMA.jobTitle), "jobTitle", Span(2, 7), "is", Span(2, len(TEXT)),
    (Argument(Role.AGENT, said("Malta"), "subject"), Argument(Role.ATTRIBUTE, said("12 ships"), "complement")),
    rule="title", confidence=0.9,
)  # fmt: skip


def graph(*statements: Statement, document: Document = DOCUMENT, writer: Writer = WRITER) -> KnowledgeGraph:
    """Write statements of one document."""
    return KnowledgeGraph(writer.quads(merge(document, statements, resolve(document, statements, load_gazetteer()))))


def rows(found: KnowledgeGraph, pattern: str, *variables: str) -> list[tuple[object, ...]]:
    """Return the answers to a pattern."""
    names = " ".join(f"?{v}" for v in variables)
    return list(found.query(f"SELECT DISTINCT {names} WHERE {{ {pattern} }} ORDER BY {names}").rows)


def shortcuts(found: KnowledgeGraph) -> list[str]:
    """Return the names of the shortcut triples."""
    pattern = "?a ?p ?b . FILTER(STRSTARTS(STR(?p), STR(relation:)))"
    return [str(p).rsplit("/", 1)[-1] for (p,) in rows(found, pattern, "p")]


def test_an_event_and_its_claim() -> None:
    found = graph(SEND)
    [(event, kind, begin, end)] = rows(
        found,
        "?e kg:trigger 'send' ; a ?t ; sem:hasBeginTimeStamp ?b ; sem:hasEndTimeStamp ?f . FILTER(?t != sem:Event)",
        "e", "t", "b", "f",
    )  # fmt: skip
    assert kind == str(EV.Deploy)
    assert (begin, end) == (date(2025, 1, 1), date(2025, 12, 31))
    [(modality, polarity, words, value, quote)] = rows(
        found,
        f"?c kg:about <{event}> ; kg:modality ?m ; kg:polarity ?p ; kg:timeText ?t ; kg:time ?v ; "
        "kg:evidence/nif:anchorOf ?q . FILTER NOT EXISTS { ?c kg:speaker ?s }",
        "m", "p", "t", "v", "q",
    )  # fmt: skip
    assert (modality, polarity, words, value) == (str(KG.Planned), str(KG.Positive), TEXT[39:43], "2025")
    assert quote == TEXT[2:]


def test_the_participant_and_its_quantity() -> None:
    assert rows(graph(SEND), "?e kg:patient ?p . ?p a kg:Participant ; rdfs:label ?l ; kg:quantity ?q", "l", "q") == [
        ("12 ships", 12)
    ]


def test_offsets_are_code_points() -> None:
    [(begin, end)] = rows(graph(SEND), "?p a nif:Phrase ; nif:beginIndex ?b ; nif:endIndex ?e", "b", "e")
    assert (begin, end) == (2, len(TEXT))


def test_the_document() -> None:
    [(title, url, day, publisher)] = rows(
        graph(), "?d a schema:NewsArticle ; schema:headline ?t ; schema:url ?u ; schema:datePublished ?d2 ; "
        "schema:publisher ?p", "t", "u", "d2", "p",
    )  # fmt: skip
    assert (title, day, publisher) == ("Ships", date(2024, 5, 14), "Example Wire")
    assert url == "https://news.example/a%20b?x=1"


@pytest.mark.parametrize(
    ("modality", "polarity", "expected"),
    [
        (Modality.ACTUAL, Polarity.POSITIVE, ["sendTo"]),
        (Modality.PLANNED, Polarity.POSITIVE, ["willSendTo"]),
        (Modality.POSSIBLE, Polarity.POSITIVE, []),
        (Modality.CONDITIONAL, Polarity.POSITIVE, []),
        (Modality.REQUIRED, Polarity.POSITIVE, []),
        (Modality.ACTUAL, Polarity.NEGATIVE, []),
        (Modality.PLANNED, Polarity.NEGATIVE, []),
    ],
)
def test_shortcuts_only_of_what_is_asserted(modality: Modality, polarity: Polarity, expected: list[str]) -> None:
    found = graph(replace(SEND, modality=modality, polarity=polarity))
    assert shortcuts(found) == expected
    declared = rows(found, "?s a kg:Shortcut ; kg:eventType ev:Deploy ; rdfs:label ?l", "l")
    assert not expected or declared == [("will send to" if expected == ["willSendTo"] else "send to",)]


def test_no_shortcut_to_what_has_no_name() -> None:
    without = replace(SEND, arguments=SEND.arguments[:2])
    assert shortcuts(graph(without)) == []


def test_no_shortcut_from_a_patient() -> None:
    assert shortcuts(graph(replace(SEND, arguments=SEND.arguments[1:]))) == []


def test_a_nominal_event_does_not_relate_its_agent_to_a_place() -> None:
    assert shortcuts(graph(replace(SEND, rule="nominal"))) == []


def test_a_relation_is_a_triple_and_a_statement() -> None:
    found = graph(TITLE)
    assert rows(found, "entity:Malta schema:jobTitle ?t", "t") == [("12 ships",)]
    assert rows(
        found,
        "?c a kg:Claim, rdf:Statement ; rdf:subject entity:Malta ; rdf:predicate schema:jobTitle ; rdf:object ?o ; "
        "kg:evidence/nif:anchorOf ?q",
        "o",
    ) == [("12 ships",)]  # fmt: skip


def test_a_denied_relation_is_only_a_claim() -> None:
    found = graph(replace(TITLE, polarity=Polarity.NEGATIVE))
    assert rows(found, "entity:Malta schema:jobTitle ?t", "t") == []
    assert rows(found, "?c rdf:subject entity:Malta ; kg:polarity ?p", "p") == [(str(KG.Negative),)]


def test_every_quad_is_in_the_documents_graph_or_the_ontologys() -> None:
    names = {quad.graph_name for quad in graph(SEND, TITLE)}
    assert names == {WRITER.document_graph(DOCUMENT), ONTOLOGY_GRAPH}


def test_no_blank_nodes() -> None:
    for quad in graph(SEND, TITLE):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_the_speaker_is_an_entity_of_the_graph() -> None:
    found = graph(replace(SEND, speaker=said("Libya")))
    assert rows(found, "?c kg:speaker/rdfs:label ?s", "s") == [("Libya",)]


def test_another_base() -> None:
    found = graph(SEND, writer=replace(WRITER, base="https://kb.example/"))
    assert any(str(q.subject.value).startswith("https://kb.example/event/") for q in found)
    assert not any("example.org" in str(quad) for quad in found)


def test_it_passes_the_shapes() -> None:
    report = validate(graph(SEND, TITLE, replace(SEND, polarity=Polarity.NEGATIVE, speaker=said("Libya"))))
    assert report.conforms, report


def test_rdflib_and_oxigraph_read_it_back(tmp_path: object) -> None:
    found = graph(SEND, TITLE)
    turtle = found.to_rdflib().serialize(format="turtle")
    assert len(rdflib.Graph().parse(data=turtle)) == len(found.triples())
    assert len(set(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == len(found.triples())


@pytest.mark.parametrize("nasty", ["a\0b", "a\ud800b", 'a"b\\c\n', "\u202eabc", "\ufeff", "\x01\x1f\x7f"])
def test_any_text_is_a_literal(nasty: str) -> None:
    text = f"{nasty} Malta 12 ships Libya"
    found = graph(document=Document(text, title=nasty, publisher=nasty, identifier=nasty))
    quads = ox.serialize(found.quads(), format=ox.RdfFormat.N_QUADS)
    assert len(list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))) == len(found.quads())
    assert len(clean(text)) == len(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a b",
        'https://x.example/"<>{}|\\^`',
        "https://x.example/\ud800",
        "https://x.example/é🚢",
        "mailto:desk@x.example",
        "https://x.example/?id[]=1",
        "https://x.example/%zz",
        "https://x.example/\x7f",
        "https://x.example/\x85",
        "x.example/a",
        "/a",
        "https://[x",
    ],
)
def test_any_address_is_an_iri_or_left_out(url: str) -> None:
    quads = ox.serialize(graph(document=Document(TEXT, url=url)).quads(), format=ox.RdfFormat.N_QUADS)
    assert list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))


def test_clean_leaves_good_text_alone() -> None:
    assert clean("Київ 🚢 \n\t") == "Київ 🚢 \n\t"


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        (4.0, "4", "integer"),
        (0.5, "0.5", "decimal"),
        (1e15, "1000000000000000", "integer"),
        (-2.25, "-2.25", "decimal"),
    ],
)
def test_numbers(value: float, lexical: str, datatype: str) -> None:
    found = number(value)
    assert (found.value, found.datatype.value.rsplit("#", 1)[-1]) == (lexical, datatype)


@pytest.mark.parametrize(
    ("trigger", "preposition", "ahead", "name"),
    [
        ("deploy", "to", True, "willDeployTo"),
        ("deploy", "to", False, "deployTo"),
        ("meet", "", False, "meet"),
        ("act", "in response to", False, "actInResponseTo"),
        ("re-arm", "", True, "willReArm"),
        ("…", "", False, "relatesTo"),
    ],
)
def test_shortcut_names(trigger: str, preposition: str, ahead: bool, name: str) -> None:
    assert shortcut_name(trigger, preposition, ahead=ahead) == name
