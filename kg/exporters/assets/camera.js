// What part of the drawing is in sight.
const LARGEST = 1.5;
const MOST_FRAMED = 60;
const SETTLED = 250; // so many milliseconds after the last movement the address gets the new place
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let settling = 0;

function glide(options) {
  return { ...options, animation: calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" } };
}

// Follow the zoom in half octaves, so that most steps of it change nothing.
function follow(scale) {
  const step = Math.min(2.6, Math.max(0.5, 2 ** (-0.6 * Math.round(2 * Math.log2(scale)) / 2)));
  if (step === boost) return;
  boost = step;
  changing(refresh);
}

const sizeOf = (id) => (byId(id) && !byId(id).hidden ? byId(id).getBoundingClientRect() : null);

// The part of the screen that is free of bar, legend, drawer, timeline and panel.
function freeArea() {
  const small = innerWidth <= 760;
  const [panel, bar, strip] = [sizeOf("panel"), sizeOf("bar"), sizeOf("timeline")];
  const side = sizeOf("drawer") || sizeOf("legend");
  const left = small || !side ? 50 : side.right + 60;
  const right = small || !panel ? innerWidth - 70 : panel.left - 70;
  const foot = Math.min(strip ? strip.top : innerHeight, small && panel ? panel.top : innerHeight);
  return { left, right: Math.max(right, left + 120), top: (bar ? bar.bottom : 0) + 30, bottom: Math.max(foot - 60, 200) };
}

// Bring nodes into the free part, no larger than `most`.
function frame(numbers, most, animated) {
  const places = numbers.map(placeOf);
  if (!places.length) return;
  const box = [0, 1].map((axis) => [Math.min(...places.map((place) => place[axis])), Math.max(...places.map((place) => place[axis]))]);
  const { left, right, top, bottom } = freeArea();
  const scale = Math.min(most, (right - left) / (box[0][1] - box[0][0] + 60), (bottom - top) / (box[1][1] - box[1][0] + 40));
  const position = {
    x: (box[0][0] + box[0][1]) / 2 + (innerWidth / 2 - (left + right) / 2) / scale,
    y: (box[1][0] + box[1][1]) / 2 + (innerHeight / 2 - (top + bottom) / 2) / scale,
  };
  follow(scale);
  network.moveTo(animated ? glide({ scale, position }) : { scale, position });
}

const fit = (animated = false) => frame([...drawn.nodes], LARGEST, animated);

function zoom(factor) {
  const scale = network.getScale() * factor;
  follow(scale);
  network.moveTo(glide({ scale }));
  keepCamera();
}

// Write where we are into the view, when the movement is over.
function keepCamera() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    const { x, y } = network.getViewPosition();
    update({ camera: [x, y, network.getScale()] }, { gesture: "camera" });
  }, SETTLED + (calm.matches ? 0 : 350));
}

function toCamera([x, y, scale]) {
  follow(scale);
  network.moveTo({ position: { x, y }, scale });
}

// Bring a node into view wherever it is: drawn with its weightiest neighbours, selected, framed.
function goTo(number) {
  const fresh = drawn.nodes.has(number) ? [] : [number, ...neighboursBeyond(number)];
  update({
    extra: fresh.length ? [...new Set([...view.extra, ...fresh])] : view.extra, selected: `n${number}`,
    types: view.types.filter((type) => type !== graph.nodes[number].type), hidden: view.hidden.filter((each) => each !== number),
  }, { enter: true });
  const around = [...(focus ? focus.nodes : [number])];
  if (around.length > MOST_FRAMED) frame([number], 0.6, true);
  else frame(around, 1.3, true);
  keepCamera();
}

// Show where the keyboard is, and bring it into sight.
function mark(number) {
  hovered = `n${number}`;
  const { x, y } = network.canvasToDOM(network.body.nodes[hovered]);
  const { left, right, top, bottom } = freeArea();
  if (x < left || x > right || y < top || y > bottom) {
    network.moveTo(glide({ position: network.body.nodes[hovered] }));
    keepCamera();
  }
  network.redraw();
}
