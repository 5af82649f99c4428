// Puts the page together: what is shown follows from the view, and every change of the view comes through here.
const STEP = 250;
const SCENERY = ["limit", "extra", "pinned", "selected"];

function showCounts(view, passed) {
  const total = graph.nodes.length;
  byId("counts").textContent = TEXT.counts(drawn.nodes.size, total, graph.claims.length, graph.documents.length);
  byId("empty").hidden = drawn.nodes.size > 0;
  const left = numbersOf(passed.nodes).filter((node) => !drawn.nodes.has(node)).length;
  byId("more").hidden = left <= 0 || view.limit >= MOST_DRAWN;
  byId("more").textContent = TEXT.more(Math.min(left, STEP));
  byId("limit-box").hidden = total <= DEFAULTS.limit;
  byId("limit").max = Math.min(MOST_DRAWN, Math.ceil(total / 50) * 50);
  byId("limit").value = view.limit;
  byId("limit-value").textContent = number(view.limit);
}

// Say which part of a graph this page holds, where it is not the whole.
function showPart({ about, hops, asked, cut, nodes: total }) {
  const text = cut ? TEXT.part.cut(graph.nodes.length, total) : about ? TEXT.part.about(about, hops, total) : asked ? TEXT.part.asked(total) : "";
  byId("part").textContent = text;
  byId("part").hidden = !text;
}

const touches = (changed, keys) => keys.some((key) => changed.has(key));

function showScene(view, before, { changed, gesture }) {
  const filtered = touches(changed, [...FILTERING]);
  let moved = false;
  if (filtered || touches(changed, SCENERY)) {
    moved = drawScene(view, passes());
    showCounts(view, passes());
  }
  if (changed.has("selected") || moved) markSelected(view);
  if (gesture === "camera") return;
  if (changed.has("camera") && view.camera) toCamera(view.camera);
  else if (!view.camera && (moved || touches(changed, ["camera", "drawer", "timeline"]))) fit(gesture !== "address");
}

function startCanvas() {
  const point = (id) => {
    hovered = id;
    byId("canvas").style.cursor = id ? "pointer" : "";
    network.redraw();
  };
  network.on("click", ({ nodes: picked, edges: lines }) => {
    byId("query").blur();
    update({ selected: picked[0] || lines[0] || null });
  });
  network.on("doubleClick", ({ nodes: picked }) => { if (picked.length) expand(idNumber(picked[0])); });
  network.on("hoverNode", ({ node }) => point(node));
  network.on("blurNode", () => point(null));
  network.on("hoverEdge", () => { byId("canvas").style.cursor = "pointer"; });
  network.on("blurEdge", () => { byId("canvas").style.cursor = ""; });
  network.on("zoom", ({ scale }) => { follow(scale); keepCamera(); });
  network.on("dragEnd", ({ nodes: picked }) => {
    const moved = picked.map(idNumber).filter((number) => number in view.pinned);
    if (moved.length) update({ pinned: { ...view.pinned, ...Object.fromEntries(moved.map((number) => [number, placeOf(number)])) } });
    if (!picked.length) keepCamera();
  });
  network.on("afterDrawing", drawLabels);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); changing(refresh); });
  byId("limit").addEventListener("input", () => update({ limit: Number(byId("limit").value), camera: null }, { gesture: "limit" }));
}

// Show what has changed around the canvas, and no more than that.
function showAround(view, before, { changed, enter }) {
  const filtered = touches(changed, [...FILTERING]);
  if (filtered || touches(changed, ["drawer"])) { showLegend(view); showDrawer(view, passes()); }
  if (filtered || touches(changed, ["pinned"])) showChips(view);
  if (filtered || touches(changed, ["timeline"])) showTimeline(view, passes());
  if (filtered || touches(changed, ["table", "sort"])) showTable(view, passes());
  else if (changed.has("selected")) markRow(view);
  if (touches(changed, ["timeline", "table", "drawer"])) showToolbar(view);
  if (touches(changed, ["selected", "about", "path", "pinned", "extra"]) || (filtered && (view.selected || view.path))) showPanel(view, passes(), enter, before);
}

function toggleDrawer() {
  update({ drawer: !view.drawer });
  if (view.drawer) byId("drawer").querySelector("summary").focus();
}

function toggleTable() {
  update({ table: view.table ? "" : "statements" });
  if (view.table) byId("tab-statements").focus();
}

// Everything as it was when the page was opened, but for the parts of the page itself: drawer, timeline, table stay.
function reset() {
  const { timeline, drawer, table } = view;
  byId("query").value = "";
  update({ ...DEFAULTS, timeline, drawer, table });
  fit();
}

function startButtons() {
  const acts = {
    close: () => update({ selected: null, path: null }), fit: reset, closer: () => zoom(1.4), farther: () => zoom(1 / 1.4),
    more: () => update({ limit: Math.min(MOST_DRAWN, view.limit + STEP), camera: null }),
    filters: toggleDrawer, "drawer-close": () => update({ drawer: false }),
    "show-timeline": () => update({ timeline: !view.timeline }), "show-table": toggleTable,
    help: () => byId("help-box").showModal(), "help-close": () => byId("help-box").close(),
  };
  for (const [id, act] of Object.entries(acts)) byId(id).onclick = act;
  startKeys();
}

function start() {
  document.title = TEXT.page;
  writeTexts();
  showHelp();
  showPart(graph.part);
  startBar();
  startCanvas();
  startButtons();
  combobox(byId("query"), byId("results"), goTo);
  startDrawer();
  startTimeline();
  startTable();
  startMenu();
  if (HISTORY) view = Object.freeze(readFragment(location.hash));
  subscribe(showAround); // the panel and the bars first: the camera looks for what they leave free
  subscribe(showScene);
  for (const subscriber of subscribers) subscriber(view, DEFAULTS, { changed: new Set(Object.keys(DEFAULTS)), gesture: "address", enter: false });
  startFragment();
  byId("loading").remove();
}

start();
network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
network.redraw();

// For tests and for whoever embeds the page: where things stand on the screen, and a way to go to one.
window.newskg = Object.freeze({
  nodePoint: (number) => network.canvasToDOM({ x: network.body.nodes[`n${number}`].x, y: network.body.nodes[`n${number}`].y }),
  linePoint: (number) => network.canvasToDOM(network.body.edges[`e${number}`].edgeType.getPoint(0.5)),
  shown: () => ({ nodes: drawn.nodes.size, lines: drawn.lines.size, labels: labelsDrawn }),
  frames: () => frames,
  drawn: (number) => drawn.nodes.has(number),
  view: () => view,
  fragment: () => writeFragment(view),
  passing: () => numbersOf(passes().statements),
  goTo,
});
