import type { TimestampExtractor } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { StoreBuilder } from '../store-builder.ts';

/** A topic of the topology; an internal one gets the application id in front at run time. */
export interface TopicRef {
  readonly name: string;
  readonly internal: boolean;
  /** What ends the name of an internal topic; default `repartition`. */
  readonly suffix?: 'repartition' | 'topic';
}

export interface SourceNode {
  readonly kind: 'source';
  readonly name: string;
  readonly topics: readonly TopicRef[];
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  /** Null: nothing was said, so from the beginning. */
  readonly offsetReset: 'earliest' | 'latest' | null;
  readonly timestampExtractor: TimestampExtractor | null;
}

export interface ProcessorNode {
  readonly kind: 'processor';
  readonly name: string;
  readonly parents: readonly string[];
  readonly supplier: ProcessorSupplier;
  readonly stores: Set<string>;
}

export type SinkTarget =
  | { readonly kind: 'topic'; readonly topic: TopicRef }
  | {
      readonly kind: 'chosen';
      readonly topics: readonly string[];
      readonly choose: (record: StreamRecord<unknown, unknown>) => string;
    };

export type SinkPartitioner = (topic: string, key: unknown, value: unknown, partitions: number) => number;

export interface SinkNode {
  readonly kind: 'sink';
  readonly name: string;
  readonly parents: readonly string[];
  readonly target: SinkTarget;
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly partitioner: SinkPartitioner | null;
}

export type GraphNode = SourceNode | ProcessorNode | SinkNode;

/** A table that every instance holds completely: one topic into one store. */
export interface GlobalStore {
  readonly source: string;
  readonly processor: string;
  readonly topic: string;
  readonly store: StoreBuilder;
}

/** The topology while it is being built: nodes in the order they were added, stores, topics. */
export class TopologyGraph {
  readonly nodes = new Map<string, GraphNode>();
  readonly stores = new Map<string, StoreBuilder>();
  readonly globalStores = new Map<string, GlobalStore>();
  /** Repartition topics by short name; the number is a fixed partition count. */
  readonly repartitionTopics = new Map<string, number | null>();
  /** Groups of source nodes whose topics must have the same number of partitions. */
  readonly copartitioned: ReadonlySet<string>[] = [];
  /** Repartition topics that records without a key may pass, because a left join follows. */
  readonly nullKeysKept = new Set<string>();
  /** How long after its end a window closes, ms, by the node that aggregates in windows. */
  readonly windowCloses = new Map<string, number>();
  #counter = 0;

  /** A generated node name as Kafka Streams makes it; only shown, never part of a topic or store. */
  newName(prefix: string): string {
    const name = `${prefix}-${String(this.#counter).padStart(10, '0')}`;
    this.#counter += 1;
    return name;
  }

  addNode(node: GraphNode): void {
    if (this.nodes.has(node.name)) {
      throw new TopologyError(`Two steps are named "${node.name}"; give one of them another name.`);
    }
    if (node.kind !== 'source') {
      for (const parent of node.parents) {
        if (!this.nodes.has(parent)) {
          throw new TopologyError(`Step "${node.name}" follows "${parent}", which does not exist.`);
        }
      }
    }
    if (node.kind === 'source') this.#assertNotSubscribed(node);
    this.nodes.set(node.name, node);
  }

  /**
   * Puts a node, and all that follows it, behind the nodes there are now. A shared repartition topic goes there
   * each time it is used again, as in Kafka Streams (`InternalStreamsBuilder.addGraphNode` gives it the next
   * build priority); the order of nodes decides the order in which records reach their topics.
   */
  putLast(first: string): void {
    const moved = new Set([first]);
    const topics = new Set<string>();
    for (const node of this.nodes.values()) {
      const follows =
        node.kind === 'source'
          ? node.topics.some((topic) => topic.internal && topics.has(suffixed(topic)))
          : node.parents.some((parent) => moved.has(parent));
      if (follows) moved.add(node.name);
      if (!moved.has(node.name) || node.kind !== 'sink' || node.target.kind !== 'topic') continue;
      if (node.target.topic.internal) topics.add(suffixed(node.target.topic));
    }
    const behind = [...this.nodes].filter(([name]) => moved.has(name));
    for (const [name, node] of behind) {
      this.nodes.delete(name);
      this.nodes.set(name, node);
    }
  }

  addStore(store: StoreBuilder): void {
    assertLegalName(store.name, 'store');
    if (this.stores.has(store.name) || this.globalStores.has(store.name)) {
      throw new TopologyError(`Two state stores are named "${store.name}"; every store needs its own name.`);
    }
    this.stores.set(store.name, store);
  }

  addGlobalStore(global: GlobalStore): void {
    assertLegalName(global.store.name, 'store');
    if (this.stores.has(global.store.name) || this.globalStores.has(global.store.name)) {
      throw new TopologyError(
        `Two state stores are named "${global.store.name}"; every store needs its own name.`,
      );
    }
    this.#assertTopicFree(global.topic);
    this.globalStores.set(global.store.name, global);
  }

  connect(processor: string, storeNames: readonly string[]): void {
    const node = this.nodes.get(processor);
    if (node?.kind !== 'processor') throw new TopologyError(`There is no processor named "${processor}".`);
    for (const store of storeNames) {
      if (this.globalStores.has(store)) continue;
      if (!this.stores.has(store)) {
        throw new TopologyError(`Step "${processor}" uses the store "${store}", which was never added.`);
      }
      node.stores.add(store);
    }
  }

  addRepartitionTopic(name: string, partitions: number | null): void {
    assertLegalName(name, 'repartition topic');
    if (this.repartitionTopics.has(name)) {
      throw new TopologyError(
        `Two steps would share the repartition topic "${name}-repartition"; give one another name.`,
      );
    }
    if (partitions !== null && (!Number.isInteger(partitions) || partitions < 1)) {
      throw new TopologyError(`Repartition topic "${name}" needs at least 1 partition, not ${partitions}.`);
    }
    this.repartitionTopics.set(name, partitions);
  }

  /** Left joins want records without a key: no repartitioning on the way to `node` may drop them. */
  keepNullKeysBefore(node: string): void {
    const pending = [node];
    const seen = new Set<string>();
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const found = this.nodes.get(name);
      if (found === undefined) continue;
      if (found.kind !== 'source') pending.push(...found.parents);
      else {
        for (const topic of found.topics) {
          if (!topic.internal) continue;
          this.nullKeysKept.add(topic.name);
          pending.push(`${topic.name}-repartition-sink`);
        }
      }
    }
  }

  #assertNotSubscribed(source: SourceNode): void {
    for (const topic of source.topics) if (!topic.internal) this.#assertTopicFree(topic.name);
  }

  #assertTopicFree(topic: string): void {
    for (const node of this.nodes.values()) {
      if (node.kind === 'source' && node.topics.some((each) => !each.internal && each.name === topic)) {
        throw new TopologyError(
          `Topic "${topic}" is read twice (first by "${node.name}"), and only streams can share a topic: ` +
            'read it once and use that stream or table again; toTable makes a table of a stream.',
        );
      }
    }
    for (const global of this.globalStores.values()) {
      if (global.topic === topic) {
        throw new TopologyError(
          `Topic "${topic}" is already read as the global table "${global.store.name}"; leave one of the two out.`,
        );
      }
    }
  }
}

function suffixed({ name, suffix = 'repartition' }: TopicRef): string {
  return `${name}-${suffix}`;
}

const legalName = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,180}$/;

/** Names become parts of topic names, so they follow Kafka's rules for those. */
export function assertLegalName(name: string, what: string): void {
  if (!legalName.test(name)) {
    const article = /^[aeiou]/.test(what) ? 'an' : 'a';
    throw new TopologyError(
      `"${name}" cannot name ${article} ${what}: use 1 to 180 letters, digits, dots, dashes and underscores, not . or ..`,
    );
  }
}
