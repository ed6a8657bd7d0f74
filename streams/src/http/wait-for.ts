import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import { routingOf } from './kafka-query-routing.ts';
import { type WaitForOptions, waitForRow } from './wait-for-row.ts';

/**
 * The row of a key in this instance's part of a key-value store, versioned or not; null without one.
 * Throws `InvalidStateStoreError` while not RUNNING. `queryKey` asks the other instances too.
 */
export function latestRow<V>(streams: KafkaStreams, store: string, key: unknown): V | null {
  const isVersioned = streams
    .storeBuilders()
    .some(({ name, kind }) => name === store && kind === 'versioned');
  if (isVersioned) return streams.versionedStore<unknown, V>(store).get(key)?.value ?? null;
  return streams.store<unknown, V>(store).get(key);
}

/**
 * Waits until the row of a key in a key-value store, versioned or not, satisfies a predicate, on whichever
 * instance it is; for reading one's own writes. A row that is here is looked at with each of its changes.
 * The instance that has it elsewhere is asked again, first after 50 ms and then 4 times a second, so that
 * a state it is in for a shorter time may be missed; it must serve its stores (`addStoreRoutes`). Survives
 * rebalances and the end of the owner. Answers the row, or null when the time is up first.
 */
export async function waitFor<V>(streams: KafkaStreams, options: WaitForOptions<V>): Promise<V | null> {
  return waitForRow(routingOf(streams), options);
}
