"""The panel of the HTML page: everything said of a thing, down to its sentence, and as Turtle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from html_browser import Tab
from html_chronicle import EVENTS, chronicle
from html_sample import Builder, small
from rdflib.namespace import RDF

from kg.exporters.html_data import page_data
from kg.graph import KnowledgeGraph
from kg.vocab import BASE, KG, SCHEMA

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]


def triples(quads: list[ox.Quad]) -> set[tuple[Any, Any, Any]]:
    """Return the triples, with numbers by their value."""
    graph = rdflib.Graph().parse(data="\n".join(f"{q.triple} ." for q in quads), format="nt")
    return by_value(graph)


def by_value(graph: rdflib.Graph) -> set[tuple[Any, Any, Any]]:
    return {
        (s, p, (o.datatype, float(o)) if isinstance(o, rdflib.Literal) and p == KG.confidence else o)
        for s, p, o in graph
    }


def copied(tab: Tab, button: Any) -> rdflib.Graph:
    """Click a button that copies Turtle and return what rdflib reads in the clipboard."""
    button.click()
    tab.page.wait_for_selector("#toast:not([hidden])")
    assert tab.page.locator("#toast").text_content().startswith("Copied: ")
    return rdflib.Graph().parse(data=tab.page.evaluate("navigator.clipboard.readText()"), format="turtle")


def open_thing(tab: Tab, name: str) -> Any:
    """Search for a thing by its whole name, choose it, and return the panel."""
    tab.page.fill("#query", name)
    tab.page.keyboard.press("Enter")
    panel = tab.page.locator("#panel")
    assert panel.locator("h1").text_content() == name
    return panel


def test_each_claim_stands_with_its_sentence_in_its_paragraph(open_page: Open) -> None:
    tab = open_page(chronicle())
    panel = open_thing(tab, "Cedar Union")
    marks = panel.locator("mark").all_text_contents()
    assert marks == [
        f"The {paper} has it that {who} and {whom} are in this together ({factuality})."
        for who, _, whom, _, _, factuality, _, _, paper in sorted(
            EVENTS, key=lambda event: (event[1] == "Aid", event[8])
        )
        if "Cedar Union" in (who, whom)
    ]
    for quote, mark in zip(panel.locator("blockquote").all(), marks, strict=True):
        assert mark in quote.text_content() and len(quote.text_content()) > len(mark)
    heads = panel.locator(".claim .head").all_text_contents()
    assert "Actualsays Alma Bergconfidence 90 %" in heads
    assert "Deniedsays Alma Bergconfidence 70 %" in heads
    assert "3 claims from 2 articles · 1 statement disputed" in panel.locator(".summary").text_content()
    sources = panel.locator(".source").all_text_contents()
    assert "Star, one day · Star, 2022-09-09" in sources
    assert panel.locator(".source a").last.get_attribute("href").startswith("https://news.example/")
    tab.assert_quiet()


def test_for_and_against_stand_apart(open_page: Open) -> None:
    tab = open_page(chronicle())
    card = open_thing(tab, "Dunmore").locator(".statement", has_text="accuse")
    assert card.locator(".side").all_text_contents() == ["Says so (1)", "Denies it (1)"]
    text = card.text_content()
    assert (
        text.index("Says so") < text.index("Actual Positive") < text.index("Denies it") < text.index("Actual Negative")
    )
    assert "2018-03-10 – 2018-03-12" in text
    plain = tab.page.locator(".statement", has_text="visit")
    assert plain.locator(".side").count() == 0


def test_a_line_opens_what_is_said_between_its_two_ends(open_page: Open) -> None:
    quads = chronicle()
    data = page_data(KnowledgeGraph(quads).index)
    names = [node["label"] for node in data["nodes"]]
    ends = (names.index("Dunmore"), names.index("Elmar Holt"))
    tab = open_page(quads)
    tab.click_line(next(i for i, line in enumerate(data["lines"]) if (line["from"], line["to"]) == ends))
    panel = tab.page.locator("#panel")
    assert panel.locator("h1").text_content() == "Dunmore → Elmar Holt"
    assert panel.locator(".kind").text_content() == "Planned"
    assert panel.locator("mark").count() == 1
    graph = copied(tab, panel.locator(".actions button", has_text="Copy as Turtle"))
    assert len(list(graph.subjects(RDF.type, KG.Claim))) == 1
    panel.get_by_role("button", name="Elmar Holt").first.click()
    assert panel.locator("h1").text_content() == "Elmar Holt"


@pytest.mark.parametrize("quads", [small(), chronicle()], ids=["small", "chronicle"])
def test_turtle_of_everything_is_of_the_graph_and_lacks_no_claim(open_page: Open, quads: list[ox.Quad]) -> None:
    tab, whole = open_page(quads), triples(quads)
    data = page_data(KnowledgeGraph(quads).index)
    seen: set[tuple[Any, Any, Any]] = set()
    for node in data["nodes"]:
        if not node["in"] and not node["says"]:
            continue
        tab.page.evaluate(f"newskg.goTo({data['nodes'].index(node)})")
        graph = copied(tab, tab.page.locator(".actions button", has_text="Copy as Turtle"))
        assert by_value(graph) - whole == set()
        claims = {claim for s in {*node["in"], *node["says"]} for claim in data["statements"][s]["claims"]}
        assert len(set(graph.subjects(RDF.type, KG.Claim))) == len(claims)
        seen |= by_value(graph)
    for term in (KG.about, KG.modality, KG.polarity, KG.confidence, KG.speaker, KG.evidence, RDF.subject):
        assert {t for t in whole if t[1] == term} <= seen, term
    assert (rdflib.URIRef(f"{BASE}entity/Alma_Berg"), RDF.type, SCHEMA.Person) in seen or quads[0] not in chronicle()
    tab.assert_quiet()


@pytest.mark.model
def test_turtle_of_the_examples_is_of_their_graph(open_page: Open, examples_graph: KnowledgeGraph) -> None:
    quads = list(examples_graph.quads())
    tab, whole = open_page(quads), triples(quads)
    tab.page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    button = tab.page.locator(".actions button", has_text="Copy as Turtle")
    for number in range(0, len(page_data(examples_graph.index)["nodes"]), 7):
        tab.page.evaluate(f"newskg.goTo({number})")
        button.click()
        graph = rdflib.Graph().parse(data=tab.page.evaluate("window.copied"), format="turtle")
        assert by_value(graph) - whole == set()


def test_turtle_of_one_statement(open_page: Open) -> None:
    tab = open_page(chronicle())
    panel = open_thing(tab, "Alma Berg")
    card = panel.locator(".statement", has_text="Alma Berg aid")
    graph = copied(tab, card.get_by_role("button", name="Copy as Turtle"))
    assert len(list(graph.subjects(RDF.type, KG.Claim))) == 1
    assert (None, KG.patient, rdflib.URIRef(f"{BASE}entity/Brook_Works")) in graph


def test_turtle_keeps_quotation_marks_languages_and_odd_iris(open_page: Open) -> None:
    b = Builder()
    envoy = b.entity("Envoy%20(1)", 'The "Envoy"', "Person", aliases=("back\\slash",))
    document = b.document("d", "A title")
    text = 'He said "no\\yes" and left.\tQuietly.'
    event = b.event("Meet", 'envoy "meet"', agent=envoy, manner=ox.Literal("leise", language="de"))
    b.claim(event, document, text)
    quads = b.finish()
    tab = open_page(quads)
    tab.page.evaluate("newskg.goTo(1)")
    graph = copied(tab, tab.page.locator(".actions button", has_text="Copy as Turtle"))
    assert by_value(graph) - triples(quads) == set()
    assert rdflib.Literal("leise", lang="de") in set(graph.objects())
    assert rdflib.Literal(text) in set(graph.objects())
    assert rdflib.Literal("back\\slash", lang="en") in set(graph.objects())


def test_where_copying_is_forbidden_the_text_is_selected(open_page: Open) -> None:
    tab = open_page(chronicle())
    tab.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    panel = open_thing(tab, "Dunmore")
    panel.locator(".actions button", has_text="Copy as Turtle").click()
    box = panel.locator("textarea")
    rdflib.Graph().parse(data=box.input_value(), format="turtle")
    selected = tab.page.evaluate("document.activeElement.selectionEnd - document.activeElement.selectionStart")
    assert selected == len(box.input_value())
    tab.assert_quiet()
