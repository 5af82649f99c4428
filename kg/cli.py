"""The command line: arguments to API calls. It and its parts (`cli_*.py`) alone print or exit."""

from __future__ import annotations

import gc
import io
import sys
from importlib.metadata import version as version_of
from typing import Annotated

import typer

from kg import cli_build, cli_diff, cli_graph, cli_load, cli_merges, cli_query, cli_serve, cli_store
from kg.cli_app import app

__all__ = [
    "app",
    "cli_build",
    "cli_diff",
    "cli_graph",
    "cli_load",
    "cli_merges",
    "cli_query",
    "cli_serve",
    "cli_store",
    "main",
]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"kg {version_of('newskg')}")
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


def main() -> None:
    """Run the command line; what it writes is UTF-8, also on Windows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What a run makes it mostly keeps: looking for garbage seldom saves a tenth of its time.
    gc.set_threshold(100_000, 50, 100)
    app(prog_name="kg")
