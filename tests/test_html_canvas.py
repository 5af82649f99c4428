"""What is on the canvas: the limit, what is drawn beyond it, what is arranged anew; and a browser too old for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from html_browser import Tab
from html_sample import large, small

from kg.exporters.html import render_html
from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "graph.html"
    path.write_text(render_html(KnowledgeGraph(large(1000))), encoding="utf-8")
    return path


@pytest.fixture
def tab(browser: Any, thousand: Path) -> Any:
    with browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        yield Tab(context, thousand)


def test_the_slider_draws_as_many_as_it_says(tab: Tab) -> None:
    for limit in (50, 600):
        tab.page.fill("#limit", str(limit))
        assert tab.shown()["nodes"] == limit
        assert tab.page.locator("#limit-value").text_content() == str(limit)
    tab.page.fill("#limit", "1000")
    assert tab.shown()["nodes"] == 1000
    assert tab.page.locator("#more").is_hidden()
    tab.assert_quiet()


def test_a_double_click_draws_the_neighbours_that_are_not_drawn(tab: Tab) -> None:
    tab.page.fill("#limit", "50")
    hub = tab.page.evaluate("[...Array(1000).keys()].filter(newskg.drawn)[0]")
    point = tab.page.evaluate(f"newskg.nodePoint({hub})")
    tab.page.mouse.dblclick(point["x"], point["y"])
    assert 50 < tab.shown()["nodes"] <= 90
    assert tab.page.evaluate("newskg.view().extra.length") > 0
    tab.assert_quiet()


def test_what_surrounds_a_thing_is_arranged_without_overlaps_and_the_same_each_time(tab: Tab) -> None:
    places = []
    for _ in range(2):
        tab.page.evaluate("newskg.goTo(0)")
        tab.page.locator("#details").get_by_role("button", name="1 step").click()
        drawn = tab.page.evaluate("[...Array(1000).keys()].filter(newskg.drawn)")
        points = [tab.page.evaluate(f"newskg.nodePoint({number})") for number in drawn]
        places.append(
            [(number, round(point["x"]), round(point["y"])) for number, point in zip(drawn, points, strict=True)]
        )
        tab.page.keyboard.press("0")
    assert len(places[0]) > 2
    assert places[0] == places[1]
    assert len({place[1:] for place in places[0]}) == len(places[0])
    tab.assert_quiet()


def test_a_browser_that_is_too_old_says_so(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render_html(KnowledgeGraph(small())), encoding="utf-8")
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.add_init_script("delete window.DecompressionStream")
        page.goto(path.as_uri())
        assert "newer browser" in page.locator("#loading").text_content()
