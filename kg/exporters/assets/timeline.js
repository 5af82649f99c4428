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
  const [from, to] = [byId("time-from"), byId("time-to")];
  const set = (slider) => {
    const [a, b] = [Number(from.value), Number(to.value)];
    if (a >= b) { // the one that is moved pushes against the other
      if (slider === from) from.value = b - 1;
      else to.value = a + 1;
    }
    chooseTime(Number(from.value), Number(to.value), "time");
  };
  for (const slider of [from, to]) slider.addEventListener("input", () => set(slider));
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

// Drag over the bars to choose them.
function startBrush(chart) {
  let anchor = -1;
  const at = (event) => {
    const box = chart.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bins.length)));
  };
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
  const strip = byId("timeline");
  strip.hidden = !view.timeline;
  if (strip.hidden) return;
  const [begin, end] = columns().clocks[clockOf(view)];
  if (binsOf !== clockOf(view)) {
    bins = makeBins(begin, end);
    binsOf = clockOf(view);
  }
  const [first, after] = chosenBins(view);
  const counts = fill(bins, begin, end, passes.anyTime);
  drawBars(counts, first, after);
  for (const [id, value] of [["time-from", first], ["time-to", after]]) {
    const slider = byId(id);
    slider.max = bins.length;
    slider.value = value;
    slider.disabled = !bins.length;
  }
  const edge = (date, open) => date || open;
  byId("time-from").setAttribute("aria-valuetext", edge(view.from, TEXT.time.start));
  byId("time-to").setAttribute("aria-valuetext", edge(view.to, TEXT.time.end));
  byId("time-whole").hidden = !view.from && !view.to;
  byId("time-clock").value = clockOf(view);
  const undated = passes.anyTime.reduce((sum, flag, number) => sum + (flag && begin[number] === NO_DAY ? 1 : 0), 0);
  byId("time-note").textContent = bins.length ? (undated ? TEXT.time.undated(undated) : "") : TEXT.time.none;
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
