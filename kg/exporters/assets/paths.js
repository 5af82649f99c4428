// Neighbours by steps, and the shortest way between two nodes, along the lines that pass.
const otherEnd = (line, node) => (graph.lines[line].from === node ? graph.lines[line].to : graph.lines[line].from);

// Return the nodes within `hops` steps of `start`, nearest first, each with its distance.
function around(start, hops, lines) {
  const distance = new Map([[start, 0]]);
  let edge = [start];
  for (let step = 1; step <= hops && edge.length; step++) {
    const next = [];
    for (const node of edge) {
      for (const line of linesOf[node]) {
        const other = otherEnd(line, node);
        if (!lines[line] || distance.has(other)) continue;
        distance.set(other, step);
        next.push(other);
      }
    }
    edge = next.sort((a, b) => graph.nodes[b].claims - graph.nodes[a].claims || a - b);
  }
  return distance;
}

// Return the nodes of a shortest way from `start` to `goal`, or null. Of several equally short ones it is the one
// whose nodes, from the goal backwards, have most claims.
function shortestPath(start, goal, lines) {
  if (start === goal) return [start];
  const distance = around(start, Infinity, lines);
  if (!distance.has(goal)) return null;
  const way = [goal];
  while (way[0] !== start) {
    const here = way[0];
    const back = linesOf[here].filter((line) => lines[line]).map((line) => otherEnd(line, here)).filter((node) => distance.get(node) === distance.get(here) - 1);
    way.unshift(back.reduce((best, node) => (graph.nodes[node].claims > graph.nodes[best].claims ? node : best)));
  }
  return way;
}
