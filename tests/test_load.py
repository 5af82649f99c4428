"""`kg load` against a server that says what it is told to say: requests, authentication, retries, errors."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from kg import cli
from kg.cli_options import EXAMPLES
from kg.errors import LoadError, SettingError
from kg.graph import KnowledgeGraph
from kg.load import STORE_BATCH, Credentials, load

SAMPLE = Path(__file__).parent / "data" / "graph.trig"
URL = "http://store.example/data"
SECRET = "correct horse"


class Server(httpx.BaseTransport):
    """Answers each request with the next answer, the last one for ever; keeps the requests."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers, self.requests = list(answers) or [httpx.Response(204)], list[httpx.Request]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(SAMPLE)


def test_each_named_graph_is_put(graph: KnowledgeGraph) -> None:
    server, seen = Server(), list[tuple[int, int]]()
    done = load(graph, URL, transport=server, on_progress=lambda *at: seen.append(at))
    assert (done.graphs, done.triples) == (3, len(graph))
    assert [(request.method, request.url.params["graph"].rpartition("/")[2]) for request in server.requests] == [
        ("PUT", "a000000000000001"),
        ("PUT", "b000000000000002"),
        ("PUT", "ontology"),
    ]
    assert seen[-1] == (len(graph), len(graph))
    sent = b"".join(request.content for request in server.requests)
    assert {quad.triple for quad in ox.parse(sent, format=ox.RdfFormat.N_TRIPLES)} == set(graph.triples())


def test_the_default_graph_is_added_to_unless_it_is_to_be_replaced(graph: KnowledgeGraph) -> None:
    for replace, method in ((None, "POST"), (True, "PUT"), (False, "POST")):
        server = Server()
        load(graph, URL, default_graph=True, replace=replace, transport=server)
        [request] = server.requests
        assert (request.method, "default" in request.url.params) == (method, True)
        assert len(request.content.splitlines()) == len(graph.triples())


def test_a_large_graph_goes_in_batches_of_which_the_first_replaces() -> None:
    name = ox.NamedNode("http://a/g")
    large = KnowledgeGraph(
        ox.Quad(ox.NamedNode(f"http://a/{n}"), ox.NamedNode("http://a/p"), ox.Literal("x"), name)
        for n in range(STORE_BATCH + 1)
    )
    server = Server()
    load(large, URL, transport=server)
    assert [request.method for request in server.requests] == ["PUT", "POST"]
    assert [len(request.content.splitlines()) for request in server.requests] == [STORE_BATCH, 1]


def test_an_update_clears_and_inserts(graph: KnowledgeGraph) -> None:
    server = Server()
    load(graph, f"{URL}?token=7", update=True, transport=server)
    bodies = [request.content.decode() for request in server.requests]
    assert [body.split()[0] for body in bodies] == ["CLEAR", "INSERT"] * 3
    store = ox.Store()
    for body in bodies:
        store.update(body)
    assert set(store) == set(graph)
    assert {request.url.params["token"] for request in server.requests} == {"7"}, "what stands in the address stays"


BASIC, DIGEST = 'Basic realm="x"', 'Digest realm="x", nonce="n", qop="auth", algorithm=MD5'


@pytest.mark.parametrize(("challenge", "kind"), [(BASIC, "Basic "), (DIGEST, "Digest "), ("", "Basic ")])
def test_a_password_is_given_as_the_server_wants_it(graph: KnowledgeGraph, challenge: str, kind: str) -> None:
    server = Server(httpx.Response(401, headers={"WWW-Authenticate": challenge}), httpx.Response(204))
    load(graph, URL, credentials=Credentials("ann", SECRET), transport=server)
    assert all(request.headers["Authorization"].startswith(kind) for request in server.requests[1:])
    assert len(server.requests) == 4, "asked without once, then once for each graph"


def test_who_wants_a_digest_never_gets_the_password(graph: KnowledgeGraph) -> None:
    server = Server(httpx.Response(401, headers={"WWW-Authenticate": DIGEST}))
    with pytest.raises(LoadError, match="wrong"):
        load(graph, URL, credentials=Credentials("ann", SECRET), transport=server)
    assert not any(request.headers.get("Authorization", "").startswith("Basic") for request in server.requests)


def test_a_token_is_a_bearer(graph: KnowledgeGraph) -> None:
    server = Server()
    load(graph, URL, credentials=Credentials(token=SECRET), transport=server)
    assert server.requests[0].headers["Authorization"] == f"Bearer {SECRET}"


def test_a_busy_server_is_asked_again(graph: KnowledgeGraph) -> None:
    waited: list[float] = []
    busy, later = httpx.Response(503), httpx.Response(503, headers={"Retry-After": "7"})
    load(graph, URL, transport=Server(busy, later, busy, httpx.Response(204)), sleep=waited.append)
    assert waited == [1, 7, 4]
    waited.clear()
    with pytest.raises(LoadError, match="503"):
        load(graph, URL, transport=Server(busy), sleep=waited.append)
    assert len(waited) == 4


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(400, text="<h1>Parse error</h1><pre>line 3: oops</pre>"), "Parse error line 3: oops"),
        (httpx.Response(401), "give --user and set KG_PASSWORD"),
        (httpx.Response(403, text="read only"), "read only; without a user one may not write there"),
        (httpx.Response(404), "docs/triple-stores.md"),
        (httpx.Response(307, headers={"Location": "http://other.example/"}), "http://other.example/"),
    ],
)
def test_an_error_has_the_words_of_the_server(graph: KnowledgeGraph, answer: httpx.Response, said: str) -> None:
    with pytest.raises(LoadError) as caught:
        load(graph, URL, transport=Server(answer))
    assert said in str(caught.value)
    assert caught.value.status == answer.status_code
    assert len(str(caught.value)) < 1000


def _refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def test_no_server_is_said_at_once(graph: KnowledgeGraph) -> None:
    with pytest.raises(LoadError, match="is the server running"):
        load(graph, URL, transport=httpx.MockTransport(_refuse))


@pytest.mark.parametrize("url", ["ftp://store.example/", "store.example", "http://ann:secret@store.example/"])
def test_addresses_that_cannot_be(graph: KnowledgeGraph, url: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(graph, url, transport=Server())
    assert "secret" not in str(caught.value)


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, graph: KnowledgeGraph) -> Callable[[Server], None]:
    """Put a graph into output/ and let the command talk to a server of the test."""
    graph.save(tmp_path / "output" / "graph.trig")
    monkeypatch.chdir(tmp_path)

    def use(server: Server) -> None:
        client = httpx.Client
        monkeypatch.setattr(httpx, "Client", lambda transport, **more: client(transport=server, **more))

    return use


@pytest.mark.parametrize("example", EXAMPLES["load"])
def test_the_examples_of_help_run(example: str, sending: Callable[[Server], None]) -> None:
    server = Server()
    sending(server)
    done = CliRunner().invoke(cli.app, shlex.split(example)[1:], env={"KG_PASSWORD": SECRET})
    assert done.exit_code == 0, done.output
    assert "194 triples in 3 graphs" in done.stdout
    assert server.requests


def test_the_password_is_never_printed(sending: Callable[[Server], None]) -> None:
    sending(Server(httpx.Response(401, headers={"WWW-Authenticate": BASIC})))
    runner, environment = CliRunner(), {"KG_PASSWORD": SECRET, "KG_TOKEN": "", "COLUMNS": "200"}
    for arguments in (["load", URL, "--user", "ann"], ["load", URL, "--help"]):
        done = runner.invoke(cli.app, arguments, env=environment)
        assert SECRET not in done.output
    assert runner.invoke(cli.app, ["load", URL, "--user", "ann"], env=environment).exit_code == 1
