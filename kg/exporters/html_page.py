"""The lists the HTML page is made of, and how nodes, lines, claims and passages come into them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.exporters.html_facts import clean, iri_name, passage_bounds, safe_url, spaced, utf16_offset
from kg.index import Index, Names
from kg.vocab import KG, NIF, PROV, RDF, RDFS, SCHEMA, SKOS

Json = dict[str, Any]

_kg, _nif, _prov, _rdf, _rdfs = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(RDFS)
_schema, _skos = Names(SCHEMA), Names(SKOS)

SLOTS = ("Person", "Organization", "Country", "City", "Place", "Participant")
COLOURED_LIKE = {"AdministrativeArea": "Place", "Corporation": "Organization"}
EXTRA_SLOTS = 4
LABELS_OF_A_LINE = 2


@dataclass(slots=True)
class Page:
    """The page's data while it is being gathered; a place in a list is the page's id of what stands there."""

    facts: Index
    shortcuts: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    nodes: list[Json] = field(default_factory=list)
    lines: list[Json] = field(default_factory=list)
    statements: list[Json] = field(default_factory=list)
    claims: list[Json] = field(default_factory=list)
    documents: list[Json] = field(default_factory=list)
    passages: list[Json] = field(default_factory=list)
    types: list[Json] = field(default_factory=list)
    iris: list[str] = field(default_factory=list)
    node_of: dict[str, int] = field(default_factory=dict)
    document_of: dict[str, int] = field(default_factory=dict)
    passage_of: dict[tuple[int, int, int], int] = field(default_factory=dict)
    text_of: dict[str, str] = field(default_factory=dict)
    drawn: dict[tuple[int, int, str], list[tuple[str, int]]] = field(default_factory=dict)
    classes: dict[tuple[str, ...], int] = field(default_factory=dict)


def name_of(facts: Index, iri: str) -> str:
    """Return the label of a resource, or the last part of its IRI."""
    return clean(facts.text(iri, _rdfs.label)) or clean(iri_name(iri)) or "unnamed"


def property_name(facts: Index, iri: str) -> str:
    """Return the label of a class or property, or the last part of its IRI as words."""
    return clean(facts.text(iri, _rdfs.label)) or spaced(iri_name(iri))


def add_node(page: Page, iri: str, *, label: str = "", slot: str = "", kind: str = "") -> int:
    """Add a node for ``iri`` and return its number; slot and kind are read from its classes unless given."""
    facts = page.facts
    if not kind:
        slot, kind = _type_of(facts, iri)
    page.node_of[iri] = len(page.nodes)
    page.iris.append(iri)
    page.nodes.append({
        "iri": iri, "label": label or name_of(facts, iri), "slot": slot, "kind": kind,
        "claims": 0, "in": [], "says": [],
        "aliases": [clean(text) for text in facts.literals(iri, _skos.altLabel)],
        "links": [url for url in facts.iris(iri, _skos.exactMatch) if safe_url(url)],
        "classes": page.classes.setdefault(tuple(facts.iris(iri, _rdf.type)), len(page.classes)),
    })  # fmt: skip
    return page.node_of[iri]


def _type_of(facts: Index, iri: str) -> tuple[str, str]:
    """Return the slot of colour and the name of the class by which an entity is shown."""
    types = facts.iris(iri, _rdf.type)
    if _kg.Participant in types:
        return "participant", "Unnamed"
    names = sorted(clean(iri_name(iri)) for iri in types)
    exact = next((slot for slot in reversed(SLOTS) if slot in names), "")
    if exact:
        return exact.lower(), exact
    like = next((slot for name in names for slot in SLOTS if COLOURED_LIKE.get(name, name).endswith(slot)), "")
    return like.lower(), spaced(names[0]).capitalize() if names else "Other"


def add_line(page: Page, ends: tuple[int, int], status: str, label: str, statement: int) -> None:
    """Add a statement to the line of that status from one node to another; nothing is drawn from a node to itself."""
    if ends[0] != ends[1]:
        page.drawn.setdefault((*ends, status), []).append((label, statement))


def finish_lines(page: Page) -> None:
    """Make the lines: one for all statements of one status from one node to another."""
    for (source, target, status), entries in sorted(page.drawn.items()):
        statements = list(dict.fromkeys(number for _, number in entries if number >= 0))
        labels = sorted(dict.fromkeys(label for label, _ in entries if label))
        label = ", ".join(labels[:LABELS_OF_A_LINE])
        if len(labels) > LABELS_OF_A_LINE:
            label += f" +{len(labels) - LABELS_OF_A_LINE}"
        claims = sum(len(page.statements[number]["claims"]) for number in statements)
        disputed = any(page.statements[number]["disputed"] for number in statements)
        page.lines.append({
            "from": source, "to": target, "status": status, "label": label, "claims": claims,
            "disputed": disputed, "statements": statements,
        })  # fmt: skip


def finish_types(page: Page) -> None:
    """Number the types by how often they occur and give each a slot of colour."""
    kinds = [(node["slot"], node["kind"]) for node in page.nodes]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    order = sorted(counts, key=lambda kind: (kind[0] in ("event", "participant"), -counts[kind], kind))
    extra = [kind for kind in order if not kind[0]]
    for slot, label in order:
        colour = slot or f"extra{extra.index((slot, label)) % EXTRA_SLOTS + 1}"
        page.types.append({"label": label, "slot": colour, "count": counts[slot, label]})
    for node, kind in zip(page.nodes, kinds, strict=True):
        node["type"] = order.index(kind)
        del node["slot"], node["kind"]


def add_claim(page: Page, iri: str, statement: int) -> int:
    """Add what the panel shows of one claim and return its number."""
    facts, number = page.facts, len(page.claims)
    evidence = facts.iris(iri, _kg.evidence)
    phrase = evidence[0] if evidence else ""
    source = facts.text(phrase, _nif.referenceContext) or facts.text(iri, _prov.wasDerivedFrom)
    speakers = facts.iris(iri, _kg.speaker)
    claim: Json = {
        "iri": iri, "evidence": phrase,
        "modality": iri_name(facts.text(iri, _kg.modality)) or "Actual",
        "polarity": iri_name(facts.text(iri, _kg.polarity)) or "Positive",
        "confidence": _number(facts.text(iri, _kg.confidence)),
        "speakers": [page.node_of[speaker] for speaker in speakers],
        "document": _add_document(page, source) if source else -1,
        **_quotation(page, source, phrase),
    }  # fmt: skip
    for speaker in claim["speakers"]:
        said = page.nodes[speaker]["says"]
        if statement not in said:
            said.append(statement)
        page.nodes[speaker]["claims"] += 1
    page.claims.append(claim)
    return number


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return round(value, 3) if 0 <= value <= 1 else None


def _add_document(page: Page, iri: str) -> int:
    if iri not in page.document_of:
        facts = page.facts
        page.document_of[iri] = len(page.documents)
        page.documents.append({
            "iri": iri,
            "title": clean(facts.text(iri, _schema.headline)),
            "url": safe_url(facts.text(iri, _schema.url)),
            "date": clean(facts.text(iri, _schema.datePublished)),
            "publisher": clean(facts.text(iri, _schema.publisher)),
        })  # fmt: skip
        page.text_of[iri] = facts.text(iri, _nif.isString)
    return page.document_of[iri]


def _quotation(page: Page, source: str, phrase: str) -> Json:
    """Return the passage, and begin and end in it, in UTF-16; the bare quotation if the text lacks it there."""
    facts = page.facts
    text, anchor = page.text_of.get(source, ""), facts.text(phrase, _nif.anchorOf)
    try:
        start, end = int(facts.text(phrase, _nif.beginIndex)), int(facts.text(phrase, _nif.endIndex))
    except ValueError:
        start = end = -1
    span = {"start": start, "stop": end}
    if not 0 <= start < end <= len(text) or anchor not in ("", text[start:end]):
        return {**span, "passage": -1, "quote": anchor, "begin": 0, "end": 0}
    quote = text[start:end]
    start, end = start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip())
    first, last = passage_bounds(text, start, end)
    key = (page.document_of[source], first, last)
    passage = text[first:last]
    if key not in page.passage_of:
        page.passage_of[key] = len(page.passages)
        before, after = first > 0 and text[first - 1] != "\n", last < len(text) and text[last] != "\n"
        page.passages.append({"text": passage, "before": before, "after": after})
    begin, stop = (utf16_offset(passage, offset - first) for offset in (start, end))
    return {**span, "passage": page.passage_of[key], "quote": "", "begin": begin, "end": stop}
