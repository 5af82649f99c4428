"""Run other rule-based extractors beside ``kg``, on the same texts and spaCy model: ``python benchmarks/peers.py DIR``.

DIR is that of quality.py: the same texts, the same scoring programs. What is not installed is named and left out; this
installs all that can be, into the environment of kg (none of it is needed by kg, and kg copies nothing of it):

    python -m pip install textacy triplet-extract lemminflect git+https://github.com/mmxgn/spacy-clausie.git

Seconds are of one processor thread, from the text to the propositions with the parse, the model loaded before.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock

import baseline
import spacy
from cost import ENVIRONMENT, documents_of, plain_model
from scoring import score, share
from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg import formats
from kg.model import Document
from kg.nlp.model import DEFAULT_MODEL, default_model_path

PROPOSITIONS = ("propositions_dev.jsonl", "score_propositions.py")
ARTICLES = ("articles_dev.jsonl", "score_standoff.py")
EVENT_MEASURES = ("event trigger", "event argument", "event negative", "event future", "event uncertain")

Line = dict[str, Any]  # an answer as a scoring program reads it, without its id
Run = Callable[[Language, list[Document]], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class System:
    """An extractor: how it is called here, the module and the package it needs (none for our own)."""

    name: str
    run: Run
    module: str | None = None
    package: str | None = None

    @property
    def there(self) -> bool:
        """Whether it can be run."""
        return self.module is None or find_spec(self.module) is not None

    @property
    def label(self) -> str:
        """Return the name with the version, where one is known."""
        try:
            return f"{self.name} {version(self.package)}" if self.package is not None else self.name
        except PackageNotFoundError:
            return self.name


@dataclass(frozen=True, slots=True)
class Result:
    """How well a system did; ``every`` is the F1 of all its propositions, without a threshold on confidence."""

    system: str
    precision: float
    recall: float
    f1: float
    every: float
    found: float
    milliseconds: float


# -- the systems


def with_kg(form: Callable[[Any], Line]) -> Run:
    """Return the run of ``kg`` itself with one of its output forms."""

    def run(nlp: Language, documents: list[Document]) -> Iterator[Line]:
        return (form(found) for found in kg.extract(documents))

    return run


def from_parse(extract: Callable[[Doc], Line]) -> Run:
    """Return the run of a system that takes what spaCy parsed."""

    def run(nlp: Language, documents: list[Document]) -> Iterator[Line]:
        return (extract(doc) for doc in nlp.pipe(document.text for document in documents))

    return run


def textacy_triples(doc: Doc) -> Line:
    """Return textacy's subject, verb, object, each a list of tokens there."""
    find = import_module("textacy.extract.triples").subject_verb_object_triples
    return {"triples": [[*(" ".join(token.text for token in part) for part in found), 1.0] for found in find(doc)]}


def clausie_triples(doc: Doc) -> Line:
    """Return the propositions of spacy-clausie; what comes after the verb is the object, in its order."""
    clauses = [clause for sent in doc.sents for clause in import_module("claucy").extract_clauses(sent)]
    found = {
        (str(subject), str(verb), " ".join(str(part) for part in rest))
        for clause in clauses
        for subject, verb, *rest in clause.to_propositions(inflect=None)
    }
    return {"triples": [[*each, 1.0] for each in sorted(found)]}


def stanford_triples(nlp: Language, documents: list[Document]) -> Iterator[Line]:
    """Yield the propositions of triplet-extract, Stanford OpenIE in Python; it parses, and parses parts again.

    For the parts it loads a smaller model by its name; here it gets the same model as everybody.
    """
    load = spacy.load
    with mock.patch.object(spacy, "load", lambda _, **options: load(default_model_path(), **options)):
        extractor = import_module("triplet_extract").OpenIEExtractor(nlp=nlp)
    for document in documents:
        found = extractor.extract_triplet_objects(document.text)
        yield {"triples": [[t.subject, t.relation, t.object, round(t.confidence, 2)] for t in found]}


PEERS = (
    System("kg", with_kg(formats.triples)),
    System("every verb of the parse (baseline.py)", from_parse(lambda doc: {"triples": baseline.triples(doc)})),
    System("textacy", from_parse(textacy_triples), "textacy", "textacy"),
    System("spacy-clausie", from_parse(clausie_triples), "claucy", "claucy"),
    System("triplet-extract (Stanford OpenIE)", stanford_triples, "triplet_extract", "triplet-extract"),
)
EVENT_PEERS = (
    System("kg", with_kg(formats.standoff)),
    System("every verb of the parse (baseline.py)", from_parse(lambda doc: {"events": baseline.events(doc)})),
)


# -- running and scoring


def read_lines(file: Path) -> list[Line]:
    """Return the objects of a JSONL file."""
    with file.open(encoding="utf-8") as opened:
        return [json.loads(line) for line in opened]


def answers(system: System, documents: list[Document], folder: Path) -> tuple[Path, float]:
    """Write what a system finds in the documents; return the file and the seconds a text took."""
    nlp = plain_model(DEFAULT_MODEL)
    list(system.run(nlp, documents[:1]))
    before = time.process_time()
    found = list(system.run(nlp, documents))
    seconds = (time.process_time() - before) / len(documents)
    file = folder / "answer.jsonl"
    lines = (json.dumps({**line, "id": d.identifier}) for d, line in zip(documents, found, strict=True))
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file, seconds


def proposition_results(folder: Path, systems: Iterable[System]) -> Iterator[Result]:
    """Yield how each system does on the open propositions."""
    data, scorer = (folder / name for name in PROPOSITIONS)
    documents = documents_of([str(data)])
    for system in systems:
        with tempfile.TemporaryDirectory() as temporary:
            file, seconds = answers(system, documents, Path(temporary))
            found = score(scorer, data, file)
            count = sum(len(line["triples"]) for line in read_lines(file))
        yield Result(
            system.label,
            found["precision"],
            found["recall"],
            found["f1"],
            found["all"][2],
            count / len(documents),
            seconds * 1000,
        )


def event_results(folder: Path, systems: Iterable[System]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the F1 of each system for each measure of events."""
    data, scorer = (folder / name for name in ARTICLES)
    documents = documents_of([str(data)])
    for system in systems:
        with tempfile.TemporaryDirectory() as temporary:
            found = score(scorer, data, answers(system, documents, Path(temporary))[0])
        yield system.label, {measure: found[measure]["f1"] for measure in EVENT_MEASURES}


def run_all(folder: Path) -> dict[str, Any]:
    """Return everything that can be measured with the files of the folder and the packages that are installed."""
    there = [system for system in PEERS if system.there]
    return {
        "propositions": [asdict(r) for r in proposition_results(folder, there)] if _has(folder, PROPOSITIONS) else [],
        "events": list(event_results(folder, EVENT_PEERS)) if _has(folder, ARTICLES) else [],
        "missing": [system.name for system in PEERS if not system.there],
    }


def _has(folder: Path, names: Iterable[str]) -> bool:
    return all((folder / name).is_file() for name in names)


# -- the tables


def tables(found: dict[str, Any]) -> str:
    """Return the results as Markdown."""
    lines: list[str] = []
    if found["propositions"]:
        lines += [
            "| open propositions | precision | recall | F1 | F1 of all | propositions a sentence | ms a sentence |",
            "|---|---|---|---|---|---|---|",
        ]
        for row in (Result(**each) for each in found["propositions"]):
            figures = " | ".join(share(value) for value in (row.precision, row.recall, row.f1, row.every))
            lines.append(f"| {row.system} | {figures} | {row.found:.1f} | {row.milliseconds:.1f} |")
    if found["events"]:
        names = [measure.removeprefix("event ") for measure in EVENT_MEASURES]
        lines += ["", f"| events, F1 | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
        for system, figures in found["events"]:
            lines.append(f"| {system} | {' | '.join(share(figures[measure]) for measure in EVENT_MEASURES)} |")
    if found["missing"]:
        lines += ["", f"Not installed, so left out: {', '.join(found['missing'])}."]
    return "\n".join(lines)


def main() -> None:
    """Run all systems and print the tables, or JSON for quality.py."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the data and the scoring programs are")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not ENVIRONMENT.items() <= os.environ.items():  # numpy reads it when it is loaded: start again
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ENVIRONMENT)
    logging.disable(logging.WARNING)  # some peers tell how they work, sentence by sentence
    found = run_all(args.folder)
    print(json.dumps(found) if args.json else tables(found))


if __name__ == "__main__":
    main()
