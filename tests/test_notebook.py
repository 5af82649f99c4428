"""The notebooks run from top to bottom, and are committed without what they printed."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the code cells of a notebook print, by their program; raises where a cell fails."""
    notebook = nbformat.read(FOLDER / request.param, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return {cell.source: str(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_committed_without_outputs(name: str) -> None:
    for cell in nbformat.read(FOLDER / name, as_version=4).cells:
        assert not cell.get("outputs"), "clear the outputs before you commit"
        assert cell.get("execution_count") is None


@pytest.mark.model
@pytest.mark.parametrize("shown", NOTEBOOKS, indirect=True)
def test_a_notebook_runs_without_a_warning(shown: dict[str, str]) -> None:
    assert shown
    assert not [program for program, output in shown.items() if "stderr" in output]


@pytest.mark.model
@pytest.mark.parametrize("shown", ["first_graph.ipynb"], indirect=True)
def test_the_first_notebook_shows_what_it_explains(shown: dict[str, str]) -> None:
    [asked] = [output for program, output in shown.items() if "relation:willDeployTo" in program]
    assert [place for place in ("Estonia", "Latvia", "Lithuania", "Poland") if place not in asked] == []
    assert any("image/png" in output for output in shown.values())
    assert any("srcdoc" in output for output in shown.values())
