import type { StoreBuilder } from '../store-builder.ts';
import { HttpError } from './http-service.ts';
import { createRouter, type StoreRoutesOptions } from './query-routes.ts';
import type { QueryRouting } from './query-routing.ts';
import { readRowFrom } from './read-part.ts';
import { toKeyQuery } from './store-query.ts';
import { readLocally, UnavailableError } from './unavailable.ts';

/** Which row is meant, and how others are asked for it. */
export interface RowOptions extends Pick<StoreRoutesOptions, 'peerTimeoutMs' | 'urlOf'> {
  readonly store: string;
  readonly key: unknown;
  /** A standby may answer when the owner cannot. */
  readonly stale?: boolean | undefined;
  /** Versioned stores: the row that was valid then, ms. */
  readonly asOf?: number | undefined;
}

/** The row of a key in a store without windows, on whichever instance it is. */
export class RoutedRow<V> {
  readonly #routing: QueryRouting;
  readonly #options: RowOptions;
  readonly #builder: StoreBuilder;

  /** Throws `HttpError`: 404 for a store that is not there or has windows, 400 for `asOf` without versions. */
  constructor(routing: QueryRouting, options: RowOptions) {
    this.#routing = routing;
    this.#options = options;
    this.#builder = builderOf(routing, options.store);
    if (options.asOf !== undefined && this.#builder.kind !== 'versioned')
      throw new HttpError(400, `The store "${options.store}" is not versioned; leave asOf out.`);
  }

  /** True when this instance has the key's partition, so that what it does not have is nowhere. */
  isHere(): boolean {
    const { store } = this.#options;
    if (this.#routing.state !== 'RUNNING') return false;
    const owners = this.#routing.owners(store);
    if (owners === null) return true;
    const partition = this.#partition();
    if (partition === null) return false;
    const active = owners.find((each) => each.partition === partition)?.active ?? null;
    if (active?.here !== true) return false;
    return this.#routing.localParts(store, false).some((part) => part.partition === partition);
  }

  /** The row in the parts that are here, also one that another partitioner put there; null: it is not. */
  readHere(): V | null {
    const { store, key, asOf } = this.#options;
    if (this.#routing.state !== 'RUNNING') return null;
    const query = { key, asOf: asOf ?? null };
    return readLocally(() => {
      for (const { handle } of this.#routing.localParts(store, false)) {
        const row = readRowFrom(handle, query);
        if (row !== null) return row as V;
      }
      return null;
    });
  }

  /**
   * The row, wherever it is; null: there is none. Throws `HttpError` 503 while the owner is down or its
   * tasks move, and 400 for a key that the store cannot have.
   */
  async read(signal: AbortSignal): Promise<V | null> {
    const here = this.readHere();
    if (here !== null || this.isHere()) return here;
    const { store, key, stale = false, asOf } = this.#options;
    const { query, text, search } = readLocally(() => toKeyQuery(this.#builder, key, { stale, asOf }));
    const { status = 200, body } = await createRouter(this.#routing, this.#options).readKey(query, {
      path: `/stores/${encodeURIComponent(store)}/${text}`,
      search,
      hop: false,
      stale,
      mayAskStale: false,
      partitions: null,
      headers: {},
      signal,
    });
    if (status === 200 && isEncoded(body)) return this.#decode(body.value);
    const [refusal, why] = status === 400 ? [400, 'refuses the key'] : [503, `does not serve it (${status})`];
    throw new HttpError(refusal, `The instance that has this part of the store "${store}" ${why}.`);
  }

  /** Null while it is not known. */
  #partition(): number | null {
    const { store, key } = this.#options;
    try {
      return readLocally(() => this.#routing.partitionOf(store, key));
    } catch (error) {
      if (error instanceof UnavailableError) return null;
      throw error;
    }
  }

  #decode(value: string | null): V | null {
    return value === null ? null : (this.#builder.value.deserialize(Buffer.from(value, 'base64')) as V);
  }
}

function builderOf(routing: QueryRouting, store: string): StoreBuilder {
  const builder = routing.builders().find(({ name }) => name === store);
  if (builder?.kind === 'key-value' || builder?.kind === 'versioned') return builder;
  throw new HttpError(404, `There is no key-value store named "${store}".`);
}

function isEncoded(body: unknown): body is { readonly value: string | null } {
  if (typeof body !== 'object' || body === null || !('value' in body)) return false;
  return body.value === null || typeof body.value === 'string';
}
