// The side panel: every claim behind a node or a line, down to the sentence.
const PAGE_SIZE = 20;
const CONTEXT = 220;

function element(tag, { className, text, ...rest } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(rest)) made[name] = value;
  made.append(...children);
  return made;
}

function outside(url, text) {
  const safe = /^https?:\/\//i.test(url);
  if (!safe) return element("span", { text });
  return element("a", { href: url, text, target: "_blank", rel: "noreferrer noopener" });
}

function nodeLink(number) {
  return element("button", { className: "link", type: "button", text: graph.nodes[number].label, onclick: () => goTo(number) });
}

function part(value) {
  return typeof value === "number" ? nodeLink(value) : element("span", { className: "literal", text: value });
}

function partsOf(statement) {
  const box = element("div", { className: "parts" });
  const rows = statement.parts.filter(([role]) => role !== "subject");
  if (statement.time) rows.push(["time", [statement.time]]);
  for (const [role, values] of rows) {
    const row = element("span", { className: "group" }, element("span", { className: "role", text: role }));
    values.forEach((value, i) => row.append(i ? ", " : " ", part(value)));
    box.append(row);
  }
  return box;
}

const FAMILY = { Actual: "actual", Planned: "planned", Possible: "possible", Conditional: "possible", Required: "possible" };

function badges(claim) {
  const made = [];
  const negative = claim.polarity === "Negative";
  if (!negative || claim.modality !== "Actual") {
    made.push(element("span", { className: `badge ${FAMILY[claim.modality] || "actual"}`, text: claim.modality }));
  }
  if (negative) made.push(element("span", { className: "badge denied", text: claim.modality === "Actual" ? "Denied" : "Negative" }));
  return made;
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
  quote.append(lead, element("mark", { text: text.slice(claim.begin, claim.end) }), tail);
  return quote;
}

function claimView(claim) {
  const head = element("div", { className: "head" }, ...badges(claim));
  const speaker = element("span", { className: "speaker" }, "says ");
  claim.speakers.forEach((number, i) => speaker.append(i ? ", " : "", nodeLink(number)));
  if (!claim.speakers.length) speaker.append("the article");
  head.append(speaker);
  if (claim.confidence !== null) head.append(element("span", { className: "aside", text: `confidence ${Math.round(claim.confidence * 100)} %` }));
  const view = element("div", { className: "claim" }, head, quotation(claim));
  const source = graph.documents[claim.document];
  if (source) {
    const line = element("p", { className: "source" }, source.url ? outside(source.url, source.title) : element("span", { text: source.title }));
    const rest = [source.publisher, source.date].filter(Boolean).join(", ");
    if (rest) line.append(` · ${rest}`);
    view.append(line);
  }
  return view;
}

function statementView(number) {
  const statement = graph.statements[number];
  const card = element("article", { className: "statement" }, element("h3", { text: statement.text }));
  if (statement.disputed) card.append(element("p", { className: "note" }, element("span", { className: "badge disputed", text: "Disputed" }), " some say so, some deny it"));
  card.append(partsOf(statement));
  if (!statement.claims.length) card.append(element("p", { className: "note", text: "No claim in this graph makes this statement." }));
  more(card, statement.claims, (claim) => claimView(graph.claims[claim]), 5);
  return card;
}

// Append the views of a long list, some at a time.
function more(box, list, view, size) {
  const next = (from) => {
    box.append(...list.slice(from, from + size).map(view));
    const left = list.length - from - size;
    if (left <= 0) return;
    const button = element("button", { className: "next", type: "button", text: `Show ${Math.min(left, size)} more of ${left}` });
    button.onclick = () => { button.remove(); next(from + size); };
    box.append(button);
  };
  next(0);
}

function section(box, title, statements) {
  if (!statements.length) return;
  box.append(element("h2", { text: `${title} (${statements.length})` }));
  more(box, statements, statementView, PAGE_SIZE);
}

function openPanel(...content) {
  byId("details").replaceChildren(...content);
  byId("panel").hidden = false;
  byId("panel").scrollTop = 0;
  document.body.classList.add("open");
}

function closePanel() {
  byId("panel").hidden = true;
  document.body.classList.remove("open");
}

function nodePanel(number) {
  const node = graph.nodes[number];
  const type = graph.types[node.type];
  const box = element("div");
  box.append(element("p", { className: "kind" }, element("span", { className: `dot ${type.slot === "event" ? "event" : ""} slot-${type.slot}` }), type.label));
  box.append(element("h1", { text: node.label }));
  if (node.aliases.length) box.append(element("p", { className: "also", text: `also: ${node.aliases.join(", ")}` }));
  const facts = node.in.map((number) => graph.statements[number].fact).filter((fact) => fact.length);
  const seen = new Set();
  const list = element("dl", { className: "facts" });
  for (const [name, value] of facts) {
    const key = JSON.stringify([name, value]);
    if (!seen.has(key)) list.append(element("dt", { text: name }), element("dd", { text: value }));
    seen.add(key);
  }
  if (seen.size) box.append(list);
  for (const link of node.links) box.append(element("p", { className: "also" }, "same as: ", outside(link, link.replace(/^https?:\/\/(www\.)?/, ""))));
  section(box, "What is said", node.in);
  section(box, "Said by this speaker", node.says);
  if (!node.in.length && !node.says.length) box.append(element("p", { className: "note", text: "No article claims anything of this; it comes from background knowledge." }));
  openPanel(box);
}

function linePanel(number) {
  const line = graph.lines[number];
  const box = element("div");
  box.append(element("p", { className: "kind" }, element("span", { className: `sample ${line.status}` }), STATUSES.find(([status]) => status === line.status)[1]));
  box.append(element("h1", { text: `${graph.nodes[line.from].label} → ${graph.nodes[line.to].label}` }));
  if (line.label) box.append(element("p", { className: "also", text: line.label }));
  if (!line.statements.length) box.append(element("p", { className: "note", text: "No article says this; it comes from background knowledge." }));
  section(box, "What is said", line.statements);
  openPanel(box);
}
