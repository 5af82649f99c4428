// What the page holds: lists whose entries point to each other by their places in them, as kg/exporters/html_data.py
// writes them. It stands in the file deflated, a list for each field; here it becomes a list of plain objects each.
if (!("DecompressionStream" in window)) {
  byId("loading").textContent = TEXT.tooOld;
  throw new Error(TEXT.tooOld);
}

async function decoded(id) {
  const packed = document.getElementById(id).textContent;
  const text = atob(packed);
  const bytes = Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// One object an entry, made by a constructor of its own, so that all entries of a list have one shape.
function rows(columns) {
  if (Array.isArray(columns)) return columns;
  const names = Object.keys(columns);
  const lists = Object.values(columns);
  return lists[0].map((_, i) => {
    const row = {};
    for (let j = 0; j < names.length; j++) row[names[j]] = lists[j][i];
    return row;
  });
}

const LISTS_OF_THINGS = ["nodes", "lines", "statements", "claims", "documents", "passages", "types"];
const packed = await decoded("graph");
const graph = { ...packed, ...Object.fromEntries(LISTS_OF_THINGS.map((name) => [name, rows(packed[name])])) };
const drawing = JSON.parse(document.getElementById("drawing").textContent);

const linesOf = graph.nodes.map(() => []);
graph.lines.forEach((line, number) => {
  linesOf[line.from].push(number);
  linesOf[line.to].push(number);
});

const nodeIri = (number) => graph.nodes[number].iri;
// An event has an IRI of its own; a relation is named by its subject, property and object.
function statementIri(number) {
  const { iri, predicate, parts } = graph.statements[number];
  if (iri) return iri;
  const [subject, object] = parts.map(([, values]) => values[0]);
  return `${nodeIri(subject)} ${predicate} ${typeof object === "number" ? nodeIri(object) : JSON.stringify(object)}`;
}
// An IRI without the base that all IRIs made by kg begin with, and without spaces.
const shortIri = (iri) => iri.split(" ").map((part) => (part.startsWith(graph.base) ? part.slice(graph.base.length) : part)).join("|");
