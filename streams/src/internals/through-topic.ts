import type { Serde } from '../serdes.ts';
import type { SinkPartitioner, TopicRef, TopologyGraph } from './graph.ts';

/** What is sent through an internal topic. */
export interface Passage {
  readonly parents: readonly string[];
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly partitioner: SinkPartitioner | null;
}

/** Adds the sink into an internal topic and the source out of it, and returns the source's name. */
export function throughTopic(graph: TopologyGraph, topic: TopicRef, passage: Passage): string {
  const { parents, key, value, partitioner } = passage;
  const prefix = topic.suffix === 'topic' ? topic.name : `${topic.name}-repartition`;
  const source = `${prefix}-source`;
  graph.addNode({
    kind: 'sink',
    name: `${prefix}-sink`,
    parents,
    target: { kind: 'topic', topic },
    key,
    value,
    partitioner,
  });
  graph.addNode({
    kind: 'source',
    name: source,
    topics: [topic],
    key,
    value,
    offsetReset: 'earliest',
    timestampExtractor: null,
  });
  return source;
}
