import type { ProcessorSupplier } from '../src/processor.ts';
import type { StreamRecord } from '../src/record.ts';
import type { ValueAndTimestamp, VersionedKeyValueStore } from '../src/state-stores.ts';
import { Stores } from '../src/store-builder.ts';
import type { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { type TableScenario, text } from './table-scenario.ts';

type Row = ValueAndTimestamp<string> | null;

/** What a versioned store answers for each key, of now and as of many times. */
export function versionsOf(driver: TopologyTestDriver, store: string, step: number): string[] {
  const rows = driver.getVersionedKeyValueStore<string, string>(store);
  const tell = (row: Row): string => (row === null ? 'null' : `${row.value} @${row.timestamp}`);
  return ['a', 'b', 'c'].flatMap((key) => [
    `latest ${key} ${tell(rows.get(key))}`,
    ...Array.from({ length: 40 }, (_, at) => `at ${at * step} ${key} ${tell(rows.get(key, at * step))}`),
  ]);
}

/** Puts, deletes on `D`, and tells what the store says around the record's time. */
function probe(historyMs: number): ProcessorSupplier<string, string, string, string> {
  return () => {
    let process: (record: StreamRecord<string, string>) => void = () => undefined;
    const tell = (row: Row): string => (row === null ? 'null' : `${row.value}@${row.timestamp}`);
    return {
      init(context) {
        const store = context.getStateStore<VersionedKeyValueStore<string, string>>('v');
        const half = Math.trunc(historyMs / 2);
        const quarter = Math.trunc(historyMs / 4);
        process = (record) => {
          const { key, value, timestamp: at } = record;
          const done = value === 'D' ? `D ${tell(store.delete(key, at))}` : store.put(key, value, at);
          const around = [at - 3, at - half, at + quarter].map((time) => tell(store.get(key, time)));
          context.forward({ ...record, value: [done, tell(store.get(key)), ...around].join(' ') });
        };
      },
      process(record) {
        if (record.key !== null) process(record);
      },
    };
  };
}

interface StoreScenario {
  readonly name: string;
  readonly seed: number;
  readonly drift: number;
  readonly spread: number;
  readonly historyMs: number;
  readonly step: number;
}

function storeScenario({ name, seed, drift, spread, historyMs, step }: StoreScenario): TableScenario {
  return {
    name,
    seed,
    drift,
    spread,
    inputs: [{ topic: 'l', keys: 'a b c a b -', values: 'v0 v1 v2 v3 - - D D' }],
    build(builder) {
      const versioned = Stores.versionedKeyValueStore('v', { ...text, historyRetentionMs: historyMs });
      builder.addStateStore(versioned);
      builder
        .stream('l', text)
        .process(probe(historyMs), { name: 'probe', stores: ['v'], ...text })
        .to('out');
    },
    topics: ['out', 'app-v-changelog'],
    after: (driver) => versionsOf(driver, 'v', step),
  };
}

/** A versioned store by itself: versions out of order, equal times, deletions, what expires. */
export const versionedStoreScenarios: readonly TableScenario[] = [
  { name: 'store', seed: 3, drift: 1, spread: 60, historyMs: 20, step: 2 },
  { name: 'store-segments', seed: 5, drift: 300, spread: 15_000, historyMs: 10_000, step: 500 },
  { name: 'store-equal-times', seed: 7, drift: 1, spread: 3, historyMs: 5, step: 2 },
  { name: 'store-no-history', seed: 9, drift: 1, spread: 4, historyMs: 0, step: 2 },
  { name: 'store-long', seed: 11, drift: 40_000, spread: 4_000_000, historyMs: 3_600_000, step: 60_000 },
].map(storeScenario);
