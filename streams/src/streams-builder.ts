import type { GlobalKTable, KStream, KTable } from './dsl.ts';
import type { Consumed } from './dsl-options.ts';
import { TopologyError } from './errors.ts';
import type { BuilderContext, StreamOrigin } from './internals/builder-context.ts';
import { type SourceNode, type TopicRef, TopologyGraph } from './internals/graph.ts';
import { KStreamImpl } from './internals/kstream-impl.ts';
import { GlobalKTableImpl, KTableImpl } from './internals/ktable-impl.ts';
import { planGraph } from './internals/plan.ts';
import { StreamSources } from './internals/stream-sources.ts';
import { storeGetter } from './internals/table-origin.ts';
import { addTableSource } from './internals/table-source.ts';
import { tableStoreBuilder } from './internals/table-store.ts';
import type { Serde } from './serdes.ts';
import { type StoreBuilder, Stores } from './store-builder.ts';
import { Topology } from './topology.ts';

/** How a table's topic is read; `store` makes it queryable under that name. */
export interface TableOptions<K, V> extends Consumed<K, V> {
  readonly store?: string;
  /** True keeps this table's store in memory even where others are kept on disk (`stateDir`). */
  readonly inMemory?: boolean;
  /** Keeps versions of each row for so long, in ms; see `Materialized`. Not for global tables. */
  readonly historyRetentionMs?: number;
}

/** Reads topics and builds a topology from what is done with them. */
export class StreamsBuilder {
  readonly #graph = new TopologyGraph();
  readonly #streams = new StreamSources(this.#graph);
  readonly #context: BuilderContext = {
    graph: this.#graph,
    stream: <K, V>(origin: StreamOrigin) => new KStreamImpl<K, V>(this.#context, origin),
  };

  /**
   * Reads one or several topics as a stream. Streams of the same topics share one source, which has
   * the name of the first: they must agree on serdes, timestamp extractor and offset reset (the same
   * objects; what `Serdes` gives is the same each time).
   */
  stream<K, V>(topics: string | readonly string[], consumed: Consumed<K, V>): KStream<K, V> {
    const names = typeof topics === 'string' ? [topics] : topics;
    const source = this.#streams.add(this.#sourceNode(names, consumed));
    return new KStreamImpl<K, V>(this.#context, originOf(source));
  }

  /**
   * Reads a topic as a table: the latest value per key, null deletes. With `store` it can be
   * queried; joined without it, its store is called `<name or topic>-store`.
   */
  table<K, V>(topic: string, options: TableOptions<K, V>): KTable<K, V> {
    const source = this.#sourceNode([topic], options);
    this.#graph.addNode(source);
    const origin = originOf(source);
    const storeName = options.store ?? `${options.name ?? topic}-store`;
    const key = options.key as Serde<unknown>;
    const value = options.value as Serde<unknown>;
    return new KTableImpl<K, V>(
      this.#context,
      addTableSource(this.#context, origin, {
        name: `${origin.node}-table`,
        storeName,
        store: () => tableStoreBuilder(storeName, key, value, options),
        versioned: options.historyRetentionMs !== undefined,
        queryable: options.store !== undefined,
      }),
    );
  }

  /** Reads a topic completely into every instance, before processing begins. */
  globalTable<K, V>(topic: string, options: TableOptions<K, V>): GlobalKTable<K, V> {
    const name = options.store ?? `${options.name ?? topic}-store`;
    if (options.historyRetentionMs !== undefined) {
      throw new TopologyError(`Global table "${name}" cannot keep versions; leave historyRetentionMs out.`);
    }
    const store = Stores.timestampedKeyValueStore(name, {
      key: options.key as Serde<unknown>,
      value: options.value as Serde<unknown>,
      logged: false,
    });
    this.#graph.addGlobalStore({
      source: options.name ?? this.#graph.newName('KSTREAM-SOURCE'),
      processor: this.#graph.newName('KTABLE-SOURCE'),
      topic,
      store: { ...store, topic },
    });
    return new GlobalKTableImpl<K, V>(name, { key: options.key, value: options.value }, storeGetter(name));
  }

  /** Adds a store for processors; connect it by naming it in `process(..., { stores })`. */
  addStateStore(store: StoreBuilder): this {
    this.#graph.addStore(store);
    return this;
  }

  /** Checks the topology. Throws `TopologyError` saying what to change. */
  build(): Topology {
    if (this.#graph.nodes.size === 0 && this.#graph.globalStores.size === 0) {
      throw new TopologyError('The topology is empty: read at least one topic.');
    }
    planGraph(this.#graph, 'application');
    const used = new Set<string>();
    for (const node of this.#graph.nodes.values()) {
      if (node.kind === 'processor') for (const store of node.stores) used.add(store);
    }
    for (const store of this.#graph.stores.keys()) {
      if (!used.has(store))
        throw new TopologyError(`No step uses the store "${store}"; connect or remove it.`);
    }
    return new Topology(this.#graph);
  }

  #sourceNode<K, V>(topics: readonly string[], consumed: Consumed<K, V>): SourceNode {
    if (topics.length === 0 || topics.some((topic) => topic === '')) {
      throw new TopologyError('A source needs the name of at least one topic.');
    }
    return {
      kind: 'source',
      // Kafka Streams counts the sources that come to share another's node, too.
      name: consumed.name ?? this.#graph.newName('KSTREAM-SOURCE'),
      topics: [...new Set(topics)].map((name): TopicRef => ({ name, internal: false })),
      key: consumed.key as Serde<unknown>,
      value: consumed.value as Serde<unknown>,
      offsetReset: consumed.offsetReset ?? null,
      timestampExtractor: consumed.timestampExtractor ?? null,
    };
  }
}

function originOf({ name, key, value }: SourceNode): StreamOrigin {
  return { node: name, key, value, sources: new Set([name]), repartitionRequired: false, versioned: false };
}
