import type { Produced, ProducedTo } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import { type BuilderContext, requireSerde, type StreamOrigin } from './builder-context.ts';
import type { SinkPartitioner, SinkTarget } from './graph.ts';

type TopicChoice<K, V> = (key: K, value: V, record: StreamRecord<K, V>) => string;

/** Ends a stream in a topic, or in one of the declared topics chosen per record. */
export function addSink<K, V>(
  context: BuilderContext,
  origin: StreamOrigin,
  topic: string | TopicChoice<K, V>,
  produced: Produced<K, V> | ProducedTo<K, V>,
): void {
  const name = produced.name ?? context.graph.newName('KSTREAM-SINK');
  context.graph.addNode({
    kind: 'sink',
    name,
    parents: [origin.node],
    target: typeof topic === 'string' ? fixedTarget(topic) : chosenTarget(name, topic, produced),
    key: requireSerde(produced.key as Serde<unknown> | undefined, origin.key, `The key of sink "${name}"`),
    value: requireSerde(
      produced.value as Serde<unknown> | undefined,
      origin.value,
      `The value of sink "${name}"`,
    ),
    partitioner: (produced.partitioner as SinkPartitioner | undefined) ?? null,
  });
}

function fixedTarget(name: string): SinkTarget {
  if (name === '') throw new TopologyError('A sink needs the name of a topic.');
  return { kind: 'topic', topic: { name, internal: false } };
}

function chosenTarget<K, V>(
  name: string,
  choose: TopicChoice<K, V>,
  produced: Produced<K, V> | ProducedTo<K, V>,
): SinkTarget {
  const topics = 'topics' in produced ? produced.topics : [];
  if (topics.length === 0) {
    throw new TopologyError(`Sink "${name}" chooses its topic per record: declare the possible "topics".`);
  }
  return {
    kind: 'chosen',
    topics,
    choose: (record) => choose(record.key as K, record.value as V, record as StreamRecord<K, V>),
  };
}
