"""Opening the HTML page in Chromium without a network, and clicking in it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a headless Chromium; without one the tests are skipped, but not in continuous integration."""
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip("no Chromium at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is wanted

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS.split())
        yield started
        started.close()


class Tab:
    """A page in Chromium without a network, with all that it asked for and complained of."""

    def __init__(self, context: Any, path: Path, *, fragment: str = "") -> None:
        self.page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        start = time.perf_counter()
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]", timeout=20_000)
        self.ready = time.perf_counter() - start
        self.uri = path.as_uri()

    def click_node(self, number: int) -> None:
        point = self.page.evaluate(f"newskg.nodePoint({number})")
        self.page.mouse.click(point["x"], point["y"])
        self.page.wait_for_timeout(150)

    def click_line(self, number: int) -> None:
        point = self.page.evaluate(f"newskg.linePoint({number})")
        self.page.mouse.click(point["x"], point["y"])
        self.page.wait_for_timeout(150)

    def shown(self) -> Any:
        return self.page.evaluate("newskg.shown()")

    def assert_quiet(self) -> None:
        assert self.requests == [self.uri]
        assert self.complaints == []
        assert self.page.evaluate("window.ran") is None
