"""The command line: arguments to API calls. The only place of kg that prints or exits."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from kg.cli_options import EXAMPLES, Day, Folder, Lines, Model, Ontologies, Table
from kg.errors import FormatError, KgError, SourceError
from kg.model import Document

if TYPE_CHECKING:
    from rich.progress import Progress

    from kg.graph import KnowledgeGraph
    from kg.pipeline import Extraction

MAX_PATH = 1024  # a longer text names no file
EXIT_FAILED = 1
EXIT_INTERRUPTED = 130
LINE_NUMBER = re.compile(r":\d+$")
GRAPH_FILES = ("graph.ttl", "graph.trig", "graph.nq")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@contextmanager
def _reported() -> Iterator[None]:
    """Turn the errors of kg, and of writing files, into one line on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except KgError as error:
        err.print(f"[bold red]error:[/] {escape(str(error))}", soft_wrap=True)
        raise typer.Exit(EXIT_FAILED) from error
    except KeyboardInterrupt as error:
        err.print("stopped")
        raise typer.Exit(EXIT_INTERRUPTED) from error
    except BrokenPipeError as error:  # `kg extract … | head`: whoever reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        err.print(f"[bold red]error:[/] {escape(where + (error.strerror or str(error)))}", soft_wrap=True)
        raise typer.Exit(EXIT_FAILED) from error


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        with _reported():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    examples = "\n\n".join(f"[cyan]{escape(example)}[/]" for example in EXAMPLES[name])
    return app.command(name, epilog=f"[bold]Examples[/]\n\n{examples}")


def _given(**options: Any) -> dict[str, Any]:
    """Return the options that were given, so that the defaults stand in one place: the API."""
    return {name: value for name, value in options.items() if value is not None}


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"kg {version('newskg')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Turn news articles into an RDF knowledge graph in which every fact leads back to its sentence.

    Start with: [cyan]kg build examples[/], then [cyan]kg view[/].
    """


# build -----------------------------------------------------------------------------------------------------------


@_command("build")
def build(
    source: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, globs, http(s) addresses, or - for standard input."),
    ],
    output: Folder = Path("output"),
    day: Day = None,
    ontology: Ontologies = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="A,B",
            help="What to write: ttl, html, trig, nq, nt, jsonld, graphml, csv …",
            show_default="ttl,html",
        ),
    ] = None,
    model: Model = None,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, metavar="N", help="Parse in N processes; the result is the same.")
    ] = 1,
    base: Annotated[
        str | None, typer.Option("--base", metavar="IRI", help="Where the IRIs of your graph begin.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; warnings only.")] = False,
) -> None:
    """Read news and write its knowledge graph to output/graph.ttl and output/graph.html."""
    suffixes = _known_formats(",".join(formats or ["ttl,html"]))
    with _progress(quiet=quiet) as progress:
        graph, documents, errors = _build(
            source, progress, **_given(date=_day(day), ontology=ontology, model=model, jobs=jobs, base=base)
        )
    if not documents:
        err.print("[bold red]error:[/] nothing could be read, nothing was written")
        raise typer.Exit(EXIT_FAILED)
    gc.freeze()  # model and graph stay until the end: the collector need not walk them while files are written
    output.mkdir(parents=True, exist_ok=True)
    files = [output / f"graph.{suffix}" for suffix in suffixes]
    for file in files:
        graph.save(file)
    if not quiet:
        _summary(graph, files, output, errors)


def _known_formats(formats: str) -> list[str]:
    """Return the suffixes asked for; raise BadParameter (exit code 2) where one is not known."""
    from kg.exporters import EXPORTERS

    known = tuple(sorted(suffix.removeprefix(".") for suffix in EXPORTERS))
    wanted = list(dict.fromkeys(part.strip().removeprefix(".") for part in formats.split(",") if part.strip()))
    for name in wanted:
        if name not in known:
            raise typer.BadParameter(str(FormatError(name, known)), param_hint="--format")
    if not wanted:
        raise typer.BadParameter("names no format", param_hint="--format")
    return wanted


def _warn(error: SourceError, console: Console = err) -> None:
    console.print(f"[yellow]warning:[/] {escape(str(error))}", soft_wrap=True)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[documents]:,} documents"),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.description}[/]"),
    )
    shown = err.is_terminal and not quiet
    with Progress(*columns, console=err, disable=not shown, transient=True) as progress:
        yield progress


def _build(sources: list[str], progress: Progress, **options: Any) -> tuple[KnowledgeGraph, int, int]:
    """Return the graph, how many documents were read and how many sources or lines could not be."""
    import kg
    from kg.sources import count_sources

    counts = {"documents": 0, "errors": 0}
    total = None if progress.disable else count_sources(sources)
    task = progress.add_task("loading the language model", total=total, documents=0)
    places: set[str] = set()

    def on_document(document: Document) -> None:
        counts["documents"] += 1
        places.add(LINE_NUMBER.sub("", document.origin))
        name = document.title or Path(document.origin).name or document.id
        progress.update(task, completed=len(places) - 1, documents=counts["documents"], description=escape(name[:50]))

    def on_error(error: SourceError) -> None:
        counts["errors"] += 1
        _warn(error, progress.console)

    graph = kg.build(sources, on_document=on_document, on_error=on_error, **options)
    return graph, counts["documents"], counts["errors"]


def _summary(graph: KnowledgeGraph, files: list[Path], output: Path, errors: int) -> None:
    from kg.tables import summary_table

    out.print(summary_table(graph.stats()))
    if errors:
        out.print(f"[yellow]{errors} {'warning' if errors == 1 else 'warnings'}[/]: see above what could not be read")
    out.print("\n[bold]written[/] " + " ".join(escape(str(file)) for file in files), soft_wrap=True)
    where = "" if output == Path("output") else f" -o {output}"
    out.print(f"[bold]next[/]    [cyan]kg view{escape(where)}[/] opens the graph in your browser", soft_wrap=True)
    out.print(
        f"        [cyan]kg query{escape(where)} 'SELECT ?event ?who WHERE {{ ?event kg:agent ?who }}'[/]",
        soft_wrap=True,
    )


# extract ---------------------------------------------------------------------------------------------------------


@_command("extract")
def extract(
    sentence: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="A sentence, or a whole text.")] = None,
    file: Annotated[
        str | None,
        typer.Option("-f", "--file", metavar="FILE", help="Any source of `kg build`; JSONL lines stay in order."),
    ] = None,
    form: Annotated[
        Lines, typer.Option("--format", help="A table to read, or JSON, one line a document.")
    ] = Lines.TABLE,
    day: Day = None,
    ontology: Ontologies = None,
    model: Model = None,
) -> None:
    """Show what kg finds in a sentence or a file, and why."""
    if (sentence is None) == (file is None):
        raise typer.BadParameter('give either "a sentence" or -f FILE')
    if sentence is not None and len(sentence) < MAX_PATH and Path(sentence).is_file():
        raise typer.BadParameter(f"{sentence} is a file; to read it: kg extract -f {sentence}")
    import kg
    from kg.lines import LostLine, empty_line, in_order, with_lost_lines
    from kg.sources import read_sources

    date = _day(day)
    items = read_sources([str(file)], date=date) if sentence is None else [Document(sentence, published=date)]
    options = _given(date=date, ontology=ontology, model=model)
    found = 0
    for item in with_lost_lines(in_order(items, lambda documents: kg.extract(documents, **options))):
        if isinstance(item, SourceError):
            _warn(item)
        elif isinstance(item, LostLine):
            if form in (Lines.TRIPLES, Lines.STANDOFF):
                print(empty_line(item.error, form))
        else:
            found += 1
            _show(item, form)
    if not found:
        raise typer.Exit(EXIT_FAILED)


def _show(extraction: Extraction, form: Lines) -> None:
    if form is Lines.TABLE:
        from kg.tables import extraction_view

        out.print(extraction_view(extraction))
        return
    from kg import formats

    line = {Lines.JSONL: formats.as_json, Lines.TRIPLES: formats.triples, Lines.STANDOFF: formats.standoff}[form](
        extraction
    )
    print(json.dumps(line, ensure_ascii=False))


# the graph in the folder -----------------------------------------------------------------------------------------


def _load(folder: Path) -> KnowledgeGraph:
    """Return the graph last written to ``folder``; raise SourceError that says what to run where there is none."""
    found = [folder / name for name in GRAPH_FILES if (folder / name).is_file()]
    if not found:
        raise SourceError(
            str(folder / GRAPH_FILES[0]), "no graph here yet; make one with: kg build SOURCE... -o " + str(folder)
        )
    from kg.graph import KnowledgeGraph

    return KnowledgeGraph.load(max(found, key=lambda path: path.stat().st_mtime))


@_command("query")
def query(
    sparql: Annotated[
        str | None, typer.Argument(metavar="[SPARQL]", help="A query; the usual prefixes are declared.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", metavar="FILE", help="Read the query from a file.")
    ] = None,
    output: Folder = Path("output"),
    form: Annotated[Table, typer.Option("--format", help="How to print the rows.")] = Table.TABLE,
) -> None:
    """Ask the graph in SPARQL."""
    if (sparql is None) == (file is None):
        raise typer.BadParameter("give either a SPARQL query or -f FILE")
    import csv

    from kg.graph import KnowledgeGraph
    from kg.tables import result_table

    graph = _load(output)
    answer = graph.query(sparql if sparql is not None else _read_query(file or Path()))
    if isinstance(answer, bool):
        print(str(answer).lower())
    elif isinstance(answer, KnowledgeGraph):
        print(answer.to_rdflib().serialize(format="turtle"), end="")
    elif form is Table.JSON:
        rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif form is Table.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.variables)
        writer.writerows(answer.rows)
    else:
        rows_shown = [[_cell(value, graph.prefixes()) for value in row] for row in answer.rows]
        out.print(result_table(answer.variables, rows_shown) if rows_shown else "no rows")


def _cell(value: object, prefixes: Mapping[str, str]) -> str:
    from kg.tables import curie

    return "" if value is None else curie(value, prefixes) if isinstance(value, str) else str(value)


def _read_query(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(file), getattr(error, "strerror", None) or "not UTF-8 text") from error


@_command("validate")
def validate(
    output: Folder = Path("output"),
    shapes: Annotated[Path | None, typer.Option("--shapes", metavar="FILE", help="Your own SHACL shapes.")] = None,
) -> None:
    """Check the graph against SHACL shapes; exit code 1 when it fails."""
    from kg.validate import validate as check

    report = check(_load(output), shapes=shapes)
    out.print(escape(str(report)), soft_wrap=True)
    if not report.conforms:
        raise typer.Exit(EXIT_FAILED)


@_command("view")
def view(
    output: Folder = Path("output"),
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser, or print the path only.")] = True,
) -> None:
    """Open output/graph.html in the browser, making it from the graph where it is missing."""
    page = output / "graph.html"
    if not page.is_file():
        _load(output).save(page)
    print(page)
    if open_it:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


@_command("stats")
def stats(output: Folder = Path("output")) -> None:
    """Count what is in the graph."""
    from kg.tables import stats_view

    out.print(stats_view(_load(output).stats()))


def main() -> None:
    """Run the command line; what it writes is UTF-8, also on Windows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What a run makes it mostly keeps: looking for garbage seldom saves a tenth of its time.
    gc.set_threshold(100_000, 50, 100)
    app(prog_name="kg")
