"""The commands that change a graph already built: add and remove."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli_app import command, day_of
from kg.cli_options import Day, Folder, Jobs, Quiet, Wait
from kg.cli_output import err, nothing_read, reading, show_changes


@command("add")
def add(
    source: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, globs, http(s) addresses, or - for standard input."),
    ],
    output: Folder = Path("output"),
    day: Day = None,
    jobs: Jobs = 1,
    wait: Wait = None,
    quiet: Quiet = False,
) -> None:
    """Add documents to the graph, read with the settings it was built with.

    A file or address read before is replaced by what it holds now. The files of the graph are written anew.
    """
    import kg

    store = kg.open_store(output)
    with reading(source, quiet=quiet) as read:
        changes = store.add(source, date=day_of(day), jobs=jobs, wait=wait, hooks=read.hooks())
    if not read.documents:
        raise nothing_read(", nothing was changed")
    if not quiet:
        show_changes(changes, output, read.errors)


@command("remove")
def remove(
    document: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT...", help="A file or address it was read from, its url, its id or identifier."
        ),
    ],
    output: Folder = Path("output"),
    wait: Wait = None,
    quiet: Quiet = False,
) -> None:
    """Take documents out of the graph, with all that only they say. The files of the graph are written anew."""
    import kg
    from kg.intake import Hooks

    hooks = Hooks(on_wait=lambda holder: err.print(f"waiting: {holder} is writing there", soft_wrap=True, markup=False))
    changes = kg.open_store(output).remove(document, wait=wait, hooks=hooks)
    if not quiet:
        show_changes(changes, output)
