"""What is said of a SPARQL query that cannot be parsed: the likely cause, the line, a caret."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph import KnowledgeGraph

CASES = (
    ("", "the query is empty"),
    ("SELEC ?s { ?s a ?o }", "a query begins with SELECT"),
    ("SELECT ?s WHERE { ?s rdfs:label 'a' ", "a { is not closed"),
    ("SELECT ?s { ?s a ?o }}", "a } too many"),
    ("SELECT ?s { ?s a ?o FILTER(?o = (3) }", "a ( is not closed"),
    ("SELECT ?s { ?s rdfs:label 'a }", "a quotation mark is not closed"),
    ("SELECT ?s { ?s rdfs:label “a” }", "typographic quotation mark “"),
    ("SELECT ?s { ?s a <foo bar> }", "an IRI has no spaces: <foo bar>"),
    ("SELECT ?s, ?o { ?s a ?o }", "separated by spaces, not commas"),
    ("SELECT s { ?s a ?o }", "“s” is no variable: a variable is written ?s"),
    ("SELECT (COUNT(?s) ?n) { ?s a ?o }", "COUNT(…) needs a name"),
    ("SELECT ?x (COUNT(?s) AS ?n) { ?s a ?x }", "?x beside COUNT(…) needs GROUP BY ?x"),
    ("SELECT ?s { Norway a ?o }", "“Norway” is no term"),
    ("SELECT ?s { ?s a ?o . FILTER ?o = 3 }", "FILTER needs brackets"),
    ("SELECT ?s { ?s a ?o\n ?o a ?x }", "no . stands between two"),
    ("SELECT ?s { ?s a ?o } ORDER ?s", "expected BY"),
    ("SELECT ?s { ?s foo:x ?o }", "prefix foo: is not declared"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "queries only read"),
)


@pytest.mark.parametrize(("sparql", "cause"), CASES)
def test_the_likely_cause_is_said(sparql: str, cause: str) -> None:
    with pytest.raises(QueryError) as caught:
        KnowledgeGraph().query(sparql)
    assert cause in caught.value.reason.splitlines()[0]


@pytest.mark.parametrize(
    ("sparql", "not_the_cause"),
    [
        ("SELECT ?s { ?s rdfs:label 'it is { open' FILTER }", "not closed"),
        ("SELECT ?s { ?s rdfs:label 'foo:bar “x”' FILTER }", "prefix"),
        ("SELECT ?s { ?s rdfs:label 'Norway'@en FILTER }", "no term"),
        ("SELECT ?s { ?s a ?o FILTER(?o < 3 && ?o > 2) BIND(?o) }", "IRI"),
        ("SELECT ?s { ?s a ?o FILTER NOT EXISTS { ?o a ?s } BIND(?o) }", "brackets"),
        ("SELECT ?s { ?s a ?o FILTER regex(?o, 'a') BIND(?o) }", "brackets"),
        ("SELECT (COUNT(?s) AS ?n) { ?s a ?o FILTER }", "GROUP"),
        ("SELECT ?x (COUNT(?s) AS ?n) { ?s a ?x BIND } GROUP BY ?x", "GROUP BY ?x"),
    ],
)
def test_what_is_right_is_not_blamed(sparql: str, not_the_cause: str) -> None:
    with pytest.raises(QueryError) as caught:
        KnowledgeGraph().query(sparql)
    assert not_the_cause not in caught.value.reason.splitlines()[0]


def test_the_caret_stands_under_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        KnowledgeGraph().query("SELECT ?s {\n\t?s rdfs:label ;\n}")
    first, line, caret = str(caught.value).splitlines()
    assert "error at 2:16" in first
    assert line == "   ?s rdfs:label ;"
    assert line[caret.index("^")] == ";"


def test_a_long_line_is_cut_around_the_place() -> None:
    query = "SELECT ?s { " + "?s a ?o . " * 50 + "?s ; ; " + "?s a ?o . " * 50 + "}"
    with pytest.raises(QueryError) as caught:
        KnowledgeGraph().query(query)
    first, line, caret = str(caught.value).splitlines()
    column = int(first.rpartition(":")[2].rstrip(")"))
    assert line.startswith("  …")
    assert line.endswith("…")
    assert len(line) < 130
    assert line[3 : caret.index("^") + 1] == query[:column][-len(line[3 : caret.index("^") + 1]) :]
