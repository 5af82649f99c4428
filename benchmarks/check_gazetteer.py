"""Check ``ontologies/gazetteer.ttl``: list what is wrong with it, and exit 1 when anything is.

Run ``python benchmarks/check_gazetteer.py [FILE ...]``; files given are checked together with the gazetteer.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.ontology import ontology_dir, read_turtle
from kg.vocab import GEO, KG, RDF, RDFS, SCHEMA, SKOS, WD

Properties = Mapping[str, list[ox.NamedNode | ox.Literal]]
LABEL, ALIAS, TYPE, MATCH = str(RDFS.label), str(SKOS.altLabel), str(RDF.type), str(SKOS.exactMatch)
SHORT, DEMONYM, COMMENT = str(KG.shortName), str(KG.demonym), str(RDFS.comment)
CAPITAL, CAPITAL_OF, SEAT_OF = str(KG.capital), str(KG.capitalOf), str(KG.seatOf)
GOVERNMENT_OF = str(KG.governmentOf)
MEMBER, PARENT, LAT, LONG = str(SCHEMA.member), str(SCHEMA.parentOrganization), str(GEO.lat), str(GEO.long)
COUNTRY, GROUP = str(SCHEMA.Country), f"{KG._NS}Group"
CLASSES = frozenset(
    map(
        str,
        (
            SCHEMA.Country,
            SCHEMA.City,
            SCHEMA.AdministrativeArea,
            SCHEMA.Organization,
            SCHEMA.GovernmentOrganization,
            SCHEMA.Corporation,
            SCHEMA.Place,
            SCHEMA.Person,
        ),
    )
)
TEXTS, LINKS = (LABEL, ALIAS, SHORT, DEMONYM, COMMENT), (CAPITAL, CAPITAL_OF, SEAT_OF, GOVERNMENT_OF, MEMBER, PARENT)
KNOWN = frozenset((*TEXTS, *LINKS, TYPE, MATCH, LAT, LONG))
WIKIDATA = re.compile(re.escape(str(WD)) + r"Q[1-9]\d*")
# How many members each of these has: the treaties' own numbers, against members lost in an edit.
SIZES = {"United_Nations": 193, "NATO": 32, "European_Union": 27, "Baltic_states": 3, "G7": 7, "OPEC": 12, "ASEAN": 11}


def faults(*extra: Path) -> list[str]:
    """Return what is wrong with the gazetteer and the ``extra`` files, a sorted line each; [] when all is well."""
    entities = _read((ontology_dir() / "gazetteer.ttl", *extra))
    checks = (_form, _links, _unique_ids, _unique_names, _states, _sizes)
    return sorted(fault for check in checks for fault in check(entities))


def _read(paths: Iterable[Path]) -> dict[str, Properties]:
    entities: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for path in paths:
        for quad in read_turtle(path):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                properties = entities.setdefault(quad.subject.value, defaultdict(list))
                properties[quad.predicate.value].append(quad.object)
    return {iri: dict(properties) for iri, properties in entities.items()}


def _values(properties: Properties, name: str) -> list[str]:
    return [value.value for value in properties.get(name, ())]


def _name(iri: str) -> str:
    return iri.rpartition("/")[2]


def _form(entities: Mapping[str, Properties]) -> Iterator[str]:
    """Every entity has one label and a known class; texts are English, tidy and not said twice."""
    for iri, properties in entities.items():
        if len(properties.get(LABEL, ())) != 1:
            yield f"{_name(iri)}: has {len(properties.get(LABEL, ()))} labels"
        if not CLASSES & set(_values(properties, TYPE)):
            yield f"{_name(iri)}: no known class"
        yield from (
            f"{_name(iri)}: unknown class {type}" for type in set(_values(properties, TYPE)) - CLASSES - {GROUP}
        )
        yield from (f"{_name(iri)}: unknown property {name}" for name in properties.keys() - KNOWN)
        for text in (text for name in TEXTS for text in properties.get(name, ())):
            if not isinstance(text, ox.Literal) or text.language != "en":
                yield f"{_name(iri)}: {text} is not a text in English"
            if text.value != " ".join(text.value.split()) or not text.value:
                yield f"{_name(iri)}: needless space in {text.value!r}"
        if set(_values(properties, LABEL)) & set(_values(properties, ALIAS)):
            yield f"{_name(iri)}: its label is an alias as well"


def _links(entities: Mapping[str, Properties]) -> Iterator[str]:
    """What is pointed to is defined; capital and capitalOf are inverse; groups have members."""
    for iri, properties in entities.items():
        for name in LINKS:
            for target in _values(properties, name):
                if target not in entities:
                    yield f"{_name(iri)}: {_name(name)} {_name(target)} is not defined"
        for name, inverse in ((CAPITAL, CAPITAL_OF), (CAPITAL_OF, CAPITAL)):
            for target in _values(properties, name):
                if iri not in _values(entities.get(target, {}), inverse):
                    yield f"{_name(iri)}: {_name(target)} does not say the inverse of its {_name(name)}"
        if len(set(_values(properties, GOVERNMENT_OF))) > 1:
            yield f"{_name(iri)}: the government of more than one state"
        if GROUP in _values(properties, TYPE) and len(properties.get(MEMBER, ())) < 2:
            yield f"{_name(iri)}: a group of fewer than two"


def _unique_ids(entities: Mapping[str, Properties]) -> Iterator[str]:
    """Wikidata ids are well formed, and no two entities have the same one."""
    owners: dict[str, list[str]] = defaultdict(list)
    for iri, properties in entities.items():
        for match in _values(properties, MATCH):
            owners[match].append(_name(iri))
            if match.startswith(str(WD)) and not WIKIDATA.fullmatch(match):
                yield f"{_name(iri)}: {match} is no Wikidata item"
    yield from (f"{_name(match)}: stands for {', '.join(sorted(of))}" for match, of in owners.items() if len(of) > 1)


def _unique_names(entities: Mapping[str, Properties]) -> Iterator[str]:
    """No two entities of the same class share a label; an alias is no label of another of its class."""
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, properties in entities.items():
        for type in CLASSES & set(_values(properties, TYPE)):
            for label in _values(properties, LABEL):
                labels[type, label.casefold()].add(iri)
    for iri, properties in entities.items():
        for type in sorted(CLASSES & set(_values(properties, TYPE))):
            for name in {name.casefold() for name in _values(properties, LABEL) + _values(properties, ALIAS)}:
                for other in labels[type, name] - {iri}:
                    yield f"{_name(iri)}: {name!r} is the label of {_name(other)}, of the same class"


def _states(entities: Mapping[str, Properties]) -> Iterator[str]:
    """Every state has a demonym, and a capital or a word on why it has none."""
    for iri, properties in entities.items():
        if COUNTRY in _values(properties, TYPE):
            if not properties.get(DEMONYM):
                yield f"{_name(iri)}: no demonym"
            if not properties.get(CAPITAL) and not properties.get(COMMENT):
                yield f"{_name(iri)}: no capital, and no comment on it"


def _sizes(entities: Mapping[str, Properties]) -> Iterator[str]:
    """The best known bodies have as many members as they ought to; those of the UN are states."""
    by_name = {_name(iri): properties for iri, properties in entities.items()}
    for name, size in SIZES.items():
        members = set(_values(by_name.get(name, {}), MEMBER))
        if len(members) != size:
            yield f"{name}: {len(members)} members, not {size}"
    for member in _values(by_name.get("United_Nations", {}), MEMBER):
        if COUNTRY not in _values(entities.get(member, {}), TYPE):
            yield f"United_Nations: {_name(member)} is not a state"


if __name__ == "__main__":
    found = faults(*map(Path, sys.argv[1:]))
    print("\n".join(found) or "no faults")
    sys.exit(bool(found))
