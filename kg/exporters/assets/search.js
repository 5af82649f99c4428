// Search over labels and aliases. `combobox` is the one input with a list below it that search, the other end of a
// path, and anything else that asks for a name share.
const MOST_RESULTS = 12;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const names = (() => {
  let made = null;
  return () => (made ??= graph.nodes.flatMap((node, number) =>
    [node.label, ...node.aliases].map((name, i) => ({ number, name, text: plain(name), alias: i > 0 }))));
})();

function quality(entry, wanted) {
  const place = entry.text.indexOf(wanted);
  if (place < 0) return -1;
  if (entry.text === wanted) return 3;
  if (place === 0) return 2;
  return /[\s\p{P}]/u.test(entry.text[place - 1]) ? 1 : 0;
}

// Return the best entries for a text: exact names first, then what has a name of its own, starts so, is claimed most.
function lookUp(text) {
  const wanted = plain(text.trim());
  const best = new Map();
  for (const entry of wanted ? names() : []) {
    const value = quality(entry, wanted);
    if (value >= 0 && (!best.has(entry.number) || best.get(entry.number).value < value)) best.set(entry.number, { ...entry, value });
  }
  const named = (entry) => Number(!["participant", "event"].includes(graph.types[graph.nodes[entry.number].type].slot));
  const order = (a, b) => (b.value === 3) - (a.value === 3) || named(b) - named(a) || b.value - a.value || graph.nodes[b.number].claims - graph.nodes[a.number].claims || a.number - b.number;
  return [...best.values()].sort(order).slice(0, MOST_RESULTS);
}

// Make `input` and `list` one combobox; `choose` gets the number of the node.
function combobox(input, list, choose) {
  let found = [];
  let current = -1;
  const hide = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-activedescendant", "");
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
    const item = current >= 0 ? list.children[current] : null;
    if (item) item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item ? item.id : "");
  };
  const pick = (place) => {
    if (!found[place]) return;
    hide();
    input.value = "";
    choose(found[place].number);
  };
  const option = (entry, place) => {
    const node = graph.nodes[entry.number];
    const type = graph.types[node.type];
    return element("li", { id: `${list.id}-${place}`, attributes: { role: "option" }, onmousedown: (event) => event.preventDefault(), onclick: () => pick(place) },
      sampleOf(type),
      element("span", { className: "name", text: entry.alias ? `${node.label} (${entry.name})` : node.label }),
      element("span", { className: "aside", text: type.label }));
  };
  const show = () => {
    found = lookUp(input.value);
    current = found.length ? 0 : -1;
    list.replaceChildren(...found.map(option));
    if (!found.length) list.append(element("li", { className: "none", text: TEXT.nothingFound, attributes: { role: "option", "aria-disabled": "true" } }));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) announce(found.length ? TEXT.results(found.length) : TEXT.nothingFound);
    mark();
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value.trim() && show());
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length && !list.hidden) {
      current = (current + step + found.length) % found.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden) {
      pick(current);
      event.preventDefault();
    } else if (event.key === "Escape" && input.value) {
      input.value = "";
      hide();
      event.stopPropagation();
    }
  });
}
