// What is set, as chips below the search; each takes one thing back.
const MOST_NAMED = 2;

function namesIn(values, name) {
  const first = values.slice(0, MOST_NAMED).map(name).join(", ");
  return values.length > MOST_NAMED ? first + TEXT.chip.and(values.length - MOST_NAMED) : first;
}

const valueName = {
  plover: (value) => (value ? value.charAt(0) + value.slice(1).toLowerCase() : TEXT.filter.noKind),
  kinds: (value) => value || TEXT.filter.noKind,
  modality: (value) => TEXT.modality[value] || value,
  polarity: (value) => TEXT.polarity[value],
  speakers: (value) => (value < 0 ? TEXT.filter.article : graph.nodes[value].label),
  sources: (value) => value || TEXT.filter.noSource,
};

// Return [text, patch that takes it back] for everything that is set.
function chipsOf(view) {
  const label = (number) => graph.nodes[number].label;
  const chips = [];
  if (view.path) chips.push([TEXT.chip.path(...view.path.map(label)), { path: null }]);
  if (view.about) chips.push([TEXT.chip.about(label(view.about.node), view.about.hops), { about: null }]);
  for (const { key } of FACETS) if (view[key].length) chips.push([TEXT.chip[key](namesIn(view[key], valueName[key])), { [key]: [] }]);
  if (view.confidence) chips.push([TEXT.chip.confidence(view.confidence), { confidence: 0 }]);
  if (view.from || view.to) chips.push([TEXT.chip.time(view.from, view.to), { from: "", to: "" }]);
  if (view.types.length) chips.push([TEXT.chip.types(view.types.length), { types: [] }]);
  if (view.statuses.length) chips.push([TEXT.chip.statuses(view.statuses.length), { statuses: [] }]);
  if (view.hidden.length) chips.push([TEXT.chip.hidden(view.hidden.length), { hidden: [] }]);
  const pinned = Object.keys(view.pinned).length;
  if (pinned) chips.push([TEXT.chip.pinned(pinned), { pinned: {} }]);
  return chips;
}

function showChips(view) {
  byId("chips").replaceChildren(...chipsOf(view).map(([text, patch]) => {
    const chip = button("", () => { update(patch); byId("canvas").focus(); }, { className: "chip" });
    chip.append(element("span", { className: "name", text }), element("span", { text: "×", attributes: { "aria-hidden": "true" } }));
    chip.setAttribute("aria-label", TEXT.remove(text));
    return element("li", {}, chip);
  }));
}
