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

from kg.exporters.html_facts import Index, Term, clean, index
from kg.exporters.html_page import Json, Page, add_claim, add_line, add_node, finish_lines, finish_types, property_name
from kg.model import Role
from kg.vocab import KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM

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
NOT_ENTITIES = frozenset(
    str(iri) for iri in (NIF.Context, NIF.Phrase, SCHEMA.NewsArticle, KG.Claim, KG.Shortcut, KG.EventType,
                         KG.RelationType, SEM.Event, PROV.Activity, OWL.ObjectProperty, OWL.DatatypeProperty,
                         OWL.Class, RDFS.Class, RDF.Property)
)  # fmt: skip


def page_data(quads: Iterable[ox.Quad]) -> Json:
    """Return the page's lists: nodes, lines, statements, claims, passages, documents, types.

    Entries point to each other by their places in the lists. Whatever the order of the quads, the
    same graph gives the same lists.
    """
    page = Page(index(quads))
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
    return {name: getattr(page, name) for name in names}


def _shortcuts(facts: Index) -> dict[str, tuple[str, frozenset[str]]]:
    """Return, by shortcut property, its label and the event classes it stands for."""
    found = [s for s in facts.table if str(KG.Shortcut) in facts.iris(s, RDF.type)]
    return {s: (property_name(facts, s), frozenset(facts.iris(s, KG.eventType))) for s in found}


def _statements(facts: Index) -> dict[Key, list[str]]:
    """Return every event and relation with the claims that make it."""
    about: dict[Key, list[str]] = {}
    for subject in facts.table:
        types = facts.iris(subject, RDF.type)
        if str(SEM.Event) in types:
            about.setdefault((ox.NamedNode(subject),), [])
        if str(KG.Claim) not in types:
            continue
        event = facts.terms(subject, KG.about)[:1]
        triple = [term for p in (RDF.subject, RDF.predicate, RDF.object) for term in facts.terms(subject, p)[:1]]
        if event or len(triple) == 3:
            about.setdefault(tuple(event or triple), []).append(subject)
    return about


def _entities(facts: Index, about: dict[Key, list[str]]) -> list[str]:
    """Return the IRIs of everything that takes part in a statement, speaks, or is described as an entity."""
    used: set[str] = set()
    for key, claims in about.items():
        if len(key) == 1:
            used.update(iri for role in _roles(facts, _iri(key[0])) for iri in facts.iris(_iri(key[0]), ROLES[role]))
        else:
            used.update(term.value for term in (key[0], key[2]) if isinstance(term, ox.NamedNode))
        used.update(iri for claim in claims for iri in facts.iris(claim, KG.speaker))
    for subject in facts.table:
        types = facts.iris(subject, RDF.type)
        described = any(iri.startswith(str(SCHEMA)) or iri == str(KG.Participant) for iri in types)
        if described and NOT_ENTITIES.isdisjoint(types):
            used.add(subject)
    return sorted(used)


def _roles(facts: Index, event: str) -> list[str]:
    row = facts.table.get(event, {})
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
        text=f"{page.nodes[source]['label']}: {predicate} {name}", kind=predicate, time="", node=[],
        fact=[] if isinstance(target, int) else [predicate, target],
        parts=[["subject", [source]], [predicate, [target]]],
    )  # fmt: skip


def _add_event(page: Page, event: str, number: int) -> None:
    facts, statement = page.facts, page.statements[number]
    classes = [iri for iri in facts.iris(event, RDF.type) if iri != str(SEM.Event)]
    kind = property_name(facts, classes[0]) if classes else "event"
    trigger = clean(facts.text(event, KG.trigger)) or kind
    parts = [[role, _values(page, event, role)] for role in _roles(facts, event)]
    text = clean(facts.text(event, RDFS.label)) or trigger
    statement.update(text=text, kind=kind, time=_time(facts, event), parts=parts, node=[], fact=[])
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
    return [*nodes, *(clean(text) for text in page.facts.texts(event, ROLES[role]))]


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
        for p in page.facts.table.get(subject, {})
        if p in page.shortcuts
        and not page.shortcuts[p][1].isdisjoint(classes)
        and page.iris[target] in page.facts.iris(subject, p)
    ]
    return min((label for label in labels if label.startswith("will ") == planned), default="")


def _time(facts: Index, event: str) -> str:
    begin, end = (clean(facts.text(event, p)) for p in (SEM.hasBeginTimeStamp, SEM.hasEndTimeStamp))
    days = begin if begin == end else f"{begin or '…'} – {end or '…'}"
    words = clean(facts.text(event, KG.timeText))
    return f"{words} ({days})" if words and days else words or days


def _add_background(page: Page) -> None:
    """Add the lines that no article claims: what the gazetteer says of two nodes, such as members of a group."""
    claimed = {(entry["from"], entry["to"]) for entry in _claimed_relations(page)}
    roles = set(ROLES.values())
    for source, iri in enumerate(page.iris):
        if page.nodes[source]["slot"] == "event":
            continue
        for predicate in sorted(page.facts.table.get(iri, {})):
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
