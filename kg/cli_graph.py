"""The commands over a graph already built: validate, view and stats; stats also counts coverage of texts."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword
# ruff: noqa: T201 - the command line prints

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from kg.cli_app import command, day_of, given
from kg.cli_options import Day, Folder, Infer, InferRules, Model, Ontologies, Report
from kg.cli_output import EXIT_FAILED, nothing_read, out, reading
from kg.errors import SourceError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Store

GRAPH_FILES = ("graph.ttl", "graph.trig", "graph.nq")


def open_graph(folder: Path) -> Store | KnowledgeGraph:
    """Return the store in ``folder``, or the graph file last written there where it has none.

    Raises SourceError that says what to run where there is neither.
    """
    from kg.store import Store, is_store

    if is_store(folder):
        return Store(folder)
    found = [folder / name for name in GRAPH_FILES if (folder / name).is_file()]
    if not found:
        raise SourceError(
            str(folder / GRAPH_FILES[0]), "no graph here yet; make one with: kg build SOURCE... -o " + str(folder)
        )
    from kg.graph import KnowledgeGraph

    return KnowledgeGraph.load(max(found, key=lambda path: path.stat().st_mtime))


def load_graph(folder: Path) -> KnowledgeGraph:
    """Return the graph in ``folder``, in memory; raise as `open_graph`."""
    from kg.store import Store

    found = open_graph(folder)
    return found.graph() if isinstance(found, Store) else found


def inferred(graph: KnowledgeGraph, rules: InferRules | None) -> KnowledgeGraph:
    """Return the graph with what follows from it by some rules."""
    if rules is None:
        return graph
    from kg.infer import Rules, closure

    return closure(graph, Rules(rules.value))


def read_query(file: Path) -> str:
    """Return the text of a query; raise SourceError where the file cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(file), getattr(error, "strerror", None) or "not UTF-8 text") from error


@command("validate")
def validate(
    output: Folder = Path("output"),
    shapes: Annotated[
        list[Path] | None,
        typer.Option("--shapes", metavar="FILE", help="SHACL shapes of your own as well. Repeatable."),
    ] = None,
    infer: Infer = None,
    form: Annotated[Report, typer.Option("--format", help="A report to read, or JSON.")] = Report.TABLE,
) -> None:
    """Check the graph against SHACL shapes; exit code 1 when it fails."""
    from kg.validate import validate as check

    report = check(inferred(load_graph(output), infer), shapes=shapes or ())
    if form is Report.JSON:
        _print_json(asdict(report))
    else:
        out.print(escape(str(report)), soft_wrap=True)
    if not report.conforms:
        raise typer.Exit(EXIT_FAILED)


@command("view")
def view(
    output: Folder = Path("output"),
    about: Annotated[
        str | None, typer.Option("--about", metavar="NAME", help="Only what surrounds the thing of that name or IRI.")
    ] = None,
    hops: Annotated[
        int, typer.Option("--hops", min=1, metavar="N", help="With --about: at most so many statements away.")
    ] = 2,
    query_file: Annotated[
        Path | None, typer.Option("--query", metavar="FILE", help="Only what the results of a SPARQL query name.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser, or print the path only.")] = True,
) -> None:
    """Open output/graph.html in the browser, making it from the graph where it is missing or older than the graph.

    With --about or --query, make output/view.html, which holds that part of the graph alone, and open that.
    """
    page = _page(output) if about is None and query_file is None else _part_page(output, about, hops, query_file)
    print(page)
    if open_it:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


def _page(output: Path) -> Path:
    """Return the page of the whole graph, made where it is missing."""
    import kg
    from kg.store import is_store

    if is_store(output):
        return kg.open_store(output).file("html")
    page = output / "graph.html"
    if not page.is_file():
        load_graph(output).save(page)
    return page


def _part_page(output: Path, about: str | None, hops: int, query_file: Path | None) -> Path:
    """Make the page of a part of the graph and return its path."""
    from kg.exporters.html import render_html
    from kg.exporters.html_part import iris_in

    graph = load_graph(output)
    only = None if query_file is None else iris_in(graph.query(read_query(query_file)))
    page = output / "view.html"
    page.write_text(render_html(graph, about=about, hops=hops, only=only), encoding="utf-8", newline="\n")
    return page


@command("stats")
def stats(
    source: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE...]", help="With --coverage: texts, in any form that `kg build` reads."),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Of texts instead of the graph: what gave statements, what did not, and why."),
    ] = False,
    output: Folder = Path("output"),
    form: Annotated[Report, typer.Option("--format", help="A table to read, or JSON.")] = Report.TABLE,
    day: Day = None,
    ontology: Ontologies = None,
    model: Model = None,
) -> None:
    """Count what is in the graph, or how much of some texts gets into one."""
    options = given(date=day_of(day), ontology=ontology, model=model)
    if coverage and not source:
        raise typer.BadParameter("needs texts: kg stats --coverage SOURCE...", param_hint="--coverage")
    if not coverage and (source or options):
        raise typer.BadParameter("counts texts only with --coverage; without it, the graph of -o DIR")
    if coverage:
        _coverage(source or [], form, options)
        return
    from kg.tables import stats_view

    counted = load_graph(output).stats()
    if form is Report.JSON:
        _print_json(asdict(counted))
    else:
        out.print(stats_view(counted))


def _coverage(sources: list[str], form: Report, options: Mapping[str, Any]) -> None:
    from kg import coverage, pipeline
    from kg.explain_tables import coverage_view

    with reading(sources) as read:

        def counted() -> Iterator[Any]:
            for found in pipeline.extract_annotated(sources, on_error=read.error, **options):
                yield found
                read.document(found[0].document)

        result = coverage.coverage(counted())
    if not read.documents:
        raise nothing_read()
    if form is Report.JSON:
        _print_json(coverage.as_json(result))
    else:
        out.print(coverage_view(result))


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=dict))
