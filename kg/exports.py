"""The files exported from a store: which there are, whether they are of its state, and writing them anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.exporters import save
from kg.graph import KnowledgeGraph
from kg.store.swap import write_file

RECORD = ".kg.exports.json"


def export_path(folder: Path, format: str) -> Path:
    """Return where a format is written.

    >>> export_path(Path("output"), "ttl").as_posix()
    'output/graph.ttl'
    """
    return folder / f"graph.{format}"


def export(graph: KnowledgeGraph, folder: Path, formats: Iterable[str], *, state: str) -> tuple[Path, ...]:
    """Write the graph of a state in each format; return the files.

    What was written of an older state in other formats is deleted, unless somebody changed it since.
    Raises OSError, and KgError where a format cannot hold the graph.
    """
    files = [export_path(folder, format) for format in formats]
    before, written = _recorded(folder)
    if before != state:
        names = {path.name for path in files}
        for name, sum in written.items():
            if name not in names and _sum(folder / name) == sum:
                _remove(folder / name)
        written = {}
    for path in files:
        save(graph, path)
        written[path.name] = _sum(path)
        _record(folder, state, written)
    return tuple(files)


def is_current(folder: Path, formats: Iterable[str], *, state: str) -> bool:
    """Tell whether the file of each format is there, as it was written, and of that state."""
    before, written = _recorded(folder)
    names = [export_path(folder, format).name for format in formats]
    return before == state and all(name in written and written[name] == _sum(folder / name) for name in names)


def _record(folder: Path, state: str, files: Mapping[str, str]) -> None:
    text = json.dumps({"state": state, "files": dict(sorted(files.items()))}, indent=1) + "\n"
    write_file(folder / RECORD, text.encode())


def _recorded(folder: Path) -> tuple[str, dict[str, str]]:
    """Return of which state the files are, and their hashes by name."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return str(record["state"]), {str(name): str(sum) for name, sum in record["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # missing or broken: as if nothing were written
        return "", {}


def _sum(path: Path) -> str:
    """Return a hash of a file, or of the names and contents of a folder, or "" where there is neither."""
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        parts = "".join(f"{_sum(each)}  {each.relative_to(path).as_posix()}\n" for each in inside)
        return hashlib.sha256(parts.encode()).hexdigest()
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
