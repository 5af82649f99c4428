"""The page of `kg serve` in Chromium: asking, going to the evidence, keys, downloads, and nothing asked of others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_serve import ENDLESS, fill

from kg.serve import Limits, Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    fill(folder, "questions.trig")
    served = Server(folder, port=0, limits=Limits(timeout=3)).start()
    yield served
    served.close()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(server.url)
    page.wait_for_selector("html[data-ready]")
    yield page
    assert [url for url in asked if not url.startswith((server.url, "data:", f"blob:{server.url}"))] == []
    assert [text for text in complaints if "status of 400" not in text and "status of 503" not in text] == []
    context.close()


def _run(page: Any, query: str, status: str) -> None:
    page.fill("#query", query)
    page.press("#query", "Control+Enter")
    page.wait_for_function("text => document.getElementById('status').textContent.includes(text)", arg=status)


def test_a_question_of_the_library_leads_to_its_evidence(page: Any) -> None:
    page.select_option("#library", "corroborated")
    assert "independent sources" in page.inner_text("#about")
    page.click("#run")
    page.wait_for_selector("tbody tr")
    assert page.inner_text("tbody td") == "Norland meet Sundria in Porto Lume"
    page.click("tbody a")
    page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 3")
    assert "Norland met Sundria in Porto Lume on 9 January 2031." in page.inner_text("#result")
    page.go_back()
    page.click("#run")
    page.wait_for_selector("tbody tr")


def test_any_thing_can_be_followed(page: Any) -> None:
    _run(page, "SELECT ?e WHERE { ?e a schema:City }", "1 row")
    page.click("tbody a")
    page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 3")
    assert "Porto Lume" in page.inner_text("#result")


def test_errors_graphs_and_answers_of_yes_or_no(page: Any) -> None:
    _run(page, "SELECT ?s { ?s a Event }", "is no term")
    _run(page, "ASK { ?s a kg:Claim }", "yes")
    _run(page, "CONSTRUCT WHERE { ?s kg:copyOf ?o }", "a graph")
    assert "copyOf" in page.inner_text("#result pre")
    _run(page, "SELECT ?s { ?s a kg:Nothing }", "0 rows")


def test_a_query_that_takes_too_long_says_so_and_one_can_be_stopped(page: Any) -> None:
    _run(page, ENDLESS, "longer than 3 seconds")
    _run(page, ENDLESS, "running")
    page.click("#stop")
    page.wait_for_function("() => document.getElementById('status').textContent === 'stopped'")


def test_csv_has_what_the_table_has(page: Any, tmp_path: Path) -> None:
    _run(page, "SELECT ?name WHERE { ?e a schema:Country ; rdfs:label ?name } ORDER BY ?name", "rows")
    with page.expect_download() as caught:
        page.click("#csv")
    caught.value.save_as(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").split() == ["name", "Norland", "Sundria"]


def test_texts_are_never_markup(page: Any) -> None:
    _run(page, "SELECT ('<img src=x onerror=alert(1)>' AS ?x) (IRI('javascript:alert(1)') AS ?y) {}", "1 row")
    assert page.query_selector("#result img, #result a") is None
    assert "<img" in page.inner_text("#result")


def test_all_of_it_by_keyboard_and_in_the_dark(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.focus("#library")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr")
