// The address of a view: what differs from the defaults, after the #. Things are named by their IRIs, not by their
// numbers, so that a link still means the same when the graph has been built again with more articles.
const LISTS = ["plover", "kinds", "modality", "polarity", "sources"];
const WORDS = ["from", "to", "clock", "table", "sort"];
const OPEN = ["timeline", "drawer"];
const GESTURE = 1500; // changes of one kind within so many milliseconds are one step for the back button
const HISTORY = ["file:", "http:", "https:"].includes(location.protocol); // a notebook's frame has no address of its own

const nameOf = (() => {
  let numbers = null;
  return {
    of: (number) => shortIri(nodeIri(number)),
    find: (name) => {
      numbers ??= new Map(graph.nodes.map((_, number) => [shortIri(nodeIri(number)), number]));
      return numbers.get(name) ?? -1;
    },
  };
})();

function selectedName(selected) {
  const number = Number(selected.slice(1));
  if (selected[0] === "n") return nameOf.of(number);
  if (selected[0] === "s") return `statement ${shortIri(statementIri(number))}`;
  const line = graph.lines[number];
  return `${nameOf.of(line.from)} ${line.status} ${nameOf.of(line.to)}`;
}

function findSelected(name) {
  const words = name.split(" ");
  if (words.length === 1) return nameOf.find(name) < 0 ? null : `n${nameOf.find(name)}`;
  if (words[0] === "statement") {
    const number = graph.statements.findIndex((_, i) => shortIri(statementIri(i)) === words[1]);
    return number < 0 ? null : `s${number}`;
  }
  const [from, to] = [nameOf.find(words[0]), nameOf.find(words[2])];
  const number = graph.lines.findIndex((line) => line.from === from && line.to === to && line.status === words[1]);
  return number < 0 ? null : `e${number}`;
}

// Return the fragment of a view, without the #; the view of the defaults has an empty one.
function writeFragment(view) {
  const parts = new URLSearchParams();
  const put = (key, value) => parts.append(key, value);
  for (const key of WORDS) if (view[key] !== DEFAULTS[key]) put(key, view[key]);
  for (const key of LISTS) for (const value of view[key]) put(key, value);
  for (const speaker of view.speakers) put("speakers", speaker < 0 ? "-" : nameOf.of(speaker));
  for (const type of view.types) put("types", graph.types[type].label);
  for (const status of view.statuses) put("statuses", status);
  if (view.confidence) put("confidence", view.confidence);
  if (view.limit !== DEFAULTS.limit) put("limit", view.limit);
  for (const key of OPEN) if (view[key]) put(key, 1);
  if (view.about) put("about", `${view.about.hops} ${nameOf.of(view.about.node)}`);
  if (view.path) put("path", view.path.map(nameOf.of).join(" "));
  for (const node of view.hidden) put("hidden", nameOf.of(node));
  for (const node of view.extra) put("extra", nameOf.of(node));
  for (const [node, [x, y]] of Object.entries(view.pinned)) put("pinned", `${Math.round(x)} ${Math.round(y)} ${nameOf.of(Number(node))}`);
  if (view.selected) put("open", selectedName(view.selected));
  if (view.camera) put("at", view.camera.map((value) => Number(value.toPrecision(5))).join(" "));
  return parts.toString();
}

// Return the view a fragment stands for; what it names and this graph does not hold is left out.
function readFragment(text) {
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  const all = (key) => parts.getAll(key);
  const nodes = (key) => all(key).map(nameOf.find).filter((number) => number >= 0);
  const size = (key, low, high) => (parts.has(key) && Number(parts.get(key)) >= low ? Math.min(high, Number(parts.get(key))) : DEFAULTS[key]);
  const made = { ...DEFAULTS };
  for (const key of WORDS) if (ALLOWED[key].test(parts.get(key) || "")) made[key] = parts.get(key);
  for (const key of LISTS) made[key] = all(key);
  made.speakers = all("speakers").map((name) => (name === "-" ? -1 : nameOf.find(name))).filter((number, i) => number >= 0 || all("speakers")[i] === "-");
  made.types = all("types").map((label) => graph.types.findIndex((type) => type.label === label)).filter((number) => number >= 0);
  made.statuses = all("statuses").filter((status) => status in TEXT.status);
  made.confidence = size("confidence", 0, 1);
  made.limit = size("limit", 1, MOST_DRAWN);
  for (const key of OPEN) made[key] = parts.get(key) === "1";
  made.about = readAbout(parts.get("about"));
  const ends = (parts.get("path") || "").split(" ").map(nameOf.find);
  made.path = ends.length === 2 && ends.every((number) => number >= 0) ? ends : null;
  made.hidden = nodes("hidden");
  made.extra = nodes("extra");
  made.pinned = Object.fromEntries(all("pinned").map((text) => text.split(" ")).filter(([x, y, name]) => nameOf.find(name) >= 0 && isFinite(x) && isFinite(y)).map(([x, y, name]) => [nameOf.find(name), [Number(x), Number(y)]]));
  made.selected = parts.has("open") ? findSelected(parts.get("open")) : null;
  const camera = (parts.get("at") || "").split(" ").map(Number);
  made.camera = camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0 ? camera : null;
  return made;
}

function readAbout(text) {
  const [hops, name] = (text || "").split(" ");
  const node = name === undefined ? -1 : nameOf.find(name);
  return node < 0 ? null : { node, hops: Math.min(MOST_HOPS, Math.max(1, Math.round(Number(hops)) || 1)) };
}

// Keep the address up to date, and the page up to date with the address.
let written = "";
let lastGesture = ["", 0];
function startFragment() {
  written = location.hash.slice(1);
  subscribe((view, before, { gesture }) => {
    if (!HISTORY || gesture === "address") return;
    const text = writeFragment(view);
    if (text === written) return;
    const [name, time] = lastGesture;
    const goesOn = gesture !== "" && gesture === name && performance.now() - time < GESTURE;
    lastGesture = [gesture, performance.now()];
    const method = goesOn || gesture === "camera" ? "replaceState" : "pushState";
    history[method](null, "", `#${text}`);
    written = text;
  });
  addEventListener("popstate", () => {
    written = location.hash.slice(1);
    update(readFragment(location.hash), { gesture: "address" });
  });
}
