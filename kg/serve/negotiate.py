"""Choose the format of an answer by the Accept header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import RequestError

TABLES: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


def chosen(accept: str, offered: Iterable[str]) -> str:
    """Return the media type of ``offered`` that an Accept header wants most; the first offered where it does not care.

    Raises RequestError (406) where it wants none of them.

    >>> chosen("text/html, text/csv;q=0.5, */*;q=0.1", TABLES)
    'text/csv'
    >>> chosen("", GRAPHS)
    'text/turtle'
    """
    types = list(offered)
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    quality, place = max((_quality(media, ranges), -place) for place, media in enumerate(types))
    if quality <= 0:
        raise RequestError(406, f"the answer can be had as {', '.join(types)}, not as {accept}")
    return types[-place]


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        media, *parameters = (word.strip().lower() for word in part.split(";"))
        if not media:
            continue
        given = next((word.removeprefix("q=") for word in parameters if word.startswith("q=")), "1")
        try:
            yield media, float(given)
        except ValueError:
            yield media, 0.0


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """Return how much a media type is wanted: what the most specific range that fits says."""
    for wanted in (media, media.partition("/")[0] + "/*", "*/*"):
        if found := [quality for each, quality in ranges if each == wanted]:
            return max(found)
    return 0.0
