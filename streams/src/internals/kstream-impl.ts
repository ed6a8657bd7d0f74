import type { BranchedStreams, KGroupedStream, KStream, KTable } from '../dsl.ts';
import type {
  Grouped,
  Joined,
  KeyValue,
  Materialized,
  Named,
  ProcessOptions,
  Produced,
  ProducedTo,
  Repartitioned,
  StreamJoined,
} from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { JoinWindows } from '../windows.ts';
import {
  addProcessor,
  type BuilderContext,
  type Forward,
  type StreamOrigin,
  stateless,
} from './builder-context.ts';
import { KGroupedStreamImpl } from './kgrouped-stream-impl.ts';
import { GlobalKTableImpl, KTableImpl } from './ktable-impl.ts';
import { lookupJoin } from './lookup-join.ts';
import { repartition, repartitionIfNeeded } from './repartition.ts';
import { sideEffect } from './side-effect.ts';
import { addSink } from './sink.ts';
import { addStreamJoin, type StreamJoinKind } from './stream-join.ts';
import { addStreamTableJoin } from './stream-table-join.ts';
import { addTableSource } from './table-source.ts';
import { tableStoreBuilder } from './table-store.ts';

type Step<K, V> = (record: StreamRecord<K, V>, forward: Forward) => void;
type Joiner = (value: unknown, other: unknown, key: unknown) => unknown;
type KeyMapper = (key: unknown, value: unknown) => unknown;

/** The streams that a builder makes. */
export class KStreamImpl<K, V> implements KStream<K, V> {
  readonly origin: StreamOrigin;
  readonly context: BuilderContext;

  constructor(context: BuilderContext, origin: StreamOrigin) {
    this.context = context;
    this.origin = origin;
  }

  filter<S extends V>(
    predicate: ((key: K, value: V) => value is S) | ((key: K, value: V) => boolean),
    named: Named = {},
  ): KStream<K, S> {
    return this.#step('KSTREAM-FILTER', named, { ...this.origin }, (record, forward) => {
      if (predicate(record.key, record.value)) forward(record);
    });
  }

  filterNot(predicate: (key: K, value: V) => boolean, named: Named = {}): KStream<K, V> {
    return this.#step('KSTREAM-FILTER', named, { ...this.origin }, (record, forward) => {
      if (!predicate(record.key, record.value)) forward(record);
    });
  }

  map<K2, V2>(mapper: (key: K, value: V) => KeyValue<K2, V2>, named: Named = {}): KStream<K2, V2> {
    const after = { key: null, value: null, repartitionRequired: true };
    return this.#step('KSTREAM-MAP', named, { ...this.origin, ...after }, (record, forward) => {
      const [key, value] = mapper(record.key, record.value);
      forward({ ...record, key, value });
    });
  }

  mapValues<V2>(mapper: (value: V, key: K) => V2, named: Named = {}): KStream<K, V2> {
    return this.#step('KSTREAM-MAPVALUES', named, { ...this.origin, value: null }, (record, forward) => {
      forward({ ...record, value: mapper(record.value, record.key) });
    });
  }

  flatMap<K2, V2>(
    mapper: (key: K, value: V) => Iterable<KeyValue<K2, V2>>,
    named: Named = {},
  ): KStream<K2, V2> {
    const after = { key: null, value: null, repartitionRequired: true };
    return this.#step('KSTREAM-FLATMAP', named, { ...this.origin, ...after }, (record, forward) => {
      for (const [key, value] of mapper(record.key, record.value)) forward({ ...record, key, value });
    });
  }

  flatMapValues<V2>(mapper: (value: V, key: K) => Iterable<V2>, named: Named = {}): KStream<K, V2> {
    return this.#step('KSTREAM-FLATMAPVALUES', named, { ...this.origin, value: null }, (record, forward) => {
      for (const value of mapper(record.value, record.key)) forward({ ...record, value });
    });
  }

  selectKey<K2>(mapper: (key: K, value: V) => K2, named: Named = {}): KStream<K2, V> {
    const after = { key: null, repartitionRequired: true };
    return this.#step('KSTREAM-KEY-SELECT', named, { ...this.origin, ...after }, (record, forward) => {
      forward({ ...record, key: mapper(record.key, record.value) });
    });
  }

  peek(action: (key: K, value: V) => void, named: Named = {}): KStream<K, V> {
    const node = this.#add('KSTREAM-PEEK', named, sideEffect(action));
    return new KStreamImpl<K, V>(this.context, { ...this.origin, node });
  }

  foreach(action: (key: K, value: V) => void | Promise<void>, named: Named = {}): void {
    this.#add('KSTREAM-FOREACH', named, sideEffect(action));
  }

  split<N extends string, D extends string = never>(
    branches: { readonly [name in N]: (key: K, value: V) => boolean },
    options: Named & { readonly defaultBranch?: D } = {},
  ): BranchedStreams<K, V, N | D> {
    const parent = options.name ?? this.context.graph.newName('KSTREAM-BRANCH');
    const cases = Object.entries<(key: K, value: V) => boolean>(branches);
    for (const [name] of cases) assertKeepsItsPlace(name);
    const { defaultBranch } = options;
    const child = (name: string): string => `${parent}-${name}`;
    this.#add('', { name: parent }, (() => {
      let forward: (record: StreamRecord<unknown, unknown>, to: string) => void = () => undefined;
      return {
        init: (context) => {
          forward = (record, to) => context.forward(record, to);
        },
        process(record: StreamRecord<K, V>) {
          const chosen =
            cases.find(([, predicate]) => predicate(record.key, record.value))?.[0] ?? defaultBranch;
          if (chosen !== undefined) forward(record, child(chosen));
        },
      };
    }) as ProcessorSupplier);
    const names = [...cases.map(([name]) => name), ...(defaultBranch === undefined ? [] : [defaultBranch])];
    const made = names.map((name) => {
      const pass = stateless((record, next) => next(record));
      const node = addProcessor(this.context, child(name), [parent], pass);
      const stream: KStream<K, V> = new KStreamImpl<K, V>(this.context, { ...this.origin, node });
      return [name, stream] as const;
    });
    return Object.fromEntries<KStream<K, V>>(made) as BranchedStreams<K, V, N | D>;
  }

  merge(other: KStream<K, V>, named: Named = {}): KStream<K, V> {
    const { origin } = streamImplementation(other);
    const node = addProcessor(
      this.context,
      named.name ?? this.context.graph.newName('KSTREAM-MERGE'),
      // A stream that is merged with itself comes once, as in Kafka Streams.
      [...new Set([this.origin.node, origin.node])],
      stateless((record, forward) => forward(record)),
    );
    return new KStreamImpl<K, V>(this.context, {
      node,
      key: this.origin.key ?? origin.key,
      value: this.origin.value ?? origin.value,
      sources: new Set([...this.origin.sources, ...origin.sources]),
      repartitionRequired: this.origin.repartitionRequired || origin.repartitionRequired,
      versioned: this.origin.versioned && origin.versioned,
    });
  }

  repartition(repartitioned: Repartitioned<K, V>): KStream<K, V> {
    const { name, key, value, partitions } = repartitioned;
    return new KStreamImpl<K, V>(
      this.context,
      repartition(this.context, this.origin, {
        name,
        key: (key as Serde<unknown> | undefined) ?? null,
        value: (value as Serde<unknown> | undefined) ?? null,
        partitions: partitions ?? null,
      }),
    );
  }

  to(
    topic: string | ((key: K, value: V, record: StreamRecord<K, V>) => string),
    produced: Produced<K, V> | ProducedTo<K, V> = {},
  ): void {
    addSink(this.context, this.origin, topic, produced);
  }

  join<R>(other: unknown, second: unknown, third?: unknown, fourth?: unknown): KStream<K, R> {
    return this.#join(other, [second, third, fourth], 'inner');
  }

  leftJoin<R>(other: unknown, second: unknown, third?: unknown, fourth?: unknown): KStream<K, R> {
    return this.#join(other, [second, third, fourth], 'left');
  }

  outerJoin<VO, R>(
    other: KStream<K, VO>,
    joiner: (value: V | null, otherValue: VO | null, key: K) => R,
    windows: JoinWindows,
    joined: StreamJoined<K, V, VO>,
  ): KStream<K, R> {
    return this.#join(other, [joiner, windows, joined], 'outer');
  }

  groupByKey(grouped: Grouped<K, V> = {}): KGroupedStream<K, V> {
    return new KGroupedStreamImpl<K, V>(this.context, this.origin, grouped);
  }

  groupBy<K2>(mapper: (key: K, value: V) => K2, grouped: Grouped<K2, V>): KGroupedStream<K2, V> {
    const name = grouped.name === undefined ? {} : { name: `${grouped.name}-select` };
    const selected = streamImplementation(this.selectKey(mapper, name));
    return new KGroupedStreamImpl<K2, V>(this.context, selected.origin, grouped);
  }

  toTable(materialized: Materialized<K, V>): KTable<K, V> {
    const { name } = materialized;
    const origin = repartitionIfNeeded(this.context, this.origin, {
      name,
      key: (materialized.key as Serde<unknown> | undefined) ?? null,
      value: materialized.value as Serde<unknown>,
    });
    const key = materialized.key ?? origin.key;
    if (key === null) throw new TopologyError(`Table "${name}" needs a key serde.`);
    const value = materialized.value as Serde<unknown>;
    const from = { ...origin, key: key as Serde<unknown>, value };
    return new KTableImpl<K, V>(
      this.context,
      addTableSource(this.context, from, {
        name: `${name}-totable`,
        storeName: name,
        store: () => tableStoreBuilder(name, from.key, value, materialized),
        queryable: true,
        versioned: materialized.historyRetentionMs !== undefined,
      }),
    );
  }

  process<K2, V2>(
    supplier: ProcessorSupplier<K, V, K2, V2>,
    options: ProcessOptions<K2, V2>,
  ): KStream<K2, V2> {
    return this.#process(supplier as ProcessorSupplier, options, true);
  }

  processValues<V2>(
    supplier: ProcessorSupplier<K, V, K, V2>,
    options: ProcessOptions<K, V2>,
  ): KStream<K, V2> {
    const key = options.key ?? (this.origin.key as Serde<K> | null);
    return this.#process(supplier as ProcessorSupplier, key === null ? options : { ...options, key }, false);
  }

  #process<K2, V2>(
    supplier: ProcessorSupplier,
    options: ProcessOptions<K2, V2>,
    changesKey: boolean,
  ): KStream<K2, V2> {
    const node = addProcessor(this.context, options.name, [this.origin.node], supplier, options.stores ?? []);
    return new KStreamImpl<K2, V2>(this.context, {
      node,
      key: (options.key as Serde<unknown> | undefined) ?? null,
      value: (options.value as Serde<unknown> | undefined) ?? null,
      sources: this.origin.sources,
      repartitionRequired: changesKey || this.origin.repartitionRequired,
      versioned: this.origin.versioned,
    });
  }

  #add(prefix: string, named: Named, supplier: ProcessorSupplier): string {
    const name = named.name ?? this.context.graph.newName(prefix);
    return addProcessor(this.context, name, [this.origin.node], supplier);
  }

  #step<K2, V2>(prefix: string, named: Named, after: StreamOrigin, step: Step<K, V>): KStream<K2, V2> {
    const node = this.#add(prefix, named, stateless(step as Step<unknown, unknown>));
    return new KStreamImpl<K2, V2>(this.context, { ...after, node });
  }

  #join<R>(other: unknown, rest: readonly unknown[], kind: StreamJoinKind): KStream<K, R> {
    const left = kind === 'left';
    if (other instanceof KTableImpl) {
      const origin = addStreamTableJoin(this.context, this.origin, other.origin, {
        joiner: rest[0] as Joiner,
        joined: rest[1] as Joined<unknown, unknown>,
        left,
      });
      return new KStreamImpl<K, R>(this.context, origin);
    }
    if (other instanceof GlobalKTableImpl) {
      const [keyMapper, joiner, named] = rest;
      if (left) this.context.graph.keepNullKeysBefore(this.origin.node);
      const node = this.#add(
        left ? 'KSTREAM-LEFTJOIN' : 'KSTREAM-JOIN',
        (named as Named | undefined) ?? {},
        lookupJoin({ table: other.rows, keyMapper: keyMapper as KeyMapper, joiner: joiner as Joiner, left }),
      );
      return new KStreamImpl<K, R>(this.context, { ...this.origin, node, value: null });
    }
    const [joiner, windows, joined] = rest;
    const origin = addStreamJoin(this.context, this.origin, streamImplementation(other).origin, {
      joiner: joiner as Joiner,
      windows: windows as JoinWindows,
      joined: joined as StreamJoined<unknown, unknown, unknown>,
      kind,
    });
    return new KStreamImpl<K, R>(this.context, origin);
  }
}

/** The builder's own side of a stream; others cannot be mixed in. */
export function streamImplementation(stream: unknown): KStreamImpl<unknown, unknown> {
  if (stream instanceof KStreamImpl) return stream;
  throw new TopologyError('Only streams and tables made by a StreamsBuilder can be used here.');
}

/** JavaScript moves properties that are numbers to the front, and the order of branches decides. */
function assertKeepsItsPlace(branch: string): void {
  if (/^(0|[1-9]\d*)$/.test(branch))
    throw new TopologyError(
      `A branch cannot be named by the number ${branch}: begin its name with a letter.`,
    );
}
