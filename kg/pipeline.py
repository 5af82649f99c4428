"""One way through: sources to documents to statements to one graph."""

from __future__ import annotations

import multiprocessing
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
from spacy.language import Language

from kg.errors import SettingError, SourceError
from kg.events import event_types
from kg.extractors import extract_all
from kg.gazetteer import load_gazetteer
from kg.graph import KnowledgeGraph
from kg.identity import consolidate, read_decisions
from kg.merge import digest, merge
from kg.model import Attribution, Document, Entity, Gap, Mention, Span, Statement, TimeExpression
from kg.nlp.annotation import Annotation
from kg.nlp.model import DEFAULT_MODEL, load_model, model_version, parse_all
from kg.ontology import ontology_dir, read_bytes
from kg.rdf import Writer
from kg.relations import relation_triggers
from kg.resolve import resolve
from kg.sources import read_sources
from kg.vocab import BASE

_CHUNK = 16
_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]")
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one document.

    ``entities`` resolves each mention of its statements; ``gaps`` are the events that are named and give none.
    """

    document: Document
    statements: tuple[Statement, ...]
    entities: Mapping[Mention, tuple[Entity, ...]]
    gaps: tuple[Gap, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    coreference: tuple[tuple[Span, ...], ...] = ()
    stances: tuple[Attribution, ...] = ()


def build(
    sources: str | Path | Document | Iterable[str | Path | Document],
    *,
    date: date | None = None,
    ontology: Sequence[Path] = (),
    gazetteer: Sequence[Path] = (),
    model: str = DEFAULT_MODEL,
    jobs: int = 1,
    base: str = BASE,
    identity: Sequence[Path] = (),
    on_document: Callable[[Document], None] | None = None,
    on_error: Callable[[SourceError], None] | None = None,
) -> KnowledgeGraph:
    """Build the graph of all sources: files, folders, globs, addresses, "-", or documents.

    ``date`` is the day of publication of documents that have none; ``ontology`` adds Turtle files of event
    types and entities, ``gazetteer`` files of things (SKOS, RDF, CSV: docs/gazetteer.md), ``identity`` files that
    say what is one and what is not (docs/identity.md). ``jobs`` processes parse side by side, with the same graph for
    any number.
    ``on_document`` is called after each document; what cannot be read goes to ``on_error``, and the
    rest is built. Raises ModelError, OntologyError, SettingError.

    >>> graph = build([Document("NATO will deploy battalions to Estonia, Latvia, Lithuania, Poland.")])
    >>> graph.query("SELECT ?place WHERE { entity:NATO relation:willDeployTo/rdfs:label ?place }").rows
    (('Estonia',), ('Latvia',), ('Lithuania',), ('Poland',))
    """
    decisions = read_decisions(*map(Path, identity))
    read = read_documents(
        sources,
        date=date,
        ontology=ontology,
        gazetteer=gazetteer,
        model=model,
        jobs=jobs,
        base=base,
        on_error=on_error,
    )

    def quads() -> Iterator[ox.Quad]:
        for document, facts in read:
            yield from facts
            if on_document is not None:
                on_document(document)

    return KnowledgeGraph(consolidate(quads(), decisions=decisions))


def read_documents(
    sources: str | Path | Document | Iterable[str | Path | Document],
    *,
    date: date | None = None,
    ontology: Sequence[Path] = (),
    gazetteer: Sequence[Path] = (),
    model: str = DEFAULT_MODEL,
    jobs: int = 1,
    base: str = BASE,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[tuple[Document, tuple[ox.Quad, ...]]]:
    """Yield each document with its quads as read, before anything is decided across documents.

    The quads stand in the document's named graph, declarations in that of the ontology; arguments as for `build`.

    >>> [(document, quads)] = read_documents([Document("Malta sent ships.")])
    >>> sorted({quad.graph_name.value.rpartition("/")[0] for quad in quads})
    ['https://example.org/kg/document', 'https://w3id.org/newskg']
    """
    if _BASE_IRI.fullmatch(base) is None:
        raise SettingError("base", base, "not an absolute IRI that ends in / or #")
    paths, own = tuple(map(Path, ontology)), tuple(map(Path, gazetteer))
    writer = Writer(event_types(*paths), digest(*_run_parts(model, (*paths, *own))), _run_label(model), base)
    for found in extract(sources, date=date, ontology=paths, gazetteer=own, model=model, jobs=jobs, on_error=on_error):
        merged = merge(found.document, found.statements, found.entities)
        yield found.document, tuple(writer.quads(merged))


def extract(
    sources: str | Path | Document | Iterable[str | Path | Document],
    *,
    date: date | None = None,
    ontology: Sequence[Path] = (),
    gazetteer: Sequence[Path] = (),
    model: str = DEFAULT_MODEL,
    jobs: int = 1,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Extraction]:
    """Yield what is found in each document, in the order of the sources; arguments as for `build`.

    >>> [found] = extract([Document("Russia denied that it had attacked Ukraine.")])
    >>> [(s.trigger, s.polarity.value) for s in found.statements]
    [('deny', 'Positive'), ('attack', 'Negative')]
    """
    settings = _Settings(model, tuple(map(Path, ontology)), tuple(map(Path, gazetteer)))
    listed = [sources] if isinstance(sources, str | Path | Document) else sources
    documents = _documents(listed, date, on_error)
    if jobs <= 1:
        yield from settings.extract(documents)
    else:
        yield from _parallel(settings, documents, jobs)


def extract_annotated(
    sources: str | Path | Document | Iterable[str | Path | Document],
    *,
    date: date | None = None,
    ontology: Sequence[Path] = (),
    gazetteer: Sequence[Path] = (),
    model: str = DEFAULT_MODEL,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[tuple[Extraction, Annotation]]:
    """Yield what `extract` yields with the annotated parse it was read from, in this process: to explain and to count.

    >>> [(found, annotation)] = extract_annotated([Document("Malta sent ships.")])
    >>> [token.lemma_ for token in annotation.doc if token.i in annotation.clauses], found.statements[0].trigger
    (['send'], 'send')
    """
    settings = _Settings(model, tuple(map(Path, ontology)), tuple(map(Path, gazetteer)))
    listed = [sources] if isinstance(sources, str | Path | Document) else sources
    yield from settings.extract_annotated(_documents(listed, date, on_error))


def _documents(
    sources: Iterable[str | Path | Document], published: date | None, on_error: Callable[[SourceError], None] | None
) -> Iterator[Document]:
    for given, group in groupby(sources, key=lambda source: isinstance(source, Document)):
        if given:
            yield from (each for each in group if isinstance(each, Document))
            continue
        for found in read_sources([str(path) for path in group], date=published):
            if isinstance(found, Document):
                yield found
            elif on_error is not None:
                on_error(found)


@dataclass(frozen=True, slots=True)
class _Settings:
    """What a process needs to know to extract."""

    model: str
    ontology: tuple[Path, ...]
    gazetteer: tuple[Path, ...] = ()

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for found, _ in self.extract_annotated(documents):
            yield found

    def extract_annotated(self, documents: Iterable[Document]) -> Iterator[tuple[Extraction, Annotation]]:
        types, gazetteer = event_types(*self.ontology), load_gazetteer(*self.ontology, own=self.gazetteer)
        relations = relation_triggers(*self.ontology)
        for document, doc in parse_all(_nlp(self.model), documents):
            annotation = Annotation(
                doc,
                published=document.published,
                boilerplate=document.boilerplate,
                headline=document.headline,
                types=types,
                relations=relations,
                gazetteer=gazetteer,
            )
            statements, gaps = extract_all(annotation)
            found = Extraction(
                document,
                statements,
                resolve(document, statements, gazetteer, coreference=annotation.coreference),
                gaps,
                annotation.times,
                annotation.attributions,
                annotation.coreference,
                annotation.stances,
            )
            yield found, annotation


@cache
def _nlp(model: str) -> Language:
    return load_model(model)


def _extract_chunk(settings: _Settings, documents: list[Document]) -> list[Extraction]:
    return list(settings.extract(documents))


def _parallel(settings: _Settings, documents: Iterator[Document], jobs: int) -> Iterator[Extraction]:
    """Extract in ``jobs`` processes, in order, with a bounded number of documents in flight."""
    pending: deque[Future[list[Extraction]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for chunk in _chunks(documents):
            pending.append(pool.submit(_extract_chunk, settings, chunk))
            if len(pending) >= jobs * _AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _chunks(documents: Iterator[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    for document in documents:
        chunk.append(document)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _run_label(model: str) -> str:
    meta = _nlp(model).meta
    return f"newskg {version('newskg')}, {meta.get('lang', '')}_{meta.get('name', model)} {meta.get('version', '')}"


def reader(
    *, model: str = DEFAULT_MODEL, ontology: Sequence[Path] = (), gazetteer: Sequence[Path] = ()
) -> dict[str, str]:
    """Return all that decides what is read in a document, each with its version or a hash: the same, the same quads.

    Raises ModelError, OntologyError. Nothing is loaded.
    """
    return {
        "newskg": f"{version('newskg')} ({_package()})",
        "spaCy": version("spacy"),
        "model": model_version(model),
        "ontology": _hash(ontology),
        "gazetteer": _hash(gazetteer),
    }


def _hash(paths: Sequence[Path]) -> str:
    return digest(*(read_bytes(Path(path)) for path in paths)) if paths else "none of your own"


@cache
def _package() -> str:
    """Return a hash of this package's programs and data: in a checkout, its version says little."""
    folders = Path(__file__).parent, ontology_dir()
    files = {path for folder in folders for pattern in ("*.py", "*.ttl") for path in folder.rglob(pattern)}
    return digest(*(path.read_bytes() for path in sorted(files)))


def _run_parts(model: str, ontology: tuple[Path, ...]) -> list[str]:
    return [_run_label(model), *(digest(read_bytes(path)) for path in ontology)]
