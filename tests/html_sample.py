"""Made-up graphs for the tests of the HTML page, in the RDF that kg writes; every sentence is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from types import SimpleNamespace

import pyoxigraph as ox

from kg.vocab import BASE, EV, KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, WD, XSD

ONTOLOGY_GRAPH = ox.NamedNode("https://w3id.org/newskg/ontology")


@dataclass
class Builder:
    """Collects quads as kg writes them: documents, entities, events, relations and their claims."""

    quads: list[ox.Quad] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0

    def add(self, s: str, p: object, o: object, graph: ox.NamedNode | ox.DefaultGraph | None = None) -> None:
        """Add one quad; a str object starting with http is an IRI, another an English literal."""
        self.quads.append(ox.Quad(ox.NamedNode(s), ox.NamedNode(str(p)), _term(o), graph or ox.DefaultGraph()))

    def document(
        self,
        key: str,
        title: str,
        *,
        date: str = "2021-03-04",
        url: str | None = None,
        publisher: str = "Harbour Courier",
    ) -> str:
        """Declare a document and return its IRI; its text is written by ``finish``."""
        iri = f"{BASE}document/{key}"
        for p, o in ((RDF.type, str(SCHEMA.NewsArticle)), (RDF.type, str(NIF.Context)), (SCHEMA.headline, title)):
            self.add(iri, p, o)
        self.add(iri, SCHEMA.datePublished, ox.Literal(date, datatype=ox.NamedNode(str(XSD.date))))
        self.add(iri, SCHEMA.publisher, ox.Literal(publisher))
        self.add(iri, SCHEMA.url, url or f"https://news.example/{key}")
        self.texts[iri] = []
        return iri

    def entity(
        self, key: str, label: str, kind: str, *, aliases: tuple[str, ...] = (), match: str | None = None
    ) -> str:
        """Declare an entity of schema:``kind`` (or kg:Participant) and return its IRI."""
        iri = f"{BASE}entity/{key}"
        self.add(iri, RDF.type, str(KG.Participant if kind == "Participant" else SCHEMA[kind]))
        self.add(iri, RDFS.label, label)
        for alias in aliases:
            self.add(iri, SKOS.altLabel, alias)
        if match:
            self.add(iri, SKOS.exactMatch, str(WD[match]))
        return iri

    def event(self, kind: str, label: str, *, trigger: str | None = None, **roles: object) -> str:
        """Declare an event with its roles (a str or a list of str) and return its IRI."""
        self.count += 1
        iri = f"{BASE}event/{self.count:06x}"
        for p, o in ((RDF.type, str(EV[kind])), (RDF.type, str(SEM.Event)), (RDFS.label, label)):
            self.add(iri, p, o)
        self.add(iri, KG.trigger, ox.Literal(trigger or kind.lower()))
        for role, values in roles.items():
            for value in values if isinstance(values, list) else [values]:
                self.add(iri, KG[role], value)
        return iri

    def dates(self, event: str, begin: str, end: str = "") -> None:
        """Give an event its days."""
        for day, p in ((begin, SEM.hasBeginTimeStamp), (end, SEM.hasEndTimeStamp)):
            if day:
                self.add(event, p, ox.Literal(day, datatype=ox.NamedNode(str(XSD.date))))

    def shortcut(self, subject: str, name: str, label: str, kind: str, target: str) -> None:
        """Add a shortcut triple and the declaration of its property."""
        iri = f"{BASE}relation/{name}"
        self.add(subject, iri, target)
        self.add(iri, RDF.type, str(KG.Shortcut), ONTOLOGY_GRAPH)
        self.add(iri, RDF.type, str(OWL.ObjectProperty), ONTOLOGY_GRAPH)
        self.add(iri, RDFS.label, label, ONTOLOGY_GRAPH)
        self.add(iri, KG.eventType, str(EV[kind]), ONTOLOGY_GRAPH)

    def claim(
        self,
        about: str | tuple[str, object, object],
        document: str,
        sentence: str,
        *,
        factuality: str = "Actual Positive",
        speaker: str | None = None,
        confidence: float = 0.9,
    ) -> str:
        """Add a claim that ``sentence`` of ``document`` makes of an event IRI or of a (s, p, o) relation."""
        self.count += 1
        iri = f"{BASE}claim/{self.count:06x}"
        modality, polarity = factuality.split()
        self.add(iri, RDF.type, str(KG.Claim))
        if isinstance(about, str):
            self.add(iri, KG.about, about)
        else:
            self.add(*about)
            self.add(iri, RDF.type, str(RDF.Statement))
            for p, o in zip((RDF.subject, RDF.predicate, RDF.object), about, strict=True):
                self.add(iri, p, str(o) if not isinstance(o, ox.Literal) else o)
        self.add(iri, KG.modality, str(KG[modality]))
        self.add(iri, KG.polarity, str(KG[polarity]))
        self.add(iri, KG.confidence, ox.Literal(str(confidence), datatype=ox.NamedNode(str(XSD.decimal))))
        if speaker:
            self.add(iri, KG.speaker, speaker)
        self.add(iri, PROV.wasDerivedFrom, document)
        self.add(iri, KG.evidence, self._evidence(document, sentence))
        return iri

    def _evidence(self, document: str, sentence: str) -> str:
        text = "".join(self.texts[document])
        start = text.find(sentence)
        if start < 0:
            start = len(text)
            self.texts[document].append(sentence + " ")
        end = start + len(sentence)
        iri = f"{document}#char={start},{end}"
        self.add(iri, RDF.type, str(NIF.Phrase))
        self.add(iri, NIF.anchorOf, ox.Literal(sentence))
        self.add(iri, NIF.beginIndex, ox.Literal(start))
        self.add(iri, NIF.endIndex, ox.Literal(end))
        self.add(iri, NIF.referenceContext, document)
        return iri

    def paragraph(self, document: str) -> None:
        """Begin a new paragraph of ``document``."""
        self.texts[document].append("\n\n")

    def finish(self) -> list[ox.Quad]:
        """Write the texts of the documents and return every quad."""
        for iri, parts in self.texts.items():
            self.add(iri, NIF.isString, ox.Literal("".join(parts)))
        return self.quads


def _term(value: object) -> ox.NamedNode | ox.Literal:
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    text = str(value)
    return ox.NamedNode(text) if text.startswith("http") else ox.Literal(text, language="en")


def small() -> list[ox.Quad]:
    """Return the graph of three invented articles about a northern flood: 22 nodes, lines of every status."""
    b = Builder()
    who = _entities(b)
    _promise(b, who)
    _loan(b, who)
    _gates(b, who)
    return b.finish()


def _entities(b: Builder) -> SimpleNamespace:
    e = b.entity
    who = SimpleNamespace()
    who.relief = e("NRA", "Northern Relief Agency", "Organization", aliases=("the agency", "NRA"), match="Q901")
    who.council = e("River_Council", "River Council", "Organization", aliases=("the council",))
    who.bank = e("Harbour_Bank", "Harbour Bank", "Organization")
    who.dam = e("Tarn_Power", "Tarn Power", "Organization", aliases=("the operator",))
    who.norvia = e("Norvia", "Norvia", "Country", match="Q902")
    who.sudria = e("Sudria", "Sudria", "Country", match="Q903")
    who.ostria = e("Ostria", "Ostria", "Country")
    who.vik = e("Vikhaven", "Vikhaven", "City")
    who.lund = e("Lundby", "Lundby", "City")
    who.tarn = e("Tarn_Valley", "Tarn Valley", "Place")
    who.ines = e("Ines_Halvorsen", "Ines Halvorsen", "Person", aliases=("Halvorsen",))
    who.omar = e("Omar_Feld", "Omar Feld", "Person")
    who.petra = e("Petra_Lind", "Petra Lind", "Person")
    who.jonas = e("Jonas_Roth", "Jonas Roth", "Person")
    who.river = e("river_states", "the river states", "Organization")
    who.engineers = e("d1-20-engineers", "about two hundred engineers", "Participant")
    who.families = e("d1-90-families", "3,000 families", "Participant")
    who.pumps = e("d2-11-pumps", "forty pumps", "Participant")
    who.loan = e("d2-50-loan", "a loan of 80 million euros", "Participant")
    who.gates = e("d3-10-gates", "the lower gates", "Participant")
    for member in (who.norvia, who.sudria, who.ostria):
        b.add(who.river, SCHEMA.member, member)
    return who


def _promise(b: Builder, who: SimpleNamespace) -> None:
    d1 = b.document("d1", "Flood agency promises engineers for the north", date="2021-03-04")
    said = (
        "“The Northern Relief Agency will send about two hundred engineers to Norvia and Sudria next week,” "
        "director Ines Halvorsen said 🌊 on Monday."
    )
    send = b.event(
        "Send",
        "Northern Relief Agency send about two hundred engineers to Norvia, Sudria",
        trigger="send",
        agent=who.relief,
        patient=who.engineers,
        destination=[who.norvia, who.sudria],
        timeText="next week",
    )
    b.dates(send, "2021-03-08", "2021-03-14")
    b.shortcut(who.relief, "willSendTo", "will send to", "Send", who.norvia)
    b.shortcut(who.relief, "willSendTo", "will send to", "Send", who.sudria)
    b.claim(send, d1, said, factuality="Planned Positive", speaker=who.ines, confidence=0.86)
    b.claim((who.ines, SCHEMA.jobTitle, ox.Literal("director", language="en")), d1, said)
    b.claim((who.ines, SCHEMA.worksFor, who.relief), d1, said, confidence=0.82)
    evac = b.event(
        "Evacuate",
        "Norvia evacuate 3,000 families from Tarn Valley",
        agent=who.norvia,
        patient=who.families,
        origin=who.tarn,
    )
    b.claim(evac, d1, "Norvia evacuated 3,000 families from the Tarn Valley on Sunday.")
    flood = b.event("Disaster", "Tarn Valley flood", trigger="flood", location=who.tarn)
    b.claim(flood, d1, "The Tarn Valley has been flooded since Friday.")
    b.paragraph(d1)
    meet = b.event(
        "Meet",
        "River Council meet Norvia, Sudria, Ostria in Vikhaven",
        agent=who.council,
        partner=[who.norvia, who.sudria, who.ostria],
        location=who.vik,
    )
    b.shortcut(who.council, "meetWith", "met", "Meet", who.norvia)
    b.claim(meet, d1, "The River Council met Norvia, Sudria and Ostria in Vikhaven.")
    b.claim((who.vik, SCHEMA.containedInPlace, who.norvia), d1, "Vikhaven is the capital of Norvia.")


def _loan(b: Builder, who: SimpleNamespace) -> None:
    d2 = b.document("d2", "Harbour Bank may lend 80 million for flood walls", date="2021-03-06")
    may = "Harbour Bank may lend Norvia 80 million euros, finance minister Omar Feld said."
    lend = b.event(
        "Lend",
        "Harbour Bank lend a loan of 80 million euros to Norvia",
        agent=who.bank,
        patient=who.loan,
        recipient=who.norvia,
    )
    b.claim(lend, d2, may, factuality="Possible Positive", speaker=who.omar, confidence=0.74)
    b.claim((who.omar, SCHEMA.jobTitle, ox.Literal("finance minister", language="en")), d2, may)
    ask = b.event(
        "Request",
        "Norvia ask Ostria for forty pumps",
        trigger="ask",
        agent=who.norvia,
        recipient=who.ostria,
        topic=who.pumps,
    )
    b.claim(ask, d2, "Norvia asked Ostria for forty pumps.")
    give = b.event(
        "Aid",
        "Ostria give forty pumps to Norvia",
        trigger="give",
        agent=who.ostria,
        patient=who.pumps,
        recipient=who.norvia,
    )
    b.claim(
        give,
        d2,
        "Ostria would give Norvia forty pumps if its own river fell.",
        factuality="Conditional Positive",
        speaker=who.petra,
    )
    b.claim((who.petra, SCHEMA.memberOf, who.council), d2, "Petra Lind of the River Council said so.")


def _gates(b: Builder, who: SimpleNamespace) -> None:
    d3 = b.document("d3", "Operator and engineer at odds over the gates", date="2021-03-09")
    opened = b.event("Open", "Tarn Power open the lower gates", trigger="open", agent=who.dam, patient=who.gates)
    b.claim(opened, d3, "Tarn Power opened the lower gates too late, the engineer Jonas Roth said.", speaker=who.jonas)
    b.claim(
        opened,
        d3,
        "Tarn Power denied that it had opened the lower gates.",
        factuality="Actual Negative",
        speaker=who.dam,
    )
    warn = b.event("Warn", "Tarn Power warn Lundby", trigger="warn", agent=who.dam, recipient=who.lund)
    b.claim(warn, d3, "Tarn Power did not warn Lundby, its mayor said.", factuality="Actual Negative")
    must = b.event("Pay", "Tarn Power pay Lundby", trigger="pay", agent=who.dam, recipient=who.lund)
    b.claim(must, d3, "Tarn Power must pay Lundby, the court ruled.", factuality="Required Positive")
    b.paragraph(d3)
    criticise = b.event(
        "Accuse",
        "Jonas Roth accuse Tarn Power, Harbour Bank",
        trigger="accuse",
        agent=who.jonas,
        patient=[who.dam, who.bank],
    )
    b.claim(criticise, d3, "Roth accused Tarn Power and Harbour Bank of silence.")
    own = b.event("Own", "Harbour Bank own Tarn Power", trigger="own", agent=who.bank, patient=who.dam)
    b.shortcut(who.bank, "own", "own", "Own", who.dam)
    b.claim(own, d3, "Harbour Bank owns Tarn Power.")
    visit = b.event("Visit", "Ines Halvorsen visit Lundby", trigger="visit", agent=who.ines, destination=who.lund)
    b.shortcut(who.ines, "willVisit", "will visit", "Visit", who.lund)
    b.claim(visit, d3, "Halvorsen will visit Lundby in April.", factuality="Planned Positive")
    resign = b.event("Resign", "Omar Feld resign", trigger="resign", agent=who.omar)
    b.claim(resign, d3, "Omar Feld resigned.")
    b.claim((who.lund, SCHEMA.containedInPlace, who.tarn), d3, "Lundby lies in the Tarn Valley.")


VERBS = ("visit", "warn", "fund", "praise", "sue", "join", "meet", "supply", "blame", "hire")
FACTS = (
    "Actual Positive",
    "Actual Positive",
    "Actual Positive",
    "Planned Positive",
    "Possible Positive",
    "Actual Negative",
)
SYLLABLES = ("mar", "to", "vel", "kin", "os", "dra", "bel", "u", "sten", "hal", "ri", "pol", "gan", "e", "tor")


def large(nodes: int, *, seed: int = 7, per_document: int = 12) -> list[ox.Quad]:
    """Return a graph of about ``nodes`` nodes and 1.7 statements a node, with hubs as real news has them."""
    rng = random.Random(seed)
    b = Builder()
    kinds = ("Country", "Organization", "Organization", "Person", "Person", "City", "Participant")
    labels = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title() for _ in range(nodes)]
    entities = [b.entity(f"x{i}", f"{labels[i]} {i}", kinds[i % len(kinds)]) for i in range(nodes)]
    for number in range(int(nodes * 1.7)):
        if number % per_document == 0:
            document = b.document(f"g{number // per_document:05d}", f"Report {number // per_document}")
        i = min(int(rng.paretovariate(0.6)) - 1, nodes - 1) if rng.random() < 0.7 else rng.randrange(nodes)
        j = (number * 7 + 1) % nodes
        verb = rng.choice(VERBS)
        event = b.event(verb.title(), f"{labels[i]} {i} {verb} {labels[j]} {j}", agent=entities[i], patient=entities[j])
        sentence = f"On day {number} {labels[i]} {i} was said to {verb} {labels[j]} {j} before the winter came."
        b.claim(event, document, sentence, factuality=rng.choice(FACTS))
    return b.finish()
