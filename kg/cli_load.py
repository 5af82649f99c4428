"""The command that sends a graph to a triple store: load."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from kg.cli_app import command
from kg.cli_graph import load_graph
from kg.cli_options import Folder, Quiet
from kg.cli_output import err, out


@command("load")
def load(
    url: Annotated[str, typer.Argument(metavar="URL", help="The Graph Store endpoint; with --update that of updates.")],
    output: Folder = Path("output"),
    update: Annotated[
        bool, typer.Option("--update", help="SPARQL update (INSERT DATA) in place of the Graph Store protocol.")
    ] = False,
    default_graph: Annotated[
        bool, typer.Option("--default-graph", help="All into the default graph, without named graphs.")
    ] = False,
    replace: Annotated[
        bool | None,
        typer.Option(
            "--replace/--append",
            help="Empty each graph before it is written, or add to it.",
            show_default="replace named graphs, append to the default graph",
        ),
    ] = None,
    user: Annotated[str | None, typer.Option("--user", envvar="KG_USER", metavar="NAME", help="Who writes.")] = None,
    password: Annotated[
        str | None, typer.Option("--password", envvar="KG_PASSWORD", metavar="WORD", help="Better in KG_PASSWORD.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option("--token", envvar="KG_TOKEN", metavar="TOKEN", help="A bearer token, in place of both."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Send the graph to a triple store: Oxigraph, Virtuoso, Fuseki, GraphDB, QLever, any with SPARQL 1.1."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from kg.load import Credentials
    from kg.load import load as send

    columns = (TextColumn("sending"), BarColumn(bar_width=30), MofNCompleteColumn(), TextColumn("triples"))
    graph = load_graph(output)
    with Progress(*columns, console=err, disable=quiet or not err.is_terminal, transient=True) as progress:
        task = progress.add_task("sending", total=None)
        sent = send(
            graph,
            url,
            update=update,
            default_graph=default_graph,
            replace=replace,
            credentials=Credentials(user, password, token),
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    if not quiet:
        where = "the default graph" if default_graph else f"{sent.graphs:,} graphs"
        out.print(f"{sent.triples:,} triples in {where} of {escape(url)}", soft_wrap=True)
