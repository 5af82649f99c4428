"""Building, adding and removing: a folder depends on what is in it, not on the way there; no damage is overlooked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import pipeline
from kg.errors import LockedError, SourceError, StoreError, UnknownDocumentError
from kg.intake import Hooks
from kg.model import Document
from kg.store import Store, asread, swap
from kg.store.lock import LOCK, writing

ROOT = Path(__file__).parent.parent
TEXTS = {"a": "Malta sent ships.", "b": "Norway sent tents.", "c": "Malta met Norway.", "d": "Fiji met Malta."}
BASE = "https://example.org/kg/"


def quads_of(document: Document, base: str) -> tuple[ox.Quad, ...]:
    """Say of a text, in place of reading it, which words it has."""
    name = ox.NamedNode(f"{base}document/{document.id}")
    kind, label = (ox.NamedNode(f"http://www.w3.org/{end}") for end in ("1999/02/22-rdf-syntax-ns#type", "label"))
    words = [ox.NamedNode(f"{base}entity/{word}") for word in document.text.strip(".\n").split()]
    thing = ox.NamedNode("https://schema.org/Thing")
    return (
        *(ox.Quad(word, kind, thing, name) for word in words),
        *(ox.Quad(word, label, ox.Literal(word.value.rpartition("/")[2]), name) for word in words),
    )


READ: list[str] = []


@pytest.fixture(autouse=True)
def _reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read texts by their words, but in tests that are marked model; READ lists what was read."""
    READ.clear()
    if request.node.get_closest_marker("model") is None:
        monkeypatch.setattr(pipeline, "read_documents", _read_documents)


def _read_documents(
    documents: Iterable[Document], *, base: str = BASE, **_: Any
) -> Iterator[tuple[Document, tuple[ox.Quad, ...]]]:
    for document in documents:
        READ.append(document.text)
        yield document, quads_of(document, base)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles a.txt, b.txt, c.txt and d.txt to work in."""
    monkeypatch.chdir(tmp_path)
    write_news(tmp_path)
    return tmp_path


def write_news(folder: Path) -> None:
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return all that is in a folder, the database as what it holds: its files are Oxigraph's own business."""
    store = Store(folder)
    dump = sorted(store.database.dump(format=ox.RdfFormat.N_QUADS).splitlines())
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and (path.parent.name != swap.CURRENT or path.name in (swap.MANIFEST, "kg.nq.gz"))
    }
    return files | {"dump": b"\n".join(dump)}


# the way does not matter


FORMATS = ("ttl", "nq", "csv")


@given(st.permutations("abcd"), st.integers(0, 4), st.data())
@settings(max_examples=10, deadline=None)
def test_any_way_to_the_same_documents_gives_the_same_bytes(
    order: list[str], at_once: int, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_news(folder)
        files = [folder / f"{letter}.txt" for letter in order]
        kg.build_store(folder / "one", sorted(files), formats=FORMATS)
        first = max(at_once, 1)
        kg.build_store(folder / "two", files[:first], formats=FORMATS)
        with kg.open_store(folder / "two") as store:
            for file in files[first:]:
                store.add(file)
            for file in data.draw(st.lists(st.sampled_from(files), max_size=2, unique=True)):
                store.remove(file)
                store.add(file)
        assert snapshot(folder / "one") == snapshot(folder / "two")


acts = st.tuples(st.sampled_from(["add", "add", "add", "remove"]), st.sampled_from("abcd"), st.sampled_from("wxyz"))


@given(st.lists(acts, min_size=1, max_size=6))
@settings(max_examples=10, deadline=None)
def test_after_any_changes_the_store_is_that_of_what_the_files_hold(changes: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "first.txt").write_text("Malta sent ships.", encoding="utf-8")
        held = {"first": "Malta sent ships."}  # what was read from each file last
        kg.build_store(folder / "one", folder / "first.txt", formats=FORMATS)
        with kg.open_store(folder / "one") as store:
            for act, file, word in changes:
                path = folder / f"{file}.txt"
                if act == "add":
                    held[file] = f"Fiji sent {word}."
                    path.write_text(held[file], encoding="utf-8")
                    store.add(path)
                elif file in held:
                    store.remove(path)
                    held = {other: text for other, text in held.items() if text != held[file]}
        for file, text in held.items():
            (folder / f"{file}.txt").write_text(text, encoding="utf-8")
        kg.build_store(folder / "two", [folder / f"{file}.txt" for file in held], formats=FORMATS)
        assert snapshot(folder / "one") == snapshot(folder / "two")


def test_a_store_may_be_emptied_and_filled_again(news: Path) -> None:
    kg.build_store("out", "a.txt")
    before = snapshot(news / "out")
    store = kg.open_store("out")
    store.remove("a.txt")
    assert store.documents == ()
    assert store.query("ASK { ?s ?p ?o }") is False
    store.add("a.txt")
    assert snapshot(news / "out") == before


@pytest.mark.model
def test_each_example_may_leave_and_come_back(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    kg.build_store(tmp_path / "out", tmp_path / "examples", formats=["ttl", "html", "nq"])
    before = snapshot(tmp_path / "out")
    assert kg.open_store(tmp_path / "out").graph() == kg.build(tmp_path / "examples")
    for file in sorted((tmp_path / "examples").iterdir()):
        with kg.open_store(tmp_path / "out") as store:
            store.remove(file)
            assert snapshot(tmp_path / "out") != before
            store.add(file)
        assert snapshot(tmp_path / "out") == before, file.name


# only what changed is parsed


def test_only_what_changed_is_parsed(news: Path) -> None:
    kg.build_store("out", news)
    assert sorted(READ) == sorted(TEXTS.values())
    READ.clear()
    same = kg.build_store("out", news)
    assert (READ, same.read, same.unchanged, same.files, same.graph) == ([], (), 4, (), None)
    (news / "b.txt").write_text("Fiji sent tents.", encoding="utf-8")
    (news / "c.txt").unlink()
    changed = kg.build_store("out", news)
    assert READ == ["Fiji sent tents."]
    assert (changed.read, changed.replaced, changed.removed) == (("b.txt",), ("b.txt",), ("c.txt",))
    assert changed.unchanged == 2
    kg.build_store("new", news)
    assert snapshot(news / "out") == snapshot(news / "new")


@pytest.mark.parametrize(
    "other",
    [{"date": __import__("datetime").date(2024, 5, 14)}, {"base": "https://kg.press/"}, {"ontology": ["my.ttl"]}],
)
def test_other_settings_are_another_reading(news: Path, other: dict[str, Any]) -> None:
    (news / "my.ttl").write_text("# nothing yet\n", encoding="utf-8")
    kg.build_store("out", news)
    READ.clear()
    assert len(kg.build_store("out", news, **other).read) == 4
    assert len(READ) == 4
    kg.build_store("new", news, **other)
    assert snapshot(news / "out") == snapshot(news / "new")


def test_what_is_added_is_read_with_the_settings_of_the_build(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, Any]] = []

    def spy(documents: Iterable[Document], **options: Any) -> Iterator[tuple[Document, tuple[ox.Quad, ...]]]:
        given.append(options)
        return _read_documents(documents, **options)

    monkeypatch.setattr(pipeline, "read_documents", spy)
    (news / "my.ttl").write_text("# nothing yet\n", encoding="utf-8")
    kg.build_store("out", "a.txt", ontology=["my.ttl"], base="https://kg.press/")
    monkeypatch.chdir(news / "out")
    kg.open_store(".").add("../b.txt")
    built, added = given
    assert [Path(path).resolve() for path in added["ontology"]] == [news / "my.ttl"]
    assert added["base"] == built["base"] == "https://kg.press/"


def test_settings_that_hold_no_more_are_named(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (news / "my.ttl").write_text("# nothing yet\n", encoding="utf-8")
    kg.build_store("out", "a.txt", ontology=["my.ttl"])
    before = snapshot(news / "out")
    (news / "my.ttl").write_text("# something else\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"other settings \(ontology: .*kg build SOURCE\.\.\. -o out"):
        kg.open_store("out").add("b.txt")
    assert snapshot(news / "out") == before
    kg.open_store("out").remove("a.txt")


# where a document was read from


def test_a_file_is_replaced_by_what_it_holds_now(news: Path) -> None:
    kg.build_store("out", ["a.txt", "b.txt"])
    (news / "a.txt").write_text(TEXTS["c"], encoding="utf-8")
    changes = kg.open_store("out").add("a.txt")
    assert (changes.read, changes.replaced, changes.removed) == (("a.txt",), ("a.txt",), ())
    kg.build_store("new", ["a.txt", "b.txt"])
    assert snapshot(news / "out") == snapshot(news / "new")


def test_a_jsonl_file_is_replaced_as_a_whole(news: Path) -> None:
    lines = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    (news / "all.jsonl").write_text("\n".join(lines[:3]), encoding="utf-8")
    kg.build_store("out", "all.jsonl")
    (news / "all.jsonl").write_text("\n".join(lines[1:]), encoding="utf-8")
    READ.clear()
    changes = kg.open_store("out").add("all.jsonl")
    assert (READ, changes.unchanged, len(changes.replaced)) == ([TEXTS["d"]], 2, 1)
    assert {entry.identifier for entry in kg.open_store("out").documents} == {"b", "c", "d"}


def test_a_document_that_two_files_hold_stays_while_one_of_them_does(news: Path) -> None:
    (news / "copy.txt").write_text(TEXTS["a"], encoding="utf-8")
    kg.build_store("out", ["a.txt", "copy.txt"])
    [entry] = kg.open_store("out").documents
    assert entry.sources == ("../a.txt", "../copy.txt")
    (news / "copy.txt").write_text(TEXTS["b"], encoding="utf-8")
    assert kg.open_store("out").add("copy.txt").replaced == ()
    assert {entry.sources for entry in kg.open_store("out").documents} == {("../a.txt",), ("../copy.txt",)}


def test_a_file_that_cannot_be_read_any_more_leaves_its_document_alone(news: Path) -> None:
    kg.build_store("out", ["a.txt", "b.txt"])
    before = snapshot(news / "out")
    (news / "a.txt").write_bytes(b"")
    errors: list[SourceError] = []
    kg.open_store("out").add("a.txt", hooks=Hooks(on_error=errors.append))
    assert len(errors) == 1
    assert snapshot(news / "out") == before


def test_documents_that_come_from_nowhere_stay(news: Path) -> None:
    kg.build_store("out", [Document("Malta sent ships."), "b.txt"])
    kg.open_store("out").add([Document("Fiji sent ships."), "b.txt"])
    assert len(kg.open_store("out").documents) == 3


@pytest.mark.parametrize(
    "name",
    ["all.jsonl", "./all.jsonl", "wire-1", "https://news.example/1", "{id}", "https://example.org/kg/document/{id}"],
)
def test_a_document_has_several_names(news: Path, name: str) -> None:
    record = {"id": "wire-1", "text": TEXTS["a"], "url": "https://news.example/1"}
    (news / "all.jsonl").write_text(json.dumps(record), encoding="utf-8")
    kg.build_store("out", ["all.jsonl", "b.txt"])
    [id] = [entry.id for entry in kg.open_store("out").documents if entry.identifier]
    changes = kg.open_store("out").remove(name.format(id=id))
    assert changes.removed == ("all.jsonl",)
    assert [entry.sources for entry in kg.open_store("out").documents] == [("../b.txt",)]


def test_a_folder_and_its_sources_may_move(news: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    kg.build_store("out", "a.txt")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "news"
    shutil.copytree(news, elsewhere)
    assert kg.open_store(elsewhere / "out").remove(elsewhere / "a.txt").removed == (str(elsewhere / "a.txt"),)


@pytest.mark.parametrize(
    ("name", "near"), [("b.text", "b.txt"), ("news/b.txt", "b.txt"), ("zzzzzzzz", None), ("", None)]
)
def test_an_unknown_document(news: Path, name: str, near: str | None) -> None:
    kg.build_store("out", ["a.txt", "b.txt"])
    before = snapshot(news / "out")
    with pytest.raises(UnknownDocumentError) as caught:
        kg.open_store("out").remove(["a.txt", name])
    assert caught.value.name == name
    assert caught.value.near[:1] == ((near,) if near else ())
    assert snapshot(news / "out") == before, "also the one that is known stays"


# files beside the store


def test_files_are_kept_in_step(news: Path) -> None:
    out = news / "out"
    kg.build_store(out, "a.txt", formats=["ttl", "nt"])
    assert kg.build_store(out, "a.txt", formats=["nq"]).files == (out / "graph.nq",)
    assert (out / "graph.ttl").exists(), "it is still true"
    kg.open_store(out).add("b.txt")
    assert {path.name for path in out.glob("graph.*")} == {"graph.nq"}, "what would be wrong now is gone"
    (out / "graph.nq").write_text("mine", encoding="utf-8")
    assert kg.build_store(out, ["a.txt", "b.txt"], formats=["nq"]).files == (out / "graph.nq",)
    kg.build_store(out, "a.txt", formats=["nt"])
    (out / "graph.nt").write_text("mine", encoding="utf-8")
    kg.build_store(out, "b.txt", formats=["ttl"])
    assert (out / "graph.nt").read_text(encoding="utf-8") == "mine", "what somebody changed is left alone"


def test_a_file_of_any_format_is_made_when_it_is_asked_for(news: Path) -> None:
    kg.build_store("out", "a.txt", formats=["nt"])
    store = kg.open_store("out")
    page = store.file("ttl")
    first = page.read_bytes()
    store.add("b.txt")
    assert not page.exists()
    assert store.file("ttl").read_bytes() != first


# damage


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    else:
        path.write_bytes(bytes(byte ^ 0x5A for byte in data))


HOW = ("missing", "cut", "garbled")


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("pattern", ["*.sst", "CURRENT", "MANIFEST-*"])
def test_a_damaged_database_is_said_and_built_anew(news: Path, pattern: str, how: str) -> None:
    kg.build_store("out", news)
    before = snapshot(news / "out")
    for path in (news / "out" / "store").glob(pattern):
        damage(path, how)
    with pytest.raises(StoreError, match=r"kg build SOURCE\.\.\. -o out"):
        Store("out").query("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    READ.clear()
    kg.build_store("out", news)
    assert READ == [], "the documents as read are whole"
    assert snapshot(news / "out") == before


@pytest.mark.parametrize("how", HOW[1:])
def test_a_damaged_manifest_is_said_and_built_anew(news: Path, how: str) -> None:
    kg.build_store("out", news)
    before = snapshot(news / "out")
    damage(news / "out" / "store" / "kg.json", how)
    for act in (Store, lambda out: kg.open_store(out).remove("a.txt")):
        with pytest.raises(StoreError, match=r"kg build SOURCE\.\.\. -o out"):
            act("out")
    kg.build_store("out", news)
    assert snapshot(news / "out") == before


@pytest.mark.parametrize(
    "change", [{"version": 99}, {"state": "0" * 32}, {"documents": [{"id": "a"}]}, {"settings": None}, {"formats": 1}]
)
def test_a_manifest_that_is_not_ours_is_refused(news: Path, change: dict[str, Any]) -> None:
    kg.build_store("out", "a.txt")
    path = news / "out" / "store" / "kg.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(StoreError, match=r"kg\.json: .*kg build SOURCE"):
        Store("out")


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_document_is_said_and_read_anew(news: Path, how: str) -> None:
    kg.build_store("out", news)
    before = snapshot(news / "out")
    [entry] = [entry for entry in kg.open_store("out").documents if entry.sources == ("../b.txt",)]
    damage(news / "out" / asread.FOLDER / entry.file, how)
    with pytest.raises(StoreError, match=r"kg build SOURCE\.\.\. -o out"):
        kg.open_store("out").remove("a.txt")
    READ.clear()
    kg.build_store("out", news)
    assert TEXTS["b"] in READ and len(READ) == 1
    assert snapshot(news / "out") == before


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_copy_of_the_quads_is_said_and_written_anew(news: Path, how: str) -> None:
    kg.build_store("out", news)
    damage(news / "out" / "store" / "kg.nq.gz", how)
    with pytest.raises(StoreError, match=r"kg build SOURCE\.\.\. -o out"):
        Store("out").graph()
    kg.build_store("out", news)
    assert len(Store("out").graph()) > 0


def test_a_folder_that_is_not_ours_is_left_alone(news: Path) -> None:
    (news / "out" / "store").mkdir(parents=True)
    (news / "out" / "store" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="move it away"):
        kg.build_store("out", "a.txt")
    assert (news / "out" / "store" / "mine.txt").read_text(encoding="utf-8") == "mine"


# no room, no right


def _python(code: str, *, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, check=False, **options
    )


WITH_WORDS = """
import kg, sys
from kg import pipeline
from kg.errors import KgError
from test_dataset import _read_documents
pipeline.read_documents = _read_documents
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of this kind on Windows")
@pytest.mark.parametrize("limit", [1_000, 60_000])
def test_a_disk_that_is_full_leaves_the_old_state(news: Path, limit: int) -> None:
    kg.build_store("out", "a.txt")
    before = snapshot(news / "out")
    (news / "big.txt").write_text(" ".join(f"w{i}" for i in range(3000)), encoding="utf-8")
    code = f"""{WITH_WORDS}
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))  # no file may be longer: as if the disk were full
try:
    kg.open_store("out").add("big.txt")
except KgError as error:
    print(error)
"""
    done = _python(code, cwd=news)
    assert "could not be written" in done.stdout, done.stdout + done.stderr
    assert "the store is the old one" in done.stdout
    now = snapshot(news / "out")
    assert {name: now.get(name) for name in before} == before
    kg.open_store("out").remove("a.txt")
    kg.open_store("out").add("a.txt")
    assert snapshot(news / "out") == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are other on Windows")
def test_a_folder_that_may_not_be_written_can_be_read(news: Path) -> None:
    kg.build_store("out", "a.txt")
    for path in [news / "out", *(news / "out").rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in [news, *news.parents][:3]:
        path.chmod(0o755)
    code = f"""{WITH_WORDS}
import os
import kg.dataset
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
store = kg.open_store("out")
print(store.query("SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }}").rows, len(store.graph()))
for act in (lambda: store.add("b.txt"), lambda: store.remove("a.txt"), lambda: kg.build_store("out", "b.txt")):
    try:
        act()
    except KgError as error:
        print("error:", error)
"""
    done = _python(code, cwd=news)
    first, *rest = done.stdout.splitlines()
    assert first == "((6,),) 6", done.stderr
    assert [line.startswith("error: out: cannot be written: ") for line in rest] == [True] * 3


# one writer at a time


HOLD = f"""{WITH_WORDS}
import time
from pathlib import Path
from kg.store.lock import writing
with writing(Path("out")):
    print("held", flush=True)
    time.sleep(float(sys.argv[1]))
"""


def _hold(folder: Path, seconds: float) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-c", HOLD, str(seconds)]
    holder = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_writer_says_who_holds_the_lock(news: Path) -> None:
    kg.build_store("out", "a.txt")
    with _hold(news, 60) as holder:
        try:
            for wait in (0, 0.3):
                with pytest.raises(LockedError, match=f"process {holder.pid} on .* is writing to it") as caught:
                    kg.open_store("out").add("b.txt", wait=wait)
                assert str(holder.pid) in caught.value.holder
            assert kg.open_store("out").query("ASK { ?s ?p ?o }") is True, "readers do not wait"
        finally:
            holder.kill()
    assert kg.open_store("out").add("b.txt", wait=5).read == ("b.txt",), "a dead holder blocks nobody"


def test_a_second_writer_waits(news: Path) -> None:
    kg.build_store("out", "a.txt")
    told: list[str] = []
    with _hold(news, 1) as holder:
        changes = kg.open_store("out").add("b.txt", hooks=Hooks(on_wait=told.append))
        assert changes.read == ("b.txt",)
        assert len(told) == 1
        assert f"process {holder.pid} on " in told[0]


def test_a_folder_taken_away_by_the_writer_waited_for_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    other = FileLock(folder / LOCK)
    other.acquire()

    def wait_for_it() -> bool:
        with writing(folder):
            return (folder / LOCK).exists()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait_for_it)
        time.sleep(0.2)
        shutil.rmtree(folder)
        other.release()
        assert waiting.result(timeout=10)


def test_two_builds_at_once_into_a_new_folder(news: Path) -> None:
    code = f'{WITH_WORDS}\nkg.build_store("out", sys.argv[1:], formats=["nt"])\nprint("done")\n'
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, *files], cwd=news, env=environment, stdout=subprocess.PIPE, text=True
        )
        for files in (["a.txt", "b.txt"], ["c.txt", "d.txt"], ["nothing.txt"])
    ]
    assert [process.communicate()[0] for process in running] == ["done\n"] * 3
    assert {entry.sources for entry in Store("out").documents} in (
        {("../a.txt",), ("../b.txt",)},
        {("../c.txt",), ("../d.txt",)},
    )
