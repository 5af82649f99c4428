// The legend, which filters, the counts, and the toolbar.
function legendButton(label, count, sample, pressed, onclick) {
  const made = button("", onclick, { title: pressed ? TEXT.clickToHide : TEXT.clickToShow, attributes: { "aria-pressed": String(pressed) } });
  made.append(sample, element("span", { className: "name", text: label }), element("span", { className: "aside", text: number(count) }));
  return element("li", {}, made);
}

// Redraw a list without losing the place of the keyboard in it.
function refill(list, items) {
  const place = [...list.children].findIndex((item) => item.contains(document.activeElement));
  list.replaceChildren(...items);
  if (place >= 0) list.children[Math.min(place, list.children.length - 1)]?.querySelector("button, input")?.focus();
}

const statusCounts = (() => {
  let made = null;
  return () => (made ??= Object.keys(TEXT.status).map((status) => [status, graph.lines.filter((line) => line.status === status).length]).filter(([, count]) => count));
})();

function showLegend(view) {
  refill(byId("types"), graph.types.map((type, i) =>
    legendButton(type.label, type.count, sampleOf(type), !view.types.includes(i), () => update({ types: toggled(view.types, i) }))));
  refill(byId("statuses"), statusCounts().map(([status, count]) =>
    legendButton(TEXT.status[status], count, element("span", { className: `sample ${status}` }), !view.statuses.includes(status), () => update({ statuses: toggled(view.statuses, status) }))));
  const home = view.drawer ? byId("legend-place") : byId("left");
  if (byId("legend").parentElement !== home) home.append(byId("legend"));
}

function showToolbar(view) {
  byId("show-table").setAttribute("aria-pressed", String(Boolean(view.table)));
  byId("show-timeline").setAttribute("aria-pressed", String(view.timeline));
  document.body.classList.toggle("timed", view.timeline);
  document.body.classList.toggle("tabled", Boolean(view.table));
  document.body.classList.toggle("drawn-left", view.drawer);
}

// Where the bar ends, what lies below it begins: chips and small screens make the bar higher.
function startBar() {
  const measure = () => document.body.style.setProperty("--head", `${Math.ceil(byId("bar").getBoundingClientRect().bottom) + 9}px`);
  new ResizeObserver(measure).observe(byId("bar"));
  measure();
}

function showHelp() {
  byId("keys").replaceChildren(...TEXT.helpView.keys.flatMap(([key, text]) => [element("dt", {}, element("kbd", { text: key })), element("dd", { text })]));
}

// Put the page's own words where the template says that they belong.
function writeTexts() {
  const word = (path) => path.split(".").reduce((table, key) => table[key], TEXT);
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = word(each.dataset.text);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", word(each.dataset.label));
  for (const each of document.querySelectorAll("[data-title]")) each.title = word(each.dataset.title);
  for (const each of document.querySelectorAll("[data-hint]")) each.placeholder = word(each.dataset.hint);
}
