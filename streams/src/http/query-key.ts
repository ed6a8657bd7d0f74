import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import { routingOf } from './kafka-query-routing.ts';
import type { StoreRoutesOptions } from './query-routes.ts';
import type { QueryRouting } from './query-routing.ts';
import { RoutedRow } from './routed-row.ts';

/** How a key is asked for. */
export interface QueryKeyOptions extends Pick<StoreRoutesOptions, 'peerTimeoutMs' | 'urlOf'> {
  /** A standby may answer when the owner cannot; default false. */
  readonly stale?: boolean;
  /** Versioned stores: the row that was valid at that time, ms; default: the latest. */
  readonly asOf?: number;
  readonly signal?: AbortSignal;
}

/**
 * The row of a key in a key-value store, versioned or not, on whichever instance it is; null when there
 * is none. What is here is read at once; the others must serve their stores (`addStoreRoutes`) and have
 * the same serdes. Throws `HttpError`: 503 while the owner is down or its tasks move, 400 for what the
 * store cannot be asked, 404 for a store that is not there.
 */
export function queryKey<V>(
  streams: KafkaStreams,
  store: string,
  key: unknown,
  options: QueryKeyOptions = {},
): Promise<V | null> {
  return queryRoutedKey(routingOf(streams), store, key, options);
}

/** As `queryKey`, by any routing. */
export async function queryRoutedKey<V>(
  routing: QueryRouting,
  store: string,
  key: unknown,
  { signal, ...options }: QueryKeyOptions,
): Promise<V | null> {
  const row = new RoutedRow<V>(routing, { store, key, ...options });
  return row.read(signal ?? new AbortController().signal);
}
