import type { Materialized } from '../dsl-options.ts';
import type { Processor, ProcessorSupplier } from '../processor.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import { type Change, isOutOfOrder } from './change.ts';
import { type OldValues, storeGetter, type TableOrigin, type ValueGetterSupplier } from './table-origin.ts';
import { rowForwarder } from './table-steps.ts';
import { tableStore, tableStoreBuilder } from './table-store.ts';

type Joiner = (left: unknown, right: unknown) => unknown;

/** `inner` needs both rows, `left` the left one, `outer` any. */
export type TableJoinKind = 'inner' | 'left' | 'outer';

export interface TableJoinOptions {
  readonly name: string;
  readonly kind: TableJoinKind;
  readonly joiner: Joiner;
  readonly materialized: Materialized<unknown, unknown> | null;
}

/** Joins two tables by key; a change on either side emits a change of the result. */
export function addTableJoin(
  context: BuilderContext,
  left: TableOrigin,
  right: TableOrigin,
  options: TableJoinOptions,
): TableOrigin {
  const { name, kind, materialized, joiner } = options;
  if (kind !== 'inner') left.enableOldValues(true);
  if (kind === 'outer') right.enableOldValues(true);
  const sources = new Set([...left.sources, ...right.sources]);
  context.graph.copartitioned.push(sources);
  const oldValues: OldValues = { enabled: false };
  const rows = { left: left.valueGetter(), right: right.valueGetter() };
  const sides = [
    addSide(context, `${name}-join-this`, left, {
      other: rows.right,
      joiner,
      ownRequired: kind !== 'outer',
      otherRequired: kind === 'inner',
      oldValues,
    }),
    addSide(context, `${name}-join-other`, right, {
      other: rows.left,
      joiner: (own, other) => joiner(other, own),
      ownRequired: kind === 'inner',
      otherRequired: kind !== 'outer',
      oldValues,
    }),
  ];
  const store = materialized?.name ?? null;
  if (materialized !== null) {
    const key = requireSerde(materialized.key, left.key, `The key of store "${materialized.name}"`);
    context.graph.addStore(tableStoreBuilder(materialized.name, key, materialized.value, materialized));
  }
  return {
    node: addProcessor(context, name, sides, merger(store, oldValues), store === null ? [] : [store]),
    key: left.key,
    value: materialized?.value ?? null,
    sources,
    store,
    versioned: materialized?.historyRetentionMs !== undefined,
    enableOldValues() {
      left.enableOldValues(true);
      right.enableOldValues(true);
      oldValues.enabled = true;
      return true;
    },
    valueGetter: () => (store === null ? joinedGetter(rows.left, rows.right, options) : storeGetter(store)),
  };
}

interface JoinSide {
  readonly other: ValueGetterSupplier;
  readonly joiner: Joiner;
  /** Without a row of its own this side has no result. */
  readonly ownRequired: boolean;
  /** While the other side has no row, nothing is emitted. */
  readonly otherRequired: boolean;
  /** The table keeps versions: changes that are not its latest are dropped (KIP-914). */
  readonly dropsOutOfOrder: boolean;
  readonly oldValues: OldValues;
}

function addSide(
  context: BuilderContext,
  name: string,
  from: TableOrigin,
  side: Omit<JoinSide, 'dropsOutOfOrder'>,
): string {
  const dropsOutOfOrder = from.versioned;
  return addProcessor(context, name, [from.node], joinSide({ ...side, dropsOutOfOrder }), side.other.stores);
}

/** Kafka Streams: `KTableKTableInnerJoin`, `...LeftJoin`, `...RightJoin`, `...OuterJoin`. */
function joinSide(side: JoinSide): ProcessorSupplier {
  const { joiner, ownRequired, otherRequired, oldValues } = side;
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const lookUp = side.other.get(context);
        process = (record) => {
          if ((record.key ?? null) === null) {
            context.recordDropped('null-key');
            return;
          }
          const change = record.value as Change<unknown>;
          if (side.dropsOutOfOrder && isOutOfOrder(change)) {
            context.recordDropped('out-of-order');
            return;
          }
          const other = lookUp(record.key);
          if (other === null && (otherRequired || (change.newValue === null && change.oldValue === null)))
            return;
          const join = (own: unknown): unknown =>
            own === null && (ownRequired || other === null)
              ? null
              : (joiner(own, other?.value ?? null) ?? null);
          const newValue = join(change.newValue);
          const oldValue = oldValues.enabled ? join(change.oldValue) : null;
          const timestamp = Math.max(record.timestamp, other?.timestamp ?? -1);
          context.forward({ ...record, value: { ...change, newValue, oldValue }, timestamp });
        };
      },
      process: (record) => process(record),
    };
  };
}

/** Both sides' results, kept when the join has a store. Old values are what the join says they were. */
function merger(store: string | null, oldValues: OldValues): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const emit = rowForwarder(context, store === null ? null : tableStore(context, store));
        process = (record) => {
          const change = record.value as Change<unknown>;
          emit(record, oldValues.enabled ? change : { ...change, oldValue: null });
        };
      },
      process: (record) => process(record),
    };
  };
}

/** Results of a join without a store, computed from the rows of both sides. */
function joinedGetter(
  left: ValueGetterSupplier,
  right: ValueGetterSupplier,
  { kind, joiner }: TableJoinOptions,
): ValueGetterSupplier {
  return {
    stores: [...left.stores, ...right.stores],
    get(context) {
      const leftRow = left.get(context);
      const rightRow = right.get(context);
      return (key) => {
        const one = leftRow(key);
        if (one === null && kind !== 'outer') return null;
        const two = rightRow(key);
        if (two === null && (kind === 'inner' || one === null)) return null;
        const value = joiner(one?.value ?? null, two?.value ?? null) ?? null;
        const timestamp = Math.max(one?.timestamp ?? -1, two?.timestamp ?? -1);
        return value === null ? null : { value, timestamp };
      };
    },
  };
}
