"""The HTML page in headless Chromium: ``python benchmarks/explorer.py`` prints how soon it can be used, and how well.

The graphs are the invented ones that the tests draw. The network is off. A page can be used when its first view is
drawn and search answers. A plain pyvis page of the same nodes and lines, with the defaults of pyvis and its scripts
inside, is opened in the same run: it can be used when its loading bar has gone. That takes a minute: ``--no-pyvis``
leaves it out. The tests of speed measure with the functions here.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg.exporters.html import render_html
from kg.exporters.html_data import page_data
from kg.graph import KnowledgeGraph

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from html_browser import chromium
from html_sample import large

SIZES = (1_000, 10_000, 50_000)
READY = "html[data-ready]"
LOADED = "document.getElementById('loadingBar').style.display === 'none'"
PATIENCE = 400.0
DRAG = 2.0
# Each change is timed as the page itself feels it: from the click until all that follows from it is painted.
CLICKED = """async (selector) => {
  const start = performance.now();
  document.querySelector(selector).click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return (performance.now() - start) / 1000;
}"""


def plain_pyvis(graph: KnowledgeGraph) -> str:
    """Return the page that pyvis makes of all nodes and lines of ``graph`` with its defaults, its scripts inside."""
    data = page_data(graph.index)
    network = Network(directed=True, cdn_resources="in_line")
    for number, node in enumerate(data["nodes"]):
        network.add_node(number, label=node["label"])
    for line in data["lines"]:
        network.add_edge(line["from"], line["to"], label=line["label"])
    html = str(network.generate_html())
    return re.sub(r'<(link|script)\b[^>]*(?:href|src)="https?:[^>]*>', "", html)  # what it would wait for in vain


@contextmanager
def opened(browser: Any, path: Path) -> Iterator[tuple[Any, float]]:
    """Open a page without a network and give it with the time when that began."""
    with browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        start = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        yield page, start


def usable(page: Any, start: float) -> float:
    """Return the seconds until our page is drawn and search has answered."""
    page.wait_for_selector(READY, timeout=PATIENCE * 1000)
    page.fill("#query", "tor")
    page.wait_for_selector("#results li .name", timeout=10_000)
    took = time.perf_counter() - start
    page.fill("#query", "")
    return took


def pyvis_usable(page: Any, start: float, *, patience: float = PATIENCE) -> float | None:
    """Return the seconds until a pyvis page has drawn its graph, or None where ``patience`` seconds are not enough."""
    while time.perf_counter() - start < patience:
        page.wait_for_timeout(250)
        if page.evaluate(LOADED):
            return time.perf_counter() - start
    return None


def frames_a_second(page: Any) -> float:
    """Drag the drawing about with the mouse and return how often it was painted."""
    page.mouse.move(640, 170)
    page.mouse.down()
    before, start, moves = page.evaluate("newskg.frames()"), time.perf_counter(), 0
    while time.perf_counter() - start < DRAG:
        moves += 1
        page.mouse.move(640 + moves * 7 % 120, 170 + moves * 3 % 60)
    took = time.perf_counter() - start
    frames = page.evaluate("newskg.frames()") - before
    page.mouse.up()
    return float(frames / took)


def slowest_filter(page: Any) -> float:
    """Set and take back filters of every kind and return the seconds that the slowest took until all was painted."""
    page.evaluate(CLICKED, "#filters")
    selectors = [f"#facets details:nth-of-type({group}) input[type=checkbox]" for group in (1, 3, 4)]
    selectors += ["#types button", "#statuses button"]
    took = [
        page.evaluate(CLICKED, selector) for selector in selectors for _ in range(2) if page.query_selector(selector)
    ]
    return max(took)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-pyvis", action="store_true", help="leave the plain pyvis page out")
    with_pyvis = not parser.parse_args().no_pyvis
    print("| things | statements | made in | file | can be used after | slowest filter | frames a second |")
    print("|---|---|---|---|---|---|---|")
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        first = 0.0
        for size in SIZES:
            graph = KnowledgeGraph(large(size))
            start = time.process_time()
            path.write_text(render_html(graph), encoding="utf-8")
            made, megabytes = time.process_time() - start, path.stat().st_size / 1e6
            with opened(browser, path) as (page, begun):
                ready = usable(page, begun)
                first = first or ready
                painted, filtered = frames_a_second(page), slowest_filter(page)
            row = f"{made:.1f} s | {megabytes:.1f} MB | {ready:.1f} s | {filtered:.2f} s | {painted:.0f}"
            print(f"| {size:,} | {int(size * 1.7):,} | {row} |", flush=True)
        if with_pyvis:
            path.write_text(plain_pyvis(KnowledgeGraph(large(SIZES[0]))), encoding="utf-8")
            with opened(browser, path) as (page, begun):
                plain = pyvis_usable(page, begun)
            times = f"{plain:.0f} s, {plain / first:.0f} times as long" if plain else f"not in {PATIENCE:.0f} s"
            print(f"\nplain pyvis, {SIZES[0]:,} things: {times}")


if __name__ == "__main__":
    main()
