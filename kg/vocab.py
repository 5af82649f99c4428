"""Namespaces, closed: a misspelt term raises; and the one table of prefixes."""

from __future__ import annotations

from rdflib.namespace import DCAT, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VOID, XSD, DefinedNamespace, Namespace
from rdflib.namespace import DCTERMS as DCT
from rdflib.term import URIRef

__all__ = [
    "BASE", "DCAT", "DCT", "EV", "GEO", "ITSRDF", "KG", "LEX", "NIF", "OWL", "PREFIXES", "PROV", "RDF", "RDFS",
    "SCHEMA", "SEM", "SKOS", "TIME", "VOID", "WD", "XSD",
]  # fmt: skip


class KG(DefinedNamespace):
    """The classes and properties of this project; ``ontologies/kg.ttl`` defines each."""

    _NS = Namespace("https://w3id.org/newskg/ontology#")
    _fail = True

    # classes
    Claim: URIRef
    Participant: URIRef
    Group: URIRef
    EventType: URIRef
    RelationType: URIRef
    Shortcut: URIRef
    Modality: URIRef
    Polarity: URIRef
    WordClass: URIRef
    Merge: URIRef
    Source: URIRef
    # modalities and polarities
    Actual: URIRef
    Planned: URIRef
    Possible: URIRef
    Conditional: URIRef
    Required: URIRef
    Positive: URIRef
    Negative: URIRef
    # roles
    agent: URIRef
    patient: URIRef
    recipient: URIRef
    partner: URIRef
    destination: URIRef
    origin: URIRef
    location: URIRef
    instrument: URIRef
    topic: URIRef
    purpose: URIRef
    cause: URIRef
    manner: URIRef
    attribute: URIRef
    role: URIRef
    # events, claims, participants
    trigger: URIRef
    about: URIRef
    modality: URIRef
    polarity: URIRef
    confidence: URIRef
    speaker: URIRef
    evidence: URIRef
    rule: URIRef
    time: URIRef
    timeText: URIRef
    head: URIRef
    quantity: URIRef
    quantityLower: URIRef
    quantityUpper: URIRef
    unit: URIRef
    unresolved: URIRef
    eventType: URIRef
    planned: URIRef
    # across documents
    merged: URIRef
    into: URIRef
    reason: URIRef
    score: URIRef
    copyOf: URIRef
    source: URIRef
    realizes: URIRef
    disputes: URIRef
    # data that drives the code
    nounTrigger: URIRef
    plainTrigger: URIRef
    plainNounTrigger: URIRef
    frame: URIRef
    relationTrigger: URIRef
    feature: URIRef
    weight: URIRef
    plover: URIRef
    ploverWhen: URIRef
    cameo: URIRef
    demonym: URIRef
    shortName: URIRef
    capital: URIRef
    capitalOf: URIRef
    seatOf: URIRef
    governmentOf: URIRef
    verb: URIRef
    noun: URIRef
    adjective: URIRef
    adverb: URIRef
    preposition: URIRef
    phrase: URIRef
    mark: URIRef


for _name in KG.__annotations__:  # rdflib makes a term anew at each use; these are used by the million
    if not _name.startswith("_"):
        type.__setattr__(KG, _name, KG._NS[_name])

EV = Namespace("https://w3id.org/newskg/event#")
LEX = Namespace("https://w3id.org/newskg/lexicon#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = SDO
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITSRDF = Namespace("http://www.w3.org/2005/11/its/rdf#")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
WD = Namespace("http://www.wikidata.org/entity/")
BASE = "https://example.org/kg/"

PREFIXES: dict[str, str] = {
    "dcat": str(DCAT),
    "dct": str(DCT),
    "ev": str(EV),
    "geo": str(GEO),
    "itsrdf": str(ITSRDF),
    "kg": str(KG._NS),
    "lex": str(LEX),
    "nif": str(NIF),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sem": str(SEM),
    "skos": str(SKOS),
    "time": str(TIME),
    "void": str(VOID),
    "wd": str(WD),
    "xsd": str(XSD),
}
