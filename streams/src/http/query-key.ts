import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import { HttpError } from './http-service.ts';
import { routingOf } from './kafka-query-routing.ts';
import { createRouter, type StoreRoutesOptions } from './query-routes.ts';
import type { QueryRouting } from './query-routing.ts';
import { parseKeyQuery } from './store-query.ts';

/** How a key is asked for. */
export interface QueryKeyOptions extends Pick<StoreRoutesOptions, 'peerTimeoutMs' | 'urlOf'> {
  /** A standby may answer when the owner cannot; default false. */
  readonly stale?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The value of a key of a key-value store, on whichever instance it is; null when there is none. The
 * others must serve their stores (`addStoreRoutes`); what comes from them went through JSON. Throws
 * `HttpError` 503 while the owner is down or its tasks move.
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
  options: QueryKeyOptions,
): Promise<V | null> {
  const builder = routing.builders().find(({ name, kind }) => name === store && kind === 'key-value');
  if (builder === undefined) throw new HttpError(404, `There is no key-value store named "${store}".`);
  const text = JSON.stringify(key);
  const search = new URLSearchParams({ keyAs: 'json', ...(options.stale === true ? { stale: 'true' } : {}) });
  const { status, body } = await createRouter(routing, options).readKey(
    parseKeyQuery(builder, text, search),
    {
      path: `/stores/${encodeURIComponent(store)}/${encodeURIComponent(text)}`,
      search,
      hop: false,
      stale: options.stale ?? false,
      partitions: null,
      headers: {},
      signal: options.signal ?? new AbortController().signal,
    },
  );
  if (status === 404) return null;
  if ((status ?? 200) === 200 && hasValue(body)) return body.value as V;
  throw new HttpError(status ?? 500, `The store "${store}" cannot answer about ${text}.`);
}

function hasValue(body: unknown): body is { readonly value: unknown } {
  return typeof body === 'object' && body !== null && 'value' in body;
}
