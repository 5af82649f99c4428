"""Contracts that every file format keeps: stable bytes, nothing lost, nothing half written."""

from __future__ import annotations

import csv
import hashlib
import json
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

from kg.errors import FormatError, KgError, PackageError
from kg.event_table import independent_sources
from kg.exporters import EXPORTERS, RDF12, save
from kg.exporters.reifiers import REIFIES, with_reifiers
from kg.graph import KnowledgeGraph
from kg.vocab import KG, RDF, RDFS, XSD

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
    if not suffix.endswith(".parquet"):
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


def test_gexf_is_the_view_without_a_date(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "graph.gexf")
    back, view = nx.read_gexf(tmp_path / "graph.gexf"), graph.to_networkx()
    assert set(back) == set(view)
    assert {iri: data["label"] for iri, data in back.nodes(data=True)} == dict(view.nodes(data="label"))
    assert back.number_of_edges() == view.number_of_edges()
    assert "lastmodified" not in (tmp_path / "graph.gexf").read_text(encoding="utf-8")


def test_events_csv_has_a_row_for_each_event(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "graph.events.csv")
    with (tmp_path / "graph.events.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["trigger"]: row for row in csv.DictReader(file)}
    send, shell, demand = rows["send"], rows["shell"], rows["demand"]
    assert (send["begin"], send["reported"], send["plover"]) == ("2031-03-01", "2031-01-15", "MOBILIZE")
    assert (send["actor"], send["target"], send["place"]) == ("our navy", "", "Cyprus"), "frigates are no target"
    assert (send["claims"], send["denials"], send["sources"], send["speakers"]) == ("1", "0", "1", "Ada Quill")
    assert (shell["polarity"], shell["denials"]) == ("Negative", "1")
    assert (shell["target"], shell["target_wikidata"]) == ("Cyprus", "Q229")
    assert (demand["actor"], demand["target"]) == ("Harbour League", "Norland")
    assert send["quotes"].startswith('"Our navy will send')


def test_sources_of_an_event_are_independent_ones(graph: KnowledgeGraph) -> None:
    documents = [document.iri for document in graph.documents()]
    assert len(independent_sources(graph.index, documents)) == 2
    same = [_said(document, "kg:source", "source/wire") for document in documents]
    assert len(independent_sources((graph | KnowledgeGraph(same)).index, documents)) == 1


def _said(subject: str, predicate: str, object: str) -> ox.Quad:
    base = "https://example.org/kg/"
    return ox.Quad(
        ox.NamedNode(subject), ox.NamedNode(predicate.replace("kg:", str(KG._NS))), ox.NamedNode(base + object)
    )


@pytest.mark.parametrize("suffix", [".csv", ".events.csv"])
def test_parquet_has_the_rows_of_the_csv(graph: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    import pandas as pd  # noqa: PLC0415 - slow

    graph.save(tmp_path / f"graph{suffix}")
    graph.save(tmp_path / f"graph{suffix.replace('csv', 'parquet')}")
    rows = pd.read_csv(tmp_path / f"graph{suffix}", dtype=str, keep_default_na=False)
    found = pd.read_parquet(tmp_path / f"graph{suffix.replace('csv', 'parquet')}")
    assert list(found.columns) == list(rows.columns)
    assert found["confidence"].dtype == "float64"
    text = [name for name in found.columns if name not in ("confidence", "claims", "denials", "documents", "sources")]
    assert found[text].fillna("").equals(rows[text].astype(object).astype(found[text].fillna("").dtypes))


def test_parquet_says_what_is_missing(graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(PackageError, match=r"newskg\[parquet\]"):
        graph.save(tmp_path / "graph.parquet")
    assert not list(tmp_path.iterdir())


def test_neo4j_files_fit_each_other(graph: KnowledgeGraph, tmp_path: Path) -> None:
    tables = {}
    for name in ("nodes", "relationships"):
        graph.save(tmp_path / f"graph.{name}.csv")
        with (tmp_path / f"graph.{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    nodes = {row["iri:ID"]: row for row in tables["nodes"]}
    assert len(nodes) == len(tables["nodes"]), "an id stands for one node"
    assert all(row[end] in nodes for row in tables["relationships"] for end in (":START_ID", ":END_ID"))
    kinds = {row[":LABEL"].partition(";")[0] for row in tables["nodes"]}
    assert kinds == {"Entity", "Event", "Claim", "Document"}
    types = {row[":TYPE"] for row in tables["relationships"]}
    assert {"agent", "willSendTo", "memberOf", "about", "speaker", "wasDerivedFrom"} <= types


HOSTILE = "a\x00b\x0c</node>]]>\"',;\r\n=1+1 \u2028\U0001f600 <script>|\\"


@pytest.mark.parametrize("suffix", [suffix for suffix in EXPORTERS if suffix not in (".html", ".context.jsonld")])
def test_hostile_text_breaks_no_format(graph: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    def spoilt(quad: ox.Quad) -> ox.Quad:
        if not isinstance(quad.object, ox.Literal) or quad.object.datatype.value != str(XSD.string):
            return quad
        return ox.Quad(quad.subject, quad.predicate, ox.Literal(HOSTILE + quad.object.value), quad.graph_name)

    path = tmp_path / f"graph{suffix}"
    KnowledgeGraph(map(spoilt, graph)).save(path)
    if suffix.endswith(".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert rows
        assert {len(row) for row in rows} == {len(header)}
    elif suffix in (".graphml", ".gexf"):
        read = nx.read_graphml if suffix == ".graphml" else nx.read_gexf
        assert set(read(path)) == set(graph.to_networkx())
    elif suffix in RDF_SUFFIXES:
        assert len(KnowledgeGraph.load(path).triples()) == len(graph.triples())


# RDF 1.2


@pytest.mark.parametrize("suffix", sorted(RDF12))
def test_the_event_reifies_its_shortcuts_in_rdf_1_2(graph: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    graph.save(tmp_path / f"old{suffix}")
    graph.save(tmp_path / f"new.rdf12{suffix}")
    old, new = KnowledgeGraph.load(tmp_path / f"old{suffix}"), KnowledgeGraph.load(tmp_path / f"new.rdf12{suffix}")
    more = {triple for triple in new.triples() if triple not in set(old.triples())}
    assert {(t.subject.value.rpartition("/")[2], t.predicate.value.rpartition("#")[2]) for t in more} == {
        ("0a11", "reifies"),
        ("0b11", "reifies"),
    }
    assert all(triple.object in set(old.triples()) for triple in more), "what is reified is asserted"
    assert len(new.to_rdflib()) == len(old.triples()), "rdflib gets the RDF 1.1 of it"


def test_no_event_reifies_the_shortcut_of_another(graph: KnowledgeGraph) -> None:
    space = "https://example.org/kg/"
    other = [
        _said(f"{space}event/x", str(RDF.type), "x").subject,
        ox.NamedNode(str(RDF.type)),
        ox.NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/Event"),
    ]
    name = ox.NamedNode(f"{space}document/b000000000000002")
    quads = [
        ox.Quad(*other, name),
        ox.Quad(other[0], other[1], ox.NamedNode("https://w3id.org/newskg/event#Demand"), name),
        ox.Quad(other[0], ox.NamedNode(str(KG.trigger)), ox.Literal("insist"), name),
        ox.Quad(other[0], ox.NamedNode(str(KG.agent)), ox.NamedNode(f"{space}entity/Harbour_League"), name),
        ox.Quad(other[0], ox.NamedNode(str(KG.recipient)), ox.NamedNode(f"{space}entity/Norland"), name),
    ]
    found = with_reifiers(graph | KnowledgeGraph(quads))
    assert {quad.subject.value.rpartition("/")[2] for quad in found if quad.predicate == REIFIES} == {"0a11", "0b11"}


# JSON-LD


def test_jsonld_is_compact_and_its_context_stands_alone_too(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "graph.jsonld")
    graph.save(tmp_path / "graph.context.jsonld")
    data = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    assert data["@context"] == json.loads((tmp_path / "graph.context.jsonld").read_text(encoding="utf-8"))["@context"]
    nodes = {node["@id"]: node for part in data["@graph"] for node in part["@graph"]}
    assert nodes["claim:0c01"]["kg:about"] == "event:0a11"
    assert nodes["claim:0c01"]["kg:confidence"] == "0.86"
    assert nodes["entity:Cyprus"]["rdfs:label"] == "Cyprus"
    assert nodes["event:0a11"]["kg:manner"] == {"@language": "en", "@value": "by rotation"}


@pytest.mark.model
def test_every_shortcut_of_the_examples_has_the_event_that_made_it(examples_graph: KnowledgeGraph) -> None:
    found = with_reifiers(examples_graph)
    shortcuts = {triple for triple in examples_graph.triples() if "/relation/" in triple.predicate.value}
    assert len(shortcuts) > 10
    assert {triple.object for triple in found.triples() if triple.predicate == REIFIES} == shortcuts
