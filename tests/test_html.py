"""The HTML graph: its data, its safety, and how it behaves in a real browser with no network."""

from __future__ import annotations

import base64
import json
import os
import random
import re
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from html_browser import Tab
from html_sample import Builder, large, small

from kg.exporters import html_data
from kg.exporters.html import ASSETS, VIS, render_html, write_html
from kg.exporters.html_facts import clean, passage_bounds, utf16_offset
from kg.exporters.layout import layout
from kg.graph import KnowledgeGraph
from kg.vocab import BASE, KG, NIF, RDF, SCHEMA, SEM, SKOS

HOSTILE = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "<img src=https://evil.example/x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    "javascript:window.ran=1",
    '"};window.ran=1;//',
    "'-window.ran=1-'",
    "{{ 7*7 }}{% include 'x' %}{# no #}",
    "${window.ran=1}`",
    "<!--<script>",
    "]]><b>&lt;i&gt;&amp;",
    "\u202egnirts\u202c \u200bzero\ufeffwidth\u2066",
    "line\u2028separator\u2029\x00\x1f",
    "__proto__",
    "constructor",
    "toString",
    "n0",
    '" onmouseover="window.ran=1" x="',
    "<a href=\"javascript:window.ran=1\">href</a>",
    "🌊" * 40,
    "x" * 5000,
    "</title></style></textarea></noscript><script>window.ran=1</script>",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>",
    "<form action=javascript:window.ran=1><button autofocus onfocus=window.ran=1>",
    "url(https://evil.example/x)}*{background:url(https://evil.example/y)",
    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
    "&lt;script&gt;window.ran=1&lt;/script&gt; &#x3c;script&#x3e;",
    "{% raw %}{{ self._TemplateReference__context }}{% endraw %}{{ nodes|safe }}",
    "=cmd|' /C calc'!A0",
    "a\u200b\u200c\u200d\u2060\ufeffb\u00ad\u180e",
    "\u2066\u202e\u2067abc\u2069\u200f\u061c",
    "\ud83c\udf0a".encode("utf-16", "surrogatepass").decode("utf-16") + "\u0301" * 500,
    "__defineGetter__", "hasOwnProperty", "-1", "NaN", "null",
    "million " * 125_000,
)  # fmt: skip


def hostile() -> list[ox.Quad]:
    """Return a graph with hostile text in every place where text goes."""
    b = Builder()
    nodes = []
    for i, text in enumerate(HOSTILE):
        safe = text.replace("\x00", "")
        nodes.append(b.entity(f"h{i}", "", ("Person", "Organization", "Participant")[i % 3], aliases=(safe,)))
        b.quads = [q for q in b.quads if q.object != ox.Literal("", language="en")]
        b.add(nodes[-1], "http://www.w3.org/2000/01/rdf-schema#label", ox.Literal(safe))
        b.add(nodes[-1], SKOS.exactMatch, ox.NamedNode("javascript:window.ran=1"))
        b.add(nodes[-1], SKOS.exactMatch, ox.NamedNode("data:text/html,x"))
        document = b.document(f"d{i}", safe or "x", url="javascript:window.ran=1", date=safe[:40])
        event = b.event("Meet", safe, trigger=safe, agent=nodes[-1], patient=nodes[i // 2], manner=ox.Literal(safe))
        b.claim(event, document, f"He said {safe} today.", speaker=nodes[0])
        b.claim((nodes[-1], "https://schema.org/jobTitle", ox.Literal(safe)), document, f"It is {safe}.")
    return b.finish()


def page_data(quads: list[ox.Quad]) -> Any:
    """Return the lists of the page that draws these quads."""
    return html_data.page_data(KnowledgeGraph(quads).index)


def render_quads(quads: list[ox.Quad]) -> str:
    """Return the page that draws these quads."""
    return render_html(KnowledgeGraph(quads))


def island(html: str, name: str) -> Any:
    """Return what one data block of the page holds: plain JSON, or JSON deflated and in base64."""
    found = re.search(rf'<script type="application/([a-z-]+)" id="{name}">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[2] if found[1] == "json" else zlib.decompress(base64.b64decode(found[2])))


@pytest.fixture(scope="module")
def data() -> Any:
    return page_data(small())


def line(data: Any, source: str, target: str) -> list[tuple[str, str, bool]]:
    names = [node["label"] for node in data["nodes"]]
    return [
        (entry["status"], entry["label"], entry["disputed"])
        for entry in data["lines"]
        if (names[entry["from"]], names[entry["to"]]) == (source, target)
    ]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Northern Relief Agency", "Norvia", [("planned", "will send to", False)]),
        ("Northern Relief Agency", "about two hundred engineers", [("planned", "will send", False)]),
        ("Harbour Bank", "Norvia", [("possible", "lend to (possible)", False)]),
        ("Ostria", "Norvia", [("possible", "give to (conditional)", False)]),
        ("Tarn Power", "Lundby", [("denied", "warn to (denied)", False), ("possible", "pay to (required)", False)]),
        ("Tarn Power", "the lower gates", [("actual", "open", True)]),
        ("River Council", "Norvia", [("actual", "met", False)]),
        ("River Council", "Sudria", [("actual", "meet with", False)]),
        ("the river states", "Sudria", [("background", "member", False)]),
        ("Petra Lind", "River Council", [("actual", "member of", False)]),
        ("Omar Feld", "resign", [("actual", "", False)]),
        ("flood", "Tarn Valley", [("actual", "in", False)]),
        ("Norvia", "Northern Relief Agency", []),
    ],
)
def test_lines_tell_who_did_what_and_how_certain_it_is(data: Any, source: str, target: str, expected: Any) -> None:
    assert line(data, source, target) == expected


def test_every_claim_leads_to_its_sentence(data: Any) -> None:
    sentences = {q.object.value for q in small() if q.predicate.value == str(NIF.anchorOf)}
    for claim in data["claims"]:
        units = data["passages"][claim["passage"]]["text"].encode("utf-16-le")
        assert units[2 * claim["begin"] : 2 * claim["end"]].decode("utf-16-le") in sentences


def test_a_quotation_that_is_not_in_the_text_is_shown_alone() -> None:
    quads = [q for q in small() if q.predicate.value != str(NIF.isString)]
    claims = page_data(quads)["claims"]
    assert {claim["passage"] for claim in claims} == {-1}
    assert all(claim["quote"] for claim in claims)


def test_types_are_counted_and_participants_set_apart(data: Any) -> None:
    assert {kind["label"]: kind["count"] for kind in data["types"]} == {
        "Organization": 5, "Person": 4, "Country": 3, "City": 2, "Place": 1, "Unnamed": 5, "Event": 2,
    }  # fmt: skip


def test_an_event_of_many_to_many_is_one_node_not_a_thicket() -> None:
    b = Builder()
    ones, others = ([b.entity(f"{k}{i}", f"{k} {i}", "Country") for i in range(4)] for k in "ab")
    document = b.document("d", "Talks")
    b.claim(b.event("Meet", "all meet", agent=ones, partner=others), document, "They met.")
    page = page_data(b.finish())
    assert len(page["lines"]) == 8
    assert [node["label"] for node in page["nodes"]][-1] == "meet"


@pytest.mark.parametrize(
    ("text", "offset", "expected"), [("abc", 2, 2), ("a🌊b", 1, 1), ("a🌊b", 2, 3), ("🌊🌊", 2, 4), ("é", 1, 1)]
)
def test_offsets_are_turned_from_code_points_to_utf16(text: str, offset: int, expected: int) -> None:
    assert utf16_offset(text, offset) == expected


def test_an_enormous_paragraph_is_cut_at_words() -> None:
    text = "word " * 10_000
    first, last = passage_bounds(text, 25_000, 25_004)
    assert 24_500 < first < 25_000
    assert 25_004 < last < 25_500
    assert text[first:last].startswith("word") and text[first:last].endswith("word")


def test_labels_lose_controls_but_keep_joiners() -> None:
    assert clean("a\u202eb\x00c\n d") == "ab c d"
    assert clean("👩\u200d🚒") == "👩\u200d🚒"


def test_layout_covers_no_node_with_another() -> None:
    rng = random.Random(3)
    lines = [(rng.randrange(600), min(int(rng.paretovariate(1)), 599)) for _ in range(700)]
    made = layout(600, lines, [1.0] * 600, first=100)
    assert sorted(made.order) == list(range(600))
    assert len(set(made.positions)) == 600
    assert layout(600, reversed(lines), [1.0] * 600, first=100) == made
    assert layout(0, [], []).order == ()


def test_layout_starts_with_the_best_connected_and_stays_connected() -> None:
    made = layout(7, [(0, 1), (1, 2), (3, 4), (4, 5), (5, 6)], [9.0, 1, 1, 1, 5, 1, 1])
    assert made.order[:4] == (4, 5, 3, 6)
    assert made.order[4] == 0


def test_components_without_anything_named_come_later() -> None:
    assert layout(5, [(0, 1), (1, 2)], [0, 0, 0, 1, 0]).order == (3, 1, 0, 2, 4)
    assert layout(5, [(0, 1), (1, 2)], [0, 0, 0, 1, 0]).first == 1
    assert layout(5, [(0, 1), (1, 2)], [0, 0, 0, 0, 0]).first == 5


def test_an_event_in_another_event_is_one_node() -> None:
    b = Builder()
    north, south = b.entity("n", "North", "Country"), b.entity("s", "South", "Country")
    document = b.document("d", "Aid")
    aid = b.event("Aid", "North help South", trigger="help", agent=north, patient=south)
    praise = b.event("Praise", "South praise help", trigger="praise", agent=south, patient=aid)
    for event in (aid, praise):
        b.claim(event, document, "South praised the help of the North.")
    page = page_data(b.finish())
    assert [(node["label"], page["types"][node["type"]]["label"]) for node in page["nodes"]] == [
        ("North", "Country"),
        ("South", "Country"),
        ("help", "Event"),
    ]
    assert line(page, "South", "help") == [("actual", "praise", False)]
    assert line(page, "North", "help") == [("actual", "", False)]
    assert line(page, "help", "South") == [("actual", "", False)]


def test_blank_nodes_are_left_out() -> None:
    b = Builder()
    north = b.entity("n", "North", "Country")
    document = b.document("d", "Aid")
    b.claim(b.event("Aid", "North help", trigger="help", agent=north), document, "The North helps.")
    quads, blank = b.finish(), ox.BlankNode("b1")
    terms = {name: ox.NamedNode(str(term)) for name, term in
             {"type": RDF.type, "subject": RDF.subject, "predicate": RDF.predicate, "object": RDF.object,
              "claim": KG.Claim, "event": SEM.Event, "person": SCHEMA.Person, "agent": KG.agent}.items()}  # fmt: skip
    claim, north_node = ox.NamedNode(f"{BASE}claim/x"), ox.NamedNode(north)
    more = [
        *(ox.Quad(blank, terms["type"], terms[kind]) for kind in ("event", "person", "claim")),
        ox.Quad(blank, terms["agent"], north_node),
        ox.Quad(claim, terms["type"], terms["claim"]),
        *(ox.Quad(claim, terms[part], term) for part, term in
          (("subject", blank), ("predicate", terms["agent"]), ("object", north_node))),
    ]  # fmt: skip
    assert page_data(quads + more) == page_data(quads)


def test_the_page_is_one_file_that_names_nothing_outside() -> None:
    html = render_quads(small())
    outside = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    assert not re.search(r"(src|href)\s*=|@import|url\(|https?://", outside)
    assert "sourceMappingURL" not in html
    assert re.search(r"default-src &#39;none&#39;|default-src 'none'", html)
    assert "unsafe" not in html.split("</head>")[0].split("<style>")[0]
    assert "</script" not in (ASSETS / VIS).read_text(encoding="utf-8").lower()


def test_ids_are_opaque_and_text_is_data_only() -> None:
    html = render_quads(hostile())
    assert all(re.fullmatch(r"n\d+", node["id"]) for node in island(html, "drawing")["nodes"])
    assert html.count("<script") == 4
    assert html.count("</script>") == 4
    graph = island(html, "graph")
    assert not any(graph["nodes"]["links"])
    assert not any(graph["documents"]["url"])


def test_an_empty_graph_says_so() -> None:
    html = render_quads([])
    assert "Nothing to draw" in html
    assert "<script" not in html


def test_the_graph_is_written_as_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    graph = KnowledgeGraph(small())
    write_html(graph, tmp_path / "graph.html")
    written = (tmp_path / "graph.html").read_bytes()
    assert written.decode("utf-8") == render_html(graph)
    assert b"\r\n" not in written
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_the_same_graph_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, random, sys; sys.path.insert(0, sys.argv[1]); import html_sample;"
        "from kg.exporters.html import render_html; from kg.graph import KnowledgeGraph;"
        "quads = html_sample.small() + html_sample.large(40);"
        "random.Random(int(sys.argv[2])).shuffle(quads);"
        "print(hashlib.sha256(render_html(KnowledgeGraph(quads)).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), seed],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    ]
    assert len(set(runs)) == 1


# In the browser


def number_of(data: Any, label: str) -> int:
    return next(i for i, node in enumerate(data["nodes"]) if node["label"] == label)


@pytest.mark.browser
def test_browser_node_and_line_lead_to_the_sentence(open_page: Any, data: Any) -> None:
    tab = open_page(small())
    assert tab.shown() == {"nodes": 22, "lines": 31, "labels": 22}
    tab.click_node(number_of(data, "Tarn Power"))
    panel = tab.page.locator("#panel")
    assert panel.locator("h1").text_content() == "Tarn Power"
    marks = panel.locator("mark").all_text_contents()
    assert "Tarn Power denied that it had opened the lower gates." in marks
    assert "Disputed" in panel.text_content()
    assert {"Actual", "Denied", "Required"} <= set(panel.locator(".badge").all_text_contents())
    link = panel.locator("a").first
    assert link.get_attribute("rel") == "noreferrer noopener"
    assert link.get_attribute("href") == "https://news.example/d3"
    tab.page.keyboard.press("Escape")
    assert panel.is_hidden()
    ends = (number_of(data, "Northern Relief Agency"), number_of(data, "Norvia"))
    tab.click_line(next(i for i, entry in enumerate(data["lines"]) if (entry["from"], entry["to"]) == ends))
    assert panel.locator("h1").text_content() == "Northern Relief Agency → Norvia"
    assert panel.locator("mark").first.text_content().endswith("director Ines Halvorsen said 🌊 on Monday.")
    text = panel.text_content()
    assert "says Ines Halvorsen" in text and "Planned" in text and "confidence 86 %" in text
    assert "next week (2021-03-08 – 2021-03-14)" in text and "Harbour Courier, 2021-03-04" in text
    tab.assert_quiet()


@pytest.mark.browser
def test_browser_facts_and_what_a_speaker_said(open_page: Any, data: Any) -> None:
    tab = open_page(small())
    tab.click_node(number_of(data, "Ines Halvorsen"))
    panel = tab.page.locator("#panel")
    assert panel.locator("dl.facts").text_content() == "job titledirector"
    assert "Said by this speaker (1)" in panel.text_content()
    panel.get_by_role("button", name="Northern Relief Agency").first.click()
    assert panel.locator("h1").text_content() == "Northern Relief Agency"
    assert panel.locator("a").first.get_attribute("href") == "http://www.wikidata.org/entity/Q901"
    tab.page.click("#close")
    assert panel.is_hidden()
    tab.assert_quiet()


@pytest.mark.browser
def test_browser_search_by_keyboard_finds_names_and_aliases(open_page: Any) -> None:
    tab = open_page(small())
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("HALVORSEN")
    assert tab.page.locator("#results li").count() == 1
    tab.page.fill("#query", "the")
    names = tab.page.locator("#results .name").all_text_contents()
    assert "Northern Relief Agency (the agency)" in names and "the river states" in names
    tab.page.keyboard.press("ArrowDown")
    chosen = tab.page.locator('#results [aria-selected="true"] .name').text_content()
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("#panel h1").text_content() in chosen
    tab.page.fill("#query", "no such name")
    assert "Nothing by that name" in tab.page.locator("#results").text_content()
    tab.page.keyboard.press("Escape")
    assert tab.page.input_value("#query") == ""
    tab.page.keyboard.press("Enter")
    tab.page.click("#close")
    assert tab.page.locator("#panel").is_hidden()
    tab.assert_quiet()


@pytest.mark.browser
def test_browser_legend_filters_types_and_lines_and_reset_brings_them_back(open_page: Any) -> None:
    tab = open_page(small())
    tab.page.get_by_role("button", name="Unnamed").click()
    tab.page.get_by_role("button", name="Event").click()
    assert tab.shown()["nodes"] == 15
    lines = tab.shown()["lines"]
    assert lines < 31
    tab.page.get_by_role("button", name="Denied").click()
    assert tab.shown()["lines"] == lines - 1
    assert tab.page.get_by_role("button", name="Denied").get_attribute("aria-pressed") == "false"
    tab.page.get_by_role("button", name="Reset").click()
    assert tab.shown()["nodes"] == 22 and tab.shown()["lines"] == 31
    tab.assert_quiet()


@pytest.mark.browser
def test_browser_a_thousand_nodes_open_in_three_seconds_and_more_come_on_demand(open_page: Any) -> None:
    quads = large(1000)
    start = time.process_time()
    render_quads(quads)
    assert time.process_time() - start < 3
    tab = open_page(quads)
    assert tab.ready < 3
    assert tab.shown()["nodes"] == 250 and tab.shown()["labels"] > 60
    tab.page.click("#more")
    assert tab.shown()["nodes"] == 500
    page = page_data(quads)
    far = next(i for i in reversed(range(1000)) if not tab.page.evaluate(f"!!newskg.drawn({i})"))
    tab.page.fill("#query", page["nodes"][far]["label"])
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("#panel h1").text_content() == page["nodes"][far]["label"]
    assert tab.shown()["nodes"] > 500
    tab.assert_quiet()


@pytest.mark.browser
def test_browser_hostile_text_runs_nothing(open_page: Any) -> None:
    quads = hostile()
    tab = open_page(quads)
    for number in range(len(page_data(quads)["nodes"])):
        tab.page.evaluate(f"newskg.goTo({number})")
    for opener in ("#filters", "#show-timeline", "#show-table"):
        tab.page.click(opener)
    tab.page.fill("#query", "script")
    assert tab.page.locator("#panel h1").count() == 1
    assert tab.page.locator("img, iframe, object, #panel svg, #panel a, #panel script").count() == 0
    handlers = (
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on')).length"
    )
    assert tab.page.evaluate(handlers) == 0
    tab.page.wait_for_timeout(200)
    tab.assert_quiet()


@pytest.mark.browser
def test_browser_the_policy_stops_what_would_get_in(open_page: Any) -> None:
    tab = open_page(small())
    stopped = tab.page.evaluate(
        """async () => {
          const stopped = [];
          document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
          const script = document.createElement("script"); script.textContent = "window.ran = 1";
          const image = document.createElement("img"); image.src = "https://evil.example/x";
          document.body.append(script, image);
          document.body.insertAdjacentHTML("beforeend", '<p onclick="window.ran = 1" id="trap">x</p>');
          document.getElementById("trap").click();
          await fetch("https://evil.example/y").catch(() => 0);
          await new Promise((resolve) => setTimeout(resolve, 100));
          return stopped.sort();
        }"""
    )
    assert stopped == ["connect-src", "img-src", "script-src-attr", "script-src-elem"]
    assert tab.page.evaluate("window.ran") is None


@pytest.mark.browser
def test_browser_dark_mode_is_dark(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render_quads(small()), encoding="utf-8")
    with browser.new_context(offline=True, color_scheme="dark") as context:
        tab = Tab(context, path)
        assert tab.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 28)"
        tab.assert_quiet()
