"""Check a graph against SHACL shapes and say in plain words what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import SH, Graph
from rdflib.term import Node, URIRef

from kg.errors import OntologyError
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
    prefixes = graph.prefixes()
    try:
        _, results, _ = pyshacl.validate(
            graph.to_rdflib(), shacl_graph=_turtle(path), ont_graph=_ontology(), inference="none", inplace=True
        )
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise OntologyError(str(path), str(getattr(error, "message", error))) from error
    if not isinstance(results, Graph):
        raise OntologyError(str(path), f"the shapes could not be run: {results}")
    violations = tuple(
        sorted({_violation(results, node, prefixes) for node in results.subjects(RDF.type, SH.ValidationResult)})
    )
    return Report(not violations, violations)


def _turtle(path: Path) -> Graph:
    return rdflib_graph((quad.triple for quad in read_turtle(path)), PREFIXES)


@cache
def _ontology() -> Graph:
    files = (ontology_dir() / name for name in ("kg.ttl", "events.ttl"))
    return rdflib_graph((quad.triple for path in files if path.is_file() for quad in read_turtle(path)), PREFIXES)


def _violation(results: Graph, node: Node, prefixes: dict[str, str]) -> Violation:
    def written(predicate: URIRef) -> str:
        term = results.value(node, predicate)
        return "" if term is None else _short(term, prefixes)

    # A check of the whole graph has one focus node for form's sake; what is wrong is the value it found.
    whole = results.value(node, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
    path = results.value(node, SH.resultPath)
    shape = results.value(node, SH.sourceShape)
    name = results.value(shape, SH.name) if shape is not None else None
    return Violation(
        focus=written(SH.value if whole else SH.focusNode),
        path=_short(path, prefixes) if isinstance(path, URIRef) else str(name or ""),
        message=" ".join(sorted(str(message) for message in results.objects(node, SH.resultMessage))),
        severity=str(results.value(node, SH.resultSeverity)).removeprefix(str(SH)),
        value="" if whole else written(SH.value),
    )


def _short(term: Node, prefixes: dict[str, str]) -> str:
    if not isinstance(term, URIRef):
        return str(term)
    fitting = (prefix for prefix, space in prefixes.items() if term.startswith(space))
    prefix = next(fitting, None)
    return str(term) if prefix is None else f"{prefix}:{term.removeprefix(prefixes[prefix])}"


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
