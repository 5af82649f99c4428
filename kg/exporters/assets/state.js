// What is looked at: one plain object, and nothing else that a redraw depends on. Whoever changes it calls `update`;
// whoever shows it subscribes. The address of the page is this object written down (fragment.js).
const MOST_DRAWN = 3000;
const DEFAULTS = Object.freeze({
  limit: graph.first, // how many nodes are drawn at most, the best connected first
  types: [], statuses: [], // types of things and kinds of lines that are off
  plover: [], kinds: [], modality: [], polarity: [], speakers: [], sources: [], // what is wanted; empty: all
  confidence: 0, clock: "", from: "", to: "",
  about: null, // {node, hops}
  path: null, // [node, node]
  hidden: [], extra: [], pinned: {}, // taken off; brought in by search; {node: [x, y]}
  selected: null, // "n12", "e7" or "s3"
  camera: null, // [x, y, scale], where somebody moved it
  timeline: false, drawer: false, table: "", sort: "",
});
const CLEARED = Object.freeze(Object.fromEntries(["plover", "kinds", "modality", "polarity", "speakers", "sources", "confidence", "from", "to", "types", "statuses"].map((key) => [key, DEFAULTS[key]])));
const ALLOWED = { from: /^\d{4}-\d\d-\d\d$/, to: /^\d{4}-\d\d-\d\d$/, clock: /^(event|article)$/, table: /^(statements|things)$/, sort: /^-?[a-zA-Z]+$/ };
const FILTERING = new Set([...Object.keys(CLEARED), "clock", "about", "path", "hidden"]);

let view = DEFAULTS;
let passed = null;
const subscribers = [];
const subscribe = (subscriber) => subscribers.push(subscriber);

// Change some of the view. `gesture` names a continuing movement, such as that of a slider.
function update(patch, { gesture = "", enter = false } = {}) {
  const before = view;
  view = Object.freeze({ ...view, ...patch });
  const changed = new Set(Object.keys(patch).filter((key) => view[key] !== before[key]));
  if ([...changed].some((key) => FILTERING.has(key))) passed = null;
  for (const subscriber of subscribers) subscriber(view, before, { changed, gesture, enter });
}

// What passes the filters of the view, worked out once for each view.
const passes = () => (passed ??= passing(view));
