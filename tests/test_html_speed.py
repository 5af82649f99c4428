"""How soon a page can be used, and how well it moves: in Chromium, each limit held by the best of some tries.

Other work on the machine makes a try slower, never faster, so the best of a few tells of the page and not of its luck.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from html_sample import large

from kg.exporters.html import render_html
from kg.graph import KnowledgeGraph

sys.path.insert(0, str(ROOT / "benchmarks"))

import explorer

pytestmark = pytest.mark.browser
TRIES = 4


def best(
    browser: Any, path: Path, measure: Callable[[Any, float], float], limit: float, *, more_is_better: bool = False
) -> float:
    """Return the best figure of up to TRIES openings of a page; stops when ``limit`` is held."""
    figures: list[float] = []
    for _ in range(TRIES):
        with explorer.opened(browser, path) as (page, start):
            figures.append(measure(page, start))
        if figures[-1] >= limit if more_is_better else figures[-1] <= limit:
            break
    return max(figures) if more_is_better else min(figures)


def after_opening(measure: Callable[[Any], float]) -> Callable[[Any, float], float]:
    def measured(page: Any, start: float) -> float:
        explorer.usable(page, start)
        return measure(page)

    return measured


@pytest.fixture(scope="module")
def ten_thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "10000.html"
    path.write_text(render_html(KnowledgeGraph(large(10_000))), encoding="utf-8")
    return path


def test_ten_thousand_things_can_be_used_within_two_seconds(browser: Any, ten_thousand: Path) -> None:
    assert best(browser, ten_thousand, explorer.usable, 2.0) <= 2.0


def test_a_filter_of_ten_thousand_things_takes_less_than_half_a_second(browser: Any, ten_thousand: Path) -> None:
    assert best(browser, ten_thousand, after_opening(explorer.slowest_filter), 0.5) <= 0.5


def test_the_first_view_moves_at_twenty_frames_a_second(browser: Any, ten_thousand: Path) -> None:
    measure = after_opening(explorer.frames_a_second)
    assert best(browser, ten_thousand, measure, 20.0, more_is_better=True) >= 20.0


def test_fifty_thousand_things_can_be_used_within_six_seconds(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "50000.html"
    path.write_text(render_html(KnowledgeGraph(large(50_000))), encoding="utf-8")
    assert path.stat().st_size < 12_000_000
    assert best(browser, path, explorer.usable, 6.0) <= 6.0


def test_plain_pyvis_is_not_ready_in_fifty_times_as_long(browser: Any, tmp_path: Path) -> None:
    graph = KnowledgeGraph(large(1000))
    ours, plain = tmp_path / "ours.html", tmp_path / "plain.html"
    ours.write_text(render_html(graph), encoding="utf-8")
    plain.write_text(explorer.plain_pyvis(graph), encoding="utf-8")
    ready = best(browser, ours, explorer.usable, 0.5)
    with explorer.opened(browser, plain) as (page, start):
        assert explorer.pyvis_usable(page, start, patience=50 * ready) is None
        assert page.evaluate("nodes.length") == 1000
