"""Check a graph against SHACL shapes and say in plain words what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import SH, Graph
from rdflib.term import Node, URIRef

from kg.errors import OntologyError, QueryError
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_dir, read_turtle
from kg.views import rdflib_graph
from kg.vocab import PREFIXES, RDF

SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: where (focus node, path), what, how bad, and the value that is wrong, if any."""

    focus: str
    path: str
    message: str
    severity: str
    value: str = ""

    def __str__(self) -> str:
        value = f" (here: {self.value})" if self.value else ""
        return f"{self.severity}: {self.focus}{' ' * bool(self.path)}{self.path}: {self.message}{value}"


@dataclass(frozen=True, slots=True)
class Report:
    """Whether a graph conforms to the shapes, and what is wrong where it does not, sorted."""

    conforms: bool
    violations: tuple[Violation, ...] = ()

    def __str__(self) -> str:
        return render(self)


def validate(graph: KnowledgeGraph, *, shapes: Path | None = None) -> Report:
    """Check ``graph`` against the shapes of a Turtle file, by default ``ontologies/shapes.ttl``.

    Class hierarchies are those of the graph, of ``kg.ttl`` and of ``events.ttl``. Raises OntologyError for a
    file of shapes that is broken.
    """
    path = shapes or ontology_dir() / "shapes.ttl"
    rules = _turtle(path)
    checks = _take_whole_graph_checks(rules)
    try:
        _, results, _ = pyshacl.validate(
            graph.to_rdflib(), shacl_graph=rules, ont_graph=_ontology(), inference="none", inplace=True
        )
        found = {violation for check in checks for violation in _run(check, graph)}
    except (ShapeLoadError, ReportableRuntimeError, QueryError) as error:
        raise OntologyError(str(path), str(getattr(error, "message", error))) from error
    if not isinstance(results, Graph):
        raise OntologyError(str(path), f"the shapes could not be run: {results}")
    prefixes = graph.prefixes()
    found.update(_violation(results, node, prefixes) for node in results.subjects(RDF.type, SH.ValidationResult))
    return Report(not found, tuple(sorted(found)))


@dataclass(frozen=True, slots=True)
class _Check:
    """A query over the whole graph that selects what is wrong as ``?value``, by ``?path`` if it selects that too."""

    query: str
    message: str
    severity: str


def _take_whole_graph_checks(rules: Graph) -> list[_Check]:
    """Take out of the shapes the queries that do not depend on a focus node: Oxigraph runs those, and much faster."""
    declared = "".join(
        f"PREFIX {rules.value(node, SH.prefix)}: <{rules.value(node, SH.namespace)}>\n"
        for node in sorted(rules.objects(None, SH.declare), key=lambda node: str(rules.value(node, SH.prefix)))
    )
    checks = []
    for shape, constraint in sorted(rules.subject_objects(SH.sparql)):
        query = str(rules.value(constraint, SH.select))
        if (shape, SH.targetNode, None) in rules and query.count("$this") == 1:
            rules.remove((shape, None, None))
            message, severity = rules.value(constraint, SH.message), rules.value(constraint, SH.severity)
            checks.append(_Check(declared + query, str(message or "is not as it should be"), _level(severity)))
    return checks


def _run(check: _Check, graph: KnowledgeGraph) -> Iterator[Violation]:
    answer, prefixes = graph.select(check.query), graph.prefixes()
    for row in answer:
        found = {name: _short(str(term), prefixes) for name, term in zip(answer.variables, row, strict=True)}
        yield Violation(found.get("value", ""), found.get("path", ""), check.message, check.severity)


def _level(severity: Node | None) -> str:
    return str(severity or SH.Violation).removeprefix(str(SH))


def _turtle(path: Path) -> Graph:
    return rdflib_graph((quad.triple for quad in read_turtle(path)), PREFIXES)


@cache
def _ontology() -> Graph:
    files = (ontology_dir() / name for name in ("kg.ttl", "events.ttl"))
    return rdflib_graph((quad.triple for path in files if path.is_file() for quad in read_turtle(path)), PREFIXES)


def _violation(results: Graph, node: Node, prefixes: Mapping[str, str]) -> Violation:
    def written(predicate: URIRef) -> str:
        term = results.value(node, predicate)
        return "" if term is None else _short(str(term), prefixes)

    path = results.value(node, SH.resultPath)
    shape = results.value(node, SH.sourceShape)
    name = results.value(shape, SH.name) if shape is not None else None
    return Violation(
        focus=written(SH.focusNode),
        path=_short(path, prefixes) if isinstance(path, URIRef) else str(name or ""),
        message=" ".join(sorted(str(message) for message in results.objects(node, SH.resultMessage))),
        severity=_level(results.value(node, SH.resultSeverity)),
        value=written(SH.value),
    )


def _short(term: str, prefixes: Mapping[str, str]) -> str:
    """Return a term in its short form where it is an IRI and a prefix fits."""
    fitting = (prefix for prefix, space in prefixes.items() if term.startswith(space))
    prefix = next(fitting, None)
    return term if prefix is None else f"{prefix}:{term.removeprefix(prefixes[prefix])}"


def render(report: Report) -> str:
    """Return a report as text: what is wrong, by message, with the first places of each.

    >>> print(render(Report(True)))
    The graph conforms to the shapes.
    """
    if report.conforms:
        return "The graph conforms to the shapes."
    count = len(report.violations)
    lines = [f"{count} {'thing does' if count == 1 else 'things do'} not conform to the shapes:"]
    for message in dict.fromkeys(violation.message for violation in report.violations):
        places = [violation for violation in report.violations if violation.message == message]
        lines += ["", f"{places[0].severity} ({len(places)}): {message}", *_places(places)]
    return "\n".join(lines)


def _places(places: list[Violation]) -> Iterable[str]:
    for violation in places[:SHOWN]:
        where = " ".join(part for part in (violation.focus, violation.path) if part)
        yield f"  {where}" + (f" = {violation.value}" if violation.value else "")
    if len(places) > SHOWN:
        yield f"  ... and {len(places) - SHOWN} more"
