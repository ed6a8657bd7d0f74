import type { TopologyPlan } from '../src/internals/plan.ts';
import type { Windowed } from '../src/state-stores.ts';
import type { StoreBuilder } from '../src/store-builder.ts';
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
      if (!builder.timestamped)
        return [...driver.getWindowStore(name).all()].map(([key, value]) => toRow(key, value));
      const entries = [...driver.getTimestampedWindowStore(name).all()];
      return entries.map(([key, { value, timestamp }]) => toRow(key, value, timestamp));
    }
    default:
      return [];
  }
}

function toRow(key: unknown, value: unknown, at?: number): StoreRow | null {
  const windowed =
    typeof key === 'object' && key !== null && 'window' in key ? (key as Windowed<unknown>) : null;
  const base = windowed === null ? key : windowed.key;
  if (!isPlain(base) || !isPlain(value)) return null;
  return {
    key: base,
    value,
    ...(windowed === null ? {} : { start: windowed.window.start, end: windowed.window.end }),
    ...(at === undefined ? {} : { at }),
  };
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
