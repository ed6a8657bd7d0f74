import type { TopologyPlan } from '../src/internals/plan.ts';
import type { Windowed } from '../src/state-stores.ts';
import type { StoreBuilder, VersionedKeyValueStoreBuilder } from '../src/store-builder.ts';
import type { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import type { StoreRow } from './answer.ts';

/** The rows of every store that holds plain keys and values. */
export function readStores(
  driver: TopologyTestDriver,
  plan: TopologyPlan,
): Readonly<Record<string, readonly StoreRow[]>> {
  const builders = [
    ...plan.subtopologies.flatMap((part) => part.stores.map((store) => store.builder)),
    ...plan.globalStores.map((store) => store.builder),
  ].toSorted((one, two) => (one.name < two.name ? -1 : 1));
  const stores: Record<string, readonly StoreRow[]> = {};
  for (const builder of builders) {
    const rows = rowsOf(driver, builder);
    if (rows.length > 0 && rows.every((row) => row !== null)) stores[builder.name] = rows;
  }
  return stores;
}

/** A null among them stands for what is no plain key or value. */
function rowsOf(driver: TopologyTestDriver, builder: StoreBuilder): (StoreRow | null)[] {
  const { name } = builder;
  switch (builder.kind) {
    case 'key-value': {
      if (!builder.timestamped)
        return [...driver.getKeyValueStore(name).all()].map(([key, value]) => toRow(key, value));
      const entries = [...driver.getTimestampedKeyValueStore(name).all()];
      return entries.map(([key, { value, timestamp }]) => toRow(key, value, timestamp));
    }
    case 'window': {
      // Kafka Streams cannot list those either: its windows must have a length.
      if (builder.windowSizeMs === 0) return [];
      if (!builder.timestamped)
        return [...driver.getWindowStore(name).all()].map(([key, value]) => toRow(key, value));
      const entries = [...driver.getTimestampedWindowStore(name).all()];
      return entries.map(([key, { value, timestamp }]) => toRow(key, value, timestamp));
    }
    case 'session':
      return [...driver.getSessionStore(name).all()].map(([key, value]) => toRow(key, value));
    case 'versioned':
      return versionedRows(driver, builder);
    case 'suppress-buffer':
      // Kafka Streams' cannot be looked into either.
      return [];
  }
}

/** A versioned store lists nothing, so each version its changelog speaks of is looked up. */
function versionedRows(
  driver: TopologyTestDriver,
  builder: VersionedKeyValueStoreBuilder,
): (StoreRow | null)[] {
  if (!builder.logged) return [];
  const versions = new Map<string, { readonly key: Uint8Array; readonly times: Set<number> }>();
  for (const { key, timestamp } of driver.changelog(builder.name)) {
    if (key === null) continue;
    const hex = Buffer.from(key).toString('hex');
    const known = versions.get(hex) ?? { key, times: new Set<number>() };
    versions.set(hex, known);
    known.times.add(timestamp);
  }
  const store = driver.getVersionedKeyValueStore(builder.name);
  return [...versions.values()]
    .toSorted((one, two) => Buffer.compare(one.key, two.key))
    .flatMap(({ key, times }) => {
      const read = builder.key.deserialize(key);
      const asOf = [...times].toSorted((one, two) => one - two);
      return [
        ...asOf.map((time) => toVersion(read, store.get(read, time), time)),
        toVersion(read, store.get(read)),
      ];
    });
}

interface Version {
  readonly value: unknown;
  readonly timestamp: number;
}

function toVersion(key: unknown, found: Version | null, asOf?: number): StoreRow | null {
  const fields = keyFields(key);
  if (fields === null) return null;
  const at = asOf === undefined ? {} : { asOf };
  if (found === null) return { ...fields, ...at, value: null };
  const value = plain(found.value);
  return value === null ? null : { ...fields, ...at, value, at: found.timestamp };
}

function toRow(key: unknown, stored: unknown, at?: number): StoreRow | null {
  const fields = keyFields(key);
  const value = plain(stored);
  if (fields === null || value === null) return null;
  return { ...fields, value, ...(at === undefined ? {} : { at }) };
}

/** A key, with its window where it has one; null for what is no plain key. */
function keyFields(key: unknown): Pick<StoreRow, 'key' | 'start' | 'end'> | null {
  if (typeof key !== 'object' || key === null || !('window' in key)) {
    const shown = plain(key);
    return shown === null ? null : { key: shown };
  }
  const { key: base, window } = key as Windowed<unknown>;
  const shown = plain(base);
  return shown === null ? null : { key: shown, start: window.start, end: window.end };
}

/** Strings and longs; those that JSON cannot hold, as text. */
function plain(value: unknown): string | number | null {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
