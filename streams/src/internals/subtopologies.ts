import type { GraphNode, TopologyGraph } from './graph.ts';

/** The part of a graph that runs as one task per partition. */
export interface Subtopology {
  readonly id: number;
  readonly nodes: readonly GraphNode[];
  readonly stores: readonly string[];
}

/**
 * Groups nodes that are connected by edges or by a shared store. Ids follow the order in which the
 * nodes were added, as in Kafka Streams, so they are stable for one topology.
 */
export function findSubtopologies(graph: TopologyGraph): Subtopology[] {
  const leader = new Map<string, string>();
  const find = (name: string): string => {
    let root = name;
    for (let next = leader.get(root); next !== undefined && next !== root; next = leader.get(root))
      root = next;
    leader.set(name, root);
    return root;
  };
  const union = (left: string, right: string): void => {
    leader.set(find(right), find(left));
  };
  const storeOwner = new Map<string, string>();
  for (const node of graph.nodes.values()) {
    leader.set(node.name, node.name);
    if (node.kind === 'source') continue;
    for (const parent of node.parents) union(parent, node.name);
    if (node.kind === 'sink') continue;
    for (const store of node.stores) {
      const owner = storeOwner.get(store);
      if (owner === undefined) storeOwner.set(store, node.name);
      else union(owner, node.name);
    }
  }
  const groups = new Map<string, { nodes: GraphNode[]; stores: Set<string> }>();
  for (const node of graph.nodes.values()) {
    const root = find(node.name);
    const group = groups.get(root) ?? { nodes: [], stores: new Set<string>() };
    groups.set(root, group);
    group.nodes.push(node);
    if (node.kind === 'processor') for (const store of node.stores) group.stores.add(store);
  }
  return [...groups.values()].map((group, id) => ({ id, nodes: group.nodes, stores: [...group.stores] }));
}
