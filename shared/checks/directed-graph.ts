export type Graph = ReadonlyMap<string, readonly string[]>;

/** The groups of nodes that reach each other, in the order of the graph; a node alone only where it points to itself. */
export function cyclesIn(graph: Graph): readonly (readonly string[])[] {
  const component = componentsOf(graph);
  const groups = Map.groupBy(graph.keys(), (node) => component.get(node));
  return [...groups.values()].filter(
    (group) => group.length > 1 || (group[0] !== undefined && (graph.get(group[0]) ?? []).includes(group[0])),
  );
}

/** One way round inside a group, from its first node back to it: the shortest. */
export function wayRound(graph: Graph, group: readonly string[]): readonly string[] {
  const [start = ''] = group;
  const members = new Set(group);
  const before = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) return pathTo(node, before, start);
      if (!members.has(next) || before.has(next)) continue;
      before.set(next, node);
      queue.push(next);
    }
  }
  return group;
}

function pathTo(end: string, before: ReadonlyMap<string, string>, start: string): readonly string[] {
  const path = [start];
  for (let node: string | undefined = end; node !== undefined && node !== start; node = before.get(node))
    path.push(node);
  return [start, ...path.slice(1).reverse(), start];
}

interface Visit {
  readonly node: string;
  next: number;
}

/** Tarjan's strongly connected components, without recursion: a number for each node. */
function componentsOf(graph: Graph): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const component = new Map<string, number>();
  const open: string[] = [];
  const enter = (node: string): Visit => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    return { node, next: 0 };
  };
  const lower = (node: string, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };
  const leave = (node: string): void => {
    if (low.get(node) !== order.get(node)) return;
    const group = open.splice(open.indexOf(node));
    for (const member of group) component.set(member, order.get(node) ?? 0);
  };
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const next = (graph.get(visit.node) ?? [])[visit.next];
      visit.next += 1;
      if (next === undefined) {
        path.pop();
        leave(visit.node);
        const parent = path.at(-1);
        if (parent) lower(parent.node, low.get(visit.node) ?? 0);
      } else if (!order.has(next)) path.push(enter(next));
      else if (!component.has(next)) lower(visit.node, order.get(next) ?? 0);
    }
  }
  return component;
}
