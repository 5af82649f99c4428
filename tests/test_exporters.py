"""Contracts that every file format keeps: stable bytes, nothing lost, nothing half written."""

from __future__ import annotations

import csv
import hashlib
import logging
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

from kg.errors import FormatError, KgError
from kg.exporters import EXPORTERS, save
from kg.graph import KnowledgeGraph
from kg.vocab import RDFS, XSD

SAMPLE = Path(__file__).parent / "data" / "graph.trig"
pytestmark = [  # rdflib on its own parsers, and on lexical forms that do not fit their datatype
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
]
RDF_SUFFIXES = (".ttl", ".nt", ".trig", ".nq", ".jsonld", ".rdf")
WITH_GRAPHS = (".trig", ".nq", ".jsonld")


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(SAMPLE)


def _bytes(graph: KnowledgeGraph, path: Path) -> bytes:
    graph.save(path)
    return path.read_bytes()


def _read_by_rdflib(path: Path) -> rdflib.Graph:
    if path.suffix in WITH_GRAPHS:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(path)
        union = rdflib.Graph()
        union.addN((s, p, o, union) for s, p, o, _ in dataset.quads())
        return union
    return rdflib.Graph().parse(path, format="xml" if path.suffix == ".rdf" else None)


# every format


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    first = _bytes(graph, tmp_path / f"first{suffix}")
    shuffled = list(graph.quads())
    random.Random(7).shuffle(shuffled)
    (tmp_path / "again").mkdir()
    assert first == _bytes(KnowledgeGraph(shuffled), tmp_path / "again" / f"first{suffix}")
    assert first
    assert b"\r" not in first
    first.decode("utf-8")


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_an_empty_graph_can_be_written(suffix: str, tmp_path: Path) -> None:
    KnowledgeGraph().save(tmp_path / f"empty{suffix}")
    if suffix in RDF_SUFFIXES:
        assert KnowledgeGraph.load(tmp_path / f"empty{suffix}") == KnowledgeGraph()


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\nfrom kg.graph import KnowledgeGraph\nfrom kg.exporters import EXPORTERS\n"
        "graph, folder = KnowledgeGraph.load(sys.argv[1]), pathlib.Path(sys.argv[2])\n"
        "for suffix in EXPORTERS: graph.save(folder / f'graph{suffix}')\n"
    )
    found = set()
    for seed in "012":
        folder = tmp_path / seed
        command = [sys.executable, "-c", script, str(SAMPLE), str(folder)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        digests = (hashlib.sha256((folder / f"graph{suffix}").read_bytes()).hexdigest() for suffix in EXPORTERS)
        found.add(tuple(digests))
    assert len(found) == 1


def test_the_table_is_keyed_by_suffix() -> None:
    assert all(suffix == exporter.suffix and exporter.label for suffix, exporter in EXPORTERS.items())


# saving


def test_save_takes_the_format_of_the_suffix_or_the_one_given(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "new" / "folder" / "graph.TTL")
    graph.save(tmp_path / "data.txt", format="ttl")
    assert (tmp_path / "data.txt").read_bytes() == (tmp_path / "new" / "folder" / "graph.TTL").read_bytes()
    for name, form in (("graph.docx", None), ("graph", None), ("graph.ttl", "docx")):
        with pytest.raises(FormatError, match=r"\.ttl"):
            graph.save(tmp_path / name, format=form)


def test_a_failed_save_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "graph.rdf"
    path.write_text("older")
    wrong = ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p/"), ox.Literal("o"))
    with pytest.raises(KgError, match="http://a/p/"):
        save(KnowledgeGraph([wrong]), path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("graph.rdf", "older")]


# RDF


@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
def test_rdf_comes_back_through_oxigraph_and_rdflib(graph: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    graph.save(path)
    back = KnowledgeGraph.load(path)
    assert back.triples() == graph.triples()
    if suffix in WITH_GRAPHS:
        assert back == graph
    assert to_isomorphic(_read_by_rdflib(path)) == to_isomorphic(graph.to_rdflib())


def test_turtle_is_pleasant_to_read(graph: KnowledgeGraph, tmp_path: Path) -> None:
    text = _bytes(graph, tmp_path / "graph.ttl").decode()
    assert (
        "\n\nentity:Ada_Quill a schema:Person ;\n"
        '    rdfs:label "Ada Quill"@en ;\n'
        '    schema:jobTitle "Defence Minister"@en ;\n'
        "    schema:memberOf entity:Tide_Party .\n"
    ) in text
    assert "kg:confidence 0.86 ;" in text
    assert '"2031-01-15"^^xsd:date' in text
    header = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert header == sorted(header)
    assert not any("geo:" in line for line in header), "prefixes that are not used are not declared"


@pytest.mark.parametrize(
    "local", ["U.S.", "a.b", "-x", "x-", "a%20b", "Café", "(x)", "a/b", "a,b", "1", "", "a:b", "don't"]
)
@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
def test_odd_names_come_back(local: str, suffix: str, tmp_path: Path) -> None:
    thing = ox.NamedNode(f"https://example.org/kg/entity/{local}")
    label = ox.NamedNode(str(RDFS.label))
    geo = ox.NamedNode("geo:34.9,33.6")  # the scheme is a prefix of ours
    odd = KnowledgeGraph(
        [ox.Quad(thing, label, ox.Literal("x")), ox.Quad(thing, label, geo), ox.Quad(geo, label, thing)]
    )
    odd.save(tmp_path / f"odd{suffix}")
    assert KnowledgeGraph.load(tmp_path / f"odd{suffix}") == odd
    assert to_isomorphic(_read_by_rdflib(tmp_path / f"odd{suffix}")) == to_isomorphic(odd.to_rdflib())


PREDICATES = ["willSendTo", "sign%20up", "%C3%A9lire", "reElect", "3dPrint", "élire", "a.b", "_x", "x-y"]


@pytest.mark.parametrize("local", PREDICATES)
@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
def test_odd_properties_come_back(local: str, suffix: str, tmp_path: Path) -> None:
    thing = ox.NamedNode("https://example.org/kg/entity/X")
    odd = KnowledgeGraph([ox.Quad(thing, ox.NamedNode(f"https://example.org/kg/relation/{local}"), thing)])
    odd.save(tmp_path / f"odd{suffix}")
    assert KnowledgeGraph.load(tmp_path / f"odd{suffix}") == odd
    assert to_isomorphic(_read_by_rdflib(tmp_path / f"odd{suffix}")) == to_isomorphic(odd.to_rdflib())


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NASTY = st.sampled_from([
    '"', "'", "\\", '"""', "\n", "\r\n", "\t", "\x00", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\u202eabc\u202c",
    "\ufffe", "e\u0301", "\U0001f600", "]]>", "<b>&amp;", "{}", " x ", "@en", "^^",
])  # fmt: skip
LITERALS = st.builds(
    lambda parts, language: ox.Literal("".join(parts), language=language) if language else ox.Literal("".join(parts)),
    st.lists(NASTY | ANY_TEXT, max_size=4),
    st.sampled_from([None, "en", "de", "ar"]),
)
NUMBERS = st.builds(
    lambda text, datatype: ox.Literal(text, datatype=ox.NamedNode(str(datatype))),
    st.sampled_from(["1", "01", "0.90", "-0", "+1", "-0.5", ".5", "1.", "true", "yes", "", "1e3", "2031-02-31"]),
    st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.double, XSD.date]),
)


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Let rdflib neither read "01" as "1" nor warn of "2031-02-31" at length.

    pyshacl switches the former on and off for the whole process: nothing but this decides it here.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[rdflib.Literal.__module__].rdflib, "NORMALIZE_LITERALS", False)
        patch.setattr(logging.getLogger("rdflib.term"), "disabled", True)
        yield


@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(LITERALS | NUMBERS, min_size=1, max_size=4))
def test_any_text_comes_back(suffix: str, tmp_path: Path, values: list[ox.Literal]) -> None:
    thing, label = ox.NamedNode("https://example.org/kg/entity/X"), ox.NamedNode(str(RDFS.label))
    document = ox.NamedNode("https://example.org/kg/document/1")
    nasty = KnowledgeGraph(ox.Quad(thing, label, value, document) for value in values)
    path = tmp_path / f"nasty{suffix}"
    expected = nasty
    if suffix == ".rdf":  # what XML cannot write is replaced
        expected = KnowledgeGraph(ox.Quad(thing, label, _xml(value), document) for value in values)
    with _literals_as_written():
        nasty.save(path)
        assert KnowledgeGraph.load(path).triples() == expected.triples()
        assert set(_read_by_rdflib(path)) == set(expected.to_rdflib())


def _xml(value: ox.Literal) -> ox.Literal:
    clean = "".join("\ufffd" if (c < " " and c not in "\t\n\r") or c in "\ufffe\uffff" else c for c in value.value)
    return ox.Literal(clean, language=value.language) if value.language else ox.Literal(clean, datatype=value.datatype)


# tables


def test_graphml_comes_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "graph.graphml")
    back, view = nx.read_graphml(tmp_path / "graph.graphml"), graph.to_networkx()
    assert dict(back.nodes(data=True)) == dict(view.nodes(data=True))
    assert sorted(map(str, back.edges(data=True))) == sorted(map(str, view.edges(data=True)))
    ids = [key for *_, key in back.edges(keys=True)]
    assert len(set(ids)) == len(ids)


def test_graphml_replaces_what_xml_cannot_write(tmp_path: Path) -> None:
    thing = ox.NamedNode("https://example.org/kg/entity/X")
    KnowledgeGraph([ox.Quad(thing, ox.NamedNode(str(RDFS.label)), ox.Literal("a\x00b<"))]).save(tmp_path / "x.graphml")
    assert nx.read_graphml(tmp_path / "x.graphml").nodes[thing.value]["label"] == "a\ufffdb<"


def test_csv_has_a_row_for_each_claim_about_an_event(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "graph.csv")
    with (tmp_path / "graph.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["trigger"], row["plover"], row["polarity"]) for row in rows] == [
        ("send", "MOBILIZE", "Positive"),
        ("shell", "ASSAULT", "Negative"),
        ("demand", "REQUEST", "Positive"),
        ("return", "", "Positive"),
    ]


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
def test_terms_that_look_like_others_are_read_back(tmp_path: Path, suffix: str) -> None:
    subject, predicate = ox.NamedNode("https://example.org/kg/entity/x"), ox.NamedNode("urn:p")
    inner = ox.Triple(subject, predicate, ox.Literal("t >"))
    terms = (ox.Literal('a"^^<http://x>'), ox.Literal(">"), ox.Literal("x\\"), inner)
    graph = KnowledgeGraph(ox.Quad(subject, predicate, term) for term in terms)
    graph.save(tmp_path / f"graph.{suffix}")
    assert KnowledgeGraph.load(tmp_path / f"graph.{suffix}") == graph
