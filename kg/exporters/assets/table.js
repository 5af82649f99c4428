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
    numbers: (passes) => numbersOf(passes.statements).sort((a, b) => !graph.statements[a].iri - !graph.statements[b].iri || a - b),
    row: statementRow,
    all: () => graph.statements.length,
  },
  things: {
    columns: ["name", "type", "statementCount", "claimCount", "aliases"],
    more: ["iri"],
    numbers: (passes) => numbersOf(passes.nodes),
    row: thingRow,
    all: () => graph.nodes.length,
  },
};
const DATES = { published: "day", when: "days" };
const NUMERIC = new Set(["confidence", "statementCount", "claimCount"]);

function numbersOf(flags) {
  const numbers = [];
  flags.forEach((flag, number) => { if (flag) numbers.push(number); });
  return numbers;
}

// Return the numbers of what passes in the order of the table: "who" sorts upwards, "-who" downwards, and empty cells
// come last either way; unsorted, what happens comes before what holds. Rows are made only where they are needed.
function tableOrder(view, passed) {
  const { numbers, row } = TABLES[view.table || "statements"];
  const list = numbers(passed);
  return view.sort ? sorted(list.map((number) => [number, row(number, passed)]), view.sort) : list;
}

function sorted(rows, sort) {
  const down = sort.startsWith("-");
  const key = down ? sort.slice(1) : sort;
  const empty = (value) => value === "" || value === -1;
  const compare = NUMERIC.has(key) ? (a, b) => a - b : collator.compare;
  const order = (a, b) => empty(a) - empty(b) || (down ? compare(b, a) : compare(a, b));
  return rows.sort(([, a], [, b]) => order(a[key] ?? "", b[key] ?? "")).map(([number]) => number);
}

function showTable(view, passes) {
  showIf(byId("table"), Boolean(view.table), byId("show-table"));
  if (!view.table) return byId("table-body").replaceChildren();
  const { columns: names, all, row } = TABLES[view.table];
  const numbers = tableOrder(view, passes);
  for (const name of Object.keys(TABLES)) byId(`tab-${name}`).setAttribute("aria-pressed", String(name === view.table));
  byId("table-caption").textContent = numbers.length ? TEXT.tableView.caption(numbers.length, all(), TEXT.tableView[view.table].toLowerCase()) : TEXT.tableView.empty;
  byId("table-head").replaceChildren(...names.map((name) => headCell(name, view)));
  byId("table-body").replaceChildren();
  moreRows(numbers, (number) => bodyRow(row(number, passes), names), 0);
  markRow(view);
}

function startTable() {
  for (const name of Object.keys(TABLES)) byId(`tab-${name}`).onclick = () => update({ table: name, sort: "" });
  byId("table-csv").onclick = saveCsv;
  byId("table-close").onclick = () => update({ table: "" });
}

function headCell(name, view) {
  const down = view.sort === `-${name}`;
  const up = view.sort === name;
  const cell = element("th", { scope: "col", className: NUMERIC.has(name) ? "number" : "" },
    button(TEXT.tableView[name], () => update({ sort: up ? `-${name}` : down ? "" : name }), { title: TEXT.tableView.sort(TEXT.tableView[name]) }));
  cell.setAttribute("aria-sort", up ? "ascending" : down ? "descending" : "none");
  return cell;
}

function moreRows(numbers, made, from) {
  byId("table-body").append(...numbers.slice(from, from + ROWS).map(made));
  const left = numbers.length - from - ROWS;
  const next = byId("table-more");
  next.hidden = left <= 0;
  next.textContent = TEXT.moreOf(Math.min(ROWS, left), left);
  next.onclick = () => moreRows(numbers, made, from + ROWS);
}

function bodyRow(row, names) {
  const cells = names.map((name, i) => {
    const value = name === "confidence" ? (row[name] < 0 ? "" : percent(row[name])) : name === "when" ? row.time || row.when : row[name];
    if (i) return element("td", { text: value, className: NUMERIC.has(name) ? "number" : DATES[name] || "" });
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
  const { columns: names, more: rest, row } = TABLES[view.table || "statements"];
  const keys = [...names, ...rest];
  const cells = (made) => keys.map((key) => (NUMERIC.has(key) && made[key] < 0 ? "" : made[key]));
  return csvText([keys, ...tableOrder(view, passes).map((number) => cells(row(number, passes)))]);
}
