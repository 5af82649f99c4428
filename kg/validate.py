"""Check a graph against SHACL shapes and say in plain words what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import SH, Graph
from rdflib.term import Node, URIRef

from kg.errors import OntologyError, QueryError
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_dir, read_turtle
from kg.shacl import has_targets, narrowed
from kg.views import rdflib_graph
from kg.vocab import PREFIXES, RDF

SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: where (focus node, path), what, how bad, the value it has, and what to do about it."""

    focus: str
    path: str
    message: str
    severity: str
    value: str = ""
    hint: str = ""

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


def validate(graph: KnowledgeGraph, *, shapes: Iterable[Path] = ()) -> Report:
    """Check ``graph`` against ``ontologies/shapes.ttl`` and against SHACL shapes of one's own in Turtle files.

    Class hierarchies are those of the graph, of ``kg.ttl`` and of ``events.ttl``. What Oxigraph finds suspect, pySHACL
    checks, so the meaning is pySHACL's. Raises OntologyError for a file of shapes that is broken.
    """
    paths = [ontology_dir() / "shapes.ttl", *shapes]
    rules = Graph()
    for path in paths:
        rules += _turtle(path)
    checks = _take_whole_graph_checks(rules)
    hints = _Hints(rules)
    try:
        results = _shacl_results(graph, rules)
        found = {violation for check in checks for violation in _run(check, graph)}
    except (ShapeLoadError, ReportableRuntimeError, QueryError) as error:
        raise OntologyError(_listed(paths), str(getattr(error, "message", error))) from error
    if not isinstance(results, Graph):
        raise OntologyError(_listed(paths), f"the shapes could not be run: {results}")
    prefixes = graph.prefixes()
    found.update(_violation(results, node, prefixes, hints) for node in results.subjects(RDF.type, SH.ValidationResult))
    return Report(not found, tuple(sorted(found)))


def _listed(paths: list[Path]) -> str:
    return ", ".join(str(path) for path in paths[1:] or paths)


def _shacl_results(graph: KnowledgeGraph, rules: Graph) -> object:
    """Return what pySHACL finds, a graph of results, where it looks only at the nodes that can be wrong."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in graph.triples())
    store.bulk_extend(ox.Quad(*quad.triple) for quad in _ontology_quads())
    suspects = narrowed(rules, store)
    data = graph.to_rdflib() if has_targets(suspects) else Graph()
    _, results, _ = pyshacl.validate(data, shacl_graph=suspects, ont_graph=_ontology(), inference="none", inplace=True)
    return results


@dataclass(frozen=True, slots=True)
class _Check:
    """A query over the whole graph that selects what is wrong as ``?value``, by ``?path`` if it selects that too."""

    query: str
    message: str
    severity: str
    hint: str


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
            hint = str(rules.value(shape, SH.description) or "")
            rules.remove((shape, None, None))
            message, severity = rules.value(constraint, SH.message), rules.value(constraint, SH.severity)
            checks.append(_Check(declared + query, str(message or "is not as it should be"), _level(severity), hint))
    return checks


def _run(check: _Check, graph: KnowledgeGraph) -> Iterator[Violation]:
    answer, prefixes = graph.select(check.query), graph.prefixes()
    for row in answer:
        found = {name: _short(str(term), prefixes) for name, term in zip(answer.variables, row, strict=True)}
        yield Violation(found.get("value", ""), found.get("path", ""), check.message, check.severity, hint=check.hint)


def _level(severity: Node | None) -> str:
    return str(severity or SH.Violation).removeprefix(str(SH))


def _turtle(path: Path) -> Graph:
    return rdflib_graph((quad.triple for quad in read_turtle(path)), PREFIXES)


@cache
def _ontology_quads() -> tuple[ox.Quad, ...]:
    files = (ontology_dir() / name for name in ("kg.ttl", "events.ttl"))
    return tuple(quad for path in files if path.is_file() for quad in read_turtle(path))


@cache
def _ontology() -> Graph:
    return rdflib_graph((quad.triple for quad in _ontology_quads()), PREFIXES)


class _Hints:
    """What to do about a violation: the sh:description of its shape, or of the shape that this one is a property of."""

    def __init__(self, rules: Graph) -> None:
        self._rules = rules

    def of(self, shape: Node | None) -> str:
        """Return the hint of a shape, "" where there is none."""
        around = [] if shape is None else [shape, *sorted(self._rules.subjects(SH.property, shape), key=str)]
        found = (self._rules.value(each, SH.description) for each in around)
        return next((str(text) for text in found if text is not None), "")


def _violation(results: Graph, node: Node, prefixes: Mapping[str, str], hints: _Hints) -> Violation:
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
        hint=hints.of(shape),
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
        lines += ["", f"{places[0].severity} ({len(places)}): {message}", *_hints(places), *_places(places)]
    return "\n".join(lines)


def _hints(places: list[Violation]) -> Iterable[str]:
    for hint in dict.fromkeys(violation.hint for violation in places if violation.hint):
        yield f"  what to do: {hint}"


def _places(places: list[Violation]) -> Iterable[str]:
    for violation in places[:SHOWN]:
        where = " ".join(part for part in (violation.focus, violation.path) if part)
        yield f"  {where}" + (f" = {violation.value}" if violation.value else "")
    if len(places) > SHOWN:
        yield f"  ... and {len(places) - SHOWN} more"
