"""What several tests need: the examples, and the model and the graph made from them, each loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from html_browser import Tab, chromium

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.graph import KnowledgeGraph
    from kg.model import Statement

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline; only for tests marked model."""
    from kg.nlp.model import load_model  # noqa: PLC0415 - tests without the model do not pay for it

    return load_model()


@pytest.fixture(scope="session")
def examples_graph() -> KnowledgeGraph:
    """The graph of examples/; only for tests marked model."""
    import kg  # noqa: PLC0415 - the same

    return kg.build([ROOT / "examples"])


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], tuple[Statement, ...]]:
    """Give the statements of a text published on Tuesday, 14 May 2024; each text is parsed once."""
    from kg.extractors import extract_statements  # noqa: PLC0415 - the same
    from kg.nlp.annotation import Annotation  # noqa: PLC0415 - the same
    from kg.nlp.model import parse  # noqa: PLC0415 - the same

    known: dict[str, tuple[Statement, ...]] = {}

    def statements(text: str) -> tuple[Statement, ...]:
        if text not in known:
            known[text] = extract_statements(Annotation(parse(nlp, text), published=date(2024, 5, 14)))
        return known[text]

    return statements


@pytest.fixture(scope="session")
def by_hand() -> Callable[[str], Doc]:
    """Make a parsed document without a model, from lines ``word lemma POS tag head label [entity]``.

    The head is the number of its line, from 0.
    """
    import spacy  # noqa: PLC0415 - the same
    from spacy.tokens import Doc  # noqa: PLC0415 - the same

    vocab = spacy.blank("en").vocab

    def document(table: str) -> Doc:
        rows = [line.split() for line in table.strip().splitlines()]
        return Doc(
            vocab,
            words=[r[0] for r in rows],
            lemmas=[r[1] for r in rows],
            pos=[r[2] for r in rows],
            tags=[r[3] for r in rows],
            heads=[int(r[4]) for r in rows],
            deps=[r[5] for r in rows],
            ents=[r[6] if len(r) > 6 else "O" for r in rows],
        )

    return document


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, started once; only for tests marked browser."""
    with chromium() as started:
        yield started


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Tab]]:
    """Open the page that draws some quads; options of the browser context by keyword, ``fragment`` for the address."""
    from kg.exporters.html import render_html  # noqa: PLC0415 - the same
    from kg.graph import KnowledgeGraph  # noqa: PLC0415 - the same

    contexts: list[Any] = []

    def opened(quads: list[Any], *, fragment: str = "", **options: Any) -> Tab:
        path = tmp_path / "graph.html"
        path.write_text(render_html(KnowledgeGraph(quads)), encoding="utf-8")
        usual = {"offline": True, "viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        usual["permissions"] = ["clipboard-read", "clipboard-write"]
        contexts.append(browser.new_context(**usual | options))
        return Tab(contexts[-1], path, fragment=fragment)

    yield opened
    for context in contexts:
        context.close()
