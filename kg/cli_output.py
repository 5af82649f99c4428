"""What the commands share in talking to the terminal: consoles, warnings, progress, errors as exit codes."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.markup import escape

from kg.errors import KgError, SourceError
from kg.model import Document

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kg.dataset import Changes
    from kg.intake import Hooks

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130
_NAMED = 5  # documents named of many
_LINE_NUMBER = re.compile(r":\d+$")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@contextmanager
def reported() -> Iterator[None]:
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


def warn(error: SourceError, console: Console = err) -> None:
    """Say on standard error what could not be read."""
    console.print(f"[yellow]warning:[/] {escape(str(error))}", soft_wrap=True)


def nothing_read(consequence: str = "") -> typer.Exit:
    """Say that no source could be read; return the exit to raise."""
    err.print(f"[bold red]error:[/] nothing could be read{consequence}")
    return typer.Exit(EXIT_FAILED)


# -- reading many documents


@dataclass(slots=True)
class Reading:
    """Counts what is read, and moves the progress bar."""

    progress: Progress
    task: TaskID
    documents: int = 0
    errors: int = 0
    places: set[str] = field(default_factory=set)

    def document(self, document: Document) -> None:
        """Count a document that is done."""
        self.documents += 1
        self.places.add(_LINE_NUMBER.sub("", document.origin))
        name = document.title or Path(document.origin).name or document.id
        self.progress.update(
            self.task, completed=len(self.places) - 1, documents=self.documents, description=escape(name[:50])
        )

    def error(self, error: SourceError) -> None:
        """Count and name a source that could not be read."""
        self.errors += 1
        warn(error, self.progress.console)

    def step(self, doing: str) -> None:
        """Say what is being done when all is read."""
        gc.freeze()  # model and documents stay until the end: the collector need not walk them while files are written
        self.progress.update(self.task, description=escape(doing))

    def waiting(self, holder: str) -> None:
        """Say who else writes to the folder, while it is waited for."""
        self.progress.console.print(f"waiting: {escape(holder)} is writing there", soft_wrap=True)

    def hooks(self) -> Hooks:
        """Return what a change of a store tells to."""
        from kg.intake import Hooks  # noqa: PLC0415 - `kg --help` does not wait for what reads sources

        return Hooks(on_document=self.document, on_error=self.error, on_wait=self.waiting, on_step=self.step)


@contextmanager
def reading(sources: list[str], *, quiet: bool = False) -> Iterator[Reading]:
    """Show a progress bar on a terminal while sources are read; yield the counter that moves it."""
    from kg.sources import count_sources  # noqa: PLC0415 - `kg --help` does not wait for what reads sources

    with _progress(quiet=quiet) as progress:
        total = None if progress.disable else count_sources(sources)
        yield Reading(progress, progress.add_task("loading the language model", total=total, documents=0))


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - same

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


# -- a store that was changed


def show_changes(changes: Changes, output: Path, errors: int = 0) -> None:
    """Say what became of a folder, and what to do next."""
    from kg.tables import summary_table  # noqa: PLC0415 - `kg --help` does not wait for tables

    if changes.graph is not None:
        out.print(summary_table(changes.graph.stats()))
    if errors:
        out.print(f"[yellow]{errors} {'warning' if errors == 1 else 'warnings'}[/]: see above what could not be read")
    out.print()
    for word, told in _told(changes):
        out.print(f"[bold]{word:9}[/] {escape(told)}", soft_wrap=True)
    where = "" if output == Path("output") else f" -o {output}"
    out.print(f"[bold]next[/]      [cyan]kg view{escape(where)}[/] opens the graph in your browser", soft_wrap=True)
    out.print(
        f"          [cyan]kg query{escape(where)} 'SELECT ?event ?who WHERE {{ ?event kg:agent ?who }}'[/]",
        soft_wrap=True,
    )


def _told(changes: Changes) -> Iterator[tuple[str, str]]:
    if changes.read or changes.unchanged:
        yield "read", f"{counted(len(changes.read), 'document')}, {changes.unchanged:,} unchanged"
    for word, names in (("replaced", changes.replaced), ("removed", changes.removed)):
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            yield word, f"{counted(len(names), 'document')}: {', '.join(names[:_NAMED])}{more}"
    if changes.files:
        yield "written", " ".join(map(str, changes.files))
    else:
        yield "written", "nothing: the graph and its files are what they were"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "document"), counted(1200, "document")
    ('1 document', '1,200 documents')
    """
    return f"{number:,} {noun}" + "s" * (number != 1)
