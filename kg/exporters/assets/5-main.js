// Puts the page together: the network, the legend, the buttons, the keys.
const STEP = 250;
const MOST_NEIGHBOURS = 40;
const MOST_FRAMED = 60;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
readColours();
const network = new vis.Network(byId("canvas"), { nodes, edges }, drawing.options);
refresh();

function glide(options) {
  const animation = calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  return { ...options, animation };
}

// The part of the screen that is free of search bar, legend, buttons and panel.
function freeArea() {
  const wide = innerWidth > 760;
  const open = !byId("panel").hidden;
  const left = wide ? byId("legend").offsetWidth + 40 : 30;
  const right = innerWidth - (open && wide ? byId("panel").offsetWidth : 0) - 60;
  const bottom = (open && !wide ? innerHeight * 0.45 : innerHeight) - (wide ? 60 : 90);
  return { left, right: Math.max(right, left + 200), top: 75, bottom };
}

// Bring nodes into the free part, no larger than `most`.
function frame(numbers, most, animated) {
  if (!numbers.length) return;
  const points = numbers.map((number) => network.body.nodes[`n${number}`]);
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const box = [xs, ys].map((values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]);
  const { left, right, top, bottom } = freeArea();
  const scale = Math.min(most, (right - left) / (box[0][1] - box[0][0] + 60), (bottom - top) / (box[1][1] - box[1][0] + 40));
  const position = {
    x: (box[0][0] + box[0][1]) / 2 + (innerWidth / 2 - (left + right) / 2) / scale,
    y: (box[1][0] + box[1][1]) / 2 + (innerHeight / 2 - (top + bottom) / 2) / scale,
  };
  follow(scale);
  network.moveTo(animated ? glide({ scale, position }) : { scale, position });
}

function fit() {
  frame([...shownNodes].filter((number) => !hiddenTypes.has(graph.nodes[number].type)), 1.5, false);
}

function focusOn(nodeList, lineList) {
  focus = { nodes: new Set(nodeList), lines: new Set(lineList) };
  refresh();
}

function clearSelection() {
  focus = null;
  network.unselectAll();
  closePanel();
  refresh();
}

function selectNode(number) {
  const lines = linesOf[number].filter((line) => shownLines.has(line));
  focusOn([number, ...lines.flatMap((line) => [graph.lines[line].from, graph.lines[line].to])], lines);
  network.selectNodes([`n${number}`], false);
  nodePanel(number);
}

function selectLine(number) {
  const { from, to } = graph.lines[number];
  focusOn([from, to], [number]);
  network.selectEdges([`e${number}`]);
  linePanel(number);
}

// Bring a node into view wherever it is: drawn with its weightiest neighbours, its type shown, selected.
function goTo(number) {
  const around = linesOf[number].map((line) => (graph.lines[line].from === number ? graph.lines[line].to : graph.lines[line].from));
  const heavy = [...new Set(around)].sort((a, b) => graph.nodes[b].claims - graph.nodes[a].claims || a - b);
  if (!shownNodes.has(number)) show([number, ...heavy.slice(0, MOST_NEIGHBOURS)]);
  hiddenTypes.delete(graph.nodes[number].type);
  showCounts();
  showLegend();
  selectNode(number);
  const many = focus.nodes.size > MOST_FRAMED;
  frame(many ? [number] : [...focus.nodes], many ? 0.6 : 1.3, true);
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  showLegend();
  refresh();
}

function legendButton(label, count, sample, pressed, onclick) {
  const button = element("button", { type: "button", onclick, title: pressed ? "Click to hide" : "Click to show" }, sample, element("span", { text: label }), element("span", { className: "aside", text: count }));
  button.setAttribute("aria-pressed", String(pressed));
  return element("li", {}, button);
}

function showLegend() {
  const count = (value) => value.toLocaleString("en");
  byId("types").replaceChildren(...graph.types.map((type, number) =>
    legendButton(type.label, count(type.count), element("span", { className: `dot ${type.slot === "event" ? "event" : ""} slot-${type.slot}` }), !hiddenTypes.has(number), () => toggle(hiddenTypes, number))));
  const there = STATUSES.map(([status, label]) => [status, label, graph.lines.filter((line) => line.status === status).length]).filter((entry) => entry[2]);
  byId("statuses").replaceChildren(...there.map(([status, label, number]) =>
    legendButton(label, count(number), element("span", { className: `sample ${status}` }), !hiddenStatuses.has(status), () => toggle(hiddenStatuses, status))));
}

function showCounts() {
  const total = graph.nodes.length;
  const part = shownNodes.size < total ? `${shownNodes.size.toLocaleString("en")} of ${total.toLocaleString("en")}` : total.toLocaleString("en");
  byId("counts").textContent = `${part} nodes · ${graph.claims.length.toLocaleString("en")} claims · ${graph.documents.length.toLocaleString("en")} ${graph.documents.length === 1 ? "article" : "articles"}`;
  const left = total - shownNodes.size;
  byId("more").hidden = left === 0;
  byId("more").textContent = `Show ${Math.min(left, STEP)} more`;
}

function showMore() {
  const next = graph.order.filter((number) => !shownNodes.has(number)).slice(0, STEP);
  show(next);
  showCounts();
  fit();
}

function reset() {
  hiddenTypes.clear();
  hiddenStatuses.clear();
  byId("query").value = "";
  hideResults();
  showLegend();
  clearSelection();
  fit();
}

function zoom(factor) {
  const scale = network.getScale() * factor;
  follow(scale);
  network.moveTo(glide({ scale }));
}

function onKey(event) {
  const typing = document.activeElement === byId("query");
  if (event.key === "Escape") {
    byId("query").value = "";
    hideResults();
    byId("query").blur();
    clearSelection();
  } else if (!typing && event.key === "/" && !event.ctrlKey && !event.metaKey) {
    byId("query").focus();
    event.preventDefault();
  } else if (!typing && event.key === "0" && !event.ctrlKey && !event.metaKey) reset();
}

network.on("click", ({ nodes: picked, edges: lines }) => {
  byId("query").blur();
  if (picked.length) selectNode(nodeNumber(picked[0]));
  else if (lines.length) selectLine(nodeNumber(lines[0]));
  else clearSelection();
});
network.on("hoverNode", ({ node }) => { hovered = node; byId("canvas").style.cursor = "pointer"; network.redraw(); });
network.on("blurNode", () => { hovered = null; byId("canvas").style.cursor = ""; network.redraw(); });
network.on("hoverEdge", () => { byId("canvas").style.cursor = "pointer"; });
network.on("blurEdge", () => { byId("canvas").style.cursor = ""; });
network.on("zoom", ({ scale }) => follow(scale));
network.on("afterDrawing", drawLabels);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); refresh(); });
document.addEventListener("keydown", onKey);
byId("close").onclick = clearSelection;
byId("more").onclick = showMore;
byId("fit").onclick = reset;
byId("closer").onclick = () => zoom(1.4);
byId("farther").onclick = () => zoom(1 / 1.4);
startSearch();
showLegend();
showCounts();
fit();
network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
network.redraw();

// For tests and for whoever embeds the page: where things stand on the screen, and a way to go to one.
window.newskg = Object.freeze({
  nodePoint: (number) => network.canvasToDOM({ x: network.body.nodes[`n${number}`].x, y: network.body.nodes[`n${number}`].y }),
  linePoint: (number) => network.canvasToDOM(network.body.edges[`e${number}`].edgeType.getPoint(0.5)),
  shown: () => ({ nodes: nodes.get({ filter: (node) => !node.hidden }).length, lines: edges.get({ filter: (edge) => !edge.hidden }).length, labels: labelsDrawn }),
  drawn: (number) => shownNodes.has(number),
  goTo,
});
