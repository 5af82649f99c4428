"""What one takes along from the HTML page: the table, CSV, pictures, and the address of a view."""

from __future__ import annotations

import csv
import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from html_browser import Tab
from html_chronicle import EVENTS, chronicle
from html_sample import Builder, large, small

from kg.exporters.html_data import page_data
from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]


def column(tab: Tab, number: int) -> list[str]:
    script = "n => [...document.querySelectorAll('#table-body tr')].map(row => row.children[n].textContent)"
    return list(tab.page.evaluate(script, number))


def heads(tab: Tab) -> list[str]:
    return [text.strip() for text in tab.page.locator("#table-head th").all_text_contents()]


def saved(tab: Tab, button: str, folder: Path) -> Path:
    """Click in the Save menu and return the file that is downloaded."""
    tab.page.click("#save")
    with tab.page.expect_download() as download:
        tab.page.click(button)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_table_lists_what_passes_and_sorts(open_page: Open) -> None:
    tab = open_page(chronicle())
    tab.page.keyboard.press("t")
    assert tab.page.locator("#table-caption").text_content() == "7 statements"
    confidence = heads(tab).index("Confidence")
    tab.page.get_by_role("button", name="Confidence").click()
    shown = [int(text.removesuffix(" %")) for text in column(tab, confidence)]
    assert shown == sorted(shown) and shown[0] == 50
    assert tab.page.locator("#table-head th").nth(confidence).get_attribute("aria-sort") == "ascending"
    tab.page.get_by_role("button", name="Confidence").click()
    assert [int(text.removesuffix(" %")) for text in column(tab, confidence)] == shown[::-1]
    tab.page.get_by_role("button", name="When").click()
    when = column(tab, heads(tab).index("When"))
    assert when[:2] == ["2014-05-01", "2016-01-01 – 2016-12-31"] and when[-2:] == ["", ""]
    tab.page.get_by_role("button", name="When").click()
    when = column(tab, heads(tab).index("When"))
    assert when[0] == "2024-02-02" and when[-2:] == ["", ""]
    tab.page.get_by_role("button", name="Things").click()
    assert sorted(column(tab, 0)) == sorted({name for event in EVENTS for name in (event[0], event[2])})
    tab.page.get_by_role("button", name="Statements").last.click()
    tab.assert_quiet()


def test_a_row_opens_the_panel(open_page: Open) -> None:
    tab = open_page(chronicle(), fragment="#table=statements")
    tab.page.locator("#table-body tr", has_text="Dunmore").locator("td").first.click()
    panel = tab.page.locator("#panel")
    assert panel.locator("h1").text_content() == "Cedar Union accuse Dunmore"
    assert panel.locator(".side").count() == 2
    assert tab.page.locator("tr.chosen").count() == 1
    tab.page.locator("#tab-things").click()
    tab.page.get_by_role("button", name="Open Dunmore").click()
    assert panel.locator("h1").text_content() == "Dunmore"


def test_a_long_table_comes_in_parts(open_page: Open) -> None:
    tab = open_page(large(400), fragment="#table=statements")
    assert tab.page.locator("#table-body tr").count() == 100
    tab.page.click("#table-more")
    assert tab.page.locator("#table-body tr").count() == 200


def test_csv_holds_every_row_that_passes_with_its_sentence(open_page: Open, tmp_path: Path) -> None:
    tab = open_page(chronicle(), fragment="#sources=Star&sort=-confidence&table=statements")
    text = saved(tab, "#save-csv", tmp_path).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["who"] for row in rows] == ["Cedar Union", "Dunmore", "Elmar Holt"]
    assert [float(row["confidence"]) for row in rows] == [0.8, 0.6, 0.5]
    assert rows[0]["factuality"] == "Actual, Disputed"
    assert "Actual Negative" in rows[0]["quotes"] and "Actual Positive" in rows[0]["quotes"]
    assert rows[0]["iri"].startswith("https://example.org/kg/event/")
    assert rows[1]["when"] == "2020-06-01" and rows[1]["time"] == "2020-06-01 – 2020-06-30"


def test_csv_runs_nothing_in_a_spreadsheet(open_page: Open, tmp_path: Path) -> None:
    b = Builder()
    names = ('=HYPERLINK("x")', "+1", "-2", "@SUM(A1)", 'say "no", or\nyes', "plain")
    things = [b.entity(f"e{i}", name, "Person") for i, name in enumerate(names)]
    document = b.document("d", "T")
    for thing in things:
        b.claim(b.event("Meet", "met", agent=thing, patient=things[-1]), document, "They met.")
    tab = open_page(b.finish(), fragment="#table=things")
    text = saved(tab, "#save-csv", tmp_path).read_bytes().decode("utf-8-sig")
    found = {row["name"] for row in csv.DictReader(io.StringIO(text))}
    assert found == {'\'=HYPERLINK("x")', "'+1", "'-2", "'@SUM(A1)", 'say "no", or yes', "plain"}


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Return width, height and the colours in a PNG of 8-bit RGBA, by undoing the row filters."""
    width, height = struct.unpack(">II", png[16:24])
    chunks, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        chunks += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + size
    raw = zlib.decompress(chunks)
    return width, height, {raw[i : i + 1] for i in range(0, len(raw), 997)}


def test_png_is_the_canvas(open_page: Open, tmp_path: Path) -> None:
    tab = open_page(small())
    picture = saved(tab, "#save-png", tmp_path).read_bytes()
    width, height, varied = pixels(picture)
    assert (width, height) == (1280, 800) and len(varied) > 3
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"


def test_svg_is_what_is_drawn(open_page: Open, tmp_path: Path) -> None:
    tab = open_page(small())
    shown = tab.page.evaluate("newskg.shown()")
    root = ElementTree.parse(saved(tab, "#save-svg", tmp_path)).getroot()
    space = "{http://www.w3.org/2000/svg}"
    texts = [text.text for text in root.iter(f"{space}text")]
    labels = {node["label"] for node in page_data(KnowledgeGraph(small()).index)["nodes"]}
    assert len(labels & set(texts)) == shown["labels"] == 22
    assert {"will send to", "?"} <= set(texts)
    strokes = [path for path in root.iter(f"{space}path") if path.get("stroke-dasharray")]
    assert strokes and root.get("width") == "1280"
    assert tab.page.evaluate("newskg.shown()") == shown
    assert "<script" not in ElementTree.tostring(root, encoding="unicode")
    tab.assert_quiet()


def test_svg_of_hostile_labels_is_well_formed(open_page: Open, tmp_path: Path) -> None:
    b = Builder()
    document = b.document("d", "T")
    names = ("</text><script>1</script>", '"&<>', "a\x01b\ufffe", "]]>")
    things = [b.entity(f"e{i}", name, "Person") for i, name in enumerate(names)]
    b.claim(b.event("Meet", "met", agent=things[0], partner=things[1:]), document, "They met.")
    tab = open_page(b.finish())
    root = ElementTree.parse(saved(tab, "#save-svg", tmp_path)).getroot()
    assert {element.tag.split("}")[1] for element in root.iter()} == {"svg", "rect", "path", "text"}
    assert names[0] in [text.text for text in root.iter()]


def view(tab: Tab) -> dict[str, Any]:
    """Return the view without the camera, which settles by itself."""
    made = dict(tab.page.evaluate("newskg.view()"))
    del made["camera"]
    return made


def test_the_address_holds_the_whole_view(open_page: Open, browser: Any) -> None:
    tab = open_page(chronicle())
    page = tab.page
    for key in "ftl":
        page.keyboard.press(key)
    page.get_by_role("button", name="Published").click()
    page.locator('#facets [data-facet="polarity"]').get_by_role("checkbox", name="Affirmed").check()
    page.locator('#facets [data-facet="speakers"] summary').click()
    page.locator('#facets [data-facet="speakers"]').get_by_role("checkbox", name="the article itself").check()
    page.locator('#facets [data-facet="speakers"]').get_by_role("checkbox", name="Elmar Holt").check()
    page.locator("#confidence").fill("55")
    page.locator("#types").get_by_role("button", name="City").click()
    page.locator("#statuses").get_by_role("button", name="Planned").click()
    page.fill("#query", "Brook Works")
    page.keyboard.press("Enter")
    for name in ("Pin", "2 steps"):
        page.locator("#panel").get_by_role("button", name=name, exact=True).click()
    there = view(tab)
    assert there["speakers"] and there["pinned"] and there["about"] and there["types"] and there["selected"]
    address = page.url
    assert "entity%2FBrook_Works" in address and "Elmar_Holt" in address
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("html[data-ready]")
    again = dict(other.evaluate("newskg.view()"))
    del again["camera"]
    for made in (again, there):
        made["pinned"] = {key: [round(value) for value in place] for key, place in made["pinned"].items()}
    assert again == there
    assert other.evaluate("newskg.passing()") == page.evaluate("newskg.passing()")
    assert other.locator("#panel h1").text_content() == "Brook Works"
    tab.assert_quiet()


@pytest.mark.parametrize(
    "fragment",
    ["open=entity/Dunmore", "open=entity/Cedar_Union+actual+entity/Dunmore", "path=entity/Alma_Berg+entity/Dunmore",
     "about=3+entity/Dunmore", "hidden=entity/Dunmore&hidden=entity/Alma_Berg",
     "from=2015-01-01&to=2020-12-31&clock=article",
     "table=things&sort=-name", "plover=AID&kinds=aid&modality=Actual&sources=Post", "limit=500"],
)  # fmt: skip
def test_a_written_address_is_read_as_it_was_written(open_page: Open, fragment: str) -> None:
    tab = open_page(chronicle(), fragment=f"#{fragment}")
    first = tab.page.evaluate("newskg.fragment()")
    tab.page.evaluate("text => { location.hash = text; }", first)
    tab.page.wait_for_timeout(50)
    assert re.sub("&at=[^&]*", "", tab.page.evaluate("newskg.fragment()")) == re.sub("&at=[^&]*", "", first)
    assert set(re.findall(r"(\w+)=", fragment)) <= set(re.findall(r"(\w+)=", first))
    tab.assert_quiet()


UNKNOWN = ("selected", "about", "path", "hidden", "types", "statuses", "from", "pinned", "table")


def test_an_address_of_another_graph_leaves_out_what_is_not_here(open_page: Open) -> None:
    fragment = "#open=entity/Nobody&about=2+entity/Nobody&path=entity/Dunmore+entity/Nobody&hidden=entity/X&types=Ship"
    more = "&statuses=odd&confidence=7&limit=-3&from=yesterday&sort=__proto__&at=1+2&pinned=a+b+c&table=x"
    tab = open_page(chronicle(), fragment=fragment + more)
    made = view(tab)
    assert tab.page.evaluate("newskg.passing().length") == (0 if made["confidence"] else 7)
    assert [made[key] for key in UNKNOWN] == [None, None, None, [], [], [], "", {}, ""]
    assert made["limit"] == 7 and made["confidence"] <= 1
    tab.assert_quiet()


def test_the_back_button_takes_back_one_step_at_a_time(open_page: Open) -> None:
    tab = open_page(chronicle())
    page = tab.page
    page.fill("#query", "Dunmore")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)  # the camera has come to rest
    page.locator("#panel").get_by_role("button", name="Cedar Union").first.click()
    page.wait_for_timeout(700)
    page.locator("#panel").get_by_role("button", name="1 step").click()
    page.wait_for_timeout(700)
    assert len(page.evaluate("newskg.passing()")) == 2
    page.go_back()
    page.wait_for_function("newskg.passing().length === 7")
    assert page.locator("#panel h1").text_content() == "Cedar Union"
    page.go_back()
    page.wait_for_function("document.querySelector('#panel h1').textContent === 'Dunmore'")
    page.go_back()
    page.wait_for_function("document.getElementById('panel').hidden")
    page.go_forward()
    page.wait_for_function("!document.getElementById('panel').hidden")
    tab.assert_quiet()


def test_the_link_is_copied(open_page: Open) -> None:
    tab = open_page(chronicle(), fragment="#sources=Star")
    tab.page.click("#save")
    tab.page.click("#copy-link")
    tab.page.wait_for_selector("#toast:not([hidden])")
    assert "sources=Star" in tab.page.evaluate("navigator.clipboard.readText()")
