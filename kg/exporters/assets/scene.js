// What is on the canvas: of what passes the filters, the best connected up to the limit, and what has been asked for.
// vis-network is given these alone, and told only what changed.
const MOST_NEIGHBOURS = 40;
const MOST_MOVED = 1500; // with more lines than that they are left out while the picture moves
const drawn = { nodes: new Set(drawing.nodes.map((node) => idNumber(node.id))), lines: new Set(drawing.edges.map((edge) => idNumber(edge.id))) };
const nodes = new vis.DataSet(drawing.nodes);
const edges = new vis.DataSet(drawing.edges);
let beyond = new Map(); // by node that is drawn: how many of its neighbours pass but are not drawn

readColours();
const network = new vis.Network(byId("canvas"), { nodes, edges }, drawing.options);

function wantedNodes(view, passed) {
  const wanted = new Set();
  for (const number of graph.order) {
    if (wanted.size >= view.limit) break;
    if (passed.nodes[number]) wanted.add(number);
  }
  for (const number of [...view.extra, ...Object.keys(view.pinned).map(Number)]) if (passed.nodes[number]) wanted.add(number);
  for (const number of selectedNodes(view)) if (!view.hidden.includes(number)) wanted.add(number);
  return wanted;
}

function selectedNodes(view) {
  if (!view.selected || view.selected[0] === "s") return [];
  const number = idNumber(view.selected);
  return view.selected[0] === "n" ? [number] : [graph.lines[number].from, graph.lines[number].to];
}

function wantedLines(wanted, passed, view) {
  const lines = new Set();
  const chosen = view.selected && view.selected[0] === "e" ? idNumber(view.selected) : -1;
  for (const number of wanted) {
    for (const line of linesOf[number]) {
      const { from, to } = graph.lines[line];
      if ((passed.lines[line] || line === chosen) && from === number && wanted.has(to)) lines.add(line);
    }
  }
  return lines;
}

// Change what vis-network holds, and paint once when all is changed.
function changing(change) {
  network.renderer.allowRedraw = false;
  try {
    change();
  } finally {
    network.renderer.allowRedraw = true;
  }
  network.redraw();
}

// Bring the canvas to what the view wants; return whether other nodes are drawn than before.
function drawScene(view, passed) {
  const wanted = wantedNodes(view, passed);
  const lines = wantedLines(wanted, passed, view);
  const places = placesFor(view, passed, wanted, lines);
  const less = (set, other) => [...set].filter((number) => !other.has(number));
  const [gone, fresh] = [less(drawn.nodes, wanted), less(wanted, drawn.nodes)];
  const [goneLines, freshLines] = [less(drawn.lines, lines), less(lines, drawn.lines)];
  const moved = [...wanted].filter((number) => drawn.nodes.has(number) && places.moves(number));
  drawn.nodes = wanted;
  drawn.lines = lines;
  focus = focusOf(view, lines);
  changing(() => {
    edges.remove(goneLines.map((number) => `e${number}`));
    nodes.remove(gone.map((number) => `n${number}`));
    nodes.add(fresh.map((number) => ({ ...nodeLook(number), ...places.of(number) })));
    nodes.update(moved.map((number) => ({ id: `n${number}`, ...places.of(number) })));
    edges.add(freshLines.map(lineLook));
    refresh();
  });
  beyond = countBeyond(wanted, passed);
  network.renderer.setOptions({ hideEdgesOnDrag: lines.size > MOST_MOVED, hideEdgesOnZoom: lines.size > MOST_MOVED });
  return gone.length + fresh.length + moved.length > 0;
}

function countBeyond(wanted, passed) {
  const counts = new Map();
  for (const number of wanted) {
    const others = new Set();
    for (const line of linesOf[number]) {
      const other = otherEnd(line, number);
      if (passed.lines[line] && !wanted.has(other)) others.add(other);
    }
    if (others.size) counts.set(number, others.size);
  }
  return counts;
}

// What a selection leaves bright: a node with its neighbours, a line with its ends, a statement with what it touches.
function focusOf(view, lines) {
  if (!view.selected) return null;
  const number = idNumber(view.selected);
  const ends = (list) => list.flatMap((line) => [graph.lines[line].from, graph.lines[line].to]);
  const kept = {
    n: () => linesOf[number].filter((line) => lines.has(line)),
    e: () => [number],
    s: () => [...lines].filter((line) => graph.lines[line].statements.includes(number)),
  }[view.selected[0]]();
  return { nodes: new Set([...selectedNodes(view), ...ends(kept)]), lines: new Set(kept) };
}

// Draw everything anew as it looks now; where things stand does not change.
function refresh() {
  nodes.update([...drawn.nodes].map(nodeLook));
  edges.update([...drawn.lines].map(lineLook));
  document.body.classList.toggle("focused", focus !== null);
}

function markSelected(view) {
  network.unselectAll();
  const id = view.selected;
  if (id && id[0] === "n" && drawn.nodes.has(idNumber(id))) network.selectNodes([id], false);
  if (id && id[0] === "e" && drawn.lines.has(idNumber(id))) network.selectEdges([id]);
}

const placeOf = (number) => {
  const { x, y } = network.body.nodes[`n${number}`] || graph.nodes[number];
  return [x, y];
};
const drawnPlaces = () => [...drawn.nodes].map((number) => {
  const [x, y] = placeOf(number);
  return { number, x, y };
});

// The weightiest neighbours of a node that pass and are not drawn.
function neighboursBeyond(number) {
  const passed = passes();
  const others = new Set(linesOf[number].filter((line) => passed.lines[line]).map((line) => otherEnd(line, number)));
  return [...others].filter((other) => !drawn.nodes.has(other)).sort((a, b) => graph.nodes[b].claims - graph.nodes[a].claims || a - b).slice(0, MOST_NEIGHBOURS);
}

// Draw the neighbours of a node that are not drawn yet.
function expand(number) {
  const fresh = neighboursBeyond(number);
  if (fresh.length) update({ extra: [...new Set([...view.extra, number, ...fresh])] });
}
