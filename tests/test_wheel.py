"""What is shipped is what is tested: the wheel holds the ontologies and the page's assets, and runs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("build")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout, without the network where hatchling is installed already."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    [built] = folder.glob("newskg-*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own, as an installation has it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_every_ontology_and_asset(unpacked: Path) -> None:
    shipped = {path.relative_to(unpacked / "kg").as_posix() for path in (unpacked / "kg").rglob("*") if path.is_file()}
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ontologies").rglob("*.ttl")}
    code = {
        path.relative_to(ROOT / "kg").as_posix()
        for path in (ROOT / "kg").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert data, "there are ontologies to ship"
    assert data <= shipped
    assert code <= shipped
    assert "py.typed" in shipped


def test_the_wheel_holds_nothing_else(unpacked: Path) -> None:
    assert {path.name.partition("-")[0] for path in unpacked.iterdir()} == {"kg", "newskg"}


def _kg(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the shipped code away from the checkout; the libraries are those of this environment."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )


def test_the_shipped_code_is_what_runs(unpacked: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import kg.ontology as o; print(o.ontology_dir())"]
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    shown = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert Path(shown.strip()) == unpacked / "kg" / "ontologies"


@pytest.mark.model
def test_the_shipped_code_extracts(unpacked: Path, tmp_path: Path) -> None:
    done = _kg(unpacked, tmp_path, "extract", "NATO will deploy battalions to Estonia and Poland.")
    assert done.returncode == 0, done.stderr
    assert "ev:Deploy" in done.stdout
    assert "Planned" in done.stdout


@pytest.mark.model
def test_the_shipped_code_builds_a_page(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("France will send ships to Greece.", encoding="utf-8")
    done = _kg(unpacked, tmp_path, "build", "a.txt")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "graph.html").stat().st_size > 10_000
