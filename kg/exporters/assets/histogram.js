// Counting statements over time. A statement that covers several bins is spread over them, so that "in 2017" does not
// pile up on the first of January; what lies far outside the bulk goes into one bin before and one after it.
const UNITS = [
  { name: "day", floor: (day) => day, next: (day) => day + 1, label: dateOf },
  { name: "week", floor: (day) => day - ((((day + 3) % 7) + 7) % 7), next: (day) => day + 7, label: dateOf },
  { name: "month", ...calendar(1, 7) },
  { name: "quarter", ...calendar(3, 7), label: (day) => `${dateOf(day).slice(0, 4)} Q${Math.floor(new Date(day * 864e5).getUTCMonth() / 3) + 1}` },
  { name: "year", ...calendar(12, 4) },
  { name: "decade", ...calendar(120, 4) },
];
const MOST_BINS = 72;

function calendar(months, letters) {
  const at = (month) => Math.floor(Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5);
  const monthOf = (day) => new Date(day * 864e5).getUTCFullYear() * 12 + new Date(day * 864e5).getUTCMonth();
  const floor = (day) => at(Math.floor(monthOf(day) / months) * months);
  return { floor, next: (day) => at(Math.floor(monthOf(day) / months) * months + months), label: (day) => dateOf(day).slice(0, letters) };
}

// Return the bins, each {begin, end, label, outer} in days with `end` exclusive, for statements from `begin` to `end`.
function makeBins(begin, end) {
  const known = begin.filter((day) => day !== NO_DAY).sort();
  if (!known.length) return [];
  const at = (share) => known[Math.round(share * (known.length - 1))];
  const latest = end.reduce((a, b) => Math.max(a, b), NO_DAY);
  const bulk = at(0.97) - at(0.03) + 1;
  const wide = latest - known[0] > 4 * bulk && known.length > 10;
  const [low, high] = wide ? [at(0.03), Math.min(latest, at(0.97) + Math.ceil(bulk / 20))] : [known[0], latest];
  const unit = UNITS.find(({ floor, next }) => (high - low) / (next(floor(low)) - floor(low)) <= MOST_BINS) || UNITS.at(-1);
  const bins = [];
  for (let day = unit.floor(low); day <= high; day = unit.next(day)) bins.push({ begin: day, end: unit.next(day), label: unit.label(day) });
  if (known[0] < bins[0].begin) bins.unshift({ begin: known[0], end: bins[0].begin, label: TEXT.time.before(bins[0].label), outer: true });
  if (latest >= bins.at(-1).end) bins.push({ begin: bins.at(-1).end, end: latest + 1, label: TEXT.time.after(bins.at(-1).label), outer: true });
  return bins;
}

// Return how many of the statements with flag 1 fall into each bin.
function fill(bins, begin, end, flags) {
  const counts = new Float64Array(bins.length);
  flags.forEach((flag, number) => {
    if (!flag || begin[number] === NO_DAY) return;
    const last = Math.max(begin[number], end[number]);
    const touched = [];
    for (let i = binAt(bins, begin[number]); i < bins.length && bins[i].begin <= last; i++) touched.push(i);
    for (const i of touched) counts[i] += 1 / touched.length;
  });
  return counts;
}

function binAt(bins, day) {
  let low = 0;
  let high = bins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins[middle].begin <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
