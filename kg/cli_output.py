"""What the commands share in talking to the terminal: consoles, warnings, progress, errors as exit codes."""

from __future__ import annotations

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

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130
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
