// What the page holds, what of it is drawn, and how each thing looks. Text from articles only ever reaches
// textContent and canvas; node and line ids are made here and in Python ("n12", "e7"), never from names.
const island = (id) => JSON.parse(document.getElementById(id).textContent);
const byId = (id) => document.getElementById(id);
const graph = island("graph");
const drawing = island("drawing");
const nodes = new vis.DataSet(drawing.nodes);
const edges = new vis.DataSet(drawing.edges);
const nodeNumber = (id) => Number(id.slice(1));

const shownNodes = new Set(drawing.nodes.map((node) => nodeNumber(node.id)));
const shownLines = new Set(drawing.edges.map((edge) => nodeNumber(edge.id)));
const hiddenTypes = new Set();
const hiddenStatuses = new Set();
let focus = null; // {nodes: Set, lines: Set} or null: what a selection leaves bright
let hovered = null;
let colours = {};
let boost = 1; // far away things are drawn larger than to scale, near ones smaller

const linesOf = graph.nodes.map(() => []);
graph.lines.forEach((line, number) => {
  linesOf[line.from].push(number);
  linesOf[line.to].push(number);
});

const STATUSES = [["actual", "Stated as fact"], ["planned", "Planned"], ["possible", "Possible or required"], ["denied", "Denied"], ["background", "Background"]];
const DASHES = { actual: false, planned: [9, 6], possible: [2, 5], denied: false, background: false };

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "surface", "ink", "soft", "faint", "halo", "accent", "disputed", ...graph.types.map((type) => type.slot)];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  colours.lines = Object.fromEntries(STATUSES.map(([status]) => [status, style.getPropertyValue(status === "actual" ? "--line" : `--line-${status}`).trim()]));
}

function nodeLook(number) {
  const node = graph.nodes[number];
  const type = graph.types[node.type];
  const bright = !focus || focus.nodes.has(number);
  const colour = colours[type.slot];
  const hollow = type.slot === "participant";
  const fill = hollow ? colours.ground : colour;
  const rim = hollow ? colour : colours.ground;
  return {
    id: `n${number}`, x: node.x, y: node.y, size: node.size * boost, shape: type.slot === "event" ? "diamond" : "dot", borderWidth: hollow ? 2 : 1.5, borderWidthSelected: 3,
    hidden: hiddenTypes.has(node.type), opacity: bright ? 1 : 0.16,
    color: { background: fill, border: rim, highlight: { background: fill, border: colours.ink }, hover: { background: fill, border: colours.ink } },
  };
}

function lineLook(number) {
  const line = graph.lines[number];
  const bright = !focus || focus.lines.has(number);
  const colour = line.disputed ? colours.disputed : colours.lines[line.status];
  const opacity = bright ? (focus ? 1 : 0.8) : 0.1;
  return {
    id: `e${number}`, from: `n${line.from}`, to: `n${line.to}`, width: line.width * boost, dashes: DASHES[line.status] && DASHES[line.status].map((part) => part * boost),
    hidden: hiddenStatuses.has(line.status) || hiddenTypes.has(graph.nodes[line.from].type) || hiddenTypes.has(graph.nodes[line.to].type),
    arrows: { to: { enabled: line.status !== "background", scaleFactor: 0.45 * boost } },
    smooth: line.curve ? { enabled: true, type: "curvedCW", roundness: line.curve } : { enabled: false },
    color: { color: colour, highlight: colour, hover: colour, opacity },
  };
}

// Follow the zoom in half octaves, so that most steps of it change nothing.
function follow(scale) {
  const step = Math.min(2.6, Math.max(0.5, 2 ** (-0.6 * Math.round(2 * Math.log2(scale)) / 2)));
  if (step === boost) return;
  boost = step;
  refresh();
}

function refresh() {
  edges.update([...shownLines].map(lineLook));
  nodes.update([...shownNodes].map((number) => {
    const { x, y, ...look } = nodeLook(number); // where it has been dragged to stays
    return look;
  }));
  document.body.classList.toggle("focused", focus !== null);
}

// Draw more nodes, and every line whose two ends are then drawn.
function show(numbers) {
  const fresh = numbers.filter((number) => !shownNodes.has(number));
  fresh.forEach((number) => shownNodes.add(number));
  const lines = new Set();
  for (const number of fresh) {
    for (const line of linesOf[number]) {
      const { from, to } = graph.lines[line];
      if (shownNodes.has(from) && shownNodes.has(to)) lines.add(line);
    }
  }
  lines.forEach((line) => shownLines.add(line));
  nodes.add(fresh.map(nodeLook));
  edges.add([...lines].map(lineLook));
  return fresh.length;
}
