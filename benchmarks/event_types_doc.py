"""Write docs/event-types.md from ontologies/events.ttl: ``python benchmarks/event_types_doc.py``."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.events import EventType, EventTypes, event_types
from kg.ontology import ontology_dir
from kg.vocab import KG, SEM

INTRODUCTION = """# Event types

Made from `ontologies/events.ttl` by `python benchmarks/event_types_doc.py`: do not edit by hand.

{classes} classes, {verbs} verb triggers and {nouns} noun triggers ({heads} distinct verbs and event nouns). The sixteen
types in capitals are those of the PLOVER coding scheme; classes in the last section have no PLOVER type. A verb
without a class still makes an event, of type `sem:Event`.

## Add a type

Write a class in a Turtle file of your own and pass it with `--ontology FILE`, or add it to `ontologies/events.ttl`:

```turtle
@prefix ev: <https://w3id.org/newskg/event#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

ev:Recuse a kg:EventType, owl:Class ; rdfs:subClassOf ev:Refuse ; rdfs:label "recuse"@en ;
    skos:definition "Step aside from a case one would have to judge."@en ;
    kg:trigger "recuse", "step away from case" ;
    kg:nounTrigger "recusal" ;
    kg:frame "from=topic" .
```

- `kg:trigger`: a verb's lemma, alone or followed by lemmas of words that hang on it: particle, preposition, object,
  predicate adjective, an object's modifier, or a preposition's object ("call on", "open fire", "go on strike"). All
  must be there, in any order; the trigger with most words wins.
- `kg:nounTrigger`: a noun's lemma, alone, after a modifier ("hunger strike"), or before a preposition ("strike on",
  "lifting of sanction").
- A trigger may ask for the kind of a participant, `SLOT:KIND`: "fire object:person", "strike subject:NaturalDisaster".
  SLOT is `subject`, `object`, `poss` or a preposition, KIND `person`, `actor`, `place`, `thing`, `none`, `clause`, a
  subject's lemma, or the class that an event noun there evokes. Words outrank kinds.
- `kg:plainTrigger`, `kg:plainNounTrigger`: a sense of a word that evokes no class ("meet resistance", "heart attack").
- `kg:frame`: `SLOT=ROLE`, where it differs from the default roles. SLOT is a preposition, `object`, `subject`,
  `dative`, `to-inf` or `that`, or `noun-of` and the like where a noun trigger's preposition differs from the verb's.
  ROLE is one of {roles}. Subclasses inherit frames.
- `skos:notation` with datatype `kg:cameo`: the CAMEO code, where one fits.
- A lemma belongs to one class of a file. A later file wins: it takes the triggers it names away from other classes, and
  replaces the properties it states of a class that exists already.
"""


def rows(graph: Graph, known: EventTypes, types: list[EventType]) -> list[str]:
    """Return one table row for each type."""
    lines = ["| class | meaning | CAMEO | verbs | nouns | roles |", "|---|---|---|---|---|---|"]
    for each in types:
        node = URIRef(each.iri)
        definition = graph.value(node, SKOS.definition) or ""
        verbs, nouns = (", ".join(sorted(map(str, graph.objects(node, p)))) for p in (KG.trigger, KG.nounTrigger))
        frame = ", ".join(sorted(map(str, graph.objects(node, KG.frame))))
        name = f"`ev:{each.name}` {each.label}"
        lines.append(f"| {name} | {definition} | {each.notation or ''} | {verbs} | {nouns} | {frame} |")
    return lines


def document() -> str:
    """Return the page."""
    graph, known = Graph().parse(ontology_dir() / "events.ttl"), event_types()
    types = [known.types[str(s)] for s in graph.subjects(RDF.type, KG.EventType)]
    verbs, nouns = (len(set(graph.objects(None, p))) for p in (KG.trigger, KG.nounTrigger))
    roles = ", ".join(f"`{role}`" for role in sorted({r.value for t in types for r in t.frame.values()}))
    parts = [
        INTRODUCTION.format(
            classes=len(types),
            verbs=verbs,
            nouns=nouns,
            heads=len(known.verbs.keys() | known.nouns.keys()),
            roles=roles,
        )
    ]
    tops = sorted((t for t in types if t.plover and t.parents == (str(SEM.Event),)), key=lambda t: t.name)
    for top in tops:
        below = sorted((t for t in types if top.iri in t.parents), key=lambda t: t.name)
        parts += [f"## {top.plover}\n", "\n".join(rows(graph, known, [top, *below])) + "\n"]
    others = sorted((t for t in types if t.plover is None), key=lambda t: t.name)
    parts += ["## Without a PLOVER type\n", "\n".join(rows(graph, known, others)) + "\n"]
    assert set(graph.subjects(RDFS.label, None)) >= {URIRef(t.iri) for t in types}
    return "\n".join(parts)


if __name__ == "__main__":
    Path(__file__).parent.parent.joinpath("docs", "event-types.md").write_text(document(), encoding="utf-8")
