"""The application that the commands belong to, and what each of them needs of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from kg.cli_options import EXAMPLES
from kg.cli_output import reported


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        with reported():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that makes a function a command, with its examples under its help."""
    examples = "\n\n".join(f"[cyan]{escape(example)}[/]" for example in EXAMPLES[name])
    return app.command(name, epilog=f"[bold]Examples[/]\n\n{examples}")


def given(**options: Any) -> dict[str, Any]:
    """Return the options that were given, so that the defaults stand in one place: the API."""
    return {name: value for name, value in options.items() if value is not None}


def day_of(value: datetime | None) -> date | None:
    """Return the day of an option."""
    return value.date() if value else None
