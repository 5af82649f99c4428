"""A part of a graph as a page: what surrounds a thing, what a query names, what matters most; and in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from html_browser import Tab
from html_sample import Builder, large, small
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import SettingError
from kg.exporters import html
from kg.exporters.html import render_html
from kg.exporters.html_data import page_data
from kg.exporters.html_part import around, iris_in, mentioned, named, restricted
from kg.graph import KnowledgeGraph

SMALL = KnowledgeGraph(small())
DATA = page_data(SMALL.index)
LABELS = [node["label"] for node in DATA["nodes"]]


def labels(data: Any) -> set[str]:
    return {node["label"] for node in data["nodes"]}


def test_all_of_a_page_is_the_page_itself() -> None:
    assert restricted(DATA, set(range(len(LABELS)))) == DATA


@given(st.sets(st.integers(0, len(LABELS) - 1)))
def test_a_part_points_only_to_what_it_holds(kept: set[int]) -> None:
    part = restricted(DATA, kept)
    for line in part["lines"]:
        assert max(line["from"], line["to"]) < len(part["nodes"])
        assert all(number < len(part["statements"]) for number in line["statements"])
    for number, statement in enumerate(part["statements"]):
        touched = {value for _, values in statement["parts"] for value in values if isinstance(value, int)}
        assert all(number in part["nodes"][node]["in"] for node in touched | set(statement["node"]))
        assert statement["text"] in {each["text"] for each in DATA["statements"]}
        assert all(claim < len(part["claims"]) for claim in statement["claims"])
    for claim in part["claims"]:
        assert claim["document"] < len(part["documents"]) and claim["passage"] < len(part["passages"])
        assert all(speaker < len(part["nodes"]) for speaker in claim["speakers"])
    assert {LABELS[node] for node in kept} <= labels(part)
    assert sum(kind["count"] for kind in part["types"]) == len(part["nodes"])
    assert all(node["type"] < len(part["types"]) for node in part["nodes"])


@pytest.mark.parametrize(
    ("name", "hops", "inside", "outside"),
    [
        ("Petra Lind", 1, {"Petra Lind", "River Council"}, {"Norvia", "Jonas Roth"}),
        ("Petra Lind", 2, {"River Council", "Norvia", "Sudria", "Ostria", "Vikhaven"}, {"Harbour Bank", "Lundby"}),
        ("omar feld", 1, {"Omar Feld", "resign"}, {"Norvia"}),
        ("the operator", 1, {"Tarn Power", "the lower gates", "Lundby", "Jonas Roth", "Harbour Bank"}, {"Norvia"}),
        ("the river states", 1, {"Norvia", "Sudria", "Ostria"}, {"River Council"}),
    ],
)
def test_what_surrounds_a_thing_is_counted_in_statements(
    name: str, hops: int, inside: set[str], outside: set[str]
) -> None:
    part = restricted(DATA, around(DATA, named(DATA, name), hops))
    assert inside <= labels(part)
    assert not outside & labels(part)


def test_whoever_says_what_is_kept_is_kept_too() -> None:
    part = restricted(DATA, {LABELS.index("Tarn Power"), LABELS.index("the lower gates")})
    assert labels(part) == {"Tarn Power", "the lower gates", "Jonas Roth"}


def test_of_two_things_with_one_name_the_one_with_more_claims_is_meant() -> None:
    b = Builder()
    b.entity("a", "Springfield", "City")
    busy, other = b.entity("z", "Springfield", "City"), b.entity("o", "Other", "City")
    b.claim(b.event("Visit", "visit", agent=other, destination=busy), b.document("d", "Visit"), "They visited it.")
    data = page_data(KnowledgeGraph(b.finish()).index)
    assert data["nodes"][named(data, "springfield")]["iri"] == busy
    assert data["nodes"][named(data, "a")]["iri"].endswith("/a")


def test_an_unknown_name_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(SettingError, match="Norvia"):
        named(DATA, "Norvya")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?e { ?e a ev:Lend }", {"Harbour Bank", "a loan of 80 million euros", "Norvia", "Omar Feld"}),
        ("SELECT ?c { ?c kg:about ?e . ?e a ev:Resign }", {"Omar Feld", "resign"}),
        ("CONSTRUCT { ?s schema:memberOf ?o } { ?s schema:memberOf ?o }", {"Petra Lind", "River Council"}),
        ("ASK { ?s ?p ?o }", set()),
        ('SELECT ?label { VALUES ?label { "Norvia" } }', set()),
    ],
)
def test_what_a_query_names_comes_with_those_who_take_part(query: str, expected: set[str]) -> None:
    part = restricted(DATA, mentioned(DATA, iris_in(SMALL.query(query))))
    assert labels(part) == expected


def test_a_document_that_a_query_names_brings_all_it_says() -> None:
    answer = SMALL.query('SELECT ?d { ?d schema:headline "Harbour Bank may lend 80 million for flood walls"@en }')
    found = labels(restricted(DATA, mentioned(DATA, iris_in(answer))))
    assert {"Harbour Bank", "Ostria", "Petra Lind"} <= found
    assert "Tarn Power" not in found


def test_more_than_a_page_holds_is_cut_to_what_matters_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_NODES", 60)
    from test_html import island  # noqa: PLC0415 - shared with the other tests of the page

    data = island(render_html(KnowledgeGraph(large(200))), "graph")
    assert data["part"] == {"about": "", "hops": 2, "asked": False, "nodes": 200, "cut": True}
    assert 60 <= len(data["nodes"]["label"]) < 70
    assert min(data["nodes"]["claims"]) >= 1


def test_kg_view_makes_a_page_of_a_part_and_leaves_the_whole_alone(tmp_path: Path) -> None:
    SMALL.save(tmp_path / "graph.ttl")
    query = tmp_path / "query.rq"
    query.write_text("SELECT ?e { ?e a ev:Resign }", encoding="utf-8")
    view = ["view", "-o", str(tmp_path), "--no-open"]
    asked = CliRunner().invoke(app, [*view, "--query", str(query)])
    assert asked.exit_code == 0 and asked.stdout.strip() == str(tmp_path / "view.html")
    small_page = (tmp_path / "view.html").read_bytes()
    assert CliRunner().invoke(app, [*view, "--about", "Petra Lind", "--hops", "1"]).exit_code == 0
    assert (tmp_path / "view.html").read_bytes() != small_page
    assert not (tmp_path / "graph.html").exists()
    unknown = CliRunner().invoke(app, [*view, "--about", "Norvya"])
    assert unknown.exit_code == 1
    assert isinstance(unknown.exception, SettingError | SystemExit)


@pytest.mark.browser
def test_browser_a_part_says_of_what_it_is_one(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "view.html"
    path.write_text(render_html(SMALL, about="NRA", hops=1), encoding="utf-8")
    with browser.new_context(offline=True, reduced_motion="reduce") as context:
        tab = Tab(context, path)
        text = tab.page.locator("#part").text_content()
        assert text.startswith("Around Northern Relief Agency: what is at most 1 statement away, of 22 things")
        tab.assert_quiet()


CELL = """
import sys
sys.path.insert(0, {tests!r})
from html_sample import small
from kg.graph import KnowledgeGraph
KnowledgeGraph(small()).show(height=500)
"""


@pytest.mark.browser
def test_browser_a_notebook_cell_shows_the_explorer_inline(browser: Any, tmp_path: Path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    cell = nbformat.v4.new_code_cell(CELL.format(tests=str(Path(__file__).parent)))
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbclient.NotebookClient(notebook, timeout=120).execute()
    [output] = notebook.cells[0].outputs
    page = f"<!doctype html><meta charset=utf-8><body>{output['data']['text/html']}"
    path = tmp_path / "notebook.html"
    path.write_text(page, encoding="utf-8")
    with browser.new_context(offline=True, reduced_motion="reduce") as context:
        tab = context.new_page()
        requests: list[str] = []
        complaints: list[str] = []
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(path.as_uri())
        frame = tab.frame_locator("iframe")
        frame.locator("html[data-ready]").wait_for(timeout=20_000)
        assert frame.locator("#counts").text_content().startswith("22 things")
        frame.locator("#query").fill("halvorsen")
        frame.locator("#query").press("Enter")
        assert frame.locator("#panel h1").text_content() == "Ines Halvorsen"
        assert requests[0] == path.as_uri() and not [url for url in requests[1:] if url != "about:srcdoc"]
        assert complaints == []
