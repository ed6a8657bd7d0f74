import { TopologyError } from '../errors.ts';
import type { TopologyGraph } from './graph.ts';

/**
 * How long after their end the windows of a table close: the longest wait of the windowed aggregations
 * it comes from (Kafka Streams: `GraphGraceSearchUtil`).
 */
export function closesAfter(graph: TopologyGraph, node: string, suppress: string): number {
  const known = graph.windowCloses.get(node);
  if (known !== undefined) return known;
  const parents = parentsOf(graph, node);
  if (parents.length === 0) {
    throw new TopologyError(
      `Suppress "${suppress}" waits until windows close, but what it gets from "${node}" is not windowed; ` +
        'aggregate in windows before it, or use Suppressed.untilTimeLimit.',
    );
  }
  return Math.max(...parents.map((parent) => closesAfter(graph, parent, suppress)));
}

function parentsOf(graph: TopologyGraph, name: string): readonly string[] {
  const node = graph.nodes.get(name);
  if (node === undefined) return [];
  if (node.kind !== 'source') return node.parents;
  return node.topics.filter((topic) => topic.internal).map((topic) => `${topic.name}-repartition-sink`);
}
