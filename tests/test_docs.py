"""The README and the docs tell the truth: their commands, programs, queries and Turtle are run here."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.term import Identifier, Literal, URIRef
from typer.testing import CliRunner

from kg import cli
from kg.cli_options import EXAMPLES
from kg.graph import KnowledgeGraph
from kg.model import Modality
from kg.vocab import BASE, KG, PREFIXES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
MINTED = {
    name: f"{BASE}{name}/" for name in ("entity", "event", "claim", "document", "merge", "relation", "run", "source")
}


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a page in one language."""
    return [code for found, code in BLOCK.findall(text) if found == language]


def prefixed(turtle: str) -> rdflib.Graph:
    """Return a block of Turtle as a graph, the project's prefixes declared."""
    declared = "".join(f"@prefix {name}: <{space}> .\n" for name, space in (PREFIXES | MINTED).items())
    return rdflib.Graph().parse(data=f"@base <{BASE}> .\n{declared}{turtle.replace('…', '___')}", format="turtle")


# structure


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_two_commands_of_the_readme_are_one_line_each() -> None:
    commands = re.findall(r"<!-- ci: (\w+) -->\n```sh\n(.*)\n```", README)
    assert [name for name, _ in commands] == ["install", "test"]
    assert commands[0][1].endswith("kg build examples -o output")
    assert commands[1][1].endswith("-m pytest")


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "readme_command install" in script
    assert "readme_command test" in script
    assert not re.search(r"install\s+(-e\s+)?['\"]?\.", script), "the README is the one place of these commands"


def test_docs_and_help_have_the_same_examples() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    shown = {line for line in page.splitlines() if line.startswith("kg ")}
    examples = {example for group in EXAMPLES.values() for example in group}
    assert examples <= shown
    for line in shown - examples:
        assert shlex.split(line)[1] in EXAMPLES, line


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_option_stands_in_the_docs(command: str) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    shown = CliRunner().invoke(cli.app, [command, "--help"], env={"COLUMNS": "200"}).stdout
    for option in re.findall(r"(?<!\S)(--[a-z-]+)", shown):
        assert option in page, f"{command} {option}"


def test_six_examples_are_described() -> None:
    files = {path.name for path in (ROOT / "examples").iterdir()}
    page = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    assert len(files) == 6
    assert all(f"`{name}`" in page for name in files)


# what is shown is what comes out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_turtle_parses_and_uses_defined_terms_only(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8"), "turtle"):
        for triple in prefixed(block):
            for term in triple:
                if str(term).startswith(str(KG._NS)):
                    assert KG[str(term).removeprefix(str(KG._NS))]


@pytest.mark.parametrize(
    "query", [query for page in PAGES for query in blocks(page.read_text(encoding="utf-8"), "sparql")]
)
def test_queries_need_no_prefix_but_their_own(query: str) -> None:
    rdflib.Graph().query(query)
    ox.Store().query(query)


@pytest.mark.model
def test_the_program_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    for program in blocks(README, "python"):
        exec(compile(program, "README.md", "exec"), space)
    assert (tmp_path / "output" / "graph.ttl").is_file()
    assert len(space["table"]) > 20
    assert space["network"].number_of_edges() > 20
    deploy, _ = space["doc"]._.kg_statements
    assert (deploy.surface, deploy.modality, deploy.time.value) == ("will deploy", Modality.PLANNED, "2017")


@pytest.mark.model
@pytest.mark.parametrize("query", blocks(README, "sparql"))
def test_the_queries_of_the_readme_find_something_in_any_engine(query: str, examples_graph: KnowledgeGraph) -> None:
    other = {tuple(str(term) for term in row) for row in examples_graph.to_rdflib().query(query)}
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in examples_graph.triples())
    assert other
    assert len(other) == len(list(store.query(query)))


@pytest.mark.model
def test_the_first_query_of_the_readme_finds_the_four_countries(examples_graph: KnowledgeGraph) -> None:
    found = {row[0] for row in examples_graph.select(blocks(README, "sparql")[0])}
    assert found == {f"{BASE}entity/{name}" for name in ("Estonia", "Latvia", "Lithuania", "Poland")}


@pytest.mark.model
def test_the_turtle_of_the_readme_comes_out(examples_graph: KnowledgeGraph) -> None:
    block = prefixed(README.partition("<!-- turtle: from the examples -->\n```turtle\n")[2].partition("```")[0])
    assert len(block) > 10
    assert examples_graph.query(as_question(block)) is True


def as_question(graph: rdflib.Graph) -> str:
    """Return a pattern as an ASK query: what is shortened, and how confident a rule is, may be anything."""
    names: dict[Identifier, str] = {}

    def written(term: Identifier, predicate: Identifier | None = None) -> str:
        if "___" in term or predicate == KG.confidence:
            return names.setdefault(term, f"?x{len(names)}")
        return term.n3()

    assert all(isinstance(term, (URIRef, Literal)) for triple in graph for term in triple)
    lines = [f"{written(s)} {p.n3()} {written(o, p)} ." for s, p, o in sorted(graph)]
    return "ASK {\n" + "\n".join(lines) + "\n}"
