import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { ValueGetterSupplier } from './table-origin.ts';

export interface LookupJoin {
  readonly table: ValueGetterSupplier;
  readonly keyMapper: (key: unknown, value: unknown) => unknown;
  readonly joiner: (value: unknown, tableValue: unknown, key: unknown) => unknown;
  readonly left: boolean;
}

/**
 * Joins each record of a stream with the row a table has at that moment, or had at the record's time when the
 * table keeps versions. Only the stream triggers.
 * Null values are dropped, and null lookup keys too unless it is a left join
 * (Kafka Streams: `KStreamKTableJoinProcessor`, KIP-962).
 */
export function lookupJoin(join: LookupJoin): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const lookUp = join.table.get(context);
        process = (record) => {
          const value = record.value ?? null;
          const tableKey = join.keyMapper(record.key, value) ?? null;
          if (value === null || (tableKey === null && !join.left)) {
            context.recordDropped(value === null ? 'null-value' : 'null-key');
            return;
          }
          const row = tableKey === null ? null : lookUp(tableKey, record.timestamp);
          if (row === null && !join.left) return;
          context.forward({ ...record, value: join.joiner(value, row?.value ?? null, record.key) });
        };
      },
      process: (record) => process(record),
    };
  };
}
