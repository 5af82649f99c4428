// The filter drawer: one group a facet, each value with the number of statements it would leave.
const LISTED = 8;
const opened = new Set(["plover", "modality", "polarity"]); // which groups are unfolded
const narrowed = {}; // what is typed above a long list
const unfolded = new Set(); // which lists are shown whole

function toggled(list, value) {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}

function startDrawer() {
  const slider = byId("confidence");
  slider.addEventListener("input", () => update({ confidence: Number(slider.value) / 100 }, { gesture: "confidence" }));
  byId("clear").onclick = () => update(CLEARED);
  byId("facets").replaceChildren(...FACETS.map(({ key }) => group(key)));
}

function group(key) {
  const box = element("details", { open: opened.has(key) }, element("summary", { text: TEXT.filter[key] }));
  box.dataset.facet = key;
  box.addEventListener("toggle", () => { opened[box.open ? "add" : "delete"](key); });
  const narrow = element("input", { type: "search", className: "narrow", placeholder: TEXT.filter.narrowHint, attributes: { "aria-label": TEXT.filter.narrow(TEXT.filter[key]) } });
  narrow.addEventListener("input", () => { narrowed[key] = narrow.value; showFacet(key, view, passes()); });
  box.append(narrow, element("ul", { attributes: { "aria-label": TEXT.filter[key] } }));
  return box;
}

// The values in the order in which they are listed: fixed where there is one, else those chosen, then the most frequent.
function valuesOf(key, view, counts) {
  const facet = columns().facets.find((each) => each.key === key);
  const entries = facet.values.map((value, code) => ({ value, count: counts[code], name: valueName[key](value) }));
  const fixed = ORDER[key];
  const chosen = (entry) => view[key].includes(entry.value);
  if (fixed) return entries.sort((a, b) => fixed.indexOf(a.value) - fixed.indexOf(b.value));
  return entries.sort((a, b) => chosen(b) - chosen(a) || (a.value === "") - (b.value === "") || b.count - a.count || collator.compare(a.name, b.name));
}

function showFacet(key, view, passed) {
  const box = document.querySelector(`#facets [data-facet="${key}"]`);
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.value : undefined;
  const entries = valuesOf(key, view, passed.counts[key]);
  const wanted = plain(narrowed[key] || "");
  const fitting = entries.filter((entry) => plain(entry.name).includes(wanted));
  const listed = unfolded.has(key) ? fitting : fitting.slice(0, LISTED);
  box.hidden = entries.length < 2 && !view[key].length;
  box.querySelector(".narrow").hidden = entries.length <= LISTED;
  const list = box.querySelector("ul");
  list.replaceChildren(...listed.map((entry) => choice(key, entry, view)));
  if (fitting.length > listed.length) {
    list.append(element("li", {}, button(TEXT.filter.all(fitting.length), () => { unfolded.add(key); showFacet(key, view, passes()); }, { className: "link" })));
  }
  if (focused !== undefined) [...list.querySelectorAll("input")].find((input) => input.dataset.value === focused)?.focus();
}

function choice(key, { value, count, name }, view) {
  const box = element("input", { type: "checkbox", checked: view[key].includes(value), onchange: () => update({ [key]: toggled(view[key], value) }) });
  box.dataset.value = String(value);
  return element("li", { className: count ? "" : "nothing" }, element("label", {}, box, element("span", { className: "name", text: name }), element("span", { className: "aside", text: number(count) })));
}

function showDrawer(view, passed) {
  showIf(byId("drawer"), view.drawer, byId("filters"));
  byId("filters").setAttribute("aria-expanded", String(view.drawer));
  if (!view.drawer) return;
  for (const { key } of FACETS) showFacet(key, view, passed);
  byId("confidence").value = Math.round(view.confidence * 100);
  byId("confidence").setAttribute("aria-valuetext", TEXT.filter.atLeast(view.confidence));
  byId("confidence-value").textContent = TEXT.filter.atLeast(view.confidence);
  byId("passing").textContent = TEXT.filter.passing(numbersOf(passed.statements).length, graph.statements.length);
}
