"""Find with SPARQL which nodes can violate a shape, so that pySHACL looks at those alone.

pySHACL walks every node in Python, about a fifteenth of a second for a document. Most nodes of most graphs conform, and
that SPARQL can tell at once: the constraints of SHACL Core (W3C Recommendation 2017, section 4) are boolean expressions
over a node. A shape that uses anything else is not translated, and pySHACL sees all its nodes; so the report is
always that of pySHACL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import BNode, Node, URIRef

_SILENT = frozenset({
    RDF.type, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group, SH.path, SH.flags,
    SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, RDFS.label, RDFS.comment,
})  # fmt: skip
_KINDS: Mapping[Node, str] = {
    SH.IRI: "isIRI({v})",
    SH.Literal: "isLiteral({v})",
    SH.BlankNode: "isBlank({v})",
    SH.IRIOrLiteral: "(isIRI({v}) || isLiteral({v}))",
    SH.BlankNodeOrIRI: "(isBlank({v}) || isIRI({v}))",
    SH.BlankNodeOrLiteral: "(isBlank({v}) || isLiteral({v}))",
}
_CAST = frozenset({XSD.boolean, XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.date, XSD.dateTime})
_BOUNDS: Mapping[Node, str] = {SH.minInclusive: ">=", SH.maxInclusive: "<=", SH.minExclusive: ">", SH.maxExclusive: "<"}
_PAIRS: Mapping[Node, str] = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
_LISTS = frozenset({SH["or"], SH["and"], SH.xone})
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


class _UntranslatableError(Exception):
    """A shape uses what has no translation here."""


def narrowed(shapes: Graph, store: ox.Store) -> Graph:
    """Return the shapes with each one's targets in ``store`` cut down to the nodes that may violate it.

    >>> len(narrowed(Graph(), ox.Store()))
    0
    """
    translator, result = _Translator(shapes, _subclasses(store)), Graph()
    result += shapes
    for shape in sorted({shape for target in _TARGETS for shape in shapes.subjects(target)}, key=str):
        nodes = _suspects(translator, store, shape)
        if nodes is None:
            continue
        for target in _TARGETS:
            result.remove((shape, target, None))
        for node in nodes:
            result.add((shape, SH.targetNode, node))
    return result


def has_targets(shapes: Graph) -> bool:
    """Tell whether any node can be a target of the shapes: as declared, or as an instance of a shape that is a class.

    >>> has_targets(Graph())
    False
    """
    classes = {*shapes.subjects(RDF.type, RDFS.Class), *shapes.subjects(RDF.type, OWL.Class)}
    return any((None, target, None) in shapes for target in (*_TARGETS, SH.target)) or any(
        (node, RDF.type, kind) in shapes for node in classes for kind in (SH.NodeShape, SH.PropertyShape)
    )


def _suspects(translator: _Translator, store: ox.Store, shape: Node) -> list[URIRef | Literal] | None:
    """Return the targets that may violate a shape; None where it cannot be told, or a blank node may."""
    try:
        answer = store.query(translator.query(shape))
        assert isinstance(answer, ox.QuerySolutions)
        found = [solution["this"] for solution in answer]
    except (_UntranslatableError, ValueError, SyntaxError):
        return None
    if not all(isinstance(node, ox.NamedNode) for node in found):
        return None
    return [URIRef(node.value) for node in found if isinstance(node, ox.NamedNode)]


def _subclasses(store: ox.Store) -> dict[str, set[str]]:
    """Return the classes below each class, itself among them."""
    answer = store.query(
        f"SELECT DISTINCT ?c ?d WHERE {{ ?c {RDFS.subClassOf.n3()}+ ?d FILTER(isIRI(?c) && isIRI(?d)) }}"
    )
    assert isinstance(answer, ox.QuerySolutions)
    below: dict[str, set[str]] = {}
    for solution in answer:
        below.setdefault(str(solution["d"]), set()).add(str(solution["c"]))
    return below


class _Translator:
    def __init__(self, shapes: Graph, below: Mapping[str, set[str]]) -> None:
        self._shapes, self._below, self._fresh = shapes, below, count()
        self._open: list[Node] = []

    def query(self, shape: Node) -> str:
        """Return the query for the nodes that violate a shape, as ``?this``; raise _UntranslatableError."""
        targets = " UNION ".join(self.targets(shape))
        return f"SELECT DISTINCT ?this WHERE {{ {targets} FILTER({self.fault(shape, '?this')}) }}"

    def targets(self, shape: Node) -> Iterator[str]:
        """Yield the patterns that give the nodes a shape is about, as ``?this``."""
        for target in sorted(self._shapes.objects(shape, SH.targetClass), key=str):
            yield f"{{ VALUES ?type {{ {' '.join(self._classes(target))} }} ?this a ?type }}"
        for target in sorted(self._shapes.objects(shape, SH.targetNode), key=str):
            yield f"{{ VALUES ?this {{ {_term(target)} }} }}"
        for target in sorted(self._shapes.objects(shape, SH.targetSubjectsOf), key=str):
            yield f"{{ ?this {_term(target)} {self._variable()} }}"
        for target in sorted(self._shapes.objects(shape, SH.targetObjectsOf), key=str):
            yield f"{{ {self._variable()} {_term(target)} ?this }}"

    def fault(self, shape: Node, this: str) -> str:
        """Return the expression that is true where ``this`` violates a shape; raise _UntranslatableError."""
        if shape in self._open:
            raise _UntranslatableError  # a shape that refers to itself
        self._open.append(shape)
        try:
            path = self._shapes.value(shape, SH.path)
            faults = list(self._at_node(shape, this) if path is None else self._at_path(shape, this, self._path(path)))
        finally:
            self._open.pop()
        return _any(faults)

    def _at_node(self, shape: Node, this: str) -> Iterator[str]:
        for predicate, value in self._constraints(shape):
            yield self.fault(value, this) if predicate == SH.property else self._of_value(shape, predicate, value, this)

    def _at_path(self, shape: Node, this: str, path: str) -> Iterator[str]:
        for predicate, value in self._constraints(shape):
            one, other = self._variable(), self._variable()
            both = f"{this} {path} {one}, {other} FILTER(!sameTerm({one}, {other})"
            match predicate:
                case SH.minCount if int(str(value)) <= 1:
                    yield f"NOT EXISTS {{ {this} {path} {one} }}" if int(str(value)) else "false"
                case SH.maxCount if int(str(value)) <= 1:
                    yield f"EXISTS {{ {both}) }}" if int(str(value)) else f"EXISTS {{ {this} {path} {one} }}"
                case SH.hasValue:
                    yield f"NOT EXISTS {{ {this} {path} {_term(value)} }}"
                case SH.uniqueLang:
                    same = f"LANG({one}) != '' && LCASE(LANG({one})) = LCASE(LANG({other}))"
                    yield f"EXISTS {{ {both} && {same}) }}" if str(value) in {"true", "1"} else "false"
                case _ if predicate in _PAIRS:
                    right = f"COALESCE({one} {_PAIRS[predicate]} {other}, false)"
                    yield f"EXISTS {{ {this} {path} {one} ; {_term(value)} {other} FILTER(!{right}) }}"
                case SH.minCount | SH.maxCount:
                    raise _UntranslatableError
                case SH.property:
                    yield f"EXISTS {{ {this} {path} {one} FILTER({self.fault(value, one)}) }}"
                case _:
                    yield f"EXISTS {{ {this} {path} {one} FILTER({self._of_value(shape, predicate, value, one)}) }}"

    def _constraints(self, shape: Node) -> list[tuple[Node, Node]]:
        return sorted((p, o) for p, o in self._shapes.predicate_objects(shape) if p not in _SILENT)

    def _of_value(self, shape: Node, predicate: Node, value: Node, v: str) -> str:
        """Return the expression that is true where one value violates one constraint."""
        if predicate in _BOUNDS:
            return f"!COALESCE({v} {_BOUNDS[predicate]} {_term(value)}, false)"
        if predicate in _LISTS:
            faults = [self.fault(each, v) for each in Collection(self._shapes, value)]
            return _LOGIC[predicate](faults)
        if predicate == SH["not"]:
            return f"!({self.fault(value, v)})"
        if predicate == SH["class"]:
            type_ = self._variable()
            return f"NOT EXISTS {{ {v} a {type_} FILTER({type_} IN ({', '.join(self._classes(value))})) }}"
        if predicate == SH["in"]:
            same = [f"sameTerm({v}, {_term(each)})" for each in Collection(self._shapes, value)]
            return f"!({_any(same)})"
        match predicate:
            case SH.node:
                return self.fault(value, v)
            case SH.nodeKind if value in _KINDS:
                return f"!{_KINDS[value].format(v=v)}"
            case SH.datatype:
                return f"(!isLiteral({v}) || !sameTerm(DATATYPE({v}), {_term(value)}){_ill_formed(value, v)})"
            case SH.hasValue:
                return f"!sameTerm({v}, {_term(value)})"
            case SH.minLength:
                return f"(isBlank({v}) || STRLEN(STR({v})) < {int(str(value))})"
            case SH.maxLength:
                return f"(isBlank({v}) || STRLEN(STR({v})) > {int(str(value))})"
            case SH.pattern:
                flags = self._shapes.value(shape, SH.flags)
                rest = "" if flags is None else f", {_term(Literal(str(flags)))}"
                return f"!COALESCE(REGEX(STR({v}), {_term(Literal(str(value)))}{rest}), false)"
        raise _UntranslatableError

    def _path(self, path: Node) -> str:
        if isinstance(path, URIRef):
            return path.n3()
        if (inverse := self._shapes.value(path, SH.inversePath)) is not None:
            return f"^{self._path(inverse)}"
        if (options := self._shapes.value(path, SH.alternativePath)) is not None:
            return f"({'|'.join(self._path(each) for each in Collection(self._shapes, options))})"
        raise _UntranslatableError

    def _classes(self, name: Node) -> list[str]:
        return sorted({_term(name), *self._below.get(_term(name), ())})

    def _variable(self) -> str:
        return f"?v{next(self._fresh)}"


def _any(faults: Iterable[str]) -> str:
    return " || ".join(f"({fault})" for fault in faults) or "false"


def _not_one(faults: list[str]) -> str:
    """Return when not exactly one of the shapes is kept."""
    kept = [
        " && ".join(f"!({fault})" if i == n else f"({fault})" for i, fault in enumerate(faults))
        for n in range(len(faults))
    ]
    return f"!({_any(kept)})"


_LOGIC: Mapping[Node, Callable[[list[str]], str]] = {
    SH["or"]: lambda faults: " && ".join(f"({fault})" for fault in faults) or "true",
    SH["and"]: _any,
    SH.xone: _not_one,
}


def _ill_formed(datatype: Node, v: str) -> str:
    """Return the rest of an expression: or the words do not fit the datatype."""
    if datatype in {XSD.string, RDF.langString}:
        return ""
    if datatype not in _CAST:
        raise _UntranslatableError
    return f" || !COALESCE(isLiteral({_term(datatype)}(STR({v}))), false)"


def _term(node: Node) -> str:
    if isinstance(node, BNode) or not isinstance(node, URIRef | Literal):
        raise _UntranslatableError
    return node.n3()
