// The keyboard: keys that work anywhere but in a field, and walking over the graph with the arrows.
const TURN = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const LEAP = { PageDown: 1, PageUp: -1 };
let walker = -1; // the node the keyboard is on

const typing = (target) => target.closest("input:not([type=range]):not([type=checkbox]), select, textarea, dialog[open]") !== null;
const openNode = () => (view.selected && view.selected[0] === "n" ? Number(view.selected.slice(1)) : -1);
const chosenNode = () => (openNode() >= 0 ? openNode() : walker);

const KEYS = {
  "/": () => byId("query").focus(),
  f: () => toggleDrawer(),
  t: () => toggleTable(),
  l: () => update({ timeline: !view.timeline }),
  "0": () => reset(),
  "?": () => byId("help-box").showModal(),
  "+": () => zoom(1.4),
  "=": () => zoom(1.4),
  "-": () => zoom(1 / 1.4),
  e: () => chosenNode() >= 0 && expand(chosenNode()),
  "1": () => chosenNode() >= 0 && toggleAround(chosenNode(), 1),
  "2": () => chosenNode() >= 0 && toggleAround(chosenNode(), 2),
  "3": () => chosenNode() >= 0 && toggleAround(chosenNode(), 3),
  p: () => chosenNode() >= 0 && togglePin(chosenNode()),
  h: () => chosenNode() >= 0 && hideNode(chosenNode()),
};

// The canvas as one thing that takes the keyboard; what vis-network puts inside it takes none.
function startKeys() {
  const canvas = byId("canvas");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", TEXT.graph);
  for (const inside of canvas.querySelectorAll("[tabindex]")) inside.tabIndex = -1;
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "Escape") return closeSomething();
  const onGraph = event.target.closest("#canvas") !== null;
  if (onGraph && TURN[event.key]) walk(TURN[event.key]);
  else if (onGraph && LEAP[event.key]) leap(LEAP[event.key]);
  else if (onGraph && event.key === "Enter" && walker >= 0) update({ selected: `n${walker}` }, { enter: true });
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}

// Escape takes back the topmost thing: what is open, then the table, then the drawer.
function closeSomething() {
  if (view.selected) update({ selected: null });
  else if (view.table) update({ table: "" });
  else if (view.drawer) update({ drawer: false });
  else if (view.path) update({ path: null });
  else if (view.about) update({ about: null });
}

// Go to the drawn node that lies nearest in a direction; the first step goes to the weightiest one.
function walk([dx, dy]) {
  const there = drawnPlaces();
  const here = there.find(({ number }) => number === walker);
  if (!here) return leap(1);
  let [nearest, best] = [walker, Infinity];
  for (const { number, x, y } of there) {
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    if (number === walker || along <= 0 || along + 2 * aside >= best) continue;
    [nearest, best] = [number, along + 2 * aside];
  }
  arrive(nearest);
}

// Go through everything that is drawn, what is claimed most first.
function leap(step) {
  const order = drawnPlaces().map(({ number }) => number).sort((a, b) => graph.nodes[b].claims - graph.nodes[a].claims || a - b);
  const place = order.indexOf(walker);
  if (order.length) arrive(order[place < 0 ? 0 : (place + step + order.length) % order.length]);
}

function arrive(number) {
  walker = number;
  const node = graph.nodes[number];
  announce(TEXT.live.node(node.label, graph.types[node.type].label, node.claims));
  mark(number);
}
