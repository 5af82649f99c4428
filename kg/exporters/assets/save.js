// Pictures, tables and the link, from the Save menu.
const saved = (suffix) => `${(document.title || "graph").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.${suffix}`;

function savePng() {
  const shown = document.querySelector("#canvas canvas");
  const copy = element("canvas", { width: shown.width, height: shown.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(shown, 0, 0);
  copy.toBlob((blob) => download(saved("png"), blob), "image/png");
}

// Let the network draw itself once on a context that writes SVG.
function svgText() {
  const { canvas, renderer } = network;
  const svg = new SvgContext(byId("canvas").clientWidth, byId("canvas").clientHeight);
  canvas.getContext = () => svg;
  canvas.setTransform = () => {};
  try {
    renderer._redraw();
  } finally {
    delete canvas.getContext;
    delete canvas.setTransform;
  }
  return svg.toString();
}

const saveSvg = () => download(saved("svg"), new Blob([svgText()], { type: "image/svg+xml" }));
const saveCsv = () => download(saved("csv"), new Blob([tableCsv(view, passes())], { type: "text/csv;charset=utf-8" }));

async function copyLink() {
  const copied = await copyText(location.href, () => {});
  announce(copied ? TEXT.linkCopied : TEXT.linkInBar, true);
}

// A button that shows and hides the list of things after it; Escape, a choice and a click elsewhere hide it.
function startMenu() {
  const [opener, menu] = [byId("save"), byId("save-menu")];
  const show = (open) => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.onclick = () => { show(menu.hidden); if (!menu.hidden) menu.querySelector("button").focus(); };
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    if (step || event.key === "Escape") { event.preventDefault(); event.stopPropagation(); }
    if (event.key === "Escape") { show(false); opener.focus(); }
  });
  for (const [id, act] of [["save-png", savePng], ["save-svg", saveSvg], ["save-csv", saveCsv], ["copy-link", copyLink]]) {
    byId(id).onclick = () => { show(false); opener.focus(); act(); };
  }
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#saving")) show(false); });
}
