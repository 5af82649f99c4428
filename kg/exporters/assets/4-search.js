// Search over labels and aliases, by keyboard as well.
const MOST_RESULTS = 12;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let index = null;
let found = [];
let current = -1;

function makeIndex() {
  index = [];
  graph.nodes.forEach((node, number) => {
    [node.label, ...node.aliases].forEach((name, i) => index.push({ number, name, text: plain(name), alias: i > 0 }));
  });
}

function quality(entry, wanted) {
  const place = entry.text.indexOf(wanted);
  if (place < 0) return -1;
  if (entry.text === wanted) return 3;
  if (place === 0) return 2;
  return /[\s\p{P}]/u.test(entry.text[place - 1]) ? 1 : 0;
}

function lookUp(text) {
  if (!index) makeIndex();
  const wanted = plain(text.trim());
  const best = new Map();
  for (const entry of wanted ? index : []) {
    const value = quality(entry, wanted);
    if (value >= 0 && (!best.has(entry.number) || best.get(entry.number).value < value)) best.set(entry.number, { ...entry, value });
  }
  const named = (entry) => Number(!["participant", "event"].includes(graph.types[graph.nodes[entry.number].type].slot));
  const order = (a, b) => (b.value === 3) - (a.value === 3) || named(b) - named(a) || b.value - a.value || graph.nodes[b.number].claims - graph.nodes[a.number].claims || a.number - b.number;
  return [...best.values()].sort(order).slice(0, MOST_RESULTS);
}

function resultView(entry, place) {
  const node = graph.nodes[entry.number];
  const type = graph.types[node.type];
  const item = element("li", { id: `r${place}`, onmousedown: (event) => event.preventDefault(), onclick: () => choose(place) },
    element("span", { className: `dot ${type.slot === "event" ? "event" : ""} slot-${type.slot}` }),
    element("span", { className: "name", text: entry.alias ? `${node.label} (${entry.name})` : node.label }),
    element("span", { className: "aside", text: type.label }));
  item.setAttribute("role", "option");
  return item;
}

function showResults() {
  const query = byId("query").value;
  found = lookUp(query);
  current = found.length ? 0 : -1;
  const list = byId("results");
  list.replaceChildren(...found.map(resultView));
  if (!found.length) list.append(element("li", { className: "none", text: "Nothing by that name" }));
  list.hidden = !query.trim();
  byId("query").setAttribute("aria-expanded", String(!list.hidden));
  markCurrent();
}

function markCurrent() {
  [...byId("results").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
  const item = current >= 0 ? byId(`r${current}`) : null;
  if (item) item.scrollIntoView({ block: "nearest" });
  byId("query").setAttribute("aria-activedescendant", item ? item.id : "");
}

function hideResults() {
  byId("results").hidden = true;
  byId("query").setAttribute("aria-expanded", "false");
}

function choose(place) {
  if (!found[place]) return;
  hideResults();
  goTo(found[place].number);
}

function startSearch() {
  const query = byId("query");
  query.addEventListener("input", showResults);
  query.addEventListener("focus", () => query.value.trim() && showResults());
  query.addEventListener("blur", hideResults);
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      current = (current + step + found.length) % found.length;
      markCurrent();
      event.preventDefault();
    }
    if (event.key === "Enter") choose(current);
  });
}
