// How each thing looks. Ids are made here and in Python ("n12", "e7"), never from names.
const DASHES = { actual: false, planned: [9, 6], possible: [2, 5], denied: false, background: false };
const idNumber = (id) => Number(id.slice(1));
let colours = {};
let boost = 1; // far away things are drawn larger than to scale, near ones smaller
let focus = null; // {nodes: Set, lines: Set} or null: what a selection leaves bright

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["ground", "surface", "ink", "soft", "faint", "halo", "accent", "disputed", ...graph.types.map((type) => type.slot)];
  colours = Object.fromEntries(names.map((name) => [name, value(name)]));
  colours.lines = Object.fromEntries(Object.keys(DASHES).map((status) => [status, value(status === "actual" ? "line" : `line-${status}`)]));
}

const slotOf = (number) => graph.types[graph.nodes[number].type].slot;

function nodeLook(number) {
  const slot = slotOf(number);
  const colour = colours[slot];
  const hollow = slot === "participant";
  const fill = hollow ? colours.ground : colour;
  const rim = number in view.pinned ? colours.ink : hollow ? colour : colours.ground;
  const bright = !focus || focus.nodes.has(number);
  return {
    id: `n${number}`, size: graph.nodes[number].size * boost, shape: slot === "event" ? "diamond" : "dot",
    borderWidth: hollow || number in view.pinned ? 2 : 1.5, borderWidthSelected: 3, opacity: bright ? 1 : 0.16,
    color: { background: fill, border: rim, highlight: { background: fill, border: colours.ink }, hover: { background: fill, border: colours.ink } },
  };
}

function lineLook(number) {
  const line = graph.lines[number];
  const bright = !focus || focus.lines.has(number);
  const colour = line.disputed ? colours.disputed : colours.lines[line.status];
  const dashes = DASHES[line.status];
  return {
    id: `e${number}`, from: `n${line.from}`, to: `n${line.to}`, width: line.width * boost, dashes: dashes && dashes.map((part) => part * boost),
    arrows: { to: { enabled: line.status !== "background", scaleFactor: 0.45 * boost } },
    smooth: line.curve ? { enabled: true, type: "curvedCW", roundness: line.curve } : { enabled: false },
    color: { color: colour, highlight: colour, hover: colour, opacity: bright ? (focus ? 1 : 0.8) : 0.1 },
  };
}
