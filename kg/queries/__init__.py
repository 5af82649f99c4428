"""The library of named queries: each a plain SPARQL file with a header, its parameters bound as RDF terms.

A file begins with its title, a description and its parameters, as comments::

    # Events at a place
    # What is said to happen there.
    # @param place entity Estonia | A country, a city, a place.
    # @param since date =1900-01-01 2016-01-01 | Published on that day or later.

that is name, type, ``=default`` where there is one (``=any``: the parameter may be left out), an example, an
explanation. The query holds ``VALUES ?place { ... }`` with a value of its own, so it runs as it stands in any engine;
binding a parameter puts serialised RDF terms between those braces, and nothing else is changed.
"""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.errors import SettingError
from kg.queries.terms import Asked, iri_of, thing_named, type_named
from kg.vocab import XSD

__all__ = ["ANY", "Given", "NamedQuery", "Parameter", "bound", "named_queries", "named_query"]

ANY = "any"

Given = str | int | float | date | Iterable[str | int | float | date]

_PARAM = re.compile(r"# @param (?P<name>\w+) (?P<type>\w+) (?P<rest>.*?) \| (?P<about>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; ``default`` is None where it must be given, "any" where it may be left out."""

    name: str
    type: str
    example: str
    about: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library: what it answers, what it can be given, and its SPARQL as shipped."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def example(self) -> str:
        """Return a command line that runs it with the examples of what must be given."""
        required = (p for p in self.parameters if p.default is None)
        return shlex.join(
            ["kg", "query", self.name, *(w for p in required for w in ("--param", f"{p.name}={p.example}"))]
        )


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Return the queries of the library by name, sorted.

    >>> named_queries()["events-at"].parameters[0].type
    'entity'
    """
    found = (path for path in files("kg.queries").iterdir() if path.name.endswith(".rq"))
    return {
        name: _parsed(name, path.read_text(encoding="utf-8"))
        for name, path in sorted((path.name.removesuffix(".rq"), path) for path in found)
    }


def named_query(name: str) -> NamedQuery:
    """Return the query of that name; raise SettingError with the names that are near where there is none.

    >>> named_query("time-line")
    Traceback (most recent call last):
    kg.errors.SettingError: query 'time-line': no query has that name; near it: timeline
    """
    if (found := named_queries().get(name)) is not None:
        return found
    near = difflib.get_close_matches(name, named_queries(), n=3, cutoff=0.5)
    hint = f"near it: {', '.join(near)}" if near else f"there are: {', '.join(named_queries())}"
    raise SettingError("query", name, f"no query has that name; {hint}")


def bound(query: NamedQuery, graph: Asked, given: Mapping[str, Given]) -> str:
    """Return the SPARQL of a query with its parameters set to ``given``, looked up in ``graph`` where they name things.

    An entity is given as name, alias, CURIE or IRI. Raises SettingError for an unknown parameter, one that is
    missing, a value that is not of its type, a name that nothing or more than one thing has.

    >>> from kg.graph import KnowledgeGraph
    >>> "VALUES ?sources { 3 }" in bound(named_query("corroborated"), KnowledgeGraph(), {"sources": 3})
    True
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name, value in given.items():
        if name not in known:
            takes = f"it takes: {', '.join(known)}" if known else "it takes none"
            shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
            raise SettingError("param", f"{name}={shown}", f"{query.name} has no such parameter; {takes}")
    text = query.text
    for parameter in query.parameters:
        text = _set(text, parameter.name, _terms(query, parameter, graph, given))
    return text


def _terms(
    query: NamedQuery, parameter: Parameter, graph: Asked, given: Mapping[str, Given]
) -> tuple[ox.NamedNode | ox.Literal, ...]:
    """Return the values of a parameter as RDF terms; none where it is left open."""
    value = given.get(parameter.name, parameter.default)
    if value is None:
        reason = f"{query.name} needs it; {parameter.about} For example: --param {parameter.name}={parameter.example}"
        raise SettingError("param", parameter.name, reason)
    values = [value] if isinstance(value, str | int | float | date) else list(value)
    return tuple(_term(parameter, str(value), graph) for value in values if str(value) != ANY)


def _set(text: str, name: str, terms: tuple[ox.NamedNode | ox.Literal, ...]) -> str:
    """Put terms in the place of the one block of values of a variable; without terms leave the block out."""
    block = re.compile(rf"^ *VALUES \?{name} \{{[^}}]*\}}\n", re.M)
    line = f"  VALUES ?{name} {{ {' '.join(map(_written, terms))} }}\n" if terms else ""
    changed, count = block.subn(lambda _: line, text)
    assert count == 1, f"a query has one block VALUES ?{name} {{ ... }} on a line of its own"
    return changed


def _written(term: ox.NamedNode | ox.Literal) -> str:
    return term.value if isinstance(term, ox.Literal) and term.datatype.value in _PLAIN else str(term)


_PLAIN = (str(XSD.integer), str(XSD.decimal))  # SPARQL writes these as they are


def _term(parameter: Parameter, value: str, graph: Asked) -> ox.NamedNode | ox.Literal:
    match parameter.type:
        case "entity":
            return thing_named(graph, value, parameter=parameter.name)
        case "type":
            return type_named(graph, value, parameter=parameter.name)
        case "iri":
            return iri_of(graph, value, parameter=parameter.name)
        case "string":
            return ox.Literal(value)
    try:
        return _LITERALS[parameter.type](value.strip())
    except (ValueError, ArithmeticError) as error:
        wanted = {"date": "a day, as in 2016-07-08", "integer": "a whole number", "number": "a number"}[parameter.type]
        raise SettingError(parameter.name, value, f"not {wanted}") from error


def _number(value: str) -> ox.Literal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return ox.Literal(f"{number:f}" if "." in f"{number:f}" else f"{number:f}.0", datatype=_xsd("decimal"))


def _xsd(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(XSD[name]))


_LITERALS = {
    "date": lambda value: ox.Literal(date.fromisoformat(value).isoformat(), datatype=_xsd("date")),
    "integer": lambda value: ox.Literal(str(int(value)), datatype=_xsd("integer")),
    "number": _number,
}


def _parsed(name: str, text: str) -> NamedQuery:
    title, *more = (line for line in text.splitlines() if line.startswith("#"))
    description = " ".join(line.removeprefix("# ") for line in more if not line.startswith("# @"))
    parameters = tuple(_parameter(name, line) for line in more if line.startswith("# @"))
    return NamedQuery(name, title.removeprefix("# "), description, parameters, text)


def _parameter(name: str, line: str) -> Parameter:
    if (match := _PARAM.fullmatch(line)) is None:
        raise ValueError(f"{name}.rq: not a parameter: {line}")
    *default, example = shlex.split(match["rest"])
    return Parameter(
        match["name"], match["type"], example, match["about"], default[0].removeprefix("=") if default else None
    )
