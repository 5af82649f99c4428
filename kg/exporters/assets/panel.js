// The panel: everything said of a node, a line, a statement or along a path, down to the sentence.
const PAGE_SIZE = 20;
const CLAIMS = 5;
const CONTEXT = 220;
const FAMILY = { Actual: "actual", Planned: "planned", Possible: "possible", Conditional: "possible", Required: "possible" };

const nodeLink = (number) => button(graph.nodes[number].label, () => goTo(number), { className: "link" });
const valueView = (value) => (typeof value === "number" ? nodeLink(value) : element("span", { className: "literal", text: value }));
const badge = (tone, text) => element("span", { className: `badge ${tone}`, text });
const note = (text) => element("p", { className: "note", text });

function partsOf(statement) {
  const box = element("dl", { className: "parts" });
  const rows = statement.parts.filter(([role]) => role !== "subject");
  if (statement.time) rows.push([TEXT.panel.time, [statement.time]]);
  for (const [role, values] of rows) {
    const row = element("dd");
    values.forEach((value, i) => row.append(i ? ", " : "", valueView(value)));
    box.append(element("div", {}, element("dt", { text: role }), row));
  }
  return box;
}

function badges(claim) {
  const negative = claim.polarity === "Negative";
  const made = [];
  if (!negative || claim.modality !== "Actual") made.push(badge(FAMILY[claim.modality] || "actual", TEXT.modality[claim.modality] || claim.modality));
  if (negative) made.push(badge("denied", claim.modality === "Actual" ? TEXT.panel.denied : TEXT.panel.negative));
  return made;
}

// The words of the text that make the claim.
function quoteOf(claim) {
  return claim.passage < 0 ? claim.quote : graph.passages[claim.passage].text.slice(claim.begin, claim.end);
}

function quotation(claim) {
  const quote = element("blockquote");
  if (claim.passage < 0) {
    if (claim.quote) quote.append(element("mark", { text: claim.quote }));
    return quote;
  }
  const { text, before, after } = graph.passages[claim.passage];
  let first = claim.begin - CONTEXT;
  let last = claim.end + CONTEXT;
  first = first <= 0 ? 0 : text.indexOf(" ", first) + 1;
  if (first > claim.begin) first = claim.begin;
  last = last >= text.length ? text.length : text.lastIndexOf(" ", last);
  if (last < claim.end) last = claim.end;
  const lead = (first > 0 || before ? "… " : "") + text.slice(first, claim.begin);
  const tail = text.slice(claim.end, last) + (last < text.length || after ? " …" : "");
  quote.append(lead, element("mark", { text: quoteOf(claim) }), tail);
  return quote;
}

function claimView(number) {
  const claim = graph.claims[number];
  const speaker = element("span", { className: "speaker" }, TEXT.panel.says);
  claim.speakers.forEach((each, i) => speaker.append(i ? ", " : "", nodeLink(each)));
  if (!claim.speakers.length) speaker.append(TEXT.panel.article);
  const head = element("div", { className: "head" }, ...badges(claim), speaker);
  if (claim.confidence !== null) head.append(element("span", { className: "aside", text: TEXT.panel.confidence(claim.confidence) }));
  const box = element("div", { className: "claim" }, head, quotation(claim));
  const source = graph.documents[claim.document];
  if (source) {
    const title = source.title || TEXT.panel.untitled;
    const line = element("p", { className: "source" }, source.url ? outside(source.url, title) : element("span", { text: title }));
    const rest = [source.publisher, source.date].filter(Boolean).join(", ");
    if (rest) line.append(` · ${rest}`);
    box.append(line);
  }
  return box;
}

// One statement with its claims; where some affirm and some deny, the two sides stand apart.
function statementView(number, alone = false) {
  const statement = graph.statements[number];
  const copy = button(TEXT.panel.copy, () => copyTurtle([number], []), { className: "link small" });
  copy.setAttribute("aria-label", `${TEXT.panel.copy}: ${statement.text}`);
  const card = element("article", { className: "statement" });
  if (!alone) card.append(element("h3", { text: statement.text }));
  if (statement.disputed) card.append(element("p", { className: "note" }, badge("disputed", TEXT.panel.disputed), ` ${TEXT.panel.disputedNote}`));
  card.append(partsOf(statement));
  if (!statement.claims.length) card.append(note(TEXT.panel.noClaim));
  const denies = (claim) => graph.claims[claim].polarity === "Negative";
  const [against, wanting] = [statement.claims.filter(denies), statement.claims.filter((claim) => !denies(claim))];
  const sides = against.length && wanting.length ? [[TEXT.panel.for, wanting], [TEXT.panel.against, against]] : [[null, statement.claims]];
  for (const [title, claims] of sides) {
    if (title) card.append(element(alone ? "h2" : "h4", { className: "side", text: title(claims.length) }));
    more(card, claims, claimView, CLAIMS);
  }
  card.append(element("p", { className: "foot" }, copy));
  return card;
}

// What most articles say comes first, and of that what is most surely read.
function byWeight(statements) {
  const sureness = (number) => Math.max(0, ...graph.statements[number].claims.map((claim) => graph.claims[claim].confidence ?? 0));
  const weight = new Map(statements.map((number) => [number, [graph.statements[number].claims.length, sureness(number)]]));
  return [...statements].sort((a, b) => weight.get(b)[0] - weight.get(a)[0] || weight.get(b)[1] - weight.get(a)[1] || a - b);
}

function section(box, title, statements) {
  if (!statements.length) return;
  box.append(element("h2", { text: TEXT.panel.heading(title, statements.length) }));
  more(box, byWeight(statements), (number) => statementView(number), PAGE_SIZE);
}

function summary(statements) {
  const claims = statements.flatMap((number) => graph.statements[number].claims);
  const sources = new Set(claims.map((claim) => graph.claims[claim].document).filter((source) => source >= 0));
  const disputed = statements.filter((number) => graph.statements[number].disputed).length;
  const box = element("div", { className: "summary" }, note(TEXT.panel.summary(claims.length, sources.size, disputed)));
  const passed = statements.filter((number) => passes().statements[number]).length;
  if (passed < statements.length) box.append(note(TEXT.panel.filtered(passed, statements.length)));
  return box;
}

function head(kind, sample, title) {
  return [element("p", { className: "kind" }, sample, kind), element("h1", { text: title, tabIndex: -1 })];
}

function nodePanel(number) {
  const node = graph.nodes[number];
  const type = graph.types[node.type];
  const said = [...new Set([...node.in, ...node.says])];
  const box = element("div", {}, ...head(type.label, sampleOf(type), node.label));
  if (node.aliases.length) box.append(element("p", { className: "also", text: TEXT.panel.also(node.aliases.join(", ")) }));
  box.append(...factsOf(node));
  for (const link of node.links) box.append(element("p", { className: "also" }, TEXT.panel.sameAs, outside(link, link.replace(/^https?:\/\/(www\.)?/, ""))));
  if (said.length) box.append(summary(said));
  box.append(nodeActions(number, said));
  section(box, TEXT.panel.said, node.in);
  section(box, TEXT.panel.saidBy, node.says);
  if (!said.length) box.append(note(TEXT.panel.background));
  return box;
}

// What is simply known of a node, such as a job title, each once.
function factsOf(node) {
  const facts = new Map(node.in.map((number) => graph.statements[number].fact).filter((fact) => fact.length).map((fact) => [JSON.stringify(fact), fact]));
  if (!facts.size) return [];
  return [element("dl", { className: "facts" }, ...[...facts.values()].flatMap(([name, value]) => [element("dt", { text: name }), element("dd", { text: value })]))];
}

function linePanel(number) {
  const line = graph.lines[number];
  const box = element("div", {}, ...head(TEXT.status[line.status], element("span", { className: `sample ${line.status}` }), TEXT.panel.arrow(graph.nodes[line.from].label, graph.nodes[line.to].label)));
  if (line.label) box.append(element("p", { className: "also", text: line.label }));
  box.append(element("p", { className: "also" }, nodeLink(line.from), " · ", nodeLink(line.to)));
  if (!line.statements.length) box.append(note(TEXT.panel.backgroundLine));
  else box.append(summary(line.statements), element("div", { className: "actions" }, button(TEXT.panel.copy, () => copyTurtle(line.statements, []))));
  section(box, TEXT.panel.said, line.statements);
  return box;
}

function statementPanel(number) {
  const statement = graph.statements[number];
  return element("div", {}, ...head(statement.kind, element("span", { className: `sample ${statement.status}` }), statement.text), statementView(number, true));
}

// The way from one node to another, step by step, with what is said on each.
function pathPanel([from, to], route, lines) {
  const title = TEXT.panel.pathTitle(graph.nodes[from].label, graph.nodes[to].label);
  const box = element("div", {}, ...head(TEXT.panel.path, element("span", { className: "sample" }), title));
  if (!route) return element("div", {}, box, note(TEXT.panel.noPath));
  box.append(note(TEXT.panel.pathSteps(route.length - 1)));
  const steps = element("ol", { className: "steps" }, element("li", {}, nodeLink(route[0])));
  for (let i = 1; i < route.length; i++) {
    const between = linesOf[route[i]].filter((line) => lines[line] && otherEnd(line, route[i]) === route[i - 1]);
    const step = element("li");
    for (const line of between) {
      const { from, to, label, status } = graph.lines[line];
      const words = TEXT.panel.step(graph.nodes[from].label, graph.nodes[to].label, label || TEXT.status[status]);
      const open = button(words, () => update({ selected: `e${line}` }), { className: "link step" });
      step.append(element("p", {}, element("span", { className: `sample ${status}` }), open));
    }
    step.append(nodeLink(route[i]));
    steps.append(step);
  }
  box.append(steps);
  return box;
}

const PANELS = { n: nodePanel, e: linePanel, s: statementPanel };

// The place of the keyboard among what can be focused in the panel, or -1.
const FOCUSABLE = "button, a, input, textarea";
const focusPlace = () => [...byId("details").querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);

// Show what the view has selected, else its path, else nothing. The keyboard goes to the title where `enter` says so,
// stays where it is while the same thing is open, and returns to the canvas when the panel closes under it.
function showPanel(view, passed, enter, before) {
  const content = view.selected ? PANELS[view.selected[0]](Number(view.selected.slice(1))) : view.path ? pathPanel(view.path, passed.route, passed.lines) : null;
  const same = view.selected === before.selected;
  const inside = byId("panel").contains(document.activeElement);
  const place = focusPlace();
  showIf(byId("panel"), Boolean(content), byId("canvas"));
  document.body.classList.toggle("open", Boolean(content));
  byId("details").replaceChildren(...(content ? [content] : []));
  if (!content) return;
  if (!same) byId("panel").scrollTop = 0;
  if (enter || (inside && !same)) byId("details").querySelector("h1").focus({ preventScroll: true });
  else if (place >= 0) byId("details").querySelectorAll(FOCUSABLE)[place]?.focus({ preventScroll: true });
}
