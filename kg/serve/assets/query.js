// The page that asks the endpoint beside it. Texts of the graph are only ever set as textContent.
"use strict";

const MOST_ROWS = 2000; // rows drawn; a download has them all
const TABLE = "application/sparql-results+json";
const at = (id) => document.getElementById(id);
const [library, about, query, run, stop, csv, full, status, result] =
  ["library", "about", "query", "run", "stop", "csv", "full", "status", "result"].map(at);

let known = { base: "", prefixes: {}, queries: [] };
let spaces = []; // [prefix, namespace], the longest namespace first
let running = null; // the AbortController of the query under way
let answered = null; // { text, table }: the last query that gave a table

function make(name, text = "", more = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

function say(text, bad = false) {
  status.textContent = text;
  status.classList.toggle("bad", bad);
}

function post(text, accept, signal) {
  return fetch("sparql", {
    method: "POST", body: text, signal, headers: { "Content-Type": "application/sparql-query", Accept: accept },
  });
}

// -- asking

async function ask(text) {
  if (running) running.abort();
  const control = (running = new AbortController());
  query.value = text;
  remember(text);
  run.disabled = true;
  stop.hidden = false;
  answered = null;
  csv.disabled = true;
  result.replaceChildren();
  say("running …");
  const start = performance.now();
  try {
    const response = await post(text, `${TABLE}, text/turtle;q=0.9`, control.signal);
    const body = await response.text();
    if (!response.ok) say(body.trim() || `error ${response.status}`, true);
    else show(body, response.headers.get("Content-Type") || "", text, (performance.now() - start) / 1000);
  } catch (error) {
    if (control === running) say(error.name === "AbortError" ? "stopped" : "the server does not answer: is kg serve running?", true);
  }
  if (control !== running) return;
  running = null;
  run.disabled = false;
  stop.hidden = true;
}

function show(body, media, text, seconds) {
  const took = `${seconds.toFixed(2)} s`;
  if (!media.startsWith(TABLE)) {
    result.append(make("pre", body));
    say(`a graph, ${took}`);
    return;
  }
  const table = JSON.parse(body);
  if ("boolean" in table) {
    say(`${table.boolean ? "yes" : "no"}, ${took}`);
    return;
  }
  answered = { text, table };
  csv.disabled = false;
  const rows = table.results.bindings.length;
  const cut = rows > MOST_ROWS ? `, the first ${MOST_ROWS} are shown` : "";
  say(`${rows} ${rows === 1 ? "row" : "rows"}${cut}, ${took}`);
  draw();
}

// -- the result

function draw() {
  if (!answered) return;
  const { head, results } = answered.table;
  const table = make("table");
  const row = table.createTHead().insertRow();
  for (const name of head.vars) row.append(make("th", name, { scope: "col" }));
  const body = table.createTBody();
  for (const binding of results.bindings.slice(0, MOST_ROWS)) {
    const line = body.insertRow();
    for (const name of head.vars) cell(line.insertCell(), binding[name]);
  }
  result.replaceChildren(table);
}

function cell(place, term) {
  if (!term) return;
  if (term.type === "uri") place.append(link(term.value));
  else place.textContent = term.value;
  if (/#(integer|decimal|double)$/.test(term.datatype || "")) place.className = "number";
}

function link(iri) {
  const shown = full.checked ? iri : short(iri);
  if (iri.startsWith(known.base)) return make("a", shown, { href: `#${new URLSearchParams({ about: iri })}`, title: iri });
  if (/^https?:\/\//.test(iri)) return make("a", shown, { href: iri, rel: "noreferrer", target: "_blank", title: iri });
  return make("span", shown);
}

function short(iri) {
  const fitting = spaces.find(([, space]) => iri.startsWith(space) && /^[\w.%-]+$/.test(iri.slice(space.length)));
  return fitting ? `${fitting[0]}:${iri.slice(fitting[1].length)}` : iri;
}

// What a thing of the graph leads to: an event to its claims and their sentences, all else to what is said of it.
function queryAbout(iri) {
  const evidence = known.queries.find((each) => each.name === "evidence");
  if (evidence && iri.startsWith(`${known.base}event/`))
    return evidence.text.replace(/VALUES \?event \{[^}]*\}/, () => `VALUES ?event { <${iri}> }`);
  return `# What the graph says of it, and what else there speaks of it
SELECT ?subject ?property ?value WHERE {
  { VALUES ?subject { <${iri}> } ?subject ?property ?value } UNION { VALUES ?value { <${iri}> } ?subject ?property ?value }
} ORDER BY ?subject ?property ?value LIMIT 500`;
}

// -- the address: #q=QUERY or #about=IRI, so that going back goes back and a question can be passed on

function remember(text) {
  const hash = `#${new URLSearchParams({ q: text })}`;
  if (location.hash !== hash && !location.hash.startsWith("#about=")) history.pushState(null, "", hash);
}

function follow() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const iri = asked.get("about");
  if (iri && !/[\s<>"{}|\\^`]/.test(iri)) {
    library.value = "";
    about.hidden = true;
    ask(queryAbout(iri));
    result.focus();
  } else if (asked.has("q")) query.value = asked.get("q"); // a link from elsewhere is shown, not run
}

// -- the controls

function choose() {
  const chosen = known.queries.find((each) => each.name === library.value);
  about.hidden = !chosen;
  if (!chosen) return;
  about.textContent = chosen.about;
  query.value = chosen.text.split("\n").filter((line) => !line.startsWith("# ")).join("\n").trimStart();
}

function submit() {
  if (location.hash.startsWith("#about=")) history.pushState(null, "", " ");
  ask(query.value);
}

async function download() {
  const response = await post(answered.text, "text/csv");
  if (!response.ok) {
    say((await response.text()).trim(), true);
    return;
  }
  const address = URL.createObjectURL(await response.blob());
  make("a", "", { href: address, download: "answer.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

at("ask").addEventListener("submit", (event) => (event.preventDefault(), submit()));
query.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  submit();
});
library.addEventListener("change", choose);
stop.addEventListener("click", () => running && running.abort());
csv.addEventListener("click", download);
full.addEventListener("change", draw);
addEventListener("hashchange", follow);

fetch("queries.json").then((response) => response.json()).then((given) => {
  known = given;
  spaces = Object.entries(known.prefixes).sort((a, b) => b[1].length - a[1].length);
  for (const each of known.queries) library.append(make("option", each.title, { value: each.name }));
  query.value = "SELECT ?type (COUNT(?event) AS ?events) WHERE {\n  ?event a sem:Event, ?type\n} GROUP BY ?type ORDER BY DESC(?events) ?type";
  follow();
  document.documentElement.dataset.ready = "";
}).catch(() => say("the questions cannot be loaded: is kg serve running?", true));
