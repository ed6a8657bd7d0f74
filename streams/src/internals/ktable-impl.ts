import type { GlobalKTable, KGroupedTable, KStream, KTable, SuppressOptions } from '../dsl.ts';
import type { Grouped, KeyValue, KeyValueSerdes, Materialized, Named } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { ValueTransformer } from '../processor.ts';
import type { Serde } from '../serdes.ts';
import type { Suppressed } from '../suppressed.ts';
import { addProcessor, type BuilderContext, stateless } from './builder-context.ts';
import type { Change } from './change.ts';
import { addForeignKeyJoin, type ForeignKeyJoinOptions } from './foreign-key/foreign-key-join.ts';
import { KGroupedTableImpl } from './kgrouped-table-impl.ts';
import { addSuppress } from './suppress-table.ts';
import type { GroupMapper } from './table-group.ts';
import { addTableJoin, type TableJoinKind } from './table-join.ts';
import type { TableOrigin, ValueGetterSupplier } from './table-origin.ts';
import { addTableStep, type RowStep } from './table-steps.ts';
import { addTableTransform } from './table-transform.ts';

type Joiner = (left: unknown, right: unknown) => unknown;

interface JoinOptions<K, R> {
  readonly name: string;
  readonly materialized?: Materialized<K, R>;
}

interface TableOptions<K, V> extends Named {
  readonly materialized?: Materialized<K, V>;
}

/** The tables that a builder makes. */
export class KTableImpl<K, V> implements KTable<K, V> {
  readonly queryableStoreName: string | null;
  readonly origin: TableOrigin;
  readonly #context: BuilderContext;

  constructor(context: BuilderContext, origin: TableOrigin) {
    this.#context = context;
    this.origin = origin;
    this.queryableStoreName = origin.store;
  }

  filter(predicate: (key: K, value: V) => boolean, options: TableOptions<K, V> = {}): KTable<K, V> {
    const step: RowStep = (key, value) => (predicate(key as K, value as V) ? value : null);
    return this.#step('KTABLE-FILTER', step, options, true);
  }

  filterNot(predicate: (key: K, value: V) => boolean, options: TableOptions<K, V> = {}): KTable<K, V> {
    return this.filter((key, value) => !predicate(key, value), options);
  }

  mapValues<V2>(mapper: (value: V, key: K) => V2 | null, options: TableOptions<K, V2> = {}): KTable<K, V2> {
    const step: RowStep = (key, value) => mapper(value as V, key as K);
    return this.#step('KTABLE-MAPVALUES', step, options, false);
  }

  transformValues<V2>(
    supplier: () => ValueTransformer<K, V, V2>,
    options: TableOptions<K, V2> & { readonly stores?: readonly string[] } = {},
  ): KTable<K, V2> {
    const { name, stores = [], materialized } = options;
    const origin = addTableTransform(
      this.#context,
      this.origin,
      supplier as () => ValueTransformer<unknown, unknown, unknown>,
      {
        name: name ?? this.#context.graph.newName('KTABLE-TRANSFORMVALUES'),
        stores,
        materialized: (materialized as Materialized<unknown, unknown> | undefined) ?? null,
      },
    );
    return new KTableImpl<K, V2>(this.#context, origin);
  }

  toStream<K2 = K>(mapperOrNamed?: ((key: K, value: V) => K2) | Named, named: Named = {}): KStream<K2, V> {
    const mapper = typeof mapperOrNamed === 'function' ? mapperOrNamed : null;
    const options = typeof mapperOrNamed === 'object' ? mapperOrNamed : named;
    const node = addProcessor(
      this.#context,
      options.name ?? this.#context.graph.newName('KTABLE-TOSTREAM'),
      [this.origin.node],
      stateless((record, forward) => {
        const value = (record.value as Change<unknown>).newValue;
        const key = mapper === null ? record.key : mapper(record.key as K, value as V);
        forward({ ...record, key, value });
      }),
    );
    const { key, value, sources, versioned } = this.origin;
    return this.#context.stream({
      node,
      key: mapper === null ? key : null,
      value,
      sources,
      repartitionRequired: mapper !== null,
      versioned,
    });
  }

  join<R>(other: unknown, ...rest: readonly unknown[]): KTable<K, R> {
    return this.#joinBy(other, rest, 'inner');
  }

  leftJoin<R>(other: unknown, ...rest: readonly unknown[]): KTable<K, R> {
    return this.#joinBy(other, rest, 'left');
  }

  outerJoin<VO, R>(
    other: KTable<K, VO>,
    joiner: (value: V | null, otherValue: VO | null) => R | null,
    options: JoinOptions<K, R>,
  ): KTable<K, R> {
    return this.#join(other, joiner as Joiner, options, 'outer');
  }

  groupBy<K2, V2>(
    mapper: (key: K, value: V) => KeyValue<K2 | null, V2 | null>,
    grouped: Grouped<K2, V2>,
  ): KGroupedTable<K2, V2> {
    const context = this.#context;
    return new KGroupedTableImpl<K2, V2>({
      context,
      origin: this.origin,
      mapper: mapper as GroupMapper,
      grouped: grouped as Grouped<unknown, unknown>,
      table: (origin) => new KTableImpl(context, origin),
    });
  }

  suppress(suppressed: Suppressed, options: SuppressOptions<K, V> = {}): KTable<K, V> {
    const { name, logged = true, inMemory = false, key, value } = options;
    if (name === undefined) {
      throw new TopologyError('A suppress needs a name: it names its buffer and the changelog of that.');
    }
    const origin = addSuppress(this.#context, this.origin, suppressed, {
      name,
      logged,
      inMemory,
      key: (key as Serde<unknown> | undefined) ?? null,
      value: (value as Serde<unknown> | undefined) ?? null,
    });
    return new KTableImpl<K, V>(this.#context, origin);
  }

  #step<V2>(prefix: string, step: RowStep, options: TableOptions<K, V2>, keepsValue: boolean): KTable<K, V2> {
    const origin = addTableStep(this.#context, this.origin, step, {
      name: options.name ?? this.#context.graph.newName(prefix),
      materialized: (options.materialized as Materialized<unknown, unknown> | undefined) ?? null,
      value: keepsValue ? this.origin.value : null,
      skipEmptyChanges: keepsValue,
    });
    return new KTableImpl<K, V2>(this.#context, origin);
  }

  /** By key, or by foreign key when a function to find it comes before the joiner. */
  #joinBy<R>(other: unknown, rest: readonly unknown[], kind: 'inner' | 'left'): KTable<K, R> {
    const [first, second, third] = rest;
    if (typeof second !== 'function') {
      return this.#join<R>(other, first as Joiner, second as JoinOptions<K, R>, kind);
    }
    const { name, materialized } = third as JoinOptions<K, R>;
    const origin = addForeignKeyJoin(this.#context, this.origin, tableOrigin(other, name), {
      name,
      left: kind === 'left',
      foreignKeyOf: first as ForeignKeyJoinOptions['foreignKeyOf'],
      joiner: second as Joiner,
      materialized: (materialized as Materialized<unknown, unknown> | undefined) ?? null,
    });
    return new KTableImpl<K, R>(this.#context, origin);
  }

  #join<R>(other: unknown, joiner: Joiner, options: JoinOptions<K, R>, kind: TableJoinKind): KTable<K, R> {
    const origin = addTableJoin(this.#context, this.origin, tableOrigin(other, options.name), {
      name: options.name,
      kind,
      joiner,
      materialized: (options.materialized as Materialized<unknown, unknown> | undefined) ?? null,
    });
    return new KTableImpl<K, R>(this.#context, origin);
  }
}

function tableOrigin(table: unknown, join: string): TableOrigin {
  if (table instanceof KTableImpl) return table.origin;
  throw new TopologyError(`Join "${join}": a table can only be joined with another table.`);
}

/** The global tables that a builder makes. */
export class GlobalKTableImpl<K, V> implements GlobalKTable<K, V> {
  readonly queryableStoreName: string;
  readonly serdes: KeyValueSerdes<K, V>;
  readonly rows: ValueGetterSupplier;

  constructor(store: string, serdes: KeyValueSerdes<K, V>, rows: ValueGetterSupplier) {
    this.queryableStoreName = store;
    this.serdes = serdes;
    this.rows = rows;
  }
}
