"""`kg serve`: the SPARQL 1.1 protocol by a real client against a real server, its limits, and hostile requests."""

from __future__ import annotations

import json
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE
from threading import Thread

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.cli_options import EXAMPLES
from kg.errors import RequestError, StoreError
from kg.graph import KnowledgeGraph
from kg.serve import Limits, Server
from kg.serve.negotiate import GRAPHS, TABLES, chosen
from kg.serve.protocol import refuse_service
from kg.store.commit import commit
from kg.store.manifest import Manifest

DATA = Path(__file__).parent / "data"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?l) }"


def fill(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    commit(folder, Manifest(), KnowledgeGraph.load(DATA / name).quads())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    fill(folder, "questions.trig")
    served = Server(folder, port=0, limits=Limits(timeout=5.0, result_bytes=20_000, query_bytes=4000)).start()
    yield served
    served.close()


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as each:
        yield each


def _n(response: httpx.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


# -- the protocol


def test_get_and_both_kinds_of_post_give_the_same(client: httpx.Client) -> None:
    count = len(KnowledgeGraph.load(DATA / "questions.trig").triples())
    typed = {"Content-Type": "application/sparql-query"}
    assert _n(client.get("sparql", params={"query": COUNT})) == count
    assert _n(client.post("sparql", data={"query": COUNT})) == count
    assert _n(client.post("sparql", content=COUNT, headers=typed)) == count


@pytest.mark.parametrize("media", TABLES)
def test_tables_in_every_format(client: httpx.Client, media: str) -> None:
    answer = client.get("sparql", params={"query": COUNT}, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    parsed = ox.parse_query_results(answer.content, format=TABLES[media]) if "csv" not in media else None
    if parsed is None:
        assert answer.text.splitlines()[0] == "n"
    else:
        assert len(list(parsed)) == 1


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs_in_every_format(client: httpx.Client, media: str) -> None:
    query = "CONSTRUCT { ?s kg:source ?o } WHERE { ?s kg:source ?o }"
    answer = client.get("sparql", params={"query": query}, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert len(list(ox.parse(input=answer.content, format=GRAPHS[media]))) == 4


def test_ask_and_head(client: httpx.Client) -> None:
    assert client.get("sparql", params={"query": "ASK { ?s a kg:Claim }"}).json()["boolean"] is True
    head = client.head("sparql", params={"query": COUNT})
    assert head.status_code == 200
    assert head.content == b""


def test_the_dataset_of_the_request(client: httpx.Client) -> None:
    one, two = ("https://example.org/kg/document/d1", "https://example.org/kg/identity")
    graph = KnowledgeGraph.load(DATA / "questions.trig")
    size = {name: sum(quad.graph_name.value == name for quad in graph) for name in (one, two)}
    assert _n(client.get("sparql", params={"query": COUNT, "default-graph-uri": one})) == size[one]
    assert _n(client.get("sparql", params={"query": COUNT, "default-graph-uri": [one, two]})) == sum(size.values())
    assert _n(client.get("sparql", params={"query": COUNT, "named-graph-uri": one})) == 0
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert _n(client.post("sparql", data={"query": named, "named-graph-uri": two})) == size[two]


def test_the_description_of_the_service(client: httpx.Client) -> None:
    answer = client.get("sparql", headers={"Accept": "text/turtle"})
    text = {str(triple) for triple in ox.parse(input=answer.content, format=ox.RdfFormat.TURTLE)}
    assert any("#endpoint" in each and "/sparql" in each for each in text)
    assert any("SPARQL11Query" in each for each in text)


def test_rdflib_as_a_client(server: Server) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(f"{server.url}sparql", method=method))
        [row] = graph.query("SELECT ?name WHERE { entity:Mara_Iven rdfs:label ?name }", initNs={"rdfs": rdflib.RDFS})
        assert str(row.name) == "Mara Iven"


# -- what is refused

REFUSED = [
    (400, {"query": "SELECT ?s { ?s a }"}, "error at"),
    (400, {"query": ""}, "empty"),
    (400, {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}, "only read"),
    (400, {"query": "SELECT * { ?s nope:p ?o }"}, "prefix nope: is not declared"),
    (400, {"queri": COUNT}, "one parameter query"),
    (400, {"query": COUNT, "default-graph-uri": "no iri"}, "no absolute IRI"),
    (403, {"update": "DROP ALL"}, "only reads"),
    (403, {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE is off"),
    (413, {"query": COUNT + " " * 4000}, "longer than 4000 bytes"),
    (500, {"query": "SELECT ?t ?u ?s WHERE { ?d nif:isString ?t . ?e nif:isString ?u . ?s ?p ?o }"}, "use LIMIT"),
]


@pytest.mark.parametrize(("status", "fields", "text"), REFUSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_answered(
    client: httpx.Client, method: str, status: int, fields: dict[str, str], text: str
) -> None:
    answer = client.get("sparql", params=fields) if method == "get" else client.post("sparql", data=fields)
    assert answer.status_code == status, answer.text
    assert text in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_other_refusals(client: httpx.Client) -> None:
    typed = {"Content-Type": "application/sparql-query"}
    assert (
        client.post("sparql", content="DROP ALL", headers={"Content-Type": "application/sparql-update"}).status_code
        == 403
    )
    assert client.post("sparql", content="x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("sparql", content=b"ASK { ?s ?p '\xff' }", headers=typed).status_code == 400
    assert client.post("sparql", content=b"x" * 20_000, headers=typed).status_code == 413
    assert client.post("sparql", content=iter([b"ASK {}"]), headers=typed).status_code == 411
    assert client.get("sparql", params={"query": COUNT}, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("sparql?query=ASK%7B%7D&query=ASK%7B%7D").status_code == 400
    assert client.get("sparql?query=%FF").status_code == 400
    assert client.get("../../etc/passwd").status_code == 404
    assert client.post("queries.json").status_code == 405
    for method in ("PUT", "DELETE", "PATCH"):
        answer = client.request(method, "sparql")
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]


HIDDEN = [  # Oxigraph reads each of these as a SERVICE
    "SELECT * { SERVICE SILENT <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { service ?x { ?s ?p ?o } }",
    "SELECT * {SERVICE<http://x.example/>{ ?s ?p ?o }}",
    "PREFIX x: <http://x.example/> SELECT * { ?a x:p\\#b ?c . SERVICE x:y { ?s ?p ?o } }",
    "PREFIX x: <http://x.example/> SELECT * { ?a x:p\\'b ?c . SERVICE x:y { ?s x:p\\'b ?o } }",
    "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b) SERVICE <http://x.example/> { ?s ?p ?o } FILTER(1>0) }",
    "SELECT * { ?s ?p ?a,?b FILTER(?a<?b)SERVICE?s{?x ?y ?z}FILTER(1>0)}",
    "SELECT * { ?s ?p '''it''s''' . SERVICE <http://x.example/> { ?s ?p ''' ''' } }",
    'SELECT * { ?s ?p "\\\\" . SERVICE <http://x.example/> { ?s ?p "" } }',
    "SELECT * { # '\n SERVICE <http://x.example/> { ?s ?p ?o } # '\n }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_service_is_refused_however_it_is_hidden(query: str) -> None:
    with pytest.raises(RequestError, match="SERVICE is off"):
        refuse_service(query)


@pytest.mark.parametrize("query", [
    "SELECT ?service { ?service a schema:Service }", "ASK { ?s ?p 'SERVICE <x>' }",
    "ASK { ?s ?p \"\"\"a \" SERVICE\"\"\" }",
    "ASK { <http://x.example/service> ?p ?o } # SERVICE", "ASK { ?s ex:in-service ?o ; ex:service-hours 3 }",
])  # fmt: skip
def test_a_word_is_no_service(query: str) -> None:
    refuse_service(query)


def test_no_request_goes_out(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.3)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        ):
            client.get("sparql", params={"query": query})
        with pytest.raises(TimeoutError):
            trap.accept()


# -- limits


def test_a_query_that_takes_too_long_is_stopped_and_others_go_on(server: Server, client: httpx.Client) -> None:
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(httpx.get, f"{server.url}sparql", params={"query": ENDLESS}, timeout=30, trust_env=False)
        time.sleep(0.3)
        assert _n(client.get("sparql", params={"query": COUNT})) > 0
        assert not slow.done()
        answer = slow.result()
    assert answer.status_code == 503
    assert "longer than 5 seconds" in answer.text
    assert "retry-after" in answer.headers
    assert _n(client.get("sparql", params={"query": COUNT})) > 0


def test_many_at_once(server: Server) -> None:
    def one(number: int) -> int:
        return _n(
            httpx.get(f"{server.url}sparql", params={"query": COUNT + f" #{number}"}, timeout=30, trust_env=False)
        )

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(one, range(64)))) == 1


def test_what_runs_away_with_memory_ends_alone(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux bounds the memory of a process")
    fill(tmp_path, "questions.trig")
    served = Server(tmp_path, port=0, limits=Limits(timeout=60, memory=700 << 20, workers=1)).start()
    try:
        hungry = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i"
        answer = httpx.get(f"{served.url}sparql", params={"query": hungry}, timeout=120, trust_env=False)
        assert answer.status_code in {500, 503}
        assert "memory" in answer.text
        assert _n(httpx.get(f"{served.url}sparql", params={"query": COUNT}, timeout=60, trust_env=False)) > 0
    finally:
        served.close()


# -- who may ask


def test_only_this_machine_by_its_name_and_no_page_of_another_site(client: httpx.Client) -> None:
    port = client.base_url.port
    asked = {"query": "ASK { ?s ?p ?o }"}
    assert client.get("sparql", params=asked, headers={"Host": f"attacker.example:{port}"}).status_code == 421
    assert client.get("", headers={"Host": "attacker.example"}).status_code == 421
    assert client.get("sparql", params=asked, headers={"Host": f"localhost:{port}"}).status_code == 200
    assert client.get("sparql", params=asked, headers={"Origin": "https://attacker.example"}).status_code == 403
    assert client.get("sparql", params=asked, headers={"Origin": "null"}).status_code == 403
    assert client.get("sparql", params=asked, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    own = {"Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}
    answer = client.post("sparql", data=asked, headers=own)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert client.options("sparql", headers={"Origin": "https://attacker.example"}).status_code == 403


@pytest.mark.parametrize("raw", [
    b"GET /sparql HTTP/1.1\r\n\r\n", b"\x00\xff\r\n\r\n",
    b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 10\r\n\r\nASK",
    b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: [::1\r\n\r\n", b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
])  # fmt: skip
def test_broken_requests_do_no_harm(server: Server, client: httpx.Client, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", client.base_url.port or 0), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(1000)
        assert not answer.startswith(b"HTTP/1.1 2"), answer
    assert _n(client.get("sparql", params={"query": COUNT})) > 0


# -- the graph changes meanwhile


def test_a_new_state_is_seen(tmp_path: Path) -> None:
    fill(tmp_path, "questions.trig")
    served = Server(tmp_path, port=0, limits=Limits(workers=1)).start()
    try:
        with httpx.Client(base_url=served.url, timeout=60, trust_env=False) as client:
            before = _n(client.get("sparql", params={"query": COUNT}))
            fill(tmp_path, "graph.trig")
            assert _n(client.get("sparql", params={"query": COUNT})) != before
    finally:
        served.close()


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Server(tmp_path, port=0)


def test_negotiation() -> None:
    assert chosen("application/sparql-results+xml;q=0.5, text/csv", TABLES) == "text/csv"
    assert chosen("text/*", GRAPHS) == "text/turtle"
    assert chosen("*/*;q=0.1, application/n-triples;q=0.2", GRAPHS) == "application/n-triples"
    assert chosen("text/csv;q=0, */*", {"text/csv": 1, "application/json": 2}) == "application/json"
    with pytest.raises(RequestError, match="not as text/html"):
        chosen("text/html", TABLES)


# -- the command and the page


@pytest.mark.parametrize("example", EXAMPLES["serve"])
def test_the_examples_of_help_run_and_are_stopped(tmp_path: Path, example: str) -> None:
    fill(tmp_path / "output", "questions.trig")
    words = [sys.executable, "-m", *shlex.split(example), "--port", "0"]  # not theirs, which may be taken
    with subprocess.Popen(words, cwd=tmp_path, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdout is not None
        Thread(target=lambda: (time.sleep(180), process.kill()), daemon=True).start()
        url = process.stdout.readline().split()[-1]
        assert _n(httpx.get(f"{url}sparql", params={"query": COUNT}, timeout=60, trust_env=False)) > 0
        process.send_signal(signal.SIGTERM)  # SIGINT is ignored where the tests run in the background
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0
    assert complaints == "stopped\n"


def test_a_port_that_is_taken_is_named(server: Server, tmp_path: Path) -> None:
    fill(tmp_path, "questions.trig")
    words = [sys.executable, "-m", "kg", "serve", "-o", str(tmp_path), "--port", server.url.split(":")[-1].strip("/")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "in use" in done.stderr


def test_the_assets_ask_nothing_of_others(client: httpx.Client) -> None:
    for name in ("", "query.js", "query.css"):
        answer = client.get(name)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.search(r"(?:https?:)?//[a-z]+\.[a-z]", answer.text), name
    assert json.loads(client.get("queries.json").text)["queries"][0]["text"].startswith("# ")
