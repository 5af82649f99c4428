"""Ask an Oxigraph store in SPARQL: what a graph in memory and a graph on disk have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.index import Value, python_value
from kg.query_errors import OPAQUE, explained

if TYPE_CHECKING:
    import pandas as pd

_INNERMOST = re.compile(r"\{[^{}]*\}")
_ORDER_BY = re.compile(r"\border\s+by\b", re.I)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The table a SELECT query returns: names of variables, and rows of Python values.

    An IRI is a str, a literal the Python value of its datatype, what is unbound is None.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame with a column for each variable."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and most runs need no table

        return pd.DataFrame(list(self.rows), columns=list(self.variables))


def ask(store: ox.Store, sparql: str, prefixes: Mapping[str, str]) -> QueryResult | tuple[ox.Triple, ...] | bool:
    """Return a table for SELECT, a bool for ASK, triples for CONSTRUCT and DESCRIBE.

    ``prefixes`` may be used undeclared. Rows are sorted where the query itself has no ORDER BY.
    Raises QueryError with line and column.

    >>> ask(ox.Store(), "SELECT ?s WHERE { ?s rdfs:label ?name }", {"rdfs": "http://www.w3.org/2000/01/rdf-schema#"})
    QueryResult(variables=('s',), rows=())
    """
    try:
        answer = store.query(sparql, prefixes=dict(prefixes))
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return tuple(answer)
        solutions = [tuple(solution) for solution in answer]
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(sparql, explained(sparql, str(error), prefixes)) from error
    if not _is_ordered(sparql):
        solutions.sort(key=lambda row: tuple("" if term is None else str(term) for term in row))
    rows = tuple(tuple(None if term is None else python_value(term) for term in row) for row in solutions)
    return QueryResult(tuple(variable.value for variable in answer.variables), rows)


def _is_ordered(sparql: str) -> bool:
    """Tell whether a query orders its result itself (an ORDER BY inside braces orders a subquery only).

    >>> _is_ordered("SELECT * { { SELECT ?s { ?s ?p 'order by' } ORDER BY ?s } } # ORDER BY")
    False
    """
    plain = OPAQUE.sub(" ", sparql)
    while (outer := _INNERMOST.sub(" ", plain)) != plain:
        plain = outer
    return _ORDER_BY.search(plain) is not None
