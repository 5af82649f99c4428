"""What kg writes is read, kept and answered alike by triple stores and RDF tools of others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import engines
import httpx
import pyoxigraph as ox
import pytest
import rdflib
from test_docs import README, blocks

from kg.errors import LoadError
from kg.graph import KnowledgeGraph
from kg.load import Credentials, load
from kg.vocab import BASE, KG, NIF, RDFS, XSD

pytestmark = [pytest.mark.engine, pytest.mark.model]
DBA = Credentials("dba", engines.PASSWORD)
HERE = "https://example.org/here"
SPARQL_JSON = "application/sparql-results+json"


def nasty() -> KnowledgeGraph:
    """Return what strains a reader: scripts, marks, escapes, a long text, odd IRIs, numbers of every kind we write."""
    texts = [
        "Zürich “q”",
        "Київ",
        "الرباط",
        "日本",
        "e\u0301 \U0001f600 \u202e \ufeff",
        "a\\b\"c'\n\r\n\t",
        "\u2028\x01\x1f\x85",
        "word " * 40_000,
    ]
    names = ["Malm%C3%B6", "A%2FB", "U.S.", "O'Neill", "a,b", "1", "Café", "x#char=0,75"]
    numbers = [
        ("0.9", XSD.decimal),
        ("1", XSD.decimal),
        ("-3", XSD.integer),
        ("2031-02-28", XSD.date),
        ("true", XSD.boolean),
    ]
    base = "https://example.org/kg/entity/"
    quads = []
    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        thing = ox.NamedNode(base + name)
        quads.append(ox.Quad(thing, ox.NamedNode(str(RDFS.label)), ox.Literal(text, language="en")))
        quads.append(ox.Quad(thing, ox.NamedNode(str(NIF.isString)), ox.Literal(text)))
        quads.append(ox.Quad(thing, ox.NamedNode(f"https://example.org/kg/relation/%C3%A9lire{number}"), thing))
        for value, datatype in numbers:
            property = ox.NamedNode(f"{KG._NS}{datatype.rpartition('#')[2]}")
            quads.append(ox.Quad(thing, property, ox.Literal(value, datatype=ox.NamedNode(str(datatype)))))
    return KnowledgeGraph(quads)


@pytest.fixture(scope="module")
def graph(examples_graph: KnowledgeGraph, root: Path) -> KnowledgeGraph:
    """The largest graph of the tests: examples, golden graphs, the sample by hand, and what strains a reader."""
    files = [*sorted((root / "tests" / "golden").glob("*.ttl")), root / "tests" / "data" / "graph.trig"]
    found = examples_graph | nasty()
    for file in files:
        found |= KnowledgeGraph.load(file)
    # Larger than what a server gives or takes at once.
    for number in range(8):
        found |= elsewhere(examples_graph, f"https://example.org/copy/{number}/")
    assert len(found.triples()) > 25_000
    return found


def elsewhere(graph: KnowledgeGraph, base: str) -> KnowledgeGraph:
    """Return the graph with its IRIs minted under another base."""
    lines = ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b""
    moved = lines.replace(f"<{BASE}".encode(), f"<{base}".encode())
    return KnowledgeGraph(ox.parse(moved, format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def turtle(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engines") / "graph.ttl"
    graph.save(path)
    return path


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engines.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engines.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(scope="module")
def jena(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return engines.jena(tmp_path_factory.mktemp("jena"))


def same(lines: str | bytes, graph: KnowledgeGraph) -> None:
    """Check that N-Triples are the triples of a graph: there are no blank nodes, so isomorphic means equal."""
    found = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
    expected = set(graph.triples())
    assert not [str(triple)[:300] for triple in found - expected][:5]
    assert not [str(triple)[:300] for triple in expected - found][:5]


# the Turtle goes through an engine and comes back


def test_turtle_goes_through_oxigraph(turtle: Path, graph: KnowledgeGraph, oxigraph: str) -> None:
    where = f"{oxigraph}/store?graph={HERE}"
    httpx.put(where, content=turtle.read_bytes(), headers={"Content-Type": "text/turtle"}).raise_for_status()
    same(httpx.get(where, headers={"Accept": "application/n-triples"}).content, graph)


def test_turtle_goes_through_virtuoso(turtle: Path, graph: KnowledgeGraph, virtuoso: str) -> None:
    where, auth = f"{virtuoso}/sparql-graph-crud-auth?graph={HERE}", httpx.DigestAuth("dba", engines.PASSWORD)
    kind = {"Content-Type": "text/turtle"}
    httpx.put(where, content=turtle.read_bytes(), headers=kind, auth=auth, timeout=120).raise_for_status()
    back = httpx.get(where, headers={"Accept": "application/n-triples"}, auth=auth, timeout=120)
    same(back.content, graph)


def test_turtle_goes_through_jena(turtle: Path, graph: KnowledgeGraph, jena: list[str]) -> None:
    same(engines.output([*jena, "riotcmd.riot", "--output=ntriples", str(turtle)]), graph)


def test_turtle_goes_through_n3_js(turtle: Path, graph: KnowledgeGraph) -> None:
    program = (
        "const N3 = require(process.argv[1]), fs = require('fs');"
        "const quads = new N3.Parser({format: 'text/turtle'}).parse(fs.readFileSync(process.argv[2], 'utf8'));"
        "const writer = new N3.Writer(process.stdout, {format: 'N-Triples', end: false});"
        "writer.addQuads(quads); writer.end();"
    )
    same(engines.output([engines.node("n3"), "-e", program, str(engines.NODE_MODULES / "n3"), str(turtle)]), graph)


def test_turtle_goes_through_rdflib(turtle: Path, graph: KnowledgeGraph) -> None:
    same(rdflib.Graph().parse(turtle).serialize(format="nt"), graph)


@pytest.mark.parametrize("suffix", ["nt", "nq", "trig", "rdf"])
def test_jena_reads_the_other_syntaxes(suffix: str, graph: KnowledgeGraph, jena: list[str], tmp_path: Path) -> None:
    # XML cannot hold every character, and riot's exit code counts a text that is not in normal form.
    odd = nasty() if suffix == "rdf" else KnowledgeGraph()
    plain = KnowledgeGraph(quad for quad in graph if quad not in odd)
    plain.save(tmp_path / f"graph.{suffix}")
    lines = engines.output([*jena, "riotcmd.riot", "--output=nquads", str(tmp_path / f"graph.{suffix}")])
    assert {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)} == set(plain.triples())


def test_comunica_reads_the_jsonld(examples_graph: KnowledgeGraph, tmp_path: Path) -> None:
    examples_graph.save(tmp_path / "graph.jsonld")
    whole = "SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    found = comunica(tmp_path / "graph.jsonld", whole)
    expected = sorted(tuple(_value(term) for term in triple) for triple in examples_graph.triples())
    assert found == expected


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def comunica(file: Path, query: str) -> list[tuple[str, ...]]:
    """Ask a file by Comunica."""
    program = engines.node("@comunica/query-sparql-file")
    script = engines.NODE_MODULES / "@comunica" / "query-sparql-file" / "bin" / "query.js"
    return engines.rows(engines.output([program, str(script), str(file), query, "-t", SPARQL_JSON]))


# the README's questions have one answer


@pytest.fixture(scope="module")
def asked(examples_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asked") / "graph.ttl"
    examples_graph.save(path)
    return path


def by_oxigraph(url: str, query: str, graph: KnowledgeGraph) -> list[tuple[str, ...]]:
    load(graph, f"{url}/store", default_graph=True, replace=True)
    answer = httpx.post(f"{url}/query", data={"query": query}, headers={"Accept": SPARQL_JSON})
    return engines.rows(answer.raise_for_status().text)


def by_virtuoso(url: str, query: str, graph: KnowledgeGraph) -> list[tuple[str, ...]]:
    load(graph, f"{url}/sparql-graph-crud-auth", credentials=DBA)
    names = sorted({quad.graph_name.value for quad in graph if isinstance(quad.graph_name, ox.NamedNode)})
    data = {"query": query, "default-graph-uri": names}
    answer = httpx.post(f"{url}/sparql", data=data, headers={"Accept": SPARQL_JSON}, timeout=60)
    return engines.rows(answer.raise_for_status().text)


@pytest.fixture(params=["oxigraph", "virtuoso", "arq", "comunica", "rdflib"])
def ask(
    request: pytest.FixtureRequest, asked: Path, examples_graph: KnowledgeGraph
) -> Callable[[str], list[tuple[str, ...]]]:
    """Give the function that asks one engine."""
    engine = str(request.param)
    if engine == "rdflib":
        whole = rdflib.Graph().parse(asked)
        return lambda query: engines.rows((whole.query(query).serialize(format="json") or b"").decode())
    if engine == "arq":
        command = [*request.getfixturevalue("jena"), "arq.arq", "--data", str(asked), "--results=json"]
        return lambda query: engines.rows(engines.output([*command, query]))
    if engine == "comunica":
        return lambda query: comunica(asked, query)
    url = request.getfixturevalue(engine)
    through = {"oxigraph": by_oxigraph, "virtuoso": by_virtuoso}[engine]
    return lambda query: through(url, query, examples_graph)


@pytest.mark.parametrize("query", blocks(README, "sparql"))
def test_each_engine_gives_the_same_answer(
    query: str, ask: Callable[[str], list[tuple[str, ...]]], examples_graph: KnowledgeGraph
) -> None:
    expected = sorted(
        tuple("" if value is None else str(value) for value in row) for row in examples_graph.select(query)
    )
    assert expected
    assert ask(query) == expected


# kg load


def counted(url: str, accept: str = SPARQL_JSON) -> dict[str, int]:
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    answer = httpx.post(url, data={"query": query}, headers={"Accept": accept}, timeout=60).raise_for_status().text
    return {name: int(count) for name, count in engines.rows(answer)}


def sizes(graph: KnowledgeGraph) -> dict[str, int]:
    names = [quad.graph_name.value for quad in graph if isinstance(quad.graph_name, ox.NamedNode)]
    return {name: names.count(name) for name in set(names)}


@pytest.mark.parametrize("update", [False, True], ids=["graph-store", "update"])
def test_load_into_oxigraph(update: bool, examples_graph: KnowledgeGraph, tmp_path: Path) -> None:
    with engines.oxigraph(tmp_path) as url:
        endpoint = f"{url}/{'update' if update else 'store'}"
        for _ in range(2):  # again: replaced, not doubled
            load(examples_graph, endpoint, update=update)
        assert counted(f"{url}/query") == sizes(examples_graph)
        less = KnowledgeGraph(list(examples_graph)[::2])
        load(less, endpoint, update=update, replace=False)
        assert counted(f"{url}/query") == sizes(examples_graph)
        load(less, endpoint, update=update)
        assert counted(f"{url}/query") == sizes(less)
        load(examples_graph, endpoint, update=update, default_graph=True)
        whole = httpx.get(f"{url}/store?default", headers={"Accept": "application/n-triples"})
        same(whole.content, examples_graph)


@pytest.mark.parametrize("update", [False, True], ids=["graph-store", "update"])
def test_load_into_virtuoso(update: bool, virtuoso: str, examples_graph: KnowledgeGraph) -> None:
    endpoint = f"{virtuoso}/{'sparql-auth' if update else 'sparql-graph-crud-auth'}"
    for _ in range(2):
        load(examples_graph, endpoint, update=update, credentials=DBA)
    found, expected = counted(f"{virtuoso}/sparql"), sizes(examples_graph)
    assert {name: found.get(name) for name in expected} == expected
    for wrong in (Credentials(), Credentials("dba", "wrong")):
        with pytest.raises(LoadError) as caught:
            load(examples_graph, endpoint, update=update, credentials=wrong)
        assert caught.value.status == httpx.codes.UNAUTHORIZED


def test_the_server_says_what_is_wrong(oxigraph: str, examples_graph: KnowledgeGraph) -> None:
    with pytest.raises(LoadError, match="not supported by this server") as caught:
        load(examples_graph, f"{oxigraph}/nothing")
    assert caught.value.status == httpx.codes.NOT_FOUND


# RDF 1.2


def test_oxigraph_takes_rdf_1_2(examples_graph: KnowledgeGraph, tmp_path: Path, oxigraph: str) -> None:
    examples_graph.save(tmp_path / "graph.rdf12.ttl")
    body = (tmp_path / "graph.rdf12.ttl").read_bytes()
    where = f"{oxigraph}/store?graph={HERE}12"
    httpx.put(where, content=body, headers={"Content-Type": "text/turtle"}).raise_for_status()
    query = (
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX relation: <https://example.org/kg/relation/>"
        f"SELECT ?event ?place FROM <{HERE}12> WHERE {{ ?event rdf:reifies <<( ?who relation:willDeployTo ?place )>> }}"
    )
    answer = httpx.post(f"{oxigraph}/query", data={"query": query}, headers={"Accept": SPARQL_JSON}).raise_for_status()
    assert len(json.loads(answer.text)["results"]["bindings"]) == 4
