// Labels, drawn over the graph in screen pixels: the weightiest first, each only where it covers no other.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const MOST_LINE_LABELS = 80;
const SURE_LABELS = 6; // so many of the weightiest may cover the discs of lesser nodes
const OVER_IT = ["search", "toolbar", "legend", "drawer", "tools", "timeline", "panel"]; // what lies over the canvas
const SIDES = [Math.PI / 2, 0, -Math.PI / 2, Math.PI];
const SMALLEST_COUNTED = 7; // nodes of a smaller radius do not tell how many neighbours are not drawn
const widths = new Map();
let hovered = null; // the id of the node under the pointer or the keyboard
let labelsDrawn = 0;
let frames = 0;

class Room {
  constructor() { this.cells = new Map(); }
  * around(box) {
    for (let x = Math.floor(box[0] / 64); x <= Math.floor(box[2] / 64); x++) {
      for (let y = Math.floor(box[1] / 64); y <= Math.floor(box[3] / 64); y++) yield x * 4096 + y;
    }
  }
  free(box, except) {
    for (const key of this.around(box)) {
      for (const [other, owner] of this.cells.get(key) || []) {
        if (owner !== except && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
  take(box, owner) {
    for (const key of this.around(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner]);
    }
  }
}

function short(text, most) {
  const letters = [...text.slice(0, 2 * most + 2)]; // a letter has at most two units
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}

function widthOf(ctx, text, size, weight) {
  const key = `${weight} ${size} ${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    ctx.font = `${weight} ${size}px ${FONT}`;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

function write(ctx, text, x, y, colour) {
  ctx.strokeStyle = colours.halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

function drawNodeLabel(ctx, room, discs, item, sure) {
  const { number, x, y, r, forced } = item;
  const node = graph.nodes[number];
  const quiet = ["event", "participant"].includes(slotOf(number));
  const size = quiet ? 11 : Math.round(Math.min(16, 11.5 + node.size / 7));
  const weight = quiet ? 400 : node.size > 15 ? 600 : 500;
  const text = short(node.label, forced ? 60 : 32);
  const w = widthOf(ctx, text, size, weight) / 2 + 2;
  const h = size * 0.62;
  const places = [[x, y + r + h + 2], [x + r + w + 3, y], [x, y - r - h - 2], [x - r - w - 3, y]];
  const order = quietest(item.lines || []).map((side) => places[side]);
  const inside = ([cx]) => cx - w > 0 && cx + w < byId("canvas").clientWidth;
  const fits = ([cx, cy], clear) => inside([cx]) && [room, ...(clear ? [discs] : [])].every((taken) => taken.free([cx - w, cy - h, cx + w, cy + h], number));
  let at = order.find((place) => fits(place, true)) || (sure && order.find((place) => fits(place, false)));
  if (!at && forced) at = order[0];
  if (!at) return;
  room.take([at[0] - w, at[1] - h, at[0] + w, at[1] + h], number);
  ctx.font = `${weight} ${size}px ${FONT}`;
  write(ctx, text, at[0], at[1], quiet ? colours.soft : colours.ink);
  labelsDrawn++;
}

// The sides of a node, below, right, above and left, those first that its lines leave alone.
function quietest(angles) {
  const noise = (side) => side * 0.3 + angles.reduce((sum, angle) => sum + Math.max(0, Math.cos(angle - SIDES[side]) - 0.3), 0);
  return [0, 1, 2, 3].map((side) => [noise(side), side]).sort((a, b) => a[0] - b[0]).map(([, side]) => side);
}

// The directions in which lines leave each node, as far as both ends are on the canvas.
function lineAngles() {
  const angles = new Map();
  const add = (number, angle) => (angles.has(number) ? angles.get(number).push(angle) : angles.set(number, [angle]));
  for (const number of drawn.lines) {
    const [from, to] = [graph.lines[number].from, graph.lines[number].to];
    const [a, b] = [network.body.nodes[`n${from}`], network.body.nodes[`n${to}`]];
    const angle = Math.atan2(b.y - a.y, b.x - a.x);
    add(from, angle);
    add(to, angle + Math.PI);
  }
  return angles;
}

// How many neighbours of a node pass and are not drawn: a double click draws them.
function drawBeyond(ctx, room, discs, { number, x, y, r, forced }) {
  const count = beyond.get(number);
  if (!count || (r < SMALLEST_COUNTED && !forced)) return;
  const text = `+${count}`;
  const w = widthOf(ctx, text, 10, 400) / 2 + 1;
  const [cx, cy] = [x + r * 0.75 + w, y - r * 0.75 - 3];
  const box = [cx - w, cy - 6, cx + w, cy + 6];
  if (!room.free(box, number) || !discs.free(box, number)) return;
  room.take(box, number);
  ctx.font = `400 10px ${FONT}`;
  write(ctx, text, cx, cy, colours.soft);
}

function drawLineLabel(ctx, room, discs, item) {
  const { line, a, b, mid, forced } = item;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy);
  const size = 10.5;
  const text = short(line.label + (line.disputed ? " (disputed)" : ""), 38);
  const width = widthOf(ctx, text, size, 400);
  if (!forced && width > length - a.r - b.r - 14) return;
  let angle = Math.atan2(dy, dx);
  if (angle > Math.PI / 2 || angle <= -Math.PI / 2) angle += Math.PI;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const off = line.disputed || line.status === "denied" ? 14 : 8; // above the mark, where there is one
  const cx = mid.x + sin * off;
  const cy = mid.y - cos * off;
  const boxes = [];
  const steps = Math.max(1, Math.ceil(width / 12));
  for (let i = 0; i <= steps; i++) {
    const t = (i / steps - 0.5) * width;
    boxes.push([cx + cos * t - 6, cy + sin * t - 6, cx + cos * t + 6, cy + sin * t + 6]);
  }
  if (!forced && !boxes.every((box) => room.free(box, null) && discs.free(box, null))) return;
  boxes.forEach((box) => room.take(box, `e${item.number}`));
  ctx.save();
  ctx.translate(cx, cy);
  ctx.rotate(angle);
  ctx.font = `400 ${size}px ${FONT}`;
  write(ctx, text, 0, 0, line.disputed ? colours.disputed : line.status === "actual" ? colours.soft : line.status === "background" ? colours.faint : colours.lines[line.status]);
  ctx.restore();
}

// A cross on what is denied and a question mark on what is disputed: red is not seen by everyone.
function drawMark(ctx, line, mid) {
  const colour = line.disputed ? colours.disputed : colours.lines.denied;
  ctx.beginPath();
  ctx.arc(mid.x, mid.y, 6.5, 0, 2 * Math.PI);
  ctx.fillStyle = colours.ground;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colour;
  ctx.stroke();
  if (line.disputed) {
    ctx.font = `700 10px ${FONT}`;
    ctx.fillStyle = colour;
    ctx.fillText("?", mid.x, mid.y + 0.5);
  } else {
    ctx.beginPath();
    for (const side of [-1, 1]) {
      ctx.moveTo(mid.x - 2.6, mid.y - 2.6 * side);
      ctx.lineTo(mid.x + 2.6, mid.y + 2.6 * side);
    }
    ctx.stroke();
  }
  ctx.lineWidth = 3.5;
}

function drawLabels(ctx) {
  const scale = network.getScale();
  const canvas = byId("canvas");
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const screen = (point) => ({ x: (point.x - corner.x) * scale, y: (point.y - corner.y) * scale });
  const inside = (p) => p.x > -60 && p.y > -40 && p.x < canvas.clientWidth + 60 && p.y < canvas.clientHeight + 40;
  const room = new Room();
  const discs = new Room();
  const places = new Map();
  for (const number of drawn.nodes) {
    const { x, y } = screen(network.body.nodes[`n${number}`]);
    if (inside({ x, y })) places.set(number, { number, x, y, r: graph.nodes[number].size * boost * scale });
  }
  ctx.save();
  ctx.translate(corner.x, corner.y);
  ctx.scale(1 / scale, 1 / scale);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  labelsDrawn = 0;
  frames++;
  for (const id of OVER_IT) {
    const box = sizeOf(id);
    if (box) room.take([box.left, box.top, box.right, box.bottom], id);
  }
  for (const { number, x, y, r } of places.values()) if (r > 3) discs.take([x - r, y - r, x + r, y + r], number);
  const chosen = new Set([hovered, ...network.getSelectedNodes()].filter(Boolean).map(idNumber));
  const angles = lineAngles();
  const order = [...places.values()].map((item) => ({ ...item, forced: chosen.has(item.number), lines: angles.get(item.number) }));
  const near = (item) => (item.forced ? 2 : focus && focus.nodes.has(item.number) ? 1 : 0);
  order.sort((a, b) => near(b) - near(a) || b.r - a.r || a.number - b.number);
  order.forEach((item, i) => {
    ctx.globalAlpha = focus && !focus.nodes.has(item.number) && !item.forced ? 0.22 : 1;
    drawNodeLabel(ctx, room, discs, item, i < SURE_LABELS);
  });
  ctx.globalAlpha = 1;
  drawLineLabels(ctx, room, discs, places, screen);
  for (const item of order) if (!focus || focus.nodes.has(item.number)) drawBeyond(ctx, room, discs, item);
  ctx.restore();
}

function drawLineLabels(ctx, room, discs, places, screen) {
  const seen = [];
  for (const number of drawn.lines) {
    const line = graph.lines[number];
    const a = places.get(line.from);
    const b = places.get(line.to);
    if (!a || !b || (focus && !focus.lines.has(number))) continue;
    seen.push({ number, line, a, b });
  }
  const few = seen.length <= MOST_LINE_LABELS;
  const chosen = new Set(network.getSelectedEdges());
  seen.sort((p, q) => q.line.claims - p.line.claims || p.number - q.number);
  ctx.globalAlpha = 1;
  for (const item of seen) {
    const edge = network.body.edges[`e${item.number}`];
    const marked = item.line.status === "denied" || item.line.disputed;
    const forced = chosen.has(`e${item.number}`) && chosen.size === 1;
    if (!edge || !(few || forced)) continue;
    item.mid = screen(edge.edgeType.getPoint(0.5));
    item.forced = forced;
    const span = Math.hypot(item.b.x - item.a.x, item.b.y - item.a.y) - item.a.r - item.b.r;
    if (marked && span > 44) drawMark(ctx, item.line, item.mid);
    drawLineLabel(ctx, room, discs, item);
  }
}
