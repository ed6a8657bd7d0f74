import { TopologyError } from '../errors.ts';
import type { StoreBuilder } from '../store-builder.ts';
import { assertNever } from './assert-never.ts';
import { assertLegalName, type TopicRef, type TopologyGraph } from './graph.ts';
import { findSubtopologies, type Subtopology } from './subtopologies.ts';

const DAY_MS = 86_400_000;

/** A topic the application makes for itself, with the settings Kafka Streams gives it. */
export interface InternalTopic {
  readonly name: string;
  readonly kind: 'changelog' | 'repartition';
  readonly configs: Readonly<Record<string, string>>;
  /** Partition count asked for by the topology; null: derived from the source topics. */
  readonly partitions: number | null;
}

/** A store of a subtopology. */
export interface StorePlan {
  readonly name: string;
  readonly builder: StoreBuilder;
  /** Full name of the changelog; null when the store keeps none. */
  readonly changelog: string | null;
}

/** A subtopology with full topic names. */
export interface SubtopologyPlan {
  readonly id: number;
  readonly sourceTopics: readonly string[];
  readonly sinkTopics: readonly string[];
  readonly stores: readonly StorePlan[];
  /** Repartition topics this subtopology reads, and changelogs of its stores. */
  readonly internalTopics: readonly InternalTopic[];
  /** Topics that must have the same number of partitions, each group by full names. */
  readonly copartitionGroups: readonly (readonly string[])[];
  readonly nodes: Subtopology['nodes'];
}

/** A global table with its topic. */
export interface GlobalStorePlan {
  /** Name of the source that reads the topic. */
  readonly source: string;
  readonly topic: string;
  readonly builder: StoreBuilder;
}

/** A topology laid out for one application id: what runs where, over which topics. */
export interface TopologyPlan {
  readonly applicationId: string;
  readonly subtopologies: readonly SubtopologyPlan[];
  readonly globalStores: readonly GlobalStorePlan[];
  /** Topics that must exist before the application starts. */
  readonly externalSourceTopics: readonly string[];
  readonly externalSinkTopics: readonly string[];
  readonly internalTopics: readonly InternalTopic[];
  /** Topics read from their end when nothing was committed; all others from the beginning. */
  readonly latestTopics: ReadonlySet<string>;
}

export function changelogTopicName(applicationId: string, store: string): string {
  return `${applicationId}-${store}-changelog`;
}

export function topicName(applicationId: string, topic: TopicRef): string {
  return topic.internal ? `${applicationId}-${topic.name}-${topic.suffix ?? 'repartition'}` : topic.name;
}

/** Lays a graph out for an application id. Throws `TopologyError` for an illegal id. */
export function planGraph(graph: TopologyGraph, applicationId: string): TopologyPlan {
  assertLegalName(applicationId, 'application');
  const subtopologies = findSubtopologies(graph).map((each) => planSubtopology(graph, applicationId, each));
  const internal = new Set(subtopologies.flatMap((each) => each.internalTopics.map((topic) => topic.name)));
  const globals = [...graph.globalStores.values()];
  const external = (topics: readonly string[]): string[] =>
    [...new Set(topics)].filter((topic) => !internal.has(topic));
  return {
    applicationId,
    subtopologies,
    globalStores: globals.map(({ source, topic, store }) => ({ source, topic, builder: store })),
    externalSourceTopics: external([
      ...subtopologies.flatMap((each) => each.sourceTopics),
      ...globals.map((global) => global.topic),
    ]),
    externalSinkTopics: external(subtopologies.flatMap((each) => each.sinkTopics)),
    internalTopics: subtopologies.flatMap((each) => each.internalTopics),
    latestTopics: latestTopics(graph),
  };
}

/** All subtopologies as one, for a driver that runs everything in a single task. */
export function planWholeGraph(graph: TopologyGraph, applicationId: string): SubtopologyPlan {
  const parts = planGraph(graph, applicationId).subtopologies;
  return {
    id: 0,
    sourceTopics: parts.flatMap((part) => part.sourceTopics),
    sinkTopics: [...new Set(parts.flatMap((part) => part.sinkTopics))],
    stores: parts.flatMap((part) => part.stores),
    internalTopics: parts.flatMap((part) => part.internalTopics),
    copartitionGroups: parts.flatMap((part) => part.copartitionGroups),
    nodes: [...graph.nodes.values()],
  };
}

function latestTopics(graph: TopologyGraph): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const node of graph.nodes.values()) {
    if (node.kind !== 'source' || node.offsetReset !== 'latest') continue;
    for (const topic of node.topics) if (!topic.internal) topics.add(topic.name);
  }
  return topics;
}

function planSubtopology(graph: TopologyGraph, applicationId: string, part: Subtopology): SubtopologyPlan {
  const full = (topic: TopicRef): string => topicName(applicationId, topic);
  const sources = part.nodes.filter((node) => node.kind === 'source');
  const sinkTopics = part.nodes.flatMap((node) => {
    if (node.kind !== 'sink') return [];
    return node.target.kind === 'topic' ? [full(node.target.topic)] : node.target.topics;
  });
  const stores = part.stores.map((name) => planStore(graph, applicationId, name));
  const repartitions = sources
    .flatMap((source) => source.topics.filter((topic) => topic.internal))
    .map((topic) => repartitionTopic(full(topic), graph.repartitionTopics.get(topic.name) ?? null));
  const sourceTopicsOf = new Map(sources.map((source) => [source.name, source.topics.map(full)]));
  const copartitionGroups = graph.copartitioned
    .map((names) => [...new Set([...names].flatMap((name) => sourceTopicsOf.get(name) ?? []))])
    .filter((topics) => topics.length > 1);
  if (sources.length === 0) {
    throw new TopologyError(
      `Nothing is read by the steps ${part.nodes.map((node) => node.name).join(', ')}.`,
    );
  }
  return {
    id: part.id,
    sourceTopics: [...new Set(sources.flatMap((source) => source.topics.map(full)))],
    sinkTopics: [...new Set(sinkTopics)],
    stores,
    internalTopics: [...repartitions, ...stores.flatMap(changelogTopic)],
    copartitionGroups,
    nodes: part.nodes,
  };
}

function planStore(graph: TopologyGraph, applicationId: string, name: string): StorePlan {
  const builder = graph.stores.get(name);
  if (builder === undefined) throw new TopologyError(`The store "${name}" was never added.`);
  return { name, builder, changelog: builder.logged ? changelogTopicName(applicationId, name) : null };
}

/** Settings as Kafka Streams' `RepartitionTopicConfig` gives them. */
function repartitionTopic(name: string, partitions: number | null): InternalTopic {
  return {
    name,
    kind: 'repartition',
    partitions,
    configs: {
      'cleanup.policy': 'delete',
      'segment.bytes': '52428800',
      'retention.ms': '-1',
      'message.timestamp.type': 'CreateTime',
    },
  };
}

/** Settings as Kafka Streams' changelog topic configs give them. */
function changelogTopic(store: StorePlan): InternalTopic[] {
  if (store.changelog === null) return [];
  return [
    {
      name: store.changelog,
      kind: 'changelog',
      partitions: null,
      configs: { ...cleanupOf(store.builder), 'message.timestamp.type': 'CreateTime' },
    },
  ];
}

/** Windows are kept a day longer than the store keeps them, versions are compacted a day later. */
function cleanupOf(builder: StoreBuilder): Record<string, string> {
  switch (builder.kind) {
    case 'key-value':
    case 'suppress-buffer':
      return { 'cleanup.policy': 'compact' };
    case 'versioned':
      return {
        'cleanup.policy': 'compact',
        'min.compaction.lag.ms': String(builder.historyRetentionMs + DAY_MS),
      };
    case 'window':
    case 'session': {
      // Stores of joined streams keep every record under a key of its own, so there is nothing to compact.
      const isCompacted = builder.kind === 'session' || !builder.retainDuplicates;
      return {
        'cleanup.policy': isCompacted ? 'compact,delete' : 'delete',
        'retention.ms': String(builder.retentionMs + DAY_MS),
      };
    }
    default:
      return assertNever(builder);
  }
}
