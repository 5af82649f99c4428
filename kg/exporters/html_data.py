"""What the HTML page knows of a graph, as plain JSON, read from its quads alone.

A statement (an event or a relation) is drawn in the way that reads best: as lines from each of its
agents to everything else it touches, and as a small node of its own where that is impossible (no
agent, or nobody else), would be a thicket (more than ``MAX_LINES`` lines), or where the event takes
part in another statement itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.exporters.html_facts import clean
from kg.exporters.html_page import Json, Page, add_claim, add_line, add_node, finish_lines, finish_types, property_name
from kg.index import Index, Names, Term
from kg.model import Role
from kg.vocab import KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM

_kg, _nif, _prov, _rdf, _rdfs = Names(KG), Names(NIF), Names(PROV), Names(RDF), Names(RDFS)
_schema, _sem, _owl = Names(SCHEMA), Names(SEM), Names(OWL)

Key = tuple[Term, ...]  # (event,) or (subject, predicate, object)

MAX_LINES = 12
ROLES = {str(role): str(KG[str(role)]) for role in Role}
LINKING_WORDS = {
    "recipient": "to", "partner": "with", "destination": "to", "origin": "from", "location": "in", "instrument": "with",
    "topic": "about", "purpose": "for", "cause": "because of", "attribute": "as",
}  # fmt: skip
STRENGTH = ("Actual", "Planned", "Required", "Conditional", "Possible")
FAMILIES = {
    "Actual": "actual", "Planned": "planned", "Required": "possible", "Conditional": "possible", "Possible": "possible",
}  # fmt: skip
SPACE = str(SCHEMA)
NOT_ENTITIES = (
    _nif.Context, _nif.Phrase, _schema.NewsArticle, _kg.Claim, _kg.Shortcut, _kg.EventType, _kg.RelationType,
    _sem.Event, _prov.Activity, _owl.ObjectProperty, _owl.DatatypeProperty, _owl.Class, _rdfs.Class, _rdf.Property,
)  # fmt: skip


def page_data(facts: Index) -> Json:
    """Return the page's lists: nodes, lines, statements, claims, passages, documents, types;
    and classes, the lists of classes that nodes have.

    Entries point to each other by their places in the lists; the same graph gives the same lists.
    ``prefixes`` are those of the graph, with which the page writes Turtle.
    Blank nodes are left out: their names change whenever a file is read.
    """
    page = Page(facts)
    page.shortcuts = _shortcuts(page.facts)
    about = _statements(page.facts)
    events = {_iri(key[0]) for key in about if len(key) == 1}
    for iri in _entities(page.facts, about):
        add_node(page, iri, **({"slot": "event", "kind": "Event"} if iri in events else {}))
    for key in sorted(about, key=lambda key: [str(term) for term in key]):
        _add_statement(page, key, about[key])
    _add_background(page)
    finish_lines(page)
    finish_types(page)
    names = ("nodes", "lines", "statements", "claims", "passages", "documents", "types")
    return {name: getattr(page, name) for name in names} | {"classes": [list(classes) for classes in page.classes]}


def _shortcuts(facts: Index) -> dict[str, tuple[str, frozenset[str]]]:
    """Return, by shortcut property, its label and the event classes it stands for."""
    found = facts.by_type.get(_kg.Shortcut, ())
    return {s: (property_name(facts, s), frozenset(facts.iris(s, _kg.eventType))) for s in found}


def _statements(facts: Index) -> dict[Key, list[str]]:
    """Return every event and relation with the claims that make it."""
    about: dict[Key, list[str]] = {(ox.NamedNode(event),): [] for event in _named(facts.events)}
    for claim in sorted(_named(facts.claims)):
        event = facts.iris(claim, _kg.about)
        triple = [term for p in (_rdf.subject, _rdf.predicate, _rdf.object) for term in facts.objects(claim, p)[:1]]
        if event:
            about.setdefault((ox.NamedNode(event[0]),), []).append(claim)
        elif len(triple) == 3 and all(map(_iri, triple[:2])) and isinstance(triple[2], ox.NamedNode | ox.Literal):
            about.setdefault(tuple(triple), []).append(claim)
    return about


def _named(subjects: Iterable[str]) -> list[str]:
    """Return the subjects that are IRIs."""
    return [subject for subject in subjects if not subject.startswith("_:")]


def _entities(facts: Index, about: dict[Key, list[str]]) -> list[str]:
    """Return the IRIs of everything that takes part in a statement, speaks, or is described as an entity."""
    used: set[str] = set()
    for key, claims in about.items():
        if len(key) == 1:
            used.update(iri for role in _roles(facts, _iri(key[0])) for iri in facts.iris(_iri(key[0]), ROLES[role]))
        else:
            used.update(term.value for term in (key[0], key[2]) if isinstance(term, ox.NamedNode))
        used.update(iri for claim in claims for iri in facts.iris(claim, _kg.speaker))
    classes = (name for name in facts.by_type if name.startswith(SPACE) or name == _kg.Participant)
    described = {subject for name in classes for subject in facts.by_type[name]}
    others = {subject for name in NOT_ENTITIES for subject in facts.by_type.get(name, ())}
    return sorted(used.union(_named(described - others)))


def _roles(facts: Index, event: str) -> list[str]:
    row = facts.subjects.get(event, {})
    return [role for role, iri in ROLES.items() if iri in row]


def _iri(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _add_statement(page: Page, key: Key, claims: list[str]) -> None:
    number = len(page.statements)
    made = [add_claim(page, claim, number) for claim in claims]
    statement: Json = {"claims": sorted(made, key=lambda claim: _place(page.claims[claim])), **_status(page, made)}
    page.statements.append(statement)
    if len(key) == 1:
        _add_event(page, _iri(key[0]), number)
    else:
        _add_relation(page, key, number)
    touched = {part for _, parts in statement["parts"] for part in parts if isinstance(part, int)}
    for node in sorted(touched | set(statement["node"])):
        page.nodes[node]["in"].append(number)
        page.nodes[node]["claims"] += len(claims)


def _place(claim: Json) -> tuple[int, int, int]:
    return claim["document"], claim["passage"], claim["begin"]


def _status(page: Page, claims: list[int]) -> Json:
    """Return how a statement stands after all that is claimed of it."""
    positive = {page.claims[claim]["modality"] for claim in claims if page.claims[claim]["polarity"] != "Negative"}
    negative = any(page.claims[claim]["polarity"] == "Negative" for claim in claims)
    if not claims:
        return {"status": "background", "modality": "", "disputed": False}
    if not positive:
        return {"status": "denied", "modality": "", "disputed": False}
    modality = next((name for name in STRENGTH if name in positive), "Actual")
    return {"status": FAMILIES[modality], "modality": modality, "disputed": negative}


def _add_relation(page: Page, key: Key, number: int) -> None:
    statement, predicate = page.statements[number], property_name(page.facts, _iri(key[1]))
    source = page.node_of[_iri(key[0])]
    target: int | str = clean(key[2].value) if isinstance(key[2], ox.Literal) else page.node_of[_iri(key[2])]
    if isinstance(target, int):
        add_line(page, (source, target), statement["status"], _marked(predicate, statement), number)
    name = page.nodes[target]["label"] if isinstance(target, int) else target
    statement.update(
        iri="", predicate=_iri(key[1]), cls="", plover="", trigger="", begin="", end="",
        text=f"{page.nodes[source]['label']}: {predicate} {name}", kind=predicate, time="", node=[],
        fact=[] if isinstance(target, int) else [predicate, target],
        parts=[["subject", [source]], [predicate, [target]]], exact=_exact([key[2]]),
    )  # fmt: skip


def _add_event(page: Page, event: str, number: int) -> None:
    facts, statement = page.facts, page.statements[number]
    classes = [iri for iri in facts.iris(event, _rdf.type) if iri != _sem.Event]
    kind = property_name(facts, classes[0]) if classes else "event"
    trigger = clean(facts.text(event, _kg.trigger)) or kind
    parts: list[list[Any]] = [[role, _values(page, event, role)] for role in _roles(facts, event)]
    text = clean(facts.text(event, _rdfs.label)) or trigger
    begin, end = (clean(facts.text(event, p)) for p in (_sem.hasBeginTimeStamp, _sem.hasEndTimeStamp))
    statement.update(
        iri=event, predicate="", cls=classes[0] if classes else "", plover=facts.plover(event) or "", trigger=trigger,
        begin=begin, end=end, text=text, kind=kind, time=_time(begin, end, clean(facts.text(event, _kg.timeText))),
        parts=parts, node=[], fact=[],
        exact=_exact(term for role, _ in parts for term in _literals(facts, event, ROLES[role])),
    )  # fmt: skip
    touched = [(role, node) for role, values in parts for node in values if isinstance(node, int)]
    agents = [node for role, node in touched if role == "agent"]
    others = [(role, node) for role, node in touched if role != "agent"]
    if others and 0 < len(agents) * len(others) <= MAX_LINES and event not in page.node_of:
        made = {(a, n): _shortcut_label(page, a, n, classes, statement) for a in agents for _, n in others}
        verb = next((f"will {trigger}" for label in made.values() if label.startswith(f"will {trigger} ")), "")
        for role, node in others:
            word = LINKING_WORDS.get(role, "")
            label = f"{verb} {word}".strip() if verb else _marked(f"{trigger} {word}".strip(), statement)
            for agent in agents:
                add_line(page, (agent, node), statement["status"], made[agent, node] or label, number)
        return
    if event not in page.node_of:
        add_node(page, event, slot="event", kind="Event")
    centre = page.node_of[event]
    page.nodes[centre]["label"] = _marked(trigger, statement)
    statement["node"] = [centre]
    for role, node in touched:
        ends = (node, centre) if role == "agent" else (centre, node)
        add_line(page, ends, statement["status"], LINKING_WORDS.get(role, ""), number)


def _values(page: Page, event: str, role: str) -> list[Any]:
    """Return what fills a role: numbers of nodes, then texts."""
    nodes = [page.node_of[iri] for iri in page.facts.iris(event, ROLES[role])]
    return [*nodes, *(clean(term.value) for term in _literals(page.facts, event, ROLES[role]))]


def _literals(facts: Index, subject: str, predicate: str) -> list[ox.Literal]:
    """Return the literal values of a property, English ones first, as ``Index.literals`` orders their texts."""
    found = [term for term in facts.objects(subject, predicate) if isinstance(term, ox.Literal)]
    return sorted(found, key=lambda term: term.language not in ("en", None))


def _exact(terms: Iterable[Term]) -> list[str]:
    """Return the literals among ``terms`` as N-Triples write them, or "" for what is plain English: the usual case.

    >>> _exact([ox.Literal("envoy", language="en"), ox.Literal("Gesandter", language="de")])
    ['', '"Gesandter"@de']
    """
    literals = [term for term in terms if isinstance(term, ox.Literal)]
    exact = ["" if term == ox.Literal(clean(term.value), language="en") else str(term) for term in literals]
    return exact if any(exact) else []


def _marked(words: str, statement: Json) -> str:
    """Return ``words`` with the factuality that a line's pattern alone does not tell."""
    note = "denied" if statement["status"] == "denied" else statement["modality"].lower()
    return words if note in ("", "actual") else f"{words} ({note})"


def _shortcut_label(page: Page, source: int, target: int, classes: list[str], statement: Json) -> str:
    """Return the label of the graph's shortcut for this statement between two nodes ("will deploy to"), or ""."""
    if statement["status"] not in ("actual", "planned"):
        return ""
    subject, planned = page.iris[source], statement["status"] == "planned"
    labels = [
        page.shortcuts[p][0]
        for p in page.facts.subjects.get(subject, {})
        if p in page.shortcuts
        and not page.shortcuts[p][1].isdisjoint(classes)
        and page.iris[target] in page.facts.iris(subject, p)
    ]
    return min((label for label in labels if label.startswith("will ") == planned), default="")


def _time(begin: str, end: str, words: str) -> str:
    days = begin if begin == end else f"{begin or '…'} – {end or '…'}"
    return f"{words} ({days})" if words and days else words or days


def _add_background(page: Page) -> None:
    """Add the lines that no article claims: what the gazetteer says of two nodes, such as members of a group."""
    claimed = {(entry["from"], entry["to"]) for entry in _claimed_relations(page)}
    roles = set(ROLES.values())
    for source, iri in enumerate(page.iris):
        if page.nodes[source]["slot"] == "event":
            continue
        for predicate in sorted(page.facts.subjects.get(iri, {})):
            if predicate in page.shortcuts or predicate in roles:
                continue
            for target in (page.node_of[o] for o in page.facts.iris(iri, predicate) if o in page.node_of):
                if (source, target) not in claimed:
                    add_line(page, (source, target), "background", property_name(page.facts, predicate), -1)


def _claimed_relations(page: Page) -> list[Json]:
    return [
        {"from": statement["parts"][0][1][0], "to": statement["parts"][1][1][0]}
        for statement in page.statements
        if statement["parts"] and statement["parts"][0][0] == "subject"
    ]
