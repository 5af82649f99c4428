// Making elements and files. Text goes through textContent alone; a link is http or https or no link.
const byId = (id) => document.getElementById(id);

function element(tag, { className, text, attributes = {}, ...rest } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const [name, value] of Object.entries(rest)) made[name] = value;
  made.append(...children);
  return made;
}

const button = (text, onclick, rest = {}) => element("button", { type: "button", text, onclick, ...rest });

function outside(url, text) {
  if (!/^https?:\/\//i.test(url)) return element("span", { text });
  return element("a", { href: url, text, target: "_blank", rel: "noreferrer noopener" });
}

// Append the views of a long list, some at a time.
function more(box, list, view, size) {
  const next = (from) => {
    box.append(...list.slice(from, from + size).map(view));
    const left = list.length - from - size;
    if (left <= 0) return;
    const show = button(TEXT.moreOf(Math.min(left, size), left), () => { show.remove(); next(from + size); }, { className: "next" });
    box.append(show);
  };
  next(0);
}

// Hand a file to the browser's downloads.
function download(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Copy to the clipboard; where the browser forbids that, select the text in a box that `fallback` shows.
async function copyText(text, fallback) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    fallback(text);
    return false;
  }
}

// Say something to screen readers, and for a moment to everyone.
let quiet = 0;
function announce(text, visible = false) {
  byId("live").textContent = text;
  if (!visible) return;
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(quiet);
  quiet = setTimeout(() => { toast.hidden = true; }, 4000);
}

// Hide or show a part of the page; when it closes under the keyboard, the keyboard goes where it was opened from.
function showIf(part, shown, opener) {
  const inside = part.contains(document.activeElement);
  part.hidden = !shown;
  if (!shown && inside) opener.focus();
}

const sampleOf = (type) => element("span", { className: `dot ${type.slot === "event" ? "event" : ""} slot-${type.slot}` });
