import type { StoreBuilder } from '../store-builder.ts';
import { HttpError, type HttpRequest, type HttpService } from './http-service.ts';
import { HOP_HEADER, PARTITIONS_HEADER } from './peer-request.ts';
import type { QueryRouting } from './query-routing.ts';
import { parseKeyQuery, parseListQuery } from './store-query.ts';
import { type Asked, type RoutingMode, StoreRouter } from './store-router.ts';

const PEER_TIMEOUT_MS = 5_000;

/** How instances work together in answering queries. */
export interface StoreRoutesOptions {
  /**
   * What to do with a key that another instance has: `proxy` (default) asks it, `redirect` sends the
   * client there (307), `local` answers from this instance's part only. Lists are always put together
   * here, unless `local`.
   */
  readonly routing?: RoutingMode;
  /** How long another instance may take to answer, ms; default 5000. */
  readonly peerTimeoutMs?: number;
  /** The address of an instance, from its `host:port`; default `http://host:port`. */
  readonly urlOf?: (endpoint: string) => string;
}

/** The routes under `/stores`. They say themselves whether they are ready: a standby, or another instance, may be. */
export function addQueryRoutes(
  service: HttpService,
  routing: QueryRouting,
  options: StoreRoutesOptions,
): void {
  const router = createRouter(routing, options);
  const builderOf = (name: string): StoreBuilder => {
    const builder = queryable(routing).find((each) => each.name === name);
    if (builder === undefined) throw new HttpError(404, `There is no store named "${name}".`);
    return builder;
  };
  const open = { alwaysOpen: true };
  service
    .route('GET', '/stores', () => ({ body: queryable(routing).map(({ name, kind }) => ({ name, kind })) }))
    .route(
      'GET',
      '/stores/{name}',
      (request) =>
        router.list(parseListQuery(builderOf(request.params.name), request.query), askedOf(request)),
      open,
    )
    .route(
      'GET',
      '/stores/{name}/{key}',
      (request) => {
        const { name, key } = request.params;
        return router.readKey(parseKeyQuery(builderOf(name), key, request.query), askedOf(request));
      },
      open,
    );
}

export function createRouter(routing: QueryRouting, options: StoreRoutesOptions): StoreRouter {
  return new StoreRouter(routing, {
    mode: options.routing ?? 'proxy',
    timeoutMs: options.peerTimeoutMs ?? PEER_TIMEOUT_MS,
    urlOf: options.urlOf ?? ((endpoint) => `http://${endpoint}`),
  });
}

/** The buffers of `suppress` are no stores to be asked. */
function queryable(routing: QueryRouting): StoreBuilder[] {
  return routing.builders().filter(({ kind }) => kind !== 'suppress-buffer');
}

function askedOf(request: HttpRequest<'name'> & { readonly params: { readonly key?: string } }): Asked {
  const { params, query, headers, signal } = request;
  const names = params.key === undefined ? [params.name] : [params.name, params.key];
  const { authorization } = headers;
  return {
    path: ['/stores', ...names.map(encodeURIComponent)].join('/'),
    search: query,
    hop: headers[HOP_HEADER] !== undefined || query.has('hop'),
    stale: query.get('stale') === 'true',
    mayAskStale: headers[HOP_HEADER] === undefined,
    partitions: parsePartitions(headers[PARTITIONS_HEADER]),
    headers: authorization === undefined ? {} : { authorization },
    signal,
  };
}

function parsePartitions(header: string | string[] | undefined): number[] | null {
  if (typeof header !== 'string') return null;
  const partitions = header.split(',').map(Number);
  if (partitions.every((each) => Number.isSafeInteger(each) && each >= 0)) return partitions;
  throw new HttpError(400, `"${header}" in ${PARTITIONS_HEADER} is not a list of partitions.`);
}
