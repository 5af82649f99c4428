"""What several tests need: the examples, and the model and the graph made from them, each loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.graph import KnowledgeGraph

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
