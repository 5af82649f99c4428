"""The pictures in docs/img: ``python benchmarks/screenshots.py`` draws the examples, and 10,000 invented things.

Every picture is of the real page, opened in headless Chromium without a network at the address that is named here.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kg
from kg.exporters.html import write_html
from kg.graph import KnowledgeGraph

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from html_browser import chromium
from html_sample import large

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/img"
MOST_BYTES = 300_000
WIDE = {"width": 1280, "height": 800}
NATO = "open=entity/NATO&about=1+entity/NATO"
# By file name: which graph, how the browser is, and the address after the #.
PICTURES: Mapping[str, tuple[str, Mapping[str, Any], str]] = {
    "graph.png": ("examples", {}, NATO),
    "graph-dark.png": ("examples", {"color_scheme": "dark"}, "drawer=1&timeline=1&polarity=affirmed"),
    "graph-table.png": ("examples", {}, "table=statements&sort=-confidence&open=entity/Estonia"),
    "graph-path.png": ("examples", {}, "path=entity/United_States+entity/Kalle_Rebane"),
    "graph-small.png": ("examples", {"viewport": {"width": 390, "height": 844}}, NATO),
    "graph-10000.png": ("large", {}, ""),
}


def main() -> None:
    """Write every picture and print its size."""
    graphs = {"examples": kg.build([ROOT / "examples"]), "large": KnowledgeGraph(large(10_000))}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for name, graph in graphs.items():
            write_html(graph, Path(folder) / f"{name}.html")
        for name, (graph_name, options, fragment) in PICTURES.items():
            address = f"{(Path(folder) / f'{graph_name}.html').as_uri()}#{fragment}"
            taken = picture(browser, address, options)
            if len(taken) > MOST_BYTES:
                sys.exit(f"{name} takes {len(taken):,} bytes: more than {MOST_BYTES:,}")
            (IMAGES / name).write_bytes(taken)
            print(f"{name}  {len(taken):,} bytes")


def picture(browser: Any, address: str, options: Mapping[str, Any]) -> bytes:
    """Return what the page at ``address`` looks like, as PNG."""
    usual = {"offline": True, "viewport": WIDE, "reduced_motion": "reduce"}
    with browser.new_context(**{**usual, **options}) as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(500)
        return bytes(page.screenshot())


if __name__ == "__main__":
    main()
