"""A made-up graph to find one's way in: events over ten years, two papers, speakers, a chain of acquaintances."""

from __future__ import annotations

import pyoxigraph as ox
from html_sample import ONTOLOGY_GRAPH, Builder

from kg.vocab import EV, KG, RDFS, SCHEMA

# who, kind, whom, first day, last day, factuality, speaker, confidence, paper
EVENTS = (
    ("Alma Berg", "Aid", "Brook Works", "2014-05-01", "2014-05-01", "Actual Positive", "", 0.95, "Post"),
    ("Brook Works", "Aid", "Cedar Union", "2016-01-01", "2016-12-31", "Actual Positive", "Alma Berg", 0.9, "Post"),
    ("Cedar Union", "Accuse", "Dunmore", "2018-03-10", "2018-03-12", "Actual Negative", "Alma Berg", 0.7, "Star"),
    ("Cedar Union", "Accuse", "Dunmore", "2018-03-10", "2018-03-12", "Actual Positive", "", 0.8, "Post"),
    ("Dunmore", "Visit", "Elmar Holt", "2020-06-01", "2020-06-30", "Planned Positive", "Elmar Holt", 0.6, "Star"),
    ("Elmar Holt", "Visit", "Alma Berg", "", "", "Possible Positive", "", 0.5, "Star"),
    ("Farrow Club", "Aid", "Garth Inn", "2024-02-02", "2024-02-02", "Required Positive", "", 0.85, "Post"),
)  # fmt: skip
KINDS = {
    "Alma Berg": "Person", "Elmar Holt": "Person", "Brook Works": "Organization", "Cedar Union": "Organization",
    "Farrow Club": "Organization", "Garth Inn": "Organization", "Dunmore": "City",
}  # fmt: skip


def chronicle() -> list[ox.Quad]:
    """Return the graph: seven things, six events with seven claims, one job title; Farrow and Garth stand apart."""
    b = Builder()
    things = {name: b.entity(name.replace(" ", "_"), name, kind) for name, kind in KINDS.items()}
    papers = {
        name: b.document(name.lower(), f"{name}, one day", publisher=name, date=day)
        for name, day in (("Post", "2021-01-05"), ("Star", "2022-09-09"))
    }
    for name, code in (("Aid", "AID"), ("Accuse", "ACCUSE"), ("Visit", "CONSULT")):
        b.add(EV[name], KG.plover, ox.Literal(code), ONTOLOGY_GRAPH)
        b.add(EV[name], RDFS.label, name.lower(), ONTOLOGY_GRAPH)
    events: dict[tuple[str, str, str], str] = {}
    for who, kind, whom, begin, end, factuality, speaker, confidence, paper in EVENTS:
        key = (who, kind, whom)
        if key not in events:
            events[key] = b.event(kind, f"{who} {kind.lower()} {whom}", agent=things[who], patient=things[whom])
            b.dates(events[key], begin, end)
        sentence = f"The {paper} has it that {who} and {whom} are in this together ({factuality})."
        said_by = things[speaker] if speaker else None
        b.claim(events[key], papers[paper], sentence, factuality=factuality, speaker=said_by, confidence=confidence)
    job = (things["Alma Berg"], SCHEMA.jobTitle, ox.Literal("engineer", language="en"))
    b.claim(job, papers["Post"], "Alma Berg, an engineer, was there.")
    return b.finish()
