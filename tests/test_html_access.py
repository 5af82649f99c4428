"""The HTML page for everyone: axe, the keyboard, colours every eye tells apart, small screens, one place of texts."""

from __future__ import annotations

import itertools
import os
import random
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from html_browser import Tab
from html_chronicle import chronicle
from html_sample import large, small

from kg.exporters.html import ASSETS, SCRIPTS

Open = Callable[..., Tab]
CSS = (ASSETS / "graph.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def axe(root: Path) -> str:
    """The text of axe-core, from ``npm install --no-save axe-core`` in the checkout; skipped without it."""
    path = root / "node_modules/axe-core/axe.min.js"
    if not path.exists():
        assert not os.environ.get("CI"), "axe-core is missing: .ci/run installs it"
        pytest.skip("axe-core is not installed: run `npm install --no-save axe-core` in the checkout")
    return path.read_text(encoding="utf-8")


def violations(tab: Tab, axe: str) -> list[str]:
    tab.page.evaluate(axe)
    found = tab.page.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")["violations"]
    return [f"{each['id']} ({each['impact']}): {each['nodes'][0]['html'][:200]}" for each in found]


def to(page: Any, fragment: str) -> None:
    page.evaluate("text => { location.hash = text; }", fragment)


STATES: dict[str, Callable[[Any], None]] = {
    "plain": lambda page: None,
    "filters and timeline": lambda page: [page.keyboard.press(key) for key in "fl"],
    "panel of a thing": lambda page: page.evaluate("newskg.goTo(20)"),
    "panel of a line": lambda page: to(page, "open=entity/Tarn_Power+denied+entity/Lundby"),
    "asking for a path": lambda page: [
        page.evaluate("newskg.goTo(0)"), page.get_by_role("button", name="Path to…").click(), page.keyboard.type("n")
    ],
    "a path": lambda page: to(page, "path=entity/Jonas_Roth+entity/Vikhaven"),
    "table and panel": lambda page: [page.keyboard.press("t"), page.locator("#table-body td").first.click()],
    "table of things": lambda page: to(page, "table=things&sort=name"),
    "chips": lambda page: to(page, "modality=Planned&confidence=0.5&hidden=entity/Norvia"),
    "menu": lambda page: page.click("#save"),
    "keys": lambda page: page.keyboard.press("?"),
    "names found": lambda page: page.fill("#query", "the"),
    "nothing found": lambda page: page.fill("#query", "xyz"),
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "small"])
def test_axe_finds_nothing(open_page: Open, axe: str, scheme: str, size: tuple[int, int]) -> None:
    bad = {}
    for name, prepare in STATES.items():
        tab = open_page(small(), color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
        prepare(tab.page)
        tab.page.wait_for_timeout(100)
        bad[name] = violations(tab, axe)
        tab.page.close()
    assert {name: found for name, found in bad.items() if found} == {}


@pytest.mark.browser
def test_tab_reaches_everything_in_reading_order(open_page: Open) -> None:
    tab = open_page(small())
    order = []
    for _ in range(40):
        tab.page.keyboard.press("Tab")
        order.append(tab.page.evaluate("document.activeElement.id || document.activeElement.closest('[id]')?.id || ''"))
    there = list(dict.fromkeys(order))
    for name in (
        "canvas",
        "query",
        "filters",
        "show-timeline",
        "show-table",
        "save",
        "help",
        "types",
        "statuses",
        "closer",
        "fit",
    ):
        assert name in there, (name, there)
    assert there.index("query") < there.index("filters") < there.index("types") < there.index("closer")


@pytest.mark.browser
def test_arrows_walk_over_the_graph_and_say_where(open_page: Open) -> None:
    tab = open_page(small())
    tab.page.locator("#canvas").focus()
    live = tab.page.locator("#live")
    tab.page.keyboard.press("ArrowRight")
    first = live.text_content()
    assert first == "Norvia, Country, 7 claims"
    tab.page.keyboard.press("ArrowUp")
    assert live.text_content() != first
    tab.page.keyboard.press("Enter")
    title = tab.page.locator("#panel h1").text_content()
    assert live.text_content().startswith(title)
    assert tab.page.evaluate("document.activeElement === document.querySelector('#panel h1')")
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#panel").is_hidden()
    assert tab.page.evaluate("document.activeElement.id") == "canvas"
    visited, rng = set(), random.Random(2)
    for _ in range(80):
        tab.page.keyboard.press(f"Arrow{rng.choice(['Right', 'Left', 'Up', 'Down'])}")
        visited.add(live.text_content())
    assert len(visited) > 12
    leapt = []
    for _ in range(22):
        tab.page.keyboard.press("PageDown")
        leapt.append(live.text_content())
    assert len(set(leapt)) == 22
    tab.page.keyboard.press("PageUp")
    assert live.text_content() == leapt[-2]


@pytest.mark.browser
def test_keys_do_what_the_help_says(open_page: Open) -> None:
    tab = open_page(chronicle())
    page = tab.page
    page.keyboard.press("?")
    assert page.locator("#help-box").is_visible() and page.locator("#keys dt").count() >= 12
    page.keyboard.press("Escape")
    page.wait_for_selector("#help-box", state="hidden")
    for key, part in (("f", "#drawer"), ("t", "#table"), ("l", "#timeline")):
        page.keyboard.press(key)
        assert page.locator(part).is_visible()
        page.keyboard.press(key)
        assert page.locator(part).is_hidden()
    page.click("#filters")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "filters"
    page.fill("#query", "Dunmore")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    assert page.evaluate("newskg.view().about.hops") == 1
    page.keyboard.press("p")
    assert len(page.evaluate("newskg.view().pinned")) == 1
    page.keyboard.press("p")
    assert page.evaluate("newskg.view().pinned") == {}
    page.keyboard.press("h")
    assert len(page.evaluate("newskg.view().hidden")) == 1
    page.keyboard.press("0")
    assert page.evaluate("newskg.view().hidden") == []
    page.fill("#query", "fthl0")
    assert page.locator("#drawer").is_hidden() and page.input_value("#query") == "fthl0"
    tab.assert_quiet()


@pytest.mark.browser
def test_more_neighbours_are_drawn_by_key_and_button(open_page: Open) -> None:
    tab = open_page(large(1000))
    before = tab.shown()["nodes"]
    tab.page.evaluate("newskg.goTo(0)")
    button = tab.page.get_by_role("button", name="more neighbour")
    assert button.count() == 1
    tab.page.keyboard.press("e")
    assert tab.shown()["nodes"] > before


@pytest.mark.browser
def test_who_wants_no_motion_gets_none(open_page: Open) -> None:
    places = {}
    for wish in ("reduce", "no-preference"):
        tab = open_page(small(), reduced_motion=wish)
        tab.page.evaluate("newskg.goTo(20)")
        early = tab.page.evaluate("newskg.nodePoint(20)")
        tab.page.wait_for_timeout(700)
        late = tab.page.evaluate("newskg.nodePoint(20)")
        places[wish] = abs(early["x"] - late["x"]) + abs(early["y"] - late["y"])
        tab.page.close()
    assert places["reduce"] < 1 < places["no-preference"]


@pytest.mark.browser
def test_a_small_screen_shows_all_of_it(open_page: Open) -> None:
    tab = open_page(small(), viewport={"width": 390, "height": 844}, has_touch=True)
    page = tab.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("#query", "#filters", "#show-timeline", "#show-table", "#save", "#help", "#closer", "#fit"):
        box = page.locator(name).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 24, name
    page.evaluate("newskg.goTo(20)")
    panel, bar = page.locator("#panel").bounding_box(), page.locator("#bar").bounding_box()
    assert panel["width"] == 390 and panel["y"] > bar["y"] + bar["height"]
    point = page.evaluate("newskg.nodePoint(20)")
    assert bar["height"] < point["y"] < panel["y"]
    page.click("#close")
    page.tap("#filters")
    drawer = page.locator("#drawer").bounding_box()
    assert drawer["width"] > 350 and page.locator("#drawer #types button").count() > 3


# Without a browser

SLOTS = ("person", "organization", "country", "city", "place", "event")
EXTRA = ("extra1", "extra2", "extra3", "extra4")
# How colours look to who lacks one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
Colour = tuple[float, float, float]


def palette(scheme: str) -> dict[str, str]:
    """Return the colours that the style sheet names, in light or dark."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")
    rules = light if scheme == "light" else dark[: dark.index("* {")]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rules))


def linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return r, g, b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    lights = [sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def oklab(colour: str, sight: str) -> Colour:
    """Return a colour in Ottosson's OKLab as it looks to such eyes."""
    r, g, b = (max(0.0, sum(m * part for m, part in zip(row, linear(colour), strict=True))) for row in SIGHT[sight])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def apart(one: str, other: str) -> float:
    """Return how far apart two colours look (0 to 100) to the eyes that tell them apart least."""
    return min(
        100 * sum((a - b) ** 2 for a, b in zip(oklab(one, sight), oklab(other, sight), strict=True)) ** 0.5
        for sight in SIGHT
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_types_are_told_apart_by_every_kind_of_sight(scheme: str) -> None:
    colours = palette(scheme)
    for one, other in itertools.combinations(SLOTS, 2):  # events have a shape of their own as well
        assert apart(colours[one], colours[other]) > (7 if "event" in (one, other) else 10), (one, other)
    for one, other in itertools.combinations(SLOTS + EXTRA, 2):
        assert apart(colours[one], colours[other]) > 5, (one, other)
    for name in (*SLOTS, *EXTRA, "participant"):
        assert contrast(colours[name], colours["ground"]) >= 3, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out(scheme: str) -> None:
    colours = palette(scheme)
    for text in ("ink", "soft", "faint", "accent", "disputed", "line-denied", "line-planned", "line-possible"):
        for ground in ("ground", "surface"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 7
    assert contrast(colours["control"], colours["surface"]) >= 3
    assert contrast(colours["line"], colours["ground"]) >= 3


class Words(HTMLParser):
    """Collects the words a page shows or says, but for those that scripts put there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("aria-label", "title", "placeholder", "alt")]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def test_every_text_of_the_page_stands_in_texts_js() -> None:
    words = Words()
    words.feed((ASSETS / "ui.html.j2").read_text(encoding="utf-8"))
    assert {text.strip() for text in words.found} <= {"", "/", "×", "+", "−"}
    put = re.compile(
        r"""(?:text|title|placeholder|"aria-label")\s*[:,]\s*["'`][^"'`$]*[a-z]{2}|textContent\s*=\s*["'`][^"'`]*[a-z]{2}"""
    )
    for name in SCRIPTS:
        source = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        if name != "texts":
            assert not put.search(source), (name, put.search(source))


def test_every_text_is_used() -> None:
    table = (ASSETS / "texts.js").read_text(encoding="utf-8")
    used = "\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS if name != "texts")
    used += (ASSETS / "ui.html.j2").read_text(encoding="utf-8")
    top = re.findall(r"^  (\w+):", table, re.M)
    inner = re.findall(r"^    (\w+):", table, re.M)
    missing = [key for key in top + inner if not re.search(rf"\b{key}\b", used)]
    assert missing == []


def test_scripts_make_no_markup_and_ask_for_nothing() -> None:
    for name in SCRIPTS:
        source = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp|import\(",
            source,
        ), name
        assert len(source.splitlines()) <= 300, name
