// The table: the same statements and things as on the canvas, sortable, for eyes, screen readers and spreadsheets.
const ROWS = 100;
const collator = new Intl.Collator("en", { numeric: true });
const labels = (numbers) => numbers.map((value) => (typeof value === "number" ? graph.nodes[value].label : value)).join(", ");
const distinct = (values) => [...new Set(values.filter((value) => value !== ""))];

function rolesOf(statement) {
  const actors = statement.parts.filter(([role]) => role === "agent" || role === "subject").flatMap(([, values]) => values);
  const others = statement.parts.filter(([role]) => role !== "agent" && role !== "subject").flatMap(([, values]) => values);
  return { who: labels(actors), whom: labels(others) };
}

function factualityOf(statement) {
  const words = statement.status === "denied" ? [TEXT.polarity.denied] : statement.modality ? [TEXT.modality[statement.modality] || statement.modality] : [];
  return [...words, ...(statement.disputed ? [TEXT.polarity.disputed] : [])].join(", ");
}

function statementRow(number) {
  const statement = graph.statements[number];
  const claims = statement.claims.map((claim) => graph.claims[claim]);
  const sources = claims.map((claim) => graph.documents[claim.document]).filter(Boolean);
  return {
    open: `s${number}`, label: statement.text, ...rolesOf(statement), what: statement.trigger || statement.kind,
    factuality: factualityOf(statement), when: statement.begin || statement.end || statement.time, time: statement.time,
    by: distinct(claims.flatMap((claim) => (claim.speakers.length ? claim.speakers.map((speaker) => graph.nodes[speaker].label) : [TEXT.filter.article]))).join(", "),
    confidence: claims.reduce((best, claim) => Math.max(best, claim.confidence ?? -1), -1),
    source: distinct(sources.map((source) => source.publisher || source.title)).join(", "),
    published: distinct(sources.map((source) => source.date)).sort().join(", "),
    urls: distinct(sources.map((source) => source.url)).join(" "), quotes: distinct(claims.map(quoteOf)).join(" | "), iri: statementIri(number),
  };
}

function thingRow(number, passes) {
  const node = graph.nodes[number];
  return {
    open: `n${number}`, label: node.label, name: node.label, type: graph.types[node.type].label, claimCount: node.claims,
    statementCount: node.in.filter((statement) => passes.statements[statement]).length, aliases: node.aliases.join(", "), iri: nodeIri(number),
  };
}

const TABLES = {
  statements: {
    columns: ["who", "what", "whom", "factuality", "when", "by", "confidence", "source", "published"],
    more: ["time", "label", "quotes", "urls", "iri"],
    rows: (passes) => numbersOf(passes.statements).map(statementRow),
    all: () => graph.statements.length,
  },
  things: {
    columns: ["name", "type", "statementCount", "claimCount", "aliases"],
    more: ["iri"],
    rows: (passes) => numbersOf(passes.nodes).map((number) => thingRow(number, passes)),
    all: () => graph.nodes.length,
  },
};
const NUMERIC = new Set(["confidence", "statementCount", "claimCount"]);

function numbersOf(flags) {
  const numbers = [];
  flags.forEach((flag, number) => { if (flag) numbers.push(number); });
  return numbers;
}

// "who" sorts upwards, "-who" downwards; empty cells come last either way.
function sorted(rows, sort) {
  if (!sort) return rows;
  const down = sort.startsWith("-");
  const key = down ? sort.slice(1) : sort;
  const empty = (value) => value === "" || value === -1;
  const compare = NUMERIC.has(key) ? (a, b) => a - b : collator.compare;
  return [...rows].sort((a, b) => empty(a[key]) - empty(b[key]) || (down ? compare(b[key], a[key]) : compare(a[key], b[key])));
}

const tableRows = (view, passes) => sorted(TABLES[view.table || "statements"].rows(passes), view.sort);

function showTable(view, passes) {
  const box = byId("table");
  box.hidden = !view.table;
  if (box.hidden) return byId("table-body").replaceChildren();
  const { columns: names, all } = TABLES[view.table];
  const rows = tableRows(view, passes);
  for (const name of Object.keys(TABLES)) byId(`tab-${name}`).setAttribute("aria-pressed", String(name === view.table));
  byId("table-caption").textContent = rows.length ? TEXT.tableView.caption(rows.length, all(), TEXT.tableView[view.table].toLowerCase()) : TEXT.tableView.empty;
  byId("table-head").replaceChildren(...names.map((name) => headCell(name, view)));
  byId("table-body").replaceChildren();
  moreRows(rows, names, 0);
  markRow(view);
}

function startTable() {
  for (const name of Object.keys(TABLES)) byId(`tab-${name}`).onclick = () => update({ table: name, sort: "" });
  byId("table-csv").onclick = saveCsv;
  byId("table-close").onclick = () => { update({ table: "" }); byId("show-table").focus(); };
}

function headCell(name, view) {
  const down = view.sort === `-${name}`;
  const up = view.sort === name;
  const cell = element("th", { scope: "col", className: NUMERIC.has(name) ? "number" : "" },
    button(TEXT.tableView[name], () => update({ sort: up ? `-${name}` : down ? "" : name }), { title: TEXT.tableView.sort(TEXT.tableView[name]) }));
  cell.setAttribute("aria-sort", up ? "ascending" : down ? "descending" : "none");
  return cell;
}

function moreRows(rows, names, from) {
  const body = byId("table-body");
  body.append(...rows.slice(from, from + ROWS).map((row) => bodyRow(row, names)));
  const left = rows.length - from - ROWS;
  const next = byId("table-more");
  next.hidden = left <= 0;
  next.textContent = TEXT.moreOf(Math.min(ROWS, left), left);
  next.onclick = () => moreRows(rows, names, from + ROWS);
}

function bodyRow(row, names) {
  const cells = names.map((name, i) => {
    const value = name === "confidence" ? (row[name] < 0 ? "" : percent(row[name])) : name === "when" ? row.time || row.when : row[name];
    if (i) return element("td", { text: value, className: NUMERIC.has(name) ? "number" : name === "published" ? "day" : "" });
    const open = button(value || row.label, () => update({ selected: row.open }), { className: "link" });
    open.setAttribute("aria-label", TEXT.tableView.open(row.label));
    return element("th", { scope: "row" }, open);
  });
  const line = element("tr", { onclick: (event) => { if (!event.target.closest("button")) update({ selected: row.open }); } }, ...cells);
  line.dataset.open = row.open;
  return line;
}

function markRow(view) {
  for (const line of byId("table-body").children) line.classList.toggle("chosen", line.dataset.open === view.selected);
}

// Everything that passes, in the order of the table, with the columns that are too long to show.
function tableCsv(view, passes) {
  const { columns: names, more: rest } = TABLES[view.table || "statements"];
  const keys = [...names, ...rest];
  const value = (row, key) => (NUMERIC.has(key) && row[key] < 0 ? "" : row[key]);
  return csvText([keys, ...tableRows(view, passes).map((row) => keys.map((key) => value(row, key)))]);
}
