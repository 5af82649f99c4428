"""Read a gazetteer that somebody has: SKOS or other RDF, or a table (``docs/gazetteer.md``).

A table has a line of column names: ``name`` is needed; ``aliases``, ``short_names`` and ``demonyms`` hold several
values with ``|`` between them; ``type`` is a class of schema.org ("Person") or an IRI; ``wikidata`` an item ("Q7184");
``geonames`` a number; ``iri`` any other address of the thing.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.entries import Entry
from kg.errors import OntologyError
from kg.vocab import KG, OWL, RDF, RDFS, SCHEMA, SKOS, WD

_SYNTAXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}
_TABLES = {".csv": ",", ".tsv": "\t"}
_COLUMNS = ("name", "aliases", "short_names", "demonyms", "type", "wikidata", "geonames", "iri")
_LABELS = (str(SKOS.prefLabel), str(RDFS.label), str(SCHEMA.name))
_ALIASES = (*_LABELS, str(SKOS.altLabel), str(SKOS.hiddenLabel), str(SCHEMA.alternateName))
_SHORT, _DEMONYM = (str(KG.shortName),), (str(KG.demonym),)
_SAME = (str(SKOS.exactMatch), str(OWL.sameAs), str(SCHEMA.sameAs))
_LINK = re.compile(r"http://www\.wikidata\.org/entity/Q[1-9]\d*|https://sws\.geonames\.org/[1-9]\d*/")
_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)")
_GEONAMES = re.compile(r"https?://(?:sws|www)\.geonames\.org/([1-9]\d*)(?:/.*)?")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_CLASS = re.compile(r"[A-Z][A-Za-z]+")
_NO_THINGS = ("http://www.w3.org/2002/07/owl#", str(SKOS), str(RDFS), str(RDF), str(KG))


def read_gazetteer(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a file, sorted by id, its format told by the suffix: RDF (.ttl .nt .rdf ...), .csv or .tsv.

    Raises OntologyError, naming file and line, for what cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        found = list(_table(path, _TABLES[suffix]))
    elif suffix in _SYNTAXES:
        found = list(_rdf(path, _SYNTAXES[suffix]))
    else:
        known = ", ".join(sorted((*_TABLES, *_SYNTAXES)))
        raise OntologyError(str(path), f"no gazetteer by its suffix; there are: {known}")
    if not found:
        raise OntologyError(str(path), "names nothing; it takes skos:prefLabel or rdfs:label, or a table with a name")
    return tuple(sorted(found, key=lambda entry: entry.id))


def thing_id(name: str) -> str:
    """Return the id of a thing by its name: spaces as underscores, what an IRI does not take percent-encoded.

    >>> thing_id("Jens Stoltenberg"), thing_id('A "B"')
    ('Jens_Stoltenberg', 'A_%22B%22')
    """
    name = unicodedata.normalize("NFC", " ".join(name.split())).replace(" ", "_")
    return "".join(c if c.isalnum() else quote(c, safe="-._~") for c in name)


# RDF


def _rdf(path: Path, syntax: ox.RdfFormat) -> Iterator[Entry]:
    things: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    try:
        for quad in ox.parse(path=str(path), format=syntax):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                things.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    except SyntaxError as error:
        raise OntologyError(str(path), str(error.msg), line=error.lineno) from error
    except OSError as error:
        raise OntologyError(str(path), error.strerror or str(error)) from error
    for iri, facts in sorted(things.items()):
        types = sorted(value.value for value in facts.get(str(RDF.type), ()))
        schemes = {str(SKOS.ConceptScheme), str(OWL.Ontology), str(OWL.Class), str(KG.EventType), str(KG.RelationType)}
        if (label := _label(facts)) and not schemes.intersection(types):
            yield _entry(iri, label, types, facts)


def _label(facts: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> str:
    """Return the name in English, else without a language, else in the first of the others."""
    for predicate in _LABELS:
        values = [v for v in facts.get(predicate, ()) if isinstance(v, ox.Literal) and v.value.strip()]
        if values:
            first = min(values, key=lambda v: (not (v.language or "").startswith("en"), v.language or "", v.value))
            return " ".join(first.value.split())
    return ""


def _entry(iri: str, label: str, types: list[str], facts: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> Entry:
    def texts(predicates: tuple[str, ...]) -> tuple[str, ...]:
        values = (v for predicate in predicates for v in facts.get(predicate, ()) if isinstance(v, ox.Literal))
        return tuple(sorted({" ".join(v.value.split()) for v in values} - {label, ""}))

    same = (v.value for predicate in _SAME for v in facts.get(predicate, ()) if isinstance(v, ox.NamedNode))
    return Entry(
        id=unquote(iri.rpartition("/entity/")[2]) if "/entity/" in iri and not _link(iri) else thing_id(label),
        label=label,
        types=tuple(each for each in types if each == str(KG.Group) or not each.startswith(_NO_THINGS)),
        aliases=texts(_ALIASES),
        short_names=texts(_SHORT),
        demonyms=texts(_DEMONYM),
        matches=tuple(sorted({link for each in (iri, *same) if (link := _link(each))})),
    )


def _link(iri: str) -> str:
    """Return an address of Wikidata or GeoNames as the IRI of the thing; "" for any other."""
    if found := _WIKIDATA.fullmatch(iri):
        return f"{WD}{found[1]}"
    found = _GEONAMES.fullmatch(iri)
    return f"https://sws.geonames.org/{found[1]}/" if found else ""


# tables


def _table(path: Path, delimiter: str) -> Iterator[Entry]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            if delimiter == "," and ";" in first and "," not in first:
                delimiter = ";"
            rows = csv.DictReader(file, delimiter=delimiter, strict=True)
            columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
            _check_columns(path, columns)
            rows.fieldnames = columns
            for row in rows:
                yield _row(path, rows.line_num, row)
    except UnicodeDecodeError as error:
        raise OntologyError(str(path), "is not UTF-8; save the table as CSV UTF-8") from error
    except csv.Error as error:
        raise OntologyError(str(path), str(error), line=rows.line_num) from error
    except OSError as error:
        raise OntologyError(str(path), error.strerror or str(error)) from error


def _check_columns(path: Path, columns: list[str]) -> None:
    unknown = [name for name in columns if name not in _COLUMNS]
    if "name" not in columns or unknown:
        wrong = f"has no column {unknown[0]!r} to read" if unknown else "has no column 'name'"
        raise OntologyError(str(path), f"{wrong}; the columns are: {', '.join(_COLUMNS)}", line=1)


def _row(path: Path, line: int, row: Mapping[str | None, str | list[str] | None]) -> Entry:
    if None in row:
        raise OntologyError(str(path), "has more fields than there are columns; quote a field with commas", line=line)
    given = {column: (row.get(column) or "") for column in _COLUMNS}
    fields = {column: " ".join(value.split()) for column, value in given.items() if isinstance(value, str)}
    if not fields["name"]:
        raise OntologyError(str(path), "has no name", line=line)

    def several(column: str) -> tuple[str, ...]:
        return tuple(sorted({part.strip() for part in fields[column].split("|")} - {"", fields["name"]}))

    return Entry(
        id=thing_id(fields["name"]),
        label=fields["name"],
        types=_types(path, line, fields["type"]),
        aliases=several("aliases"),
        short_names=several("short_names"),
        demonyms=several("demonyms"),
        matches=tuple(_matches(path, line, fields)),
    )


def _types(path: Path, line: int, given: str) -> tuple[str, ...]:
    given = given.removeprefix("schema:")
    if not given:
        return ()
    if _CLASS.fullmatch(given):
        if given in SCHEMA:  # rdflib has the list
            return (f"{SCHEMA}{given}",)
    elif _IRI.fullmatch(given):
        return (given,)
    raise OntologyError(str(path), f"type {given!r} is no class of schema.org (Person, Organization ...)", line=line)


def _matches(path: Path, line: int, fields: Mapping[str, str]) -> Iterator[str]:
    addresses = (
        (fields["wikidata"], f"{WD}{fields['wikidata']}"),
        (fields["geonames"], f"https://sws.geonames.org/{fields['geonames']}/"),
    )
    for given, address in addresses:
        if given:
            link = _link(given) or address
            if not _LINK.fullmatch(link):
                raise OntologyError(str(path), f"{given!r} is no item like Q7184 or number of GeoNames", line=line)
            yield link
    if fields["iri"]:
        if not _IRI.fullmatch(fields["iri"]):
            raise OntologyError(str(path), f"{fields['iri']!r} is no IRI", line=line)
        if link := _link(fields["iri"]):
            yield link
