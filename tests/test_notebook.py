"""The notebooks run from top to bottom, and are committed without what they printed."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest) -> list[str]:
    """What the code cells of a notebook print, one text a cell; raises where a cell fails."""
    notebook = nbformat.read(FOLDER / request.param, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return [str(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_committed_without_outputs(name: str) -> None:
    for cell in nbformat.read(FOLDER / name, as_version=4).cells:
        assert not cell.get("outputs"), "clear the outputs before you commit"
        assert cell.get("execution_count") is None


@pytest.mark.model
@pytest.mark.parametrize("shown", NOTEBOOKS, indirect=True)
def test_a_notebook_runs(shown: list[str]) -> None:
    assert shown


@pytest.mark.model
@pytest.mark.parametrize("shown", ["first_graph.ipynb"], indirect=True)
def test_the_first_notebook_shows_what_it_explains(shown: list[str]) -> None:
    assert any(all(place in text for place in ("Estonia", "Latvia", "Lithuania", "Poland")) for text in shown)
    assert any("image/png" in text for text in shown)
    assert any("srcdoc" in text for text in shown)
    assert not any("stderr" in text for text in shown)
