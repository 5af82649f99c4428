"""The triple stores and RDF tools of others, started for the tests that need them, each on data of its own.

Where one is not installed its tests are skipped with its name; with KG_REQUIRE_ENGINES=1 they fail.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

ROOT = Path(__file__).parent.parent
NODE_MODULES = Path(os.environ.get("KG_NODE_MODULES", ROOT / "node_modules"))
JARS = Path("/usr/share/java")
# What riot and arq of Debian's libapache-jena-java load; all jars of the folder together do not start.
JENA_JARS = (
    "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage",
    "jena-dboe-trans-data", "jena-dboe-transaction", "jena-iri", "jena-rdfconnection", "jena-shacl", "jena-shex",
    "jena-tdb", "jena-tdb2", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io",
    "commons-lang3", "dexx.collection", "gson", "guava", "httpclient", "httpclient-cache", "httpcore", "jackson-core",
    "jackson-databind", "jackson-annotations", "jsonld-java", "jakarta.json-api", "protobuf", "slf4j-api", "slf4j-nop",
    "thrift", "titanium-json-ld", "commons-logging",
)  # fmt: skip
PASSWORD = "dba"  # a new Virtuoso database has this one
VIRTUOSO_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
MaxQueryMem = 256M
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000000
"""


def missing(engine: str) -> NoReturn:
    """Skip the test, saying what is not installed; fail where engines are required."""
    if os.environ.get("KG_REQUIRE_ENGINES") == "1":
        pytest.fail(f"{engine} is not installed")
    pytest.skip(f"{engine} is not installed")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[str]:
    """Run a server until it answers at ``url``; yield the url, and end the server afterwards."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            for _ in range(300):
                if server.poll() is not None:
                    pytest.fail(f"{command[0]} stopped: {(folder / 'server.log').read_text(errors='replace')[-2000:]}")
                try:
                    httpx.get(url)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            else:
                pytest.fail(f"{command[0]} does not answer at {url}")
            yield url
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Start Oxigraph's server; yield its address."""
    try:
        files = distribution("oxigraph").files or []
    except PackageNotFoundError:
        missing("oxigraph")
    program = next(Path(str(file.locate())).resolve() for file in files if file.name in ("oxigraph", "oxigraph.exe"))
    where = f"127.0.0.1:{free_port()}"
    with running([str(program), "serve", "--bind", where], f"http://{where}/", folder) as url:
        yield url.rstrip("/")


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Start Virtuoso 7 on an empty database; yield its address."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("virtuoso-opensource-7")
    http = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), http=http, folder=folder))
    url = f"http://127.0.0.1:{http}"
    with running([program, "+foreground", "+configfile", "virtuoso.ini"], f"{url}/sparql", folder):
        yield url


def jena(folder: Path) -> list[str]:
    """Return the command that runs a class of Jena, its class to be added.

    Debian renamed Jena's copy of Xerces but not the folder of its messages: they are put where they are looked for.
    """
    java, core = shutil.which("java"), JARS / "jena-core.jar"
    if java is None or not core.exists():
        missing("libapache-jena-java")
    messages = folder / "jena-messages"
    with zipfile.ZipFile(core) as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = messages / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    path = [messages, *(JARS / f"{name}.jar" for name in JENA_JARS)]
    return [java, "-cp", os.pathsep.join(map(str, path))]


def node(package: str) -> str:
    """Return the Node program, where ``package`` is installed for it."""
    program = shutil.which("node")
    if program is None or not (NODE_MODULES / package).is_dir():
        missing(f"{package} (npm)")
    return program


def output(command: list[str], **more: Any) -> str:
    """Run a program; return what it prints. A program that fails fails the test with its words."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300, **more)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def rows(answer: str) -> list[tuple[str, ...]]:
    """Return the rows of SPARQL results in JSON, the values as text, sorted: of IRIs, literals and what is unbound."""
    found = json.loads(answer)
    names: list[str] = found["head"]["vars"]
    bindings: list[Mapping[str, Mapping[str, str]]] = found["results"]["bindings"]
    return sorted(tuple(row.get(name, {}).get("value", "") for name in names) for row in bindings)
