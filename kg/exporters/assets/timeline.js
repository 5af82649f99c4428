// The strip at the bottom: a histogram of the statements over time, and two sliders that choose a part of it.
const SVG = "http://www.w3.org/2000/svg";
let bins = [];
let binsOf = "";

function svgElement(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function startTimeline() {
  startHandle(byId("time-from"), 0);
  startHandle(byId("time-to"), 1);
  byId("time-clock").addEventListener("change", () => update({ clock: byId("time-clock").value, from: "", to: "" }));
  byId("time-whole").onclick = () => update({ from: "", to: "" });
  startBrush(byId("histogram"));
}

// Choose the bins from `a` up to but not including `b`; the ends of the strip mean no limit.
function chooseTime(a, b, gesture) {
  update({
    from: a > 0 ? dateOf(bins[a].begin) : "",
    to: b < bins.length ? dateOf(bins[b - 1].end - 1) : "",
  }, { gesture });
}

// One end of the chosen time, 0 the first or 1 the last, as a slider for keyboard, mouse and finger.
function startHandle(handle, end) {
  const move = (to) => {
    const [first, after] = chosenBins(view);
    if (end === 0) chooseTime(Math.max(0, Math.min(to, after - 1)), after, "time");
    else chooseTime(first, Math.min(bins.length, Math.max(to, first + 1)), "time");
  };
  handle.addEventListener("keydown", (event) => {
    const now = chosenBins(view)[end];
    const big = Math.ceil(bins.length / 10);
    const to = {
      ArrowRight: now + 1, ArrowUp: now + 1, ArrowLeft: now - 1, ArrowDown: now - 1,
      PageUp: now + big, PageDown: now - big, Home: 0, End: bins.length,
    }[event.key];
    if (to === undefined || !bins.length) return;
    move(to);
    event.preventDefault();
  });
  handle.addEventListener("pointerdown", (event) => { if (bins.length) handle.setPointerCapture(event.pointerId); });
  handle.addEventListener("pointermove", (event) => { if (handle.hasPointerCapture(event.pointerId)) move(Math.round(binUnder(event))); });
}

// Where in the row of bins the pointer is, in bins and parts of one.
function binUnder(event) {
  const box = byId("histogram").getBoundingClientRect();
  return ((event.clientX - box.left) / box.width) * bins.length;
}

// Drag over the bars to choose them.
function startBrush(chart) {
  let anchor = -1;
  const at = (event) => Math.min(bins.length - 1, Math.max(0, Math.floor(binUnder(event))));
  const choose = (event) => {
    const here = at(event);
    chooseTime(Math.min(anchor, here), Math.max(anchor, here) + 1, "time");
  };
  chart.addEventListener("pointerdown", (event) => {
    if (!bins.length) return;
    anchor = at(event);
    chart.setPointerCapture(event.pointerId);
    choose(event);
  });
  chart.addEventListener("pointermove", (event) => { if (anchor >= 0) choose(event); });
  for (const name of ["pointerup", "pointercancel"]) chart.addEventListener(name, () => { anchor = -1; });
}

function chosenBins(view) {
  const from = view.from ? dayOf(view.from) : -Infinity;
  const to = view.to ? dayOf(view.to) : Infinity;
  const first = bins.findIndex((bin) => bin.end > from);
  const after = bins.findIndex((bin) => bin.begin > to);
  return [Math.max(0, first), after < 0 ? bins.length : Math.max(after, 1)];
}

function showTimeline(view, passes) {
  showIf(byId("timeline"), view.timeline, byId("show-timeline"));
  if (!view.timeline) return;
  const [begin, end] = columns().clocks[clockOf(view)];
  if (binsOf !== clockOf(view)) {
    bins = makeBins(begin, end);
    binsOf = clockOf(view);
  }
  const [first, after] = chosenBins(view);
  const counts = fill(bins, begin, end, passes.anyTime);
  drawBars(counts, first, after);
  showHandle(byId("time-from"), first, view.from || TEXT.time.start);
  showHandle(byId("time-to"), after, view.to || TEXT.time.end);
  byId("time-range").textContent = view.from || view.to ? TEXT.chip.time(view.from, view.to) : "";
  byId("time-whole").hidden = !view.from && !view.to;
  byId("time-clock").value = clockOf(view);
  const undated = passes.anyTime.reduce((sum, flag, number) => sum + (flag && begin[number] === NO_DAY ? 1 : 0), 0);
  byId("time-note").textContent = bins.length ? (undated ? TEXT.time.undated(undated) : "") : TEXT.time.none;
}

function showHandle(handle, value, text) {
  handle.hidden = !bins.length;
  handle.style.left = `${(100 * value) / Math.max(1, bins.length)}%`;
  const values = { "aria-valuemin": 0, "aria-valuemax": bins.length, "aria-valuenow": value, "aria-valuetext": text };
  for (const [name, each] of Object.entries(values)) handle.setAttribute(name, each);
}

function drawBars(counts, first, after) {
  const chart = byId("histogram");
  const top = Math.max(...counts, 1);
  const width = 100 / Math.max(1, bins.length);
  chart.replaceChildren(...bins.flatMap((bin, i) => {
    const height = counts[i] ? Math.max(4, (counts[i] / top) * 100) : 0;
    const bar = svgElement("rect", { x: i * width + width * 0.08, y: 100 - height, width: width * 0.84, height, class: `${i >= first && i < after ? "in" : "out"}${bin.outer ? " outer" : ""}` });
    const title = svgElement("title", {});
    title.textContent = TEXT.time.bar(bin.label, Math.round(counts[i] * 10) / 10);
    const room = svgElement("rect", { x: i * width, y: 0, width, height: 100, class: "room" });
    room.append(title);
    return [bar, room];
  }));
  const total = Math.round(counts.reduce((a, b) => a + b, 0));
  chart.setAttribute("aria-label", bins.length ? TEXT.time.chart(total, bins[0].label, bins.at(-1).label) : TEXT.time.none);
  byId("time-labels").replaceChildren(...ticks().map((i) => element("span", { text: bins[i].outer ? "…" : bins[i].label })));
}

// The bins that carry a date below the chart: about six, evenly spread.
function ticks() {
  const count = Math.min(6, bins.length);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (bins.length - 1)) / (count - 1))));
}
