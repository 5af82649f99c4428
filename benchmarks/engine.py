"""What Oxigraph and rdflib take for a large graph, and what the store takes: ``python benchmarks/engine.py``.

The graph is made up, of the shape that ``kg build`` makes: documents with events, claims and evidence, a thousand
triples each. Each engine works in a process of its own; seconds are of the processor, all threads together, so that
other work on the machine matters little. ``--docs PAGE`` fills the marked section of a page instead of printing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from quality_page import filled

from kg.dataset import put
from kg.exporters import save
from kg.graph import KnowledgeGraph
from kg.intake import NO_HOOKS, Intake
from kg.store import Store, asread, database, swap
from kg.store.commit import commit, held
from kg.store.lock import writing
from kg.store.manifest import Entry, Manifest
from kg.vocab import BASE, KG, NIF, PREFIXES, PROV, RDF, RDFS, SEM

EVENTS = 50  # of a document; each makes twenty triples
COUNT = "SELECT ?who (COUNT(*) AS ?n) { ?event <%s> ?who . ?claim <%s> ?event } GROUP BY ?who"
QUERY = COUNT % (KG.agent, KG.about)
Steps = dict[str, float]


def quads_of(number: int) -> Iterator[ox.Quad]:
    """Yield the quads of one made-up document: a thousand, of the shape of a real one."""
    name = ox.NamedNode(f"{BASE}document/{number:016x}")

    def fact(subject: str, predicate: object, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(ox.NamedNode(subject), ox.NamedNode(str(predicate)), value, name)

    for i in range(EVENTS):
        event, claim = f"{BASE}event/{number:x}-{i:x}", f"{BASE}claim/{number:x}-{i:x}"
        phrase = f"{name.value}#char={i * 90},{i * 90 + 80}"
        who = f"{BASE}entity/Person_{(number * 7 + i) % 2000}"
        for subject, type in ((event, SEM.Event), (claim, KG.Claim), (phrase, NIF.Phrase)):
            yield fact(subject, RDF.type, ox.NamedNode(str(type)))
        for subject, text in ((event, f"person {i} sends ships to place {number}"), (who, f"Person {i}")):
            yield fact(subject, RDFS.label, ox.Literal(text, language="en"))
        yield fact(phrase, NIF.anchorOf, ox.Literal(f"In sentence {i} of article {number} somebody sends ships there."))
        for subject, predicate, value in (
            (event, KG.agent, who), (event, KG.patient, f"{BASE}entity/{number:x}-{i}-ships"),
            (event, KG.destination, f"{BASE}entity/Place_{i % 300}"), (claim, KG.about, event),
            (claim, KG.modality, KG.Actual), (claim, KG.polarity, KG.Positive), (claim, KG.evidence, phrase),
            (claim, PROV.wasDerivedFrom, name.value), (phrase, NIF.referenceContext, name.value),
            (who, f"{BASE}relation/sendTo", f"{BASE}entity/Place_{i % 300}"),
        ):  # fmt: skip
            yield fact(subject, predicate, ox.NamedNode(str(value)))
        for subject, predicate, text in (
            (event, KG.trigger, "send"), (claim, KG.rule, "clause.own"), (phrase, NIF.beginIndex, str(i * 90)),
            (phrase, NIF.endIndex, str(i * 90 + 80)),
        ):  # fmt: skip
            yield fact(subject, predicate, ox.Literal(text))


def timed(steps: Steps, name: str, work: Callable[[], Any]) -> Any:
    """Do some work and note what it took of the processor."""
    began = time.process_time()
    result = work()
    steps[name] = time.process_time() - began
    return result


def with_rdflib(file: Path, folder: Path) -> Steps:
    """Parse, ask and write with rdflib."""
    steps: Steps = {}
    graph = rdflib.Graph()
    timed(steps, "parse", lambda: graph.parse(file, format="nt"))
    timed(steps, "ask", lambda: list(graph.query(QUERY)))
    timed(steps, "write N-Triples", lambda: graph.serialize(folder / "rdflib.nt", format="nt", encoding="utf-8"))
    return steps


def rdflib_turtle(documents: int) -> Steps:
    """Write Turtle with rdflib, of so many documents and of twice as many."""
    steps: Steps = {}
    for size in (documents, 2 * documents):
        graph = rdflib.Graph()
        triples = {quad.triple for number in range(size) for quad in quads_of(number)}
        graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
        timed(steps, f"{len(triples):,}", lambda graph=graph: graph.serialize(format="turtle"))
    return steps


def in_memory(file: Path, folder: Path) -> Steps:
    """Parse, ask and write with Oxigraph in memory."""
    return _with_oxigraph(ox.Store(), file, folder / "memory.ttl")


def on_disk(file: Path, folder: Path) -> Steps:
    """Parse, ask and write with Oxigraph on disk."""
    return _with_oxigraph(ox.Store(str(folder / "database")), file, folder / "disk.ttl")


def _with_oxigraph(store: ox.Store, file: Path, written: Path) -> Steps:
    steps: Steps = {}
    timed(steps, "parse", lambda: store.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES))
    timed(steps, "ask", lambda: list(store.query(QUERY)))
    default = ox.DefaultGraph()
    for name, form, to in (
        ("write N-Triples", ox.RdfFormat.N_TRIPLES, written.with_suffix(".nt")),
        ("write Turtle", ox.RdfFormat.TURTLE, written),
    ):
        dump = partial(store.dump, str(to), format=form, from_graph=default)
        timed(steps, name, partial(dump, prefixes=PREFIXES) if form == ox.RdfFormat.TURTLE else dump)
    return steps


def with_kg(file: Path, folder: Path) -> Steps:
    """Load, ask and write with `KnowledgeGraph`, which sorts and groups what it writes."""
    steps: Steps = {}
    graph = timed(steps, "parse", lambda: KnowledgeGraph.load(file))
    timed(steps, "ask", lambda: graph.query(QUERY))
    timed(steps, "write N-Triples", lambda: save(graph, folder / "kg.nt"))
    timed(steps, "write Turtle", lambda: save(graph, folder / "kg.ttl"))
    return steps


def with_the_store(documents: int, folder: Path) -> Steps:
    """Do what a change of a store takes besides parsing the language: read, decide, write, export; and then ask it."""
    steps: Steps = {}
    made = [tuple(quads_of(number)) for number in range(documents)]
    with writing(folder):
        held(folder)
        ids = [f"{number:016x}" for number in range(documents)]
        files = timed(
            steps,
            "write the documents as read",
            lambda: [asread.write_document(folder, id, quads) for id, quads in zip(ids, made, strict=True)],
        )
        entries = tuple(Entry(id, id, file) for id, file in zip(ids, files, strict=True))
        read = timed(steps, "read them again", lambda: {file: asread.read_document(folder, file) for file in files})
        manifest = Manifest(entries, formats=("ttl",))
        timed(
            steps, "decide, write the store and Turtle", lambda: put(folder, None, manifest, Intake((), read), NO_HOOKS)
        )
        graph = KnowledgeGraph(quad for quads in read.values() for quad in quads)
        timed(steps, "of that: sort", graph.quads)
        timed(steps, "of that: the database", lambda: commit(folder, manifest, graph.quads()))
        timed(steps, "of that: Turtle", lambda: save(graph, folder / "x.ttl"))
    timed(steps, "check its checksums", lambda: database.is_whole(folder / swap.CURRENT))
    store = timed(steps, "open it", lambda: Store(folder))
    timed(steps, "ask it", lambda: store.query(QUERY))
    timed(steps, "load it into memory", store.graph)
    return steps


ENGINES: Mapping[str, Callable[[Path, Path], Steps]] = {
    "rdflib": with_rdflib,
    "Oxigraph in memory": in_memory,
    "Oxigraph on disk": on_disk,
    "`KnowledgeGraph`": with_kg,
}


def _apart(work: Callable[..., Steps], *arguments: Any) -> Steps:
    """Run one engine in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def engines(file: Path, folder: Path) -> Iterator[str]:
    """Yield the lines of the table of engines."""
    found = {name: _apart(work, file, folder) for name, work in ENGINES.items()}
    names = list(found["Oxigraph on disk"])
    yield f"| | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    for engine, steps in found.items():
        yield f"| {engine} | {' | '.join(_cell(steps.get(name), found['rdflib'].get(name)) for name in names)} |"


def _cell(seconds: float | None, beside: float | None) -> str:
    """Return the seconds, and how many times as fast that is as what it stands beside."""
    if seconds is None:
        return "see below"
    faster = f" ({beside / seconds:.0f} times as fast)" if beside and seconds and beside > 1.5 * seconds else ""
    return f"{seconds:.1f} s{faster}"


def section(documents: int, folder: Path) -> str:
    """Return the two tables, of engines and of the store."""
    file = folder / "graph.nt"
    triples = {quad.triple for number in range(documents) for quad in quads_of(number)}
    with file.open("wb") as out:
        ox.serialize(triples, out, format=ox.RdfFormat.N_TRIPLES)
    size = len(triples)
    del triples
    lines = [f"{size:,} triples as N-Triples, processor seconds:", "", *engines(file, folder)]
    (half, first), (whole, second) = _apart(rdflib_turtle, max(documents // 10, 1)).items()
    told = f"rdflib writes Turtle of {half} such triples in {first:.0f} s, of {whole} in {second:.0f} s"
    lines += ["", f"{told}."]
    store = _apart(with_the_store, documents, folder / "out")
    lines += ["", f"The same as a store of {documents:,} documents:", "", "| step | processor seconds |", "|---|---|"]
    lines += [f"| {step} | {seconds:.1f} |" for step, seconds in store.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, or fill them into a page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000, help="of a thousand triples each")
    parser.add_argument("--docs", type=Path, metavar="PAGE")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        text = section(options.documents, Path(folder))
    if options.docs is None:
        print(text)
    else:
        options.docs.write_text(filled(options.docs.read_text("utf-8"), "engine", text), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
