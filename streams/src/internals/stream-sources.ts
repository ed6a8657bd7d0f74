import { TopologyError } from '../errors.ts';
import type { SourceNode, TopologyGraph } from './graph.ts';

/** The sources of a builder's streams: streams that read the same topics share one source node. */
export class StreamSources {
  readonly #graph: TopologyGraph;
  readonly #byTopic = new Map<string, SourceNode>();

  constructor(graph: TopologyGraph) {
    this.#graph = graph;
  }

  /** Adds a source, or gives the one that reads these topics already (Kafka Streams: `mergeDuplicateSourceNodes`). */
  add(source: SourceNode): SourceNode {
    const topics = source.topics.map(({ name }) => name);
    const earlier = topics.flatMap((topic) => this.#byTopic.get(topic) ?? [])[0];
    if (earlier !== undefined) {
      assertSameTopics(earlier, source);
      assertReadAlike(earlier, source);
      return earlier;
    }
    this.#graph.addNode(source);
    for (const topic of topics) this.#byTopic.set(topic, source);
    return source;
  }
}

function assertSameTopics(earlier: SourceNode, source: SourceNode): void {
  const before = new Set(earlier.topics.map(({ name }) => name));
  const now = new Set(source.topics.map(({ name }) => name));
  const shared = [...now].filter((topic) => before.has(topic));
  if (shared.length === before.size && shared.length === now.size) return;
  const list = (topics: ReadonlySet<string>): string => [...topics].join(', ');
  throw new TopologyError(
    `Topic "${shared[0]}" is read by streams of different topics (${list(before)}; ${list(now)}); ` +
      'give both the same topics, or read it once and use that stream again.',
  );
}

/** Kafka Streams compares the offset resets only, and reads as the first stream says. */
function assertReadAlike(earlier: SourceNode, source: SourceNode): void {
  const what = (['key', 'value', 'offsetReset', 'timestampExtractor'] as const).find(
    (each) => earlier[each] !== source[each],
  );
  if (what === undefined) return;
  const topics = source.topics.map(({ name }) => `"${name}"`).join(', ');
  throw new TopologyError(
    `The streams of ${topics} do not agree on ${differences[what]}; ` +
      'pass the same to each of them, or read once and use that stream again.',
  );
}

const differences = {
  key: 'the serde of the key',
  value: 'the serde of the value',
  offsetReset: 'where to begin (offsetReset)',
  timestampExtractor: 'the timestamp extractor',
} as const;
