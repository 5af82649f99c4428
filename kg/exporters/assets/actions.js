// What can be done with a node: its surroundings, a path from it, pinning, hiding, copying.
const MOST_HOPS = 3;

function nodeActions(number, said) {
  const box = element("div", { className: "actions", attributes: { role: "group", "aria-label": TEXT.panel.actions } });
  const hops = view.about && view.about.node === number ? view.about.hops : 0;
  const steps = element("span", { className: "steps-choice", attributes: { role: "group", "aria-label": TEXT.panel.around } }, element("span", { className: "aside", text: TEXT.panel.around }));
  for (let count = 1; count <= MOST_HOPS; count++) {
    steps.append(button(TEXT.panel.steps(count), () => toggleAround(number, count), { attributes: { "aria-pressed": String(hops === count) } }));
  }
  const more = neighboursBeyond(number).length;
  const pinned = number in view.pinned;
  box.append(steps,
    ...(more ? [button(TEXT.panel.expand(more), () => expand(number), { title: TEXT.panel.expandTitle })] : []),
    button(TEXT.panel.pathTo, () => askPath(number)),
    button(pinned ? TEXT.panel.unpin : TEXT.panel.pin, () => togglePin(number), { title: TEXT.panel.pinTitle, attributes: { "aria-pressed": String(pinned) } }),
    button(TEXT.panel.hide, () => hideNode(number), { title: TEXT.panel.hideTitle }),
    button(TEXT.panel.copy, () => copyTurtle(said, [number])));
  return box;
}

function toggleAround(node, hops) {
  const same = view.about && view.about.node === node && view.about.hops === hops;
  update({ about: same ? null : { node, hops }, path: null, camera: null });
}

function togglePin(number) {
  const { [number]: there, ...rest } = view.pinned;
  update({ pinned: there ? rest : { ...view.pinned, [number]: placeOf(number) } });
}

function hideNode(number) {
  const { [number]: gone, ...pinned } = view.pinned;
  const about = view.about && view.about.node === number ? null : view.about;
  const path = view.path && view.path.includes(number) ? null : view.path;
  update({ hidden: [...view.hidden, number], pinned, about, path, extra: view.extra.filter((each) => each !== number), selected: null });
}

// Ask for the other end of a path, in the panel.
function askPath(from) {
  const input = element("input", {
    id: "path-to", type: "search", placeholder: TEXT.panel.pathHint, autocomplete: "off", spellcheck: false,
    attributes: { role: "combobox", "aria-label": TEXT.panel.pathFrom(graph.nodes[from].label), "aria-expanded": "false", "aria-controls": "path-found", "aria-autocomplete": "list" },
  });
  const list = element("ul", { id: "path-found", className: "options", hidden: true, attributes: { role: "listbox", "aria-label": TEXT.found } });
  const row = element("div", { className: "ask" }, element("span", { className: "aside", text: TEXT.panel.pathFrom(graph.nodes[from].label) }), input, list);
  byId("details").querySelector(".ask")?.remove();
  byId("details").querySelector(".actions").after(row);
  combobox(input, list, (to) => update({ path: [from, to], about: null, selected: null, camera: null }));
  input.focus();
}

async function copyTurtle(statements, nodes) {
  const text = turtleOf(statements, nodes);
  const show = (copy) => {
    const box = element("textarea", { className: "copy", value: copy, readOnly: true, rows: 12, attributes: { "aria-label": TEXT.panel.turtle } });
    byId("details").querySelector(".copy")?.remove();
    byId("details").querySelector(".actions, .statement").after(box);
    box.select();
  };
  const copied = await copyText(text, show);
  announce(copied ? TEXT.panel.copied(text.trimEnd().split("\n").length) : TEXT.panel.copyFailed, true);
}
