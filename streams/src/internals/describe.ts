import type { GraphNode, TopicRef, TopologyGraph } from './graph.ts';
import { findSubtopologies } from './subtopologies.ts';

/** One step of a topology. Internal topics appear without the application id. */
export interface NodeDescription {
  readonly name: string;
  readonly kind: 'source' | 'processor' | 'sink';
  /** Topics read or written; empty for processors. */
  readonly topics: readonly string[];
  readonly stores: readonly string[];
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
}

/** Steps that run together in one task per partition. */
export interface SubtopologyDescription {
  readonly id: number;
  readonly nodes: readonly NodeDescription[];
}

/** A global table. */
export interface GlobalStoreDescription {
  readonly source: string;
  readonly processor: string;
  readonly topic: string;
  readonly store: string;
}

/** A whole topology, as data and (`toString`) as text. */
export interface TopologyDescription {
  readonly subtopologies: readonly SubtopologyDescription[];
  readonly globalStores: readonly GlobalStoreDescription[];
  toString(): string;
}

export function describeGraph(graph: TopologyGraph): TopologyDescription {
  const successors = new Map<string, string[]>();
  for (const node of graph.nodes.values()) {
    if (node.kind === 'source') continue;
    for (const parent of node.parents) successors.set(parent, [...(successors.get(parent) ?? []), node.name]);
  }
  const subtopologies = findSubtopologies(graph).map((part) => ({
    id: part.id,
    nodes: part.nodes.map((node) => describeNode(node, successors.get(node.name) ?? [])),
  }));
  const globalStores = [...graph.globalStores.values()].map((global) => ({
    source: global.source,
    processor: global.processor,
    topic: global.topic,
    store: global.store.name,
  }));
  return { subtopologies, globalStores, toString: () => toText(subtopologies, globalStores) };
}

function describeNode(node: GraphNode, successors: readonly string[]): NodeDescription {
  return {
    name: node.name,
    kind: node.kind,
    topics: nodeTopics(node),
    stores: node.kind === 'processor' ? [...node.stores] : [],
    predecessors: node.kind === 'source' ? [] : node.parents,
    successors,
  };
}

function nodeTopics(node: GraphNode): readonly string[] {
  const short = (topic: TopicRef): string =>
    topic.internal ? `${topic.name}-${topic.suffix ?? 'repartition'}` : topic.name;
  if (node.kind === 'source') return node.topics.map(short);
  if (node.kind === 'processor') return [];
  return node.target.kind === 'topic' ? [short(node.target.topic)] : node.target.topics;
}

function toText(
  subtopologies: readonly SubtopologyDescription[],
  globalStores: readonly GlobalStoreDescription[],
): string {
  const lines = ['Topologies:'];
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));
  for (const part of subtopologies) {
    lines.push(`   Sub-topology: ${part.id}`);
    for (const node of part.nodes) {
      if (node.kind === 'source')
        lines.push(`    Source: ${node.name} (topics: [${node.topics.join(', ')}])`);
      if (node.kind === 'processor') {
        lines.push(`    Processor: ${node.name} (stores: [${node.stores.join(', ')}])`);
      }
      if (node.kind === 'sink') lines.push(`    Sink: ${node.name} (topic: ${node.topics.join(' | ')})`);
      if (node.kind !== 'sink') lines.push(`      --> ${names(node.successors)}`);
      if (node.kind !== 'source') lines.push(`      <-- ${names(node.predecessors)}`);
    }
  }
  for (const global of globalStores) {
    lines.push(`   Global store: ${global.store} (topic: ${global.topic})`);
  }
  return `${lines.join('\n')}\n`;
}
