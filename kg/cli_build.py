"""The commands that read texts: build and extract."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword
# ruff: noqa: T201 - the command line prints

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli_app import command, day_of, given
from kg.cli_options import Day, Folder, Gazetteers, Identities, Jobs, Lines, Model, Ontologies, Quiet, Wait
from kg.cli_output import EXIT_FAILED, nothing_read, out, reading, show_changes, warn
from kg.errors import FormatError, SourceError
from kg.model import Document

if TYPE_CHECKING:
    from kg.explain import Explanation
    from kg.pipeline import Extraction

MAX_PATH = 1024  # a longer text names no file

# build -----------------------------------------------------------------------------------------------------------


@command("build")
def build(
    source: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, globs, http(s) addresses, or - for standard input."),
    ],
    output: Folder = Path("output"),
    day: Day = None,
    ontology: Ontologies = None,
    gazetteer: Gazetteers = None,
    identity: Identities = None,
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
    jobs: Jobs = 1,
    base: Annotated[
        str | None, typer.Option("--base", metavar="IRI", help="Where the IRIs of your graph begin.")
    ] = None,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="RDF 1.2 for ttl, trig, nt and nq: the event reifies its shortcuts.")
    ] = False,
    wait: Wait = None,
    quiet: Quiet = False,
) -> None:
    """Read news and write its knowledge graph to output/graph.ttl and output/graph.html.

    What the folder holds already is not parsed again; what is not among the sources leaves the graph.
    """
    suffixes = _known_formats(",".join(formats or ["ttl,html"]), rdf12=rdf12)
    import kg

    options = given(
        date=day_of(day),
        ontology=ontology,
        gazetteer=gazetteer,
        identity=identity,
        model=model,
        jobs=jobs,
        base=base,
        wait=wait,
    )
    with reading(source, quiet=quiet) as read:
        changes = kg.build_store(output, source, formats=suffixes, hooks=read.hooks(), **options)
    if not read.documents:
        raise nothing_read(", nothing was written")
    if not quiet:
        show_changes(changes, output, read.errors)


def _known_formats(formats: str, *, rdf12: bool = False) -> list[str]:
    """Return the suffixes asked for; raise BadParameter (exit code 2) where one is not known."""
    from kg.exporters import EXPORTERS

    known = tuple(sorted(suffix.removeprefix(".") for suffix in EXPORTERS))
    wanted = list(dict.fromkeys(part.strip().removeprefix(".") for part in formats.split(",") if part.strip()))
    for name in wanted:
        if name not in known:
            raise typer.BadParameter(str(FormatError(name, known)), param_hint="--format")
    if not wanted:
        raise typer.BadParameter("names no format", param_hint="--format")
    return [f"rdf12.{name}" if rdf12 and f"rdf12.{name}" in known else name for name in wanted]


# extract ---------------------------------------------------------------------------------------------------------


@command("extract")
def extract(
    sentence: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="A sentence, or a whole text.")] = None,
    file: Annotated[
        str | None,
        typer.Option("-f", "--file", metavar="FILE", help="Any source of `kg build`; JSONL lines stay in order."),
    ] = None,
    form: Annotated[
        Lines, typer.Option("--format", help="A table to read, or JSON, one line a document.")
    ] = Lines.TABLE,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="The parse, the rule of each statement, and what gave none and why."),
    ] = False,
    day: Day = None,
    ontology: Ontologies = None,
    gazetteer: Gazetteers = None,
    model: Model = None,
) -> None:
    """Show what kg finds in a sentence or a file, and why."""
    if (sentence is None) == (file is None):
        raise typer.BadParameter('give either "a sentence" or -f FILE')
    if sentence is not None and len(sentence) < MAX_PATH and Path(sentence).is_file():
        raise typer.BadParameter(f"{sentence} is a file; to read it: kg extract -f {sentence}")
    if explain and form not in (Lines.TABLE, Lines.JSONL):
        raise typer.BadParameter("explains as a table or as jsonl", param_hint="--explain")
    from kg.lines import LostLine, empty_line, in_order, with_lost_lines
    from kg.sources import read_sources

    date = day_of(day)
    items = read_sources([str(file)], date=date) if sentence is None else [Document(sentence, published=date)]
    options = given(date=date, ontology=ontology, gazetteer=gazetteer, model=model)
    found = 0
    read: Callable[..., Iterator[Any]] = _explained if explain else _extracted
    show: Callable[[Any, Lines], None] = _show_explained if explain else _show
    for item in with_lost_lines(in_order(items, lambda documents: read(documents, options))):
        if isinstance(item, SourceError):
            warn(item)
        elif isinstance(item, LostLine):
            if form in (Lines.TRIPLES, Lines.STANDOFF):
                print(empty_line(item.error, form))
        else:
            found += 1
            show(item, form)
    if not found:
        raise typer.Exit(EXIT_FAILED)


def _extracted(documents: Iterable[Document], options: Mapping[str, Any]) -> Iterator[Extraction]:
    import kg

    return kg.extract(documents, **options)


def _explained(documents: Iterable[Document], options: Mapping[str, Any]) -> Iterator[Explanation]:
    from kg import pipeline
    from kg.explain import explain

    return (explain(*found) for found in pipeline.extract_annotated(documents, **options))


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


def _show_explained(explanation: Explanation, form: Lines) -> None:
    if form is Lines.TABLE:
        from kg.explain_tables import explanation_view

        out.print(explanation_view(explanation))
        return
    from kg.explain import as_json

    print(json.dumps(as_json(explanation), ensure_ascii=False))
