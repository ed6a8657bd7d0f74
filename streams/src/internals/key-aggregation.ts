import type { Processor, ProcessorSupplier } from '../processor.ts';
import { step } from './aggregation.ts';
import type { AggregationKind, AggregationStep } from './aggregation-kind.ts';
import type { Change } from './change.ts';
import { storeGetter } from './table-origin.ts';
import { tableStore, tableStoreBuilder } from './table-store.ts';

/** Aggregation by key alone. */
export const byKey: AggregationKind = {
  store: (options, key) => tableStoreBuilder(options.name, key, options.value, options),
  resultKey: (key) => key,
  getter: (store) => storeGetter(store),
  supplier: keyAggregate,
  closesAfterMs: null,
};

/** Kafka Streams: `KStreamAggregate`, `KStreamReduce`. */
function keyAggregate({ store, aggregation, oldValues }: AggregationStep): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const rows = tableStore(context, store);
        process = (record) => {
          const { key, value } = record;
          if ((key ?? null) === null || (value ?? null) === null) {
            context.recordDropped((key ?? null) === null ? 'null-key' : 'null-value');
            return;
          }
          const old = rows.get(key);
          const timestamp = old === null ? record.timestamp : Math.max(record.timestamp, old.timestamp);
          const { before, after } = step(aggregation, key, value, old === null ? null : old.value);
          const put = rows.put(key, after, timestamp);
          if (put === 'expired') return;
          const oldValue = oldValues.enabled ? before : null;
          const change: Change<unknown> = { newValue: after, oldValue, isLatest: put === 'latest' };
          context.forward({ key, value: change, timestamp, headers: record.headers });
        };
      },
      process: (record) => process(record),
    };
  };
}
