// What passes the filters. A facet has a bit; a claim or statement that fails a facet gets that bit. What has no bit
// passes, and what has only the bit of one facet is what that facet's own list still offers.
const FACETS = [
  { key: "plover", of: (statement) => [statement.plover] },
  { key: "kinds", of: (statement) => [statement.kind] },
  { key: "modality", ofClaim: (claim) => [claim.modality] },
  { key: "polarity", ofClaim: (claim, statement) => [claim.polarity === "Negative" ? "denied" : "affirmed", ...(statement.disputed ? ["disputed"] : [])] },
  { key: "speakers", ofClaim: (claim) => (claim.speakers.length ? claim.speakers : [-1]) },
  { key: "sources", ofClaim: (claim) => [claim.document < 0 ? "" : graph.documents[claim.document].publisher] },
];
const CONFIDENCE = 1 << FACETS.length;
const TIME = CONFIDENCE << 1;
const NO_DAY = -(2 ** 31);
const ORDER = { modality: ["Actual", "Planned", "Required", "Conditional", "Possible"], polarity: ["affirmed", "denied", "disputed"] };

// ISO dates as days, so that comparing them is comparing numbers; a date that is none has no day.
function dayOf(date) {
  const time = /^\d{4}-\d\d-\d\d/.test(date) ? Date.parse(date.slice(0, 10)) : NaN;
  return Number.isNaN(time) ? NO_DAY : Math.floor(time / 864e5);
}
const dateOf = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

// The columns that filtering reads, made once: every facet's values as small numbers, every date as a day.
const columns = (() => {
  let made = null;
  return () => (made ??= makeColumns());
})();

function makeColumns() {
  const facets = FACETS.map(({ key, of, ofClaim }) => {
    const codeOf = new Map();
    const code = (value) => codeOf.get(value) ?? (codeOf.set(value, codeOf.size), codeOf.size - 1);
    const rows = of ? graph.statements.map((statement) => of(statement).map(code)) : new Array(graph.claims.length);
    if (ofClaim) {
      for (const statement of graph.statements) {
        for (const claim of statement.claims) rows[claim] = ofClaim(graph.claims[claim], statement).map(code);
      }
    }
    return { key, level: of ? "statement" : "claim", rows, codeOf, values: [...codeOf.keys()] };
  });
  const days = (read) => Int32Array.from(graph.statements, read);
  const outlet = graph.documents.map((source) => dayOf(source.date));
  const published = (pick) => (statement) => {
    const known = statement.claims.map((claim) => outlet[graph.claims[claim].document] ?? NO_DAY).filter((day) => day !== NO_DAY);
    return known.length ? pick(...known) : NO_DAY;
  };
  const lined = new Uint8Array(graph.statements.length);
  for (const line of graph.lines) for (const statement of line.statements) lined[statement] = 1;
  const begin = days((statement) => dayOf(statement.begin || statement.end));
  const end = days((statement) => dayOf(statement.end || statement.begin));
  return { facets, lined, clocks: { event: [begin, end], article: [days(published(Math.min)), days(published(Math.max))] } };
}

// The clock of a view: when things happen, unless it says otherwise or no event here has a date.
const clockOf = (view) => view.clock || (columns().clocks.event[0].some((day) => day !== NO_DAY) ? "event" : "article");

const facetOn = (view) => FACETS.some(({ key }) => view[key].length) || view.confidence > 0 || view.from !== "" || view.to !== "";

// Return, for a view, what passes of statements, nodes and lines (1 or 0 by number), how many statements each value of
// each facet would leave, and which statements pass everything but time.
function passing(view) {
  const { facets, lined, clocks } = columns();
  const wanted = facets.map((facet) => view[facet.key].length && new Set(view[facet.key].map((value) => facet.codeOf.get(value))));
  const counts = facets.map((facet) => new Int32Array(facet.values.length));
  const seen = facets.map((facet) => new Int32Array(facet.values.length).fill(-1));
  const [begin, end] = clocks[clockOf(view)];
  const from = view.from ? dayOf(view.from) : -Infinity;
  const to = view.to ? dayOf(view.to) : Infinity;
  const timed = view.from !== "" || view.to !== "";
  const statements = new Uint8Array(graph.statements.length);
  const anyTime = new Uint8Array(graph.statements.length);
  const fails = (facet, row) => wanted[facet] && !facets[facet].rows[row].some((code) => wanted[facet].has(code));
  const count = (facet, row, statement) => {
    for (const code of facets[facet].rows[row]) {
      if (seen[facet][code] === statement) continue;
      seen[facet][code] = statement;
      counts[facet][code]++;
    }
  };
  graph.statements.forEach((statement, number) => {
    let common = timed && (begin[number] === NO_DAY || begin[number] > to || end[number] < from) ? TIME : 0;
    facets.forEach((facet, i) => { if (facet.level === "statement" && fails(i, number)) common |= 1 << i; });
    for (const claim of statement.claims.length ? statement.claims : [-1]) {
      let mask = common;
      if (claim < 0) mask |= facets.some((facet, i) => facet.level === "claim" && wanted[i]) || view.confidence > 0 ? CONFIDENCE : 0;
      else {
        if (view.confidence > 0 && !(graph.claims[claim].confidence >= view.confidence)) mask |= CONFIDENCE;
        facets.forEach((facet, i) => { if (facet.level === "claim" && fails(i, claim)) mask |= 1 << i; });
      }
      if (mask === 0) statements[number] = 1;
      if ((mask & ~TIME) === 0) anyTime[number] = 1;
      facets.forEach((facet, i) => {
        if ((mask & ~(1 << i)) !== 0) return;
        if (facet.level === "statement") count(i, number, number);
        else if (claim >= 0) count(i, claim, number);
      });
    }
  });
  return { ...spread(view, statements, lined), anyTime, counts: Object.fromEntries(facets.map((facet, i) => [facet.key, counts[i]])) };
}

// From statements to the nodes that take part in them and the lines drawn for them; hops and paths narrow these.
function spread(view, passed, lined) {
  const facet = facetOn(view);
  const offTypes = new Set(view.types);
  const offStatuses = new Set(view.statuses);
  const offNodes = new Set(view.hidden);
  let nodes = Uint8Array.from(graph.nodes, (node, number) =>
    Number(!offTypes.has(node.type) && !offNodes.has(number) && (!facet || node.in.some((statement) => passed[statement]))));
  const linesOver = (ends) => Uint8Array.from(graph.lines, (line) =>
    Number(ends[line.from] && ends[line.to] && !offStatuses.has(line.status) && (!line.statements.length || line.statements.some((statement) => passed[statement]))));
  let lines = linesOver(nodes);
  let route = null;
  if (view.path) route = shortestPath(view.path[0], view.path[1], lines);
  const kept = view.path ? route || view.path : view.about ? [...around(view.about.node, view.about.hops, lines).keys()] : null;
  if (kept) {
    const keep = new Set(kept);
    nodes = nodes.map((value, number) => (keep.has(number) ? value : 0));
    lines = linesOver(nodes);
  }
  const statements = new Uint8Array(passed.length);
  graph.lines.forEach((line, number) => { if (lines[number]) for (const statement of line.statements) statements[statement] |= passed[statement]; });
  graph.nodes.forEach((node, number) => { if (nodes[number]) for (const statement of node.in) if (!lined[statement]) statements[statement] |= passed[statement]; });
  return { nodes, lines, statements, route };
}
