// Statements as Turtle, every triple of which is a triple of the graph: events with their roles and times, claims,
// the spans they rest on, the articles, and the things that take part.
const LOCAL = /^[A-Za-z_][A-Za-z0-9_-]*$|^[0-9][A-Za-z0-9_-]*$/;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const turtleString = (text) =>
  `"${text.replace(/[\\"\n\r\t]/g, (sign) => ESCAPES[sign]).replace(/[\0-\x1f\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

class Turtle {
  constructor() {
    this.subjects = new Map();
    this.used = new Set();
  }
  // An IRI as a prefixed name where a prefix fits and the rest needs no escape, else in angle brackets.
  iri(iri) {
    const [prefix, namespace] = Object.entries(graph.prefixes).find(([, space]) => iri.startsWith(space) && LOCAL.test(iri.slice(space.length))) || [];
    if (prefix === undefined) return `<${iri}>`;
    this.used.add(prefix);
    return `${prefix}:${iri.slice(namespace.length)}`;
  }
  term(prefix, name) { return this.iri(graph.prefixes[prefix] + name); }
  typed(text, type) { return `${turtleString(text)}^^${this.term("xsd", type)}`; }
  english(text) { return `${turtleString(text)}@en`; }
  add(subject, predicate, ...objects) {
    if (!this.subjects.has(subject)) this.subjects.set(subject, new Map());
    const row = this.subjects.get(subject);
    if (!row.has(predicate)) row.set(predicate, new Set());
    for (const object of objects) row.get(predicate).add(object);
  }
  toString() {
    const prefixes = [...this.used].sort().map((prefix) => `@prefix ${prefix}: <${graph.prefixes[prefix]}> .\n`);
    const blocks = [...this.subjects].map(([subject, row]) => {
      const parts = [...row].filter(([, objects]) => objects.size).map(([predicate, objects]) => `${predicate} ${[...objects].join(", ")}`);
      return `${subject} ${parts.join(" ;\n    ")} .\n`;
    });
    return `${prefixes.join("")}\n${blocks.join("\n")}`;
  }
}

// Return the Turtle of statements and nodes, with all that they need.
function turtleOf(statements, nodes) {
  const turtle = new Turtle();
  for (const node of nodes) addThing(turtle, node);
  for (const number of statements) {
    const statement = graph.statements[number];
    if (statement.iri) addEvent(turtle, statement);
    else addTriple(turtle, statement);
    for (const claim of statement.claims) addClaim(turtle, statement, graph.claims[claim]);
  }
  const things = new Set(statements.flatMap((number) => thingsIn(graph.statements[number])));
  for (const node of things) if (!nodes.includes(node)) addThing(turtle, node);
  return turtle.toString();
}

const thingsIn = (statement) => [
  ...statement.parts.flatMap(([, values]) => values).filter((value) => typeof value === "number"),
  ...statement.claims.flatMap((claim) => graph.claims[claim].speakers),
];

// The values of a statement's parts as Turtle; a literal that is not plain English stands whole in `exact`.
function valuesIn(turtle, statement) {
  let literal = 0;
  return statement.parts.map(([role, values]) => [role, values.map((value) => {
    if (typeof value === "number") return turtle.iri(nodeIri(value));
    return statement.exact[literal++] || turtle.english(value);
  })]);
}

function addEvent(turtle, statement) {
  const event = turtle.iri(statement.iri);
  turtle.add(event, "a", ...(statement.cls ? [turtle.iri(statement.cls)] : []), turtle.term("sem", "Event"));
  turtle.add(event, turtle.term("rdfs", "label"), turtle.english(statement.text));
  if (statement.trigger) turtle.add(event, turtle.term("kg", "trigger"), turtleString(statement.trigger));
  for (const [role, values] of valuesIn(turtle, statement)) turtle.add(event, turtle.term("kg", role), ...values);
  if (statement.begin) turtle.add(event, turtle.term("sem", "hasBeginTimeStamp"), turtle.typed(statement.begin, "date"));
  if (statement.end) turtle.add(event, turtle.term("sem", "hasEndTimeStamp"), turtle.typed(statement.end, "date"));
}

// A relation is a bare triple only where the graph asserts it: what is denied or only possible is in its claims alone.
function addTriple(turtle, statement) {
  const [[, [subject]], [, [object]]] = valuesIn(turtle, statement);
  if (statement.status === "actual") turtle.add(subject, turtle.iri(statement.predicate), object);
}

function addClaim(turtle, statement, claim) {
  const iri = turtle.iri(claim.iri);
  const kg = (name) => turtle.term("kg", name);
  turtle.add(iri, "a", kg("Claim"), ...(statement.iri ? [] : [turtle.term("rdf", "Statement")]));
  if (statement.iri) turtle.add(iri, kg("about"), turtle.iri(statement.iri));
  else {
    const [[, [subject]], [, [object]]] = valuesIn(turtle, statement);
    for (const [part, value] of [["subject", subject], ["predicate", turtle.iri(statement.predicate)], ["object", object]]) turtle.add(iri, turtle.term("rdf", part), value);
  }
  turtle.add(iri, kg("modality"), kg(claim.modality));
  turtle.add(iri, kg("polarity"), kg(claim.polarity));
  if (claim.confidence !== null) turtle.add(iri, kg("confidence"), turtle.typed(claim.confidence.toFixed(2), "decimal"));
  for (const speaker of claim.speakers) turtle.add(iri, kg("speaker"), turtle.iri(nodeIri(speaker)));
  const source = graph.documents[claim.document];
  if (claim.evidence) turtle.add(iri, kg("evidence"), turtle.iri(claim.evidence));
  if (!source) return;
  turtle.add(iri, turtle.term("prov", "wasDerivedFrom"), turtle.iri(source.iri));
  addEvidence(turtle, claim, source);
}

function addEvidence(turtle, claim, source) {
  const document = turtle.iri(source.iri);
  turtle.add(document, "a", turtle.term("schema", "NewsArticle"), turtle.term("nif", "Context"));
  if (source.date) turtle.add(document, turtle.term("schema", "datePublished"), turtle.typed(source.date, "date"));
  if (!claim.evidence || claim.start < 0) return;
  const phrase = turtle.iri(claim.evidence);
  const nif = (name) => turtle.term("nif", name);
  turtle.add(phrase, "a", nif("Phrase"));
  const quote = quoteOf(claim);
  if ([...quote].length === claim.stop - claim.start) turtle.add(phrase, nif("anchorOf"), turtleString(quote));
  turtle.add(phrase, nif("beginIndex"), String(claim.start));
  turtle.add(phrase, nif("endIndex"), String(claim.stop));
  turtle.add(phrase, nif("referenceContext"), document);
}

// A thing, not an event that stands as a node: its statement says all of it.
function addThing(turtle, number) {
  const node = graph.nodes[number];
  if (graph.types[node.type].slot === "event") return;
  const iri = turtle.iri(node.iri);
  turtle.add(iri, "a", ...graph.classes[node.classes].map((name) => turtle.iri(name)));
  turtle.add(iri, turtle.term("rdfs", "label"), turtle.english(node.label));
  turtle.add(iri, turtle.term("skos", "altLabel"), ...node.aliases.map((name) => turtle.english(name)));
  turtle.add(iri, turtle.term("skos", "exactMatch"), ...node.links.map((link) => turtle.iri(link)));
}
