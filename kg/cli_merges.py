"""The command that lists what was made one: merges."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: T201 - the command line prints

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli_app import command
from kg.cli_graph import open_graph
from kg.cli_options import Folder, Table
from kg.cli_output import out

if TYPE_CHECKING:
    from kg.merges import Merged

_COLUMNS = ("score", "merged", "into", "label", "reason", "documents")


@command("merges")
def merges(
    about: Annotated[
        str | None, typer.Option("--about", metavar="NAME", help="Only those of one thing: name, alias or IRI.")
    ] = None,
    below: Annotated[
        float, typer.Option("--below", min=0, max=1, metavar="SCORE", help="Only those with at most that score.")
    ] = 1.0,
    output: Folder = Path("output"),
    form: Annotated[Table, typer.Option("--format", help="How to print them.")] = Table.TABLE,
) -> None:
    """List what was made one thing across names and documents, why, and how surely: the least sure first.

    What is wrong is forbidden, what is missing forced, by a file: kg build SOURCE... --identity FILE.
    """
    from kg.merges import merges as listed

    graph = open_graph(output)
    found = listed(graph, about=about, below=below)
    if form is Table.JSON:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    elif form is Table.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_row(each) for each in found)
    elif found:
        from kg.tables import curie, result_table

        prefixes = graph.prefixes()
        rows = [
            (f"{each.score:.2f}", curie(each.merged, prefixes), curie(each.into, prefixes), each.reason,
             str(len(each.documents))) for each in found
        ]  # fmt: skip
        out.print(result_table(("score", "merged", "into", "why", "documents"), rows))
    else:
        out.print("no merges")


def _row(each: Merged) -> tuple[str, ...]:
    return f"{each.score:g}", each.merged, each.into, each.label, each.reason, " ".join(each.documents)
