"""The command that compares two graphs: diff."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: T201 - the command line prints

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from kg.cli_app import command
from kg.cli_graph import load_graph
from kg.cli_options import Report
from kg.cli_output import err, out
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.diff import Change, Difference
    from kg.graph import KnowledgeGraph

EXIT_DIFFERENT, EXIT_TROUBLE = 1, 2
_SIGNS = {"added": "[green]+[/]", "removed": "[red]-[/]", "changed": "[yellow]~[/]"}


@command("diff")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A graph file (.ttl .nq .trig …), or an output folder.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The graph to compare it with.")],
    form: Annotated[Report, typer.Option("--format", help="Words to read, or JSON.")] = Report.TABLE,
) -> None:
    """Say what was added, removed or changed between two graphs. Exit code 0: nothing, 1: something, 2: trouble."""
    from kg.diff import diff as compare

    try:
        found = compare(_read(old), _read(new))
    except KgError as error:
        err.print(f"[bold red]error:[/] {escape(str(error))}", soft_wrap=True)
        raise typer.Exit(EXIT_TROUBLE) from error
    if form is Report.JSON:
        print(json.dumps(asdict(found) | {"same": found.same}, ensure_ascii=False, indent=1))
    else:
        for line in _lines(found):
            out.print(line, soft_wrap=True)
    if not found.same:
        raise typer.Exit(EXIT_DIFFERENT)


def _read(path: Path) -> KnowledgeGraph:
    from kg.graph import KnowledgeGraph

    return load_graph(path) if path.is_dir() else KnowledgeGraph.load(path)


def _lines(found: Difference) -> Iterator[str]:
    from kg.diff import KINDS

    if found.same:
        yield "no difference"
        return
    for kind in KINDS:
        if counts := found.counts(kind):
            plural = kind.removesuffix("y") + "ies" if kind.endswith("y") else f"{kind}s"
            yield f"[bold]{plural}[/]: {', '.join(f'{counts[sort]:,} {sort}' for sort in _SIGNS if counts[sort])}"
            for change in found.changes:
                if change.kind == kind:
                    yield from _change(change)
    yield f"triples: {found.triples_added:,} added, {found.triples_removed:,} removed"
    if not found.changes:
        yield "no document, event, relation or thing is different; the triples say how the graph was made"


def _change(change: Change) -> Iterator[str]:
    facts = {detail.property: detail.added or detail.removed for detail in change.details}
    if change.sort != "changed":
        said = facts.get("factuality") or facts.get("reason") or ()
        yield f"  {_SIGNS[change.sort]} {escape(' · '.join([change.label, *said]))}"
        return
    yield f"  {_SIGNS['changed']} {escape(change.label)}"
    for detail in change.details:
        parts = [*(f"+ {value}" for value in detail.added), *(f"- {value}" for value in detail.removed)]
        if len(detail.added) == len(detail.removed) == 1:
            parts = [f"{detail.added[0]}, was {detail.removed[0]}"]
        yield escape(f"      {detail.property}: {'; '.join(parts)}")
