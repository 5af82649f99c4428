// The keyboard: keys that work anywhere but in a field, and walking over the graph with the arrows.
const TURN = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
let walker = -1; // the node the keyboard is on

const typing = (target) => target.closest("input:not([type=range]):not([type=checkbox]), select, textarea, dialog") !== null;
const chosenNode = () => (view.selected && view.selected[0] === "n" ? Number(view.selected.slice(1)) : walker);

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
  "1": () => chosenNode() >= 0 && toggleAround(chosenNode(), 1),
  "2": () => chosenNode() >= 0 && toggleAround(chosenNode(), 2),
  "3": () => chosenNode() >= 0 && toggleAround(chosenNode(), 3),
  p: () => chosenNode() >= 0 && togglePin(chosenNode()),
  h: () => chosenNode() >= 0 && hideNode(chosenNode()),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "Escape") return closeSomething();
  const onGraph = event.target.closest("#canvas") !== null;
  if (onGraph && TURN[event.key]) walk(TURN[event.key]);
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

// Go to the drawn node that lies nearest in a direction; the first step starts at the weightiest one.
function walk([dx, dy]) {
  const there = drawnPlaces();
  if (!there.length) return;
  const here = there.find(({ number }) => number === chosenNode());
  if (!here) walker = there.reduce((best, place) => (graph.nodes[place.number].claims > graph.nodes[best.number].claims ? place : best)).number;
  else {
    let best = Infinity;
    for (const { number, x, y } of there) {
      const along = (x - here.x) * dx + (y - here.y) * dy;
      const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
      if (number === here.number || along <= 0 || along + 2 * aside >= best) continue;
      best = along + 2 * aside;
      walker = number;
    }
  }
  const node = graph.nodes[walker];
  announce(TEXT.live.node(node.label, graph.types[node.type].label, node.claims));
  mark(walker);
}
