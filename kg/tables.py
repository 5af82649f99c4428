"""What the command line shows, as Rich renderables: pure functions, nothing is printed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.model import Entity, Kind, Mention, Modality, Polarity, Statement
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg.pipeline import Extraction
    from kg.queries import NamedQuery
    from kg.views import Stats

# Green: it happened. Cyan: to come. Yellow: uncertain. Magenta: it hangs on something. Blue: asked for. Red: denied.
MODALITY_STYLES: Mapping[Modality, str] = {
    Modality.ACTUAL: "green",
    Modality.PLANNED: "cyan",
    Modality.POSSIBLE: "yellow",
    Modality.CONDITIONAL: "magenta",
    Modality.REQUIRED: "blue",
}
NOTHING_FOUND = (
    "Nothing found: no clause here has a main verb with an actor or an object that kg recognises. "
    "It reads whole English sentences; a headline without a verb, a list, another language or a line that "
    "looks like boilerplate (“Read more: …”, a source line) gives nothing."
)


def curie(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return an IRI in its short form where a prefix fits, else unchanged.

    >>> curie("https://w3id.org/newskg/event#Deploy")
    'ev:Deploy'
    >>> curie("https://news.example/a")
    'https://news.example/a'
    """
    fitting = [(len(space), prefix, space) for prefix, space in prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    _, prefix, space = max(fitting)
    local = iri.removeprefix(space)
    return f"{prefix}:{local}" if re.fullmatch(r"[\w.%-]+", local) else iri


def factuality(statement: Statement) -> Text:
    """Return modality and polarity, coloured by what they mean."""
    text = Text(statement.modality.value, style=MODALITY_STYLES[statement.modality])
    text.append(" · ", style="dim")
    return text.append(
        statement.polarity.value, style="bold red" if statement.polarity is Polarity.NEGATIVE else "green"
    )


def _filler(mention: Mention, entities: Sequence[Entity]) -> Text:
    text = Text(mention.text)
    others = [entity.label for entity in entities if entity.label != mention.text]
    return text.append(f"  → {', '.join(others)}", style="dim") if others else text


def _fields(statement: Statement, extraction: Extraction) -> Iterator[tuple[str, RenderableType]]:
    for argument in statement.arguments:
        yield argument.role.value, _filler(argument.mention, extraction.entities.get(argument.mention, ()))
    yield "factuality", factuality(statement)
    if statement.speaker:
        yield "speaker", _filler(statement.speaker, extraction.entities.get(statement.speaker, ()))
    else:
        yield "speaker", Text("the text itself", style="dim")
    if time := statement.time:
        interval = "..".join(dict.fromkeys(day for day in (time.begin, time.end) if day)) or time.value
        yield "time", Text(time.span.of(extraction.document.text)).append(f"  → {interval}", style="dim")
    else:
        yield "time", Text("not said", style="dim")
    yield "confidence", Text(f"{statement.confidence:.2f}")


def statement_table(number: int, statement: Statement, extraction: Extraction) -> Table:
    """Return one statement as a table: its predicate as the heading, a line for each thing known of it."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim", width=3)
    table.add_column(style="dim", no_wrap=True, min_width=11)
    table.add_column(overflow="fold")
    heading = Text(" ".join(statement.surface.split()) or statement.trigger, style="bold")
    if statement.kind is not Kind.REPORT:
        heading.append(f"  {curie(statement.predicate)}", style="not bold dim")
    table.add_row(f"{number}", statement.kind.value, heading)
    for name, value in _fields(statement, extraction):
        table.add_row("", name, value)
    return table


def _evidence(statement: Statement, extraction: Extraction) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    sentence = " ".join(statement.evidence.of(extraction.document.text).split())
    table.add_row(Text("evidence", style="dim"), Text(sentence, style="italic"))
    return table


def extraction_view(extraction: Extraction) -> RenderableType:
    """Return everything found in one document, under the sentence it was read from, or why there may be nothing."""
    if not extraction.statements:
        return Text(NOTHING_FOUND, style="yellow")
    parts: list[RenderableType] = []
    for number, statement in enumerate(extraction.statements, 1):
        if number == 1 or statement.evidence != extraction.statements[number - 2].evidence:
            parts.append(_evidence(statement, extraction))
        parts += [statement_table(number, statement, extraction), Text()]
    return Group(*parts)


def result_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return the rows of a query as a table."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def queries_view(queries: Iterable[NamedQuery]) -> Table:
    """Return the queries of the library with their parameters; one that may be left out stands in brackets."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("query", no_wrap=True, style="cyan")
    table.add_column("what it answers")
    table.add_column("parameters")
    for query in queries:
        shown = ", ".join(p.name if p.default is None else f"[{p.name}]" for p in query.parameters)
        table.add_row(query.name, Text(query.title), Text(shown))
    return table


def _share(part: int, whole: int) -> str:
    return f"  {part / whole:4.0%}" if whole else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + "s" * (number != 1)


def summary_table(stats: Stats) -> Table:
    """Return how much there is of each thing, in a few lines."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(style="dim")
    table.add_row("documents", f"{stats.documents:,}", "")
    parts = f"{_count(stats.events, 'event')}, {_count(stats.relations, 'relation')}"
    table.add_row("statements", f"{stats.events + stats.relations:,}", parts)
    table.add_row("claims", f"{stats.claims:,}", "who says so, and how surely")
    table.add_row("entities", f"{stats.named + stats.unnamed:,}", f"{stats.named:,} named, {stats.unnamed:,} unnamed")
    return table


def stats_view(stats: Stats, *, top: int = 15) -> RenderableType:
    """Return the summary and the most frequent types, factualities and speakers."""
    parts: list[RenderableType] = [summary_table(stats)]
    counted = {
        "event types": stats.by_type,
        "modality": stats.by_modality,
        "polarity": stats.by_polarity,
        "speakers": stats.by_speaker,
    }
    for title, counts in counted.items():
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        table.add_column(title, min_width=24)
        table.add_column("", justify="right")
        table.add_column("")
        for name, count in list(counts.items())[:top]:
            table.add_row(Text(name), f"{count:,}", _share(count, sum(counts.values())))
        if len(counts) > top:
            table.add_row(Text(f"and {len(counts) - top} more", style="dim"), "", "")
        if counts:
            parts.append(table)
    unclassified = f"{stats.unclassified:,} events ({stats.unclassified_share:.0%}) have no event type but sem:Event"
    return Group(*parts, Text(unclassified, style="dim"))
