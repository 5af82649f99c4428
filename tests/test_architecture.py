"""The direction of the dependencies (docs/design.md), read off the source: imports inside functions count as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted((ROOT / "kg").rglob("*.py"))}


def _type_checking_only(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes under ``if TYPE_CHECKING``: they are not imported when the program runs."""
    blocks = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]  # fmt: skip
    return {inner for block in blocks for statement in block.body for inner in ast.walk(statement)}


def _imports(module: str) -> Iterator[str]:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    skipped = _type_checking_only(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: a relative import hides where it points"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else str(node.module)


def _within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


IMPORTS = {module: frozenset(_imports(module)) for module in MODULES}
OWN = {module: frozenset(name for name in names if _within(name, "kg")) for module, names in IMPORTS.items()}


def _importers(package: str) -> set[str]:
    return {module for module, names in IMPORTS.items() if any(_within(name, package) for name in names)}


def _layer(*packages: str) -> list[str]:
    return [module for module in MODULES if _within(module, *packages)]


def test_the_reader_of_imports_sees_what_it_should() -> None:
    assert "spacy" in IMPORTS["kg.nlp.model"]
    assert "kg.errors" in OWN["kg.ontology"]
    assert "kg.graph" in OWN["kg.cli_graph"], "imports inside functions count"


# DESIGN's one direction: a module imports from the layers before its own, or from its own package.
LAYERS = (
    ("kg.model", "kg.errors", "kg.vocab"),
    ("kg.ontology",),
    ("kg.entries",),
    ("kg.gazetteer_files",),
    ("kg.gazetteer", "kg.events", "kg.relations"),
    ("kg.sources", "kg.nlp"),
    ("kg.extractors",),
    ("kg.resolve",),
    ("kg.merge",),
    ("kg.rdf", "kg.index", "kg.query_errors"),
    ("kg.identity", "kg.shacl", "kg.sparql"),
    ("kg.queries",),
    ("kg.views",),
    ("kg.event_table",),
    ("kg.graph",),
    ("kg.exporters", "kg.infer", "kg.validate", "kg.store"),
    ("kg.diff", "kg.load", "kg.merges", "kg.serve"),
    ("kg.pipeline",),
    ("kg.exports", "kg.intake"),
    ("kg.dataset",),
    ("kg.formats", "kg.component", "kg.lines", "kg.tables"),
    ("kg.explain",),
    ("kg.coverage",),
    ("kg.explain_tables",),
    ("kg",),
    ("kg.cli_options", "kg.cli_output"),
    ("kg.cli_app",),
    ("kg.cli_build", "kg.cli_graph", "kg.cli_store"),
    ("kg.cli_diff", "kg.cli_load", "kg.cli_merges", "kg.cli_query", "kg.cli_serve"),
    ("kg.cli",),
    ("kg.__main__",),
)
# `KnowledgeGraph.save` and `show` hand the graph to its exporter, imported when it is called.
AGAINST = {("kg.graph", "kg.exporters")}


def _place(name: str) -> tuple[int, str]:
    """Return the layer of a module and the member of the layer it is or lies in; the longest name counts."""
    found = [(len(member), i, member) for i, layer in enumerate(LAYERS) for member in layer if _within(name, member)]
    _, index, member = max(found)
    return index, member


@pytest.mark.parametrize("module", [name for name in MODULES if name != "kg"])
def test_every_module_has_its_layer(module: str) -> None:
    assert _place(module)[1] != "kg", "say in LAYERS where it belongs"


@pytest.mark.parametrize("module", MODULES)
def test_dependencies_point_one_way(module: str) -> None:
    layer, member = _place(module)
    wrong = set()
    for name in OWN[module]:
        other_layer, other = _place(name)
        if other != member and other_layer >= layer and (module, name) not in AGAINST:
            wrong.add(name)
    assert not wrong


def test_the_foundation_imports_no_framework() -> None:
    standard = {"__future__", "collections.abc", "dataclasses", "datetime", "enum", "hashlib", "typing"}
    assert not OWN["kg.model"] | OWN["kg.errors"] | OWN["kg.vocab"]
    assert IMPORTS["kg.model"] <= standard
    assert IMPORTS["kg.errors"] <= standard
    assert all(_within(name, "__future__", "rdflib", "collections", "typing") for name in IMPORTS["kg.vocab"])


@pytest.mark.parametrize("module", _layer("kg.extractors"))
def test_extractors_do_not_import_each_other(module: str) -> None:
    if module != "kg.extractors":
        others = {name for name in OWN[module] if _within(name, "kg.extractors")}
        assert not {name for name in others if not name.rpartition(".")[2].startswith("_")}


_GRAPH_SIDE = ("kg.exporters", "kg.validate", "kg.graph", "kg.index", "kg.sparql", "kg.store", "kg.views", "kg.rdf")


@pytest.mark.parametrize("module", _layer(*_GRAPH_SIDE))
def test_the_graph_and_its_exports_never_import_the_language_side(module: str) -> None:
    assert not {name for name in IMPORTS[module] if _within(name, "spacy", "kg.nlp", "kg.extractors", "kg.sources")}


@pytest.mark.parametrize("module", _layer("kg.resolve", "kg.merge"))
def test_resolving_and_merging_do_not_need_a_parse(module: str) -> None:
    assert not {name for name in IMPORTS[module] if _within(name, "spacy", "kg.nlp", "kg.extractors", "kg.sources")}


def test_nothing_imports_the_command_line() -> None:
    assert _importers("kg.cli") <= {"kg.__main__"}


def test_pyvis_is_imported_in_one_exporter() -> None:
    importers = _importers("pyvis")
    assert len(importers) <= 1
    assert all(_within(module, "kg.exporters") for module in importers)


def test_networkx_is_imported_where_a_view_a_layout_or_its_own_file_format_is_made() -> None:
    allowed = {"kg.graph", "kg.views", "kg.exporters.networks"}
    assert {module for module in _importers("networkx") if module not in allowed and "layout" not in module} == set()


def test_the_library_neither_prints_nor_exits() -> None:
    speakers = set()
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "print",
                "sys.exit",
                "exit",
                "quit",
                "os._exit",
            }:
                speakers.add(module)
    assert speakers <= {"kg.cli", "kg.cli_build", "kg.cli_diff", "kg.cli_graph", "kg.cli_merges", "kg.cli_query"}


def test_files_stay_small() -> None:
    sizes = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: size for module, size in sizes.items() if size > 600} == {}
