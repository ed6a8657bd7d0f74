import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import { type HttpReply, HttpService, type HttpServiceOptions } from './http-service.ts';
import { routingOf } from './kafka-query-routing.ts';
import { toPrometheus } from './prometheus.ts';
import { addQueryRoutes, type StoreRoutesOptions } from './query-routes.ts';

/** Starts a server with the routes of `addStoreRoutes`; `close` ends it, not the streams. */
export async function serveStores(
  streams: KafkaStreams,
  options: HttpServiceOptions & StoreRoutesOptions = {},
): Promise<{ readonly host: string; readonly port: number; readonly url: string; close(): Promise<void> }> {
  const service = new HttpService({ ready: () => streams.state === 'RUNNING', ...options });
  addStoreRoutes(service, streams, options);
  const address = await service.listen();
  return { ...address, close: () => service.close() };
}

/**
 * Interactive queries as JSON, on any instance about all keys. The instances need `server` in their
 * configurations, where these routes answer.
 *
 * `GET /stores`, `GET /stores/{name}` (`limit`; `from`, `to`: keys, or times of windowed stores),
 * `GET /stores/{name}/{key}` (`from`, `to`: times of windowed stores; `asOf`: a time of versioned ones),
 * `GET /metrics` (Prometheus text) and `GET /health`. A key in the path is text, or JSON where the
 * store's keys are not text; `keyAs=json` says that it is JSON.
 *
 * While the instance that has a key is down or its tasks move, the answer is 503 with Retry-After. With
 * `?stale=true` a standby answers then: `Millstream-Stale: true` says so, and `Millstream-Lag-Records`
 * how many records it is behind, if that is known.
 */
export function addStoreRoutes(
  service: HttpService,
  streams: KafkaStreams,
  options: StoreRoutesOptions = {},
): void {
  const open = { alwaysOpen: true };
  addQueryRoutes(service, routingOf(streams), options);
  service
    .route('GET', '/metrics', () => metrics(streams), open)
    .route('GET', '/health', () => health(streams), open);
}

function metrics(streams: KafkaStreams): HttpReply {
  return { body: toPrometheus(streams.metrics(), streams.state), contentType: 'text/plain; version=0.0.4' };
}

function health(streams: KafkaStreams): HttpReply {
  const { state } = streams;
  return { status: state === 'RUNNING' ? 200 : 503, body: { state, tasks: streams.taskIds } };
}
