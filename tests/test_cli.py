"""The command line: what it prints, where, and with which exit code. The pipeline behind it is a fake here."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

import kg
import kg.sources
from kg import cli, lines, pipeline, tables
from kg.cli_options import EXAMPLES
from kg.errors import ModelError, SourceError
from kg.extractors import extract_all
from kg.graph import KnowledgeGraph
from kg.model import (
    Argument,
    Document,
    Entity,
    Kind,
    Mention,
    Modality,
    Polarity,
    Role,
    Span,
    Statement,
    TimeExpression,
)
from kg.nlp.annotation import Annotation
from kg.pipeline import Extraction

if TYPE_CHECKING:
    from spacy.tokens import Doc

ROOT = Path(__file__).parent.parent
SENTENCE = "Envoys say Norway will not send tents to Nepal in May."


@dataclass(frozen=True)
class FakeExtraction:
    """As kg.pipeline.Extraction, as far as the command line looks at it."""

    document: Document
    statements: tuple[Statement, ...] = ()
    entities: dict[Mention, tuple[Entity, ...]] = field(default_factory=dict)


def _mention(text: str) -> Mention:
    start = SENTENCE.index(text)
    return Mention(Span(start, start + len(text)), text, head=text.lower(), head_start=start)


def fake_extraction(document: Document) -> FakeExtraction:
    """Find the one statement of SENTENCE, and nothing in any other text."""
    if document.text != SENTENCE:
        return FakeExtraction(document)
    roles = {Role.AGENT: "Norway", Role.PATIENT: "tents", Role.DESTINATION: "Nepal"}
    may = Span(SENTENCE.index("in May"), SENTENCE.index("."))
    statement = Statement(
        Kind.EVENT, "https://w3id.org/newskg/event#Send", "send", Span(23, 27), "will not send", Span(0, len(SENTENCE)),
        arguments=tuple(Argument(role, _mention(text)) for role, text in roles.items()),
        modality=Modality.PLANNED, polarity=Polarity.NEGATIVE, speaker=_mention("Envoys"),
        time=TimeExpression(may, "DATE", "2024-05", "2024-05-01", "2024-05-31"), confidence=0.756,
    )  # fmt: skip
    return FakeExtraction(document, (statement,), {_mention("Nepal"): (Entity("Nepal", "Federal Republic", ()),)})


def _quads(document: Document) -> tuple[ox.Quad, ...]:
    def node(name: str) -> ox.NamedNode:
        return ox.NamedNode(f"https://example.org/kg/{name}")

    label, name = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), node(f"document/{document.id}")
    return (
        ox.Quad(node("entity/Norway"), node("relation/willSendTo"), node("entity/Nepal"), name),
        ox.Quad(node("entity/Norway"), label, ox.Literal("Norway", language="en"), name),
        ox.Quad(node("entity/Nepal"), label, ox.Literal("Nepal", language="en"), name),
    )


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Put a fake pipeline under the command line, and work in an empty folder."""

    def read_sources(sources: Iterable[str], *, date: Any = None) -> Iterator[Document | SourceError]:
        for source in sources:
            if not Path(source).is_file():
                yield SourceError(source, "no such file")
                continue
            for number, line in enumerate(Path(source).read_text(encoding="utf-8").splitlines(), 1):
                text = json.loads(line)["text"] if source.endswith(".jsonl") else line
                yield Document(text, published=date) if text else SourceError(source, "no text", line=number)

    def extract(documents: Iterable[Document], **options: Any) -> Iterator[FakeExtraction]:
        if options.get("model") == "nope":
            raise ModelError("nope", "not installed")
        yield from [fake_extraction(document) for document in documents]  # reads ahead, as a batching parser does

    def read_documents(documents: Iterable[Document], **_: Any) -> Iterator[tuple[Document, tuple[ox.Quad, ...]]]:
        yield from [(document, _quads(document)) for document in documents]

    formats = types.SimpleNamespace(
        triples=lambda e: {"id": e.document.identifier, "triples": [["a", "b", "c", 1.0]] * len(e.statements)},
        standoff=lambda e: {"id": e.document.identifier, "events": []},
        as_json=lambda e: {"id": e.document.identifier, "text": e.document.text},
    )
    monkeypatch.setattr(pipeline, "read_documents", read_documents)
    monkeypatch.setattr(kg, "extract", extract, raising=False)
    monkeypatch.setattr(kg, "formats", formats, raising=False)
    monkeypatch.setattr(kg.sources, "read_sources", read_sources, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments), prog_name="kg")


@pytest.fixture
def built(fake: Path) -> Path:
    """A folder with a graph in output/."""
    (fake / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert run("build", "a.txt", "--format", "ttl", "-q").exit_code == 0
    return fake


# build


def test_build_writes_the_files_and_says_what_to_do_next(fake: Path) -> None:
    (fake / "a.txt").write_text(SENTENCE, encoding="utf-8")
    done = run("build", "a.txt", "--format", "ttl,nt", "-o", "there")
    assert done.exit_code == 0, done.output
    there = {path.name for path in (fake / "there").iterdir() if not path.name.startswith(".")}
    assert there == {"graph.ttl", "graph.nt", "store", "documents"}
    assert "there/graph.ttl" in done.stdout.replace(os.sep, "/")
    assert "kg view -o there" in done.stdout
    assert "warning" not in done.output


def test_build_goes_on_after_an_unreadable_source_and_counts_it(fake: Path) -> None:
    (fake / "a.jsonl").write_text(json.dumps({"text": SENTENCE}) + "\n{}\n", encoding="utf-8")
    done = run("build", "missing.txt", "a.jsonl", "--format", "ttl")
    assert done.exit_code == 0
    assert "missing.txt: no such file" in done.stderr
    assert 'a.jsonl:2: no "text"' in done.stderr
    assert "2 warnings" in done.stdout


def test_build_of_nothing_readable_fails_and_writes_nothing(fake: Path) -> None:
    done = run("build", "missing.txt")
    assert done.exit_code == 1
    assert "nothing could be read" in done.stderr
    assert not (fake / "output").exists()


def test_a_folder_that_cannot_be_written_is_one_clear_line(fake: Path) -> None:
    (fake / "a.txt").write_text(SENTENCE, encoding="utf-8")
    done = run("build", "a.txt", "-o", "a.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("error: a.txt: ")


def test_quiet_prints_warnings_only(fake: Path) -> None:
    (fake / "a.txt").write_text(SENTENCE, encoding="utf-8")
    done = run("build", "a.txt", "missing.txt", "--format", "ttl", "--quiet")
    assert done.stdout == ""
    assert done.stderr.splitlines() == ["warning: missing.txt: no such file or folder; check the path"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "a.txt", "--format", "docx"),
        ("build", "a.txt", "--format", ","),
        ("build", "a.txt", "--date", "yesterday"),
        ("build", "a.txt", "--jobs", "0"),
        ("extract",),
        ("extract", "A sentence.", "-f", "a.txt"),
        ("query",),
        ("extract", "A sentence.", "--explain", "--format", "triples"),
        ("extract", "A sentence.", "--explain", "--format", "standoff"),
        ("stats", "--coverage"),
        ("stats", "a.txt"),
        ("stats", "--model", "en_core_web_sm"),
        ("stats", "--format", "csv"),
        ("add",),
        ("add", "a.txt", "--wait", "-1"),
        ("remove",),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_exit_code_2(fake: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


# extract


def test_extract_shows_roles_factuality_speaker_time_and_evidence(fake: Path) -> None:
    done = run("extract", SENTENCE)
    assert done.exit_code == 0, done.output
    shown = done.stdout
    for line in (
        ("1", "event", "will not send", "ev:Send"), ("agent", "Norway"), ("patient", "tents"),
        ("destination", "Nepal", "→ Federal Republic"), ("factuality", "Planned · Negative"), ("speaker", "Envoys"),
        ("time", "in May", "→ 2024-05-01..2024-05-31"), ("confidence", "0.76"), ("evidence", SENTENCE),
    ):  # fmt: skip
        assert any(all(part in row for part in line) for row in shown.splitlines()), line


def test_extract_says_why_nothing_may_be_found(fake: Path) -> None:
    done = run("extract", "Brussels, Tuesday")
    assert done.exit_code == 0
    assert "Nothing found" in done.stdout


def test_one_line_out_for_each_line_in_and_in_order(fake: Path) -> None:
    texts = [SENTENCE, "", "Nothing here", "", SENTENCE]
    (fake / "in.jsonl").write_text(
        "".join(json.dumps({"id": f"n{i}", "text": text}) + "\n" for i, text in enumerate(texts)), encoding="utf-8"
    )
    done = run("extract", "-f", "in.jsonl", "--format", "triples")
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [len(line["triples"]) for line in out] == [1, 0, 0, 0, 1]
    assert [line["id"] for line in out][1::2] == ["n1", "n3"]
    assert done.stderr.count("no text") == 2


def test_a_line_with_a_wrong_date_is_one_line_as_well(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_sources(*_: Any, **__: Any) -> Iterator[Document | SourceError]:
        yield SourceError("f.jsonl", "no such day", line=1)
        yield Document(SENTENCE, identifier="n1", origin="f.jsonl:1")
        yield SourceError("f.jsonl", "no such day", line=2)
        yield SourceError("f.jsonl", "no text", line=2)
        yield SourceError("f.jsonl", "not JSON", line=3)

    monkeypatch.setattr(kg.sources, "read_sources", read_sources)
    out = [json.loads(line) for line in run("extract", "-f", "f.jsonl", "--format", "standoff").stdout.splitlines()]
    assert [line.get("error") for line in out] == [None, "f.jsonl:2: no text", "f.jsonl:3: not JSON"]


def test_extract_of_an_unreadable_file_fails(fake: Path) -> None:
    done = run("extract", "-f", "missing.txt", "--format", "standoff")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "missing.txt: no such file" in done.stderr


def test_an_error_of_kg_is_one_line_on_stderr(fake: Path) -> None:
    done = run("extract", SENTENCE, "--model", "nope")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "error: model 'nope': not installed\n"


def test_the_line_for_a_broken_line_has_no_id(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{broken\n", encoding="utf-8")
    line = json.loads(lines.empty_line(SourceError(str(tmp_path / "x.jsonl"), "not JSON", line=1), "standoff"))
    assert line["id"] is None
    assert line["events"] == line["mentions"] == []


# explain and coverage


@pytest.fixture
def annotated(fake: Path, monkeypatch: pytest.MonkeyPatch, by_hand: Callable[[str], Doc]) -> Path:
    """Put a hand-made parse of one sentence under `extract --explain` and `stats --coverage`."""

    def extract_annotated(sources: Iterable[Any], **options: Any) -> Iterator[tuple[Extraction, Annotation]]:
        for source in sources:
            if isinstance(source, str) and not Path(source).is_file():
                options["on_error"](SourceError(source, "no such file"))
                continue
            annotation = Annotation(by_hand(PARSE))
            statements, gaps = extract_all(annotation)
            yield Extraction(Document(annotation.text), statements, {}, gaps), annotation

    monkeypatch.setattr(pipeline, "extract_annotated", extract_annotated)
    return fake


PARSE = """
Norway norway PROPN NNP 1 nsubj B-GPE
wanted want   VERB  VBD 1 ROOT
to     to     PART  TO  3 aux
send   send   VERB  VB  1 xcomp
tents  tent   NOUN  NNS 3 dobj
"""


def test_explain_draws_the_parse_and_says_rule_cues_and_reasons(annotated: Path) -> None:
    done = run("extract", "Norway wanted to send tents.", "--explain")
    assert done.exit_code == 0, done.output
    for line in (
        ("──┼ wanted", "ROOT", "VBD", "no statement"), ("└─┼ send", "xcomp", "statement 1"),
        ("rule", "clause.control"), ("cues", "“wanted”"), ("nothing", "wanted", "clause: its infinitive"),
    ):  # fmt: skip
        assert any(all(part in row for part in line) for row in done.stdout.splitlines()), (line, done.stdout)


def test_explain_as_json_is_one_line_a_document(annotated: Path) -> None:
    (annotated / "a.txt").write_text("One.\nTwo.", encoding="utf-8")
    done = run("extract", "-f", "a.txt", "--explain", "--format", "jsonl")
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert first == second
    [silent] = first["sentences"][0]["nothing"]
    assert (silent["kind"], silent["trigger"], silent["reason"]) == (
        "clause",
        "want",
        "its infinitive says what happens",
    )
    assert first["statements"][0]["rule_meaning"]


def test_explain_of_an_unreadable_file_fails(annotated: Path) -> None:
    done = run("extract", "-f", "missing.txt", "--explain")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "missing.txt: no such file" in done.stderr


def test_coverage_as_table_and_json(annotated: Path) -> None:
    (annotated / "a.txt").write_text("x", encoding="utf-8")
    done = run("stats", "--coverage", "a.txt", "a.txt", "missing.txt")
    assert done.exit_code == 0, done.output
    assert any(row.split()[:4] == ["clauses", "2", "of", "4"] for row in done.stdout.splitlines())
    assert "missing.txt: no such file" in done.stderr
    plain = json.loads(run("stats", "--coverage", "a.txt", "--format", "json").stdout)
    assert plain["clauses"] == {"count": 1, "whole": 2, "share": 0.5}
    assert plain["silences"] == [
        {"kind": "clause", "reason": "its infinitive says what happens", "count": 1, "triggers": {"want": 1}}
    ]


def test_coverage_of_nothing_readable_fails(annotated: Path) -> None:
    done = run("stats", "--coverage", "missing.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing could be read" in done.stderr


# the graph in the folder


@pytest.mark.parametrize("command", [("query", "ASK {}"), ("stats",), ("validate",), ("view", "--no-open")])
def test_without_a_graph_the_message_says_what_to_run(fake: Path, command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.exit_code == 1
    assert "kg build" in done.stderr


ASKED = "SELECT ?place ?name WHERE { entity:Norway relation:willSendTo ?place . ?place rdfs:label ?name }"


def test_query_as_table_csv_and_json(built: Path) -> None:
    assert "entity:Nepal" in run("query", ASKED).stdout
    assert run("query", ASKED, "--format", "csv").stdout == "place,name\nhttps://example.org/kg/entity/Nepal,Nepal\n"
    expected = [{"place": "https://example.org/kg/entity/Nepal", "name": "Nepal"}]
    assert json.loads(run("query", ASKED, "--format", "json").stdout) == expected


def test_query_from_a_file_and_of_the_other_forms(built: Path) -> None:
    (built / "q.rq").write_text("ASK { entity:Norway relation:willSendTo entity:Nepal }", encoding="utf-8")
    assert run("query", "-f", "q.rq").stdout == "true\n"
    assert "no rows" in run("query", "SELECT ?x WHERE { ?x a sem:Event }").stdout
    assert "willSendTo" in run("query", "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }").stdout


def test_a_broken_query_is_one_clear_line_with_the_place_below(built: Path) -> None:
    done = run("query", "SELECT ?s { ?s a Event }")
    assert (done.exit_code, done.stdout) == (1, "")
    first, line, caret = done.stderr.splitlines()
    assert first.startswith("error: query: “Event” is no term")
    assert line == "  SELECT ?s { ?s a Event }"
    assert caret.strip() == "^"
    assert run("query", "-f", "missing.rq").exit_code == 1


def test_the_store_is_read_and_without_one_the_newest_graph_of_the_folder(built: Path) -> None:
    KnowledgeGraph().save(built / "output" / "graph.trig")
    later = time.time() + 5
    os.utime(built / "output" / "graph.trig", (later, later))
    assert run("query", "ASK { ?s ?p ?o }").stdout == "true\n"
    shutil.rmtree(built / "output" / "store")
    assert run("query", "ASK { ?s ?p ?o }").stdout == "false\n"


def test_view_makes_a_page_that_is_missing_or_older_than_the_store(built: Path) -> None:
    page = built / "output" / "graph.html"
    assert run("view", "--no-open").exit_code == 0
    first = page.read_bytes()
    (built / "b.txt").write_text("Nothing here", encoding="utf-8")
    assert run("add", "b.txt").exit_code == 0
    assert not page.exists(), "it was not of the formats of the build, and would be wrong now"
    page.write_bytes(first)
    assert run("view", "--no-open").exit_code == 0
    assert page.read_bytes() != b"" and run("view", "--no-open").stdout.strip() == str(Path("output/graph.html"))


# add and remove


def test_building_again_says_what_changed(built: Path) -> None:
    (built / "b.txt").write_text("Nothing here", encoding="utf-8")
    first = run("build", "a.txt", "b.txt", "--format", "ttl").stdout
    assert "1 document, 1 unchanged" in first
    again = run("build", "a.txt", "b.txt", "--format", "ttl").stdout
    assert "0 documents, 2 unchanged" in again
    assert "nothing: the graph and its files are what they were" in again
    (built / "b.txt").write_text("Nothing there", encoding="utf-8")
    changed = run("build", "a.txt", "b.txt", "--format", "ttl").stdout
    assert "1 document: b.txt" in next(line for line in changed.splitlines() if line.startswith("replaced"))
    fewer = run("build", "a.txt", "--format", "ttl").stdout
    assert "1 document: b.txt" in next(line for line in fewer.splitlines() if line.startswith("removed"))


def test_add_and_remove(built: Path) -> None:
    before = (built / "output" / "graph.ttl").read_bytes()
    (built / "b.txt").write_text("Nothing here", encoding="utf-8")
    assert "output/graph.ttl" in run("add", "b.txt").stdout.replace(os.sep, "/")
    assert run("query", "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "--format", "csv").stdout == (
        "n\n2\n"
    )
    assert "1 document: b.txt" in run("remove", "b.txt").stdout
    assert (built / "output" / "graph.ttl").read_bytes() == before


def test_a_document_that_is_not_there_is_an_error_with_names_near_it(built: Path) -> None:
    before = (built / "output" / "graph.ttl").read_bytes()
    done = run("remove", "a.text")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "error: output: no document 'a.text'; near it: a.txt\n"
    assert (built / "output" / "graph.ttl").read_bytes() == before


def test_adding_to_nothing_says_how_to_begin(fake: Path) -> None:
    done = run("add", "a.txt")
    assert done.exit_code == 1
    assert "make one with: kg build SOURCE... -o output" in done.stderr
    assert not (fake / "output").exists()


def test_adding_nothing_readable_fails_and_changes_nothing(built: Path) -> None:
    done = run("add", "missing.txt")
    assert done.exit_code == 1
    assert "nothing was changed" in done.stderr


def test_stats_and_view(built: Path) -> None:
    assert run("stats").exit_code == 0
    assert json.loads(run("stats", "--format", "json").stdout)["events"] == 0
    done = run("view", "--no-open")
    assert done.exit_code == 0, done.output
    assert Path(done.stdout.strip()) == Path("output/graph.html")
    assert (built / "output" / "graph.html").is_file()


# the process


def _python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        **options,
    )


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, kg.cli\n"
        "heavy = {'spacy', 'rdflib', 'pyvis', 'pandas', 'networkx', 'trafilatura', 'pyshacl', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert _python("-c", code, cwd=ROOT).stdout == "[]\n"


@pytest.mark.parametrize("command", ["", *EXAMPLES])
def test_every_command_has_help_with_examples(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.exit_code == 0
    assert not command or "Examples" in done.stdout


def test_version() -> None:
    assert run("--version").stdout.startswith("kg 0.")


def test_interruption_is_exit_code_130(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kg, "extract", interrupted)
    done = run("extract", SENTENCE)
    assert done.exit_code == 130
    assert "Traceback" not in done.output


def test_a_reader_that_stops_reading_is_no_error() -> None:
    code = (
        "import typer\nfrom kg import cli\n"
        "@cli.app.command('many')\ndef many() -> None:\n    for n in range(200_000): print(n)\n"
        "import sys; sys.argv = ['kg', 'many']; cli.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == "0\n"
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == ""


def test_output_is_utf8_whatever_the_locale() -> None:
    code = (
        "from kg import cli\n"
        "@cli.app.command('say')\ndef say() -> None:\n    print('Łódź \\ud800')\n"
        "import sys; sys.argv = ['kg', 'say']; cli.main()"
    )
    done = _python("-c", code, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.stdout == "Łódź \\ud800\n", done.stderr


def test_factuality_has_a_colour_that_means_something() -> None:
    statement = fake_extraction(Document(SENTENCE)).statements[0]
    spans = [str(span.style) for span in tables.factuality(statement).spans]
    assert "bold red" in spans
    assert len(set(tables.MODALITY_STYLES.values())) == len(Modality)


@pytest.fixture(scope="module")
def examples_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with examples/ and the graph made of it in output/."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "examples", folder / "examples")
    troops = "SELECT ?event WHERE { ?event a ev:Deploy }"
    (folder / "troops.rq").write_text(troops, encoding="utf-8")
    kg.build_store(folder / "output", folder / "examples")
    return folder


@pytest.mark.model
@pytest.mark.parametrize(
    "example", [example for name in EXAMPLES if name not in ("diff", "load", "serve") for example in EXAMPLES[name]]
)
def test_the_examples_of_help_run(example: str, tmp_path: Path, examples_folder: Path) -> None:
    shutil.copytree(examples_folder, tmp_path, dirs_exist_ok=True)
    arguments = shlex.split(example)[1:]
    if arguments == ["view"]:
        arguments.append("--no-open")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = _python("-m", "kg", *arguments, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stderr


def test_extract_of_a_file_name_says_how_to_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Malta sent ships.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "extract", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "-f" in done.stderr
