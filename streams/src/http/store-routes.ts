import { InvalidStateStoreError, SerializationError } from '../errors.ts';
import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import type { Serde } from '../serdes.ts';
import type { StoreBuilder } from '../store-builder.ts';
import { HttpError, type HttpReply, HttpService, type HttpServiceOptions } from './http-service.ts';
import { toPrometheus } from './prometheus.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** Starts a server with the routes of `addStoreRoutes`; `close` ends it, not the streams. */
export async function serveStores(
  streams: KafkaStreams,
  options: HttpServiceOptions = {},
): Promise<{ readonly host: string; readonly port: number; readonly url: string; close(): Promise<void> }> {
  const service = new HttpService({ ready: () => streams.state === 'RUNNING', ...options });
  addStoreRoutes(service, streams);
  const address = await service.listen();
  return { ...address, close: () => service.close() };
}

/**
 * Interactive queries over this instance's part of the stores, as JSON:
 * `GET /stores`, `GET /stores/{name}` (`from`, `to`, `limit`; keys of key-value stores, times of window
 * stores), `GET /stores/{name}/{key}` (window stores: `from`, `to`), `GET /metrics` (Prometheus text)
 * and `GET /health`. A key in the path is text, or JSON where the store's keys are not text.
 */
export function addStoreRoutes(service: HttpService, streams: KafkaStreams): void {
  const builderOf = (name: string): StoreBuilder => {
    const builder = streams.storeBuilders().find((each) => each.name === name);
    if (builder === undefined) throw new HttpError(404, `There is no store named "${name}".`);
    return builder;
  };
  service
    .route('GET', '/stores', () => ({
      body: streams.storeBuilders().map(({ name, kind }) => ({ name, kind })),
    }))
    .route('GET', '/stores/{name}', ({ params, query }) =>
      answer(() => listEntries(streams, builderOf(params.name), query)),
    )
    .route('GET', '/stores/{name}/{key}', ({ params, query }) =>
      answer(() => readKey(streams, builderOf(params.name), params.key, query)),
    )
    .route('GET', '/metrics', () => metrics(streams), { alwaysOpen: true })
    .route('GET', '/health', () => health(streams), { alwaysOpen: true });
}

function answer(read: () => HttpReply): HttpReply {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidStateStoreError) throw new HttpError(503, error.message);
    if (error instanceof SerializationError) throw new HttpError(400, error.message);
    throw error;
  }
}

function listEntries(streams: KafkaStreams, builder: StoreBuilder, query: URLSearchParams): HttpReply {
  const limit = numberOf(query, 'limit', DEFAULT_LIMIT);
  if (limit < 1 || limit > MAX_LIMIT) throw new HttpError(400, `limit must be 1 to ${MAX_LIMIT}.`);
  const entries: object[] = [];
  const iterator =
    builder.kind === 'window'
      ? streams
          .windowStore(builder.name)
          .fetchAll(numberOf(query, 'from', 0), numberOf(query, 'to', Number.MAX_SAFE_INTEGER))
      : streams.store(builder.name).range(bound(builder, query, 'from'), bound(builder, query, 'to'));
  let more = false;
  for (const [key, value] of iterator) {
    more = entries.length === limit;
    if (more) break;
    entries.push({ key, value });
  }
  return { body: { store: builder.name, entries, more } };
}

function readKey(
  streams: KafkaStreams,
  builder: StoreBuilder,
  text: string,
  query: URLSearchParams,
): HttpReply {
  const key = parseKey(builder.key, text);
  if (builder.kind === 'window') {
    const from = numberOf(query, 'from', 0);
    const to = numberOf(query, 'to', Number.MAX_SAFE_INTEGER);
    const windows = [...streams.windowStore(builder.name).fetchRange(key, from, to)].map(
      ([start, value]) => ({
        start,
        end: start + builder.windowSizeMs,
        value,
      }),
    );
    return { body: { key, windows } };
  }
  const value = streams.store(builder.name).get(key);
  if (value === null)
    throw new HttpError(404, `The store "${builder.name}" has no key ${text} on this instance.`);
  return { body: { key, value } };
}

function bound(builder: StoreBuilder, query: URLSearchParams, name: string): unknown {
  const text = query.get(name);
  return text === null ? null : parseKey(builder.key, text);
}

/** Text if the serde takes text, the JSON value otherwise. */
export function parseKey(serde: Serde<unknown>, text: string): unknown {
  try {
    serde.serialize(text);
    return text;
  } catch {
    try {
      const value: unknown = JSON.parse(text);
      serde.serialize(value);
      return value;
    } catch {
      throw new HttpError(400, `"${text}" is not a key of this store.`);
    }
  }
}

function numberOf(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new HttpError(400, `${name} must be a whole number, not "${text}".`);
  return value;
}

function metrics(streams: KafkaStreams): HttpReply {
  return { body: toPrometheus(streams.metrics(), streams.state), contentType: 'text/plain; version=0.0.4' };
}

function health(streams: KafkaStreams): HttpReply {
  const { state } = streams;
  return { status: state === 'RUNNING' ? 200 : 503, body: { state, tasks: streams.taskIds } };
}
