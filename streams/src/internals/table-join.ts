import type { Materialized } from '../dsl-options.ts';
import type { Processor, ProcessorSupplier } from '../processor.ts';
import { Stores } from '../store-builder.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import type { Change } from './change.ts';
import { type OldValues, storeGetter, type TableOrigin, type ValueGetterSupplier } from './table-origin.ts';
import { tableForwarder } from './table-steps.ts';

type Joiner = (left: unknown, right: unknown) => unknown;

export interface TableJoinOptions {
  readonly name: string;
  readonly left: boolean;
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
  const { name, materialized, joiner } = options;
  if (options.left) left.enableOldValues(true);
  const sources = new Set([...left.sources, ...right.sources]);
  context.graph.copartitioned.push(sources);
  const oldValues: OldValues = { enabled: false };
  const leftRows = left.valueGetter();
  const rightRows = right.valueGetter();
  const thisSide = addProcessor(
    context,
    `${name}-join-this`,
    [left.node],
    joinSide({ other: rightRows, joiner, required: !options.left, oldValues }),
    rightRows.stores,
  );
  const otherSide = addProcessor(
    context,
    `${name}-join-other`,
    [right.node],
    joinSide({
      other: leftRows,
      joiner: (r, l) => joiner(l, r),
      required: true,
      oldValues,
      nullable: options.left,
    }),
    leftRows.stores,
  );
  const store = materialized?.name ?? null;
  if (materialized !== null) {
    const key = requireSerde(materialized.key, left.key, `The key of store "${materialized.name}"`);
    context.graph.addStore(
      Stores.timestampedKeyValueStore(materialized.name, { key, value: materialized.value }),
    );
  }
  const node = addProcessor(
    context,
    name,
    [thisSide, otherSide],
    merger(store, oldValues),
    store === null ? [] : [store],
  );
  const enable = (): boolean => {
    left.enableOldValues(true);
    right.enableOldValues(true);
    oldValues.enabled = true;
    return true;
  };
  return {
    node,
    key: left.key,
    value: materialized?.value ?? null,
    sources,
    store,
    enableOldValues: enable,
    valueGetter: () => (store === null ? joinedGetter(leftRows, rightRows, options) : storeGetter(store)),
  };
}

interface JoinSide {
  readonly other: ValueGetterSupplier;
  readonly joiner: Joiner;
  /** Nothing is emitted while the other side has no row. */
  readonly required: boolean;
  readonly oldValues: OldValues;
  /** The right side of a left join: its own row may be missing. */
  readonly nullable?: boolean;
}

/** Kafka Streams: `KTableKTableInnerJoin`, `KTableKTableLeftJoin`, `KTableKTableRightJoin`. */
function joinSide(side: JoinSide): ProcessorSupplier {
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
          const other = lookUp(record.key);
          if (other === null && (side.required || (change.newValue === null && change.oldValue === null)))
            return;
          const join = (value: unknown): unknown =>
            value === null && side.nullable !== true
              ? null
              : (side.joiner(value, other?.value ?? null) ?? null);
          context.forward({
            ...record,
            value: {
              newValue: join(change.newValue),
              oldValue: side.oldValues.enabled ? join(change.oldValue) : null,
            },
            timestamp: Math.max(record.timestamp, other?.timestamp ?? -1),
          });
        };
      },
      process: (record) => process(record),
    };
  };
}

function merger(store: string | null, oldValues: OldValues): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const emit = tableForwarder(context, store, oldValues);
        process = (record) => {
          const change = record.value as Change<unknown>;
          emit(record, change.newValue, change.oldValue);
        };
      },
      process: (record) => process(record),
    };
  };
}

function joinedGetter(
  left: ValueGetterSupplier,
  right: ValueGetterSupplier,
  options: TableJoinOptions,
): ValueGetterSupplier {
  return {
    stores: [...left.stores, ...right.stores],
    get(context) {
      const leftRow = left.get(context);
      const rightRow = right.get(context);
      return (key) => {
        const one = leftRow(key);
        const two = rightRow(key);
        if (one === null || (two === null && !options.left)) return null;
        const value = options.joiner(one.value, two?.value ?? null) ?? null;
        return value === null ? null : { value, timestamp: Math.max(one.timestamp, two?.timestamp ?? -1) };
      };
    },
  };
}
