"""The command that asks a graph: in SPARQL, or a query of the library by its name."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword
# ruff: noqa: T201 - the command line prints

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli_app import command
from kg.cli_graph import inferred, load_graph, open_graph, read_query
from kg.cli_options import Folder, Infer, Table
from kg.cli_output import out

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.sparql import QueryResult

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@command("query")
def query(
    asked: Annotated[
        str | None,
        typer.Argument(metavar="[SPARQL|NAME]", help="A query, the usual prefixes declared; or one of the library."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", metavar="FILE", help="Read the query from a file.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter of a query of the library. Repeatable."),
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="List the queries of the library and stop.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the SPARQL of a query of the library instead of running it.")
    ] = False,
    infer: Infer = None,
    output: Folder = Path("output"),
    form: Annotated[Table, typer.Option("--format", help="How to print the rows.")] = Table.TABLE,
) -> None:
    """Ask the graph: in SPARQL, or a query of the library by its name.

    A parameter that is a thing is given as name, alias, prefixed name or IRI; given twice, it means either.
    """
    if list_them:
        _list()
        return
    if (asked is None) == (file is None):
        raise typer.BadParameter("give either a SPARQL query, the name of one (see: kg query --list), or -f FILE")
    name = asked.strip() if asked is not None and _NAME.fullmatch(asked.strip()) else None
    if name is None and (param or show):
        raise typer.BadParameter("--param and --show are for the queries of the library; see: kg query --list")
    given = _parameters(param or [])
    if name is not None and show and not given:
        from kg.queries import named_query

        print(named_query(name).text, end="")
        return
    graph = open_graph(output) if infer is None else inferred(load_graph(output), infer)
    if name is not None:
        from kg.queries import bound, named_query

        sparql = bound(named_query(name), graph, given)
    else:
        sparql = asked if asked is not None else read_query(file or Path())
    if show:
        print(sparql, end="")
    else:
        _print(graph.query(sparql), form, graph.prefixes())


def _parameters(given: list[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in given:
        name, equals, value = each.partition("=")
        if not name or not equals:
            raise typer.BadParameter(f"{each!r} is not NAME=VALUE", param_hint="--param")
        found[name].append(value)
    return found


def _list() -> None:
    from kg.queries import named_queries
    from kg.tables import queries_view

    out.print(queries_view(named_queries().values()))


def _print(answer: QueryResult | KnowledgeGraph | bool, form: Table, prefixes: Mapping[str, str]) -> None:
    import csv

    from kg.graph import KnowledgeGraph
    from kg.tables import result_table

    if isinstance(answer, bool):
        print(str(answer).lower())
    elif isinstance(answer, KnowledgeGraph):
        print(answer.to_rdflib().serialize(format="turtle"), end="")
    elif form is Table.JSON:
        rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif form is Table.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.variables)
        writer.writerows(answer.rows)
    else:
        rows_shown = [[_cell(value, prefixes) for value in row] for row in answer.rows]
        out.print(result_table(answer.variables, rows_shown) if rows_shown else "no rows")


def _cell(value: object, prefixes: Mapping[str, str]) -> str:
    from kg.tables import curie

    return "" if value is None else curie(value, prefixes) if isinstance(value, str) else str(value)
