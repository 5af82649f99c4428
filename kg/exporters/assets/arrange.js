// Where things stand. The whole graph has the places computed when the page was made; a path, and the surroundings
// of one node, are few and lie far apart there, so they are arranged by themselves: the same view, the same places.
const STEP_APART = 190;
const APART = 90;
const MOST_ARRANGED = 400;
const ROUNDS = 160;
let arranged = null; // {key, places: Map} of the view that is drawn

// Return how to place the nodes of a view: `of` gives {x, y}, `moves` tells that a node drawn already has to move.
function placesFor(view, passed, wanted, lines) {
  const key = view.path ? `path ${view.path}` : view.about ? `about ${view.about.node} ${view.about.hops}` : "";
  const before = arranged;
  if (!key) arranged = null;
  else if (!before || before.key !== key || [...wanted].some((number) => !before.places.has(number))) {
    const places = view.path ? inARow(passed.route || view.path) : wanted.size <= MOST_ARRANGED ? byForces(view.about.node, wanted, lines) : new Map();
    arranged = { key, places };
  }
  const home = ({ x, y }) => ({ x, y });
  const of = (number) => {
    const pin = view.pinned[number];
    if (pin) return { x: pin[0], y: pin[1] };
    return (arranged && arranged.places.get(number)) || home(graph.nodes[number]);
  };
  const changed = arranged !== before;
  return { of, moves: (number) => changed || number in view.pinned };
}

function inARow(route) {
  return new Map(route.map((number, i) => [number, { x: (i - (route.length - 1) / 2) * STEP_APART, y: (i % 2 ? 26 : -26) }]));
}

// A node in the middle and what surrounds it, pushed apart and pulled along lines; begins from a spiral by distance.
function byForces(centre, wanted, lines) {
  const distance = around(centre, Infinity, Uint8Array.from(graph.lines, (_, line) => Number(lines.has(line))));
  const list = [...wanted].sort((a, b) => (distance.get(a) ?? 99) - (distance.get(b) ?? 99) || graph.nodes[b].claims - graph.nodes[a].claims || a - b);
  const place = new Map(list.map((number, i) => [number, i]));
  const x = list.map((_, i) => Math.cos(i * 2.39996) * 95 * Math.sqrt(i));
  const y = list.map((_, i) => Math.sin(i * 2.39996) * 70 * Math.sqrt(i));
  const pairs = [...new Set([...lines].map((line) => [place.get(graph.lines[line].from), place.get(graph.lines[line].to)].sort((a, b) => a - b).join()))].map((pair) => pair.split(",").map(Number));
  const degree = list.map(() => 1);
  for (const [a, b] of pairs) { degree[a]++; degree[b]++; }
  for (let round = 0; round < ROUNDS; round++) moveOnce(x, y, pairs, degree, APART * (0.9 * (1 - round / ROUNDS) + 0.02));
  apart(x, y);
  return new Map(list.map((number, i) => [number, { x: Math.round(x[i]), y: Math.round(y[i]) }]));
}

// One step of the layout that Python makes of the whole: all push each other, lines pull, those between hubs less.
function moveOnce(x, y, pairs, degree, limit) {
  const [dx, dy] = [new Float64Array(x.length), new Float64Array(x.length)];
  const shove = (a, b, force) => {
    const [gx, gy] = [(x[a] - x[b]) * force, (y[a] - y[b]) * force];
    dx[a] += gx; dy[a] += gy;
    dx[b] -= gx; dy[b] -= gy;
  };
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) shove(i, j, (APART * APART * Math.sqrt(degree[i] * degree[j])) / Math.max((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2, 25));
  }
  for (const [a, b] of pairs) shove(a, b, (-1.6 * Math.hypot(x[a] - x[b], y[a] - y[b])) / APART / Math.sqrt(Math.min(degree[a], degree[b])));
  for (let i = 1; i < x.length; i++) { // the first one stays in the middle
    const length = Math.max(Math.hypot(dx[i], dy[i]), 1e-9);
    const step = Math.min(limit, length) / length;
    x[i] += dx[i] * step;
    y[i] += dy[i] * step;
  }
}

// Move nodes apart that cover each other or each other's labels.
function apart(x, y) {
  const [wide, high] = [100, 52];
  for (let round = 0; round < 60; round++) {
    let close = false;
    for (let i = 0; i < x.length; i++) {
      for (let j = 0; j < i; j++) {
        const [gx, gy] = [x[i] - x[j], y[i] - y[j]];
        if (Math.abs(gx) >= wide || Math.abs(gy) >= high) continue;
        close = true;
        const share = j === 0 ? 0 : 0.5;
        if ((wide - Math.abs(gx)) / wide < (high - Math.abs(gy)) / high) {
          const step = (wide - Math.abs(gx)) * (gx < 0 ? -1 : 1);
          x[i] += step * (1 - share); x[j] -= step * share;
        } else {
          const step = (high - Math.abs(gy)) * (gy < 0 ? -1 : 1);
          y[i] += step * (1 - share); y[j] -= step * share;
        }
      }
    }
    if (!close) return;
  }
}
