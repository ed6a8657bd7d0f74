import type { Instance, LocalPart, PartOwners } from '../kafka/store-parts.ts';
import { freshnessHeaders, freshnessOf, freshnessOfAll, parseFreshness } from './freshness.ts';
import { HttpError, type HttpReply } from './http-service.ts';
import { collectLists, type ListPart, mergeLists } from './list-merge.ts';
import { askPeer, PARTITIONS_HEADER } from './peer-request.ts';
import type { QueryRouting } from './query-routing.ts';
import { type ListedEntry, listFrom, readKeyFrom } from './read-part.ts';
import type { KeyQuery, ListQuery } from './store-query.ts';
import { readLocally, UnavailableError } from './unavailable.ts';

/** What an instance does with a question about a key that another one has. */
export type RoutingMode = 'proxy' | 'redirect' | 'local';

/** How a question came in. */
export interface Asked {
  /** Path and query, to ask another instance the same. */
  readonly path: string;
  readonly search: URLSearchParams;
  /** Another instance asks: nobody else may be asked. */
  readonly hop: boolean;
  /** An answer that may not be up to date is better than none. */
  readonly stale: boolean;
  /** Who asks may ask again with `?stale=true`, and is told so. */
  readonly mayAskStale: boolean;
  /** The partitions another instance asks for; null: all. */
  readonly partitions: readonly number[] | null;
  /** Passed on to other instances. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface StoreRouterOptions {
  readonly mode: RoutingMode;
  /** How long another instance may take to answer. */
  readonly timeoutMs: number;
  readonly urlOf: (endpoint: string) => string;
}

/**
 * Answers questions about stores: from the parts that are here, or by asking the instances that have
 * the others. Where an answer cannot be complete it throws `HttpError` 503, never a part of the truth.
 */
export class StoreRouter {
  readonly #routing: QueryRouting;
  readonly #options: StoreRouterOptions;

  constructor(routing: QueryRouting, options: StoreRouterOptions) {
    this.#routing = routing;
    this.#options = options;
  }

  async readKey(query: KeyQuery, asked: Asked): Promise<HttpReply> {
    const owners = this.#routing.owners(query.builder.name);
    return this.#orRefuse(owners, asked, async () => {
      if (owners === null) return this.#readHere(query, 0, asked);
      const partition = readLocally(() => this.#routing.partitionOf(query.builder.name, query.key));
      if (this.#asksNobody(asked)) return this.#readHere(query, partition, asked);
      let failure = nobodyHas(query.builder.name, partition);
      for (const instance of candidatesOf(owners, partition, asked.stale)) {
        try {
          return await this.#readFrom(instance, query, partition, asked);
        } catch (error) {
          if (!(error instanceof UnavailableError)) throw error;
          failure = error;
        }
      }
      throw failure;
    });
  }

  async list(query: ListQuery, asked: Asked): Promise<HttpReply> {
    const { name } = query.builder;
    const owners = this.#routing.owners(name);
    return this.#orRefuse(owners, asked, async () => {
      const parts =
        owners === null || this.#asksNobody(asked)
          ? [this.#listHere(query, asked.partitions, asked)]
          : await collectLists(
              name,
              new Map(
                owners.map(({ partition }) => [partition, candidatesOf(owners, partition, asked.stale)]),
              ),
              (instance, partitions) => this.#listFrom(instance, query, partitions, asked),
            );
      const { entries, more } = mergeLists(parts, query.limit);
      return {
        headers: freshnessHeaders(freshnessOfAll(parts)),
        body: {
          store: name,
          entries: asked.hop ? entries : entries.map(({ key, value }) => ({ key, value })),
          more,
        },
      };
    });
  }

  #asksNobody(asked: Asked): boolean {
    return asked.hop || this.#options.mode === 'local';
  }

  async #readFrom(instance: Instance, query: KeyQuery, partition: number, asked: Asked): Promise<HttpReply> {
    if (instance.here) return this.#readHere(query, partition, asked);
    const url = this.#urlOf(instance, asked, this.#options.mode === 'redirect');
    if (this.#options.mode === 'redirect') return { status: 307, headers: { location: url } };
    const { status, body, stale, lag } = await askPeer(url, asked.headers, this.#signal(asked));
    return { status, body, headers: freshnessHeaders(parseFreshness(stale, lag)) };
  }

  #readHere(query: KeyQuery, partition: number, asked: Asked): HttpReply {
    const { name } = query.builder;
    const [part] = this.#partsHere(name, [partition], asked);
    if (part === undefined) throw nobodyHas(name, partition);
    const body = readLocally(() => readKeyFrom(part.handle, query));
    const headers = freshnessHeaders(freshnessOf(part));
    if (body !== null) return { body, headers };
    return { status: 404, headers, body: { error: `The store "${name}" has no such key.` } };
  }

  async #listFrom(
    instance: Instance,
    query: ListQuery,
    partitions: readonly number[],
    asked: Asked,
  ): Promise<ListPart> {
    if (instance.here) return this.#listHere(query, partitions, asked);
    const headers = { ...asked.headers, [PARTITIONS_HEADER]: partitions.join(',') };
    const reply = await askPeer(this.#urlOf(instance, asked, false), headers, this.#signal(asked));
    const body = reply.body as { entries?: readonly ListedEntry[]; more?: boolean } | null;
    if (reply.status !== 200 || !Array.isArray(body?.entries)) {
      throw new UnavailableError(
        `The instance at ${instance.endpoint} answers something else (${reply.status})`,
      );
    }
    return { ...parseFreshness(reply.stale, reply.lag), entries: body.entries, more: body.more === true };
  }

  #listHere(query: ListQuery, partitions: readonly number[] | null, asked: Asked): ListPart {
    const parts = this.#partsHere(query.builder.name, partitions, asked);
    const entries = readLocally(() => parts.map((part) => listFrom(part.handle, query)));
    const lists = entries.map((each) => ({ entries: each, more: false }));
    return { ...freshnessOfAll(parts.map(freshnessOf)), ...mergeLists(lists, query.limit) };
  }

  /** The parts that are asked for, all of them; null: what is here. */
  #partsHere(store: string, wanted: readonly number[] | null, asked: Asked): LocalPart[] {
    const parts = readLocally(() => this.#routing.localParts(store, asked.stale));
    if (wanted === null) {
      if (parts.length === 0) throw new UnavailableError(`The store "${store}" is not on this instance`);
      return parts;
    }
    return wanted.map((partition) => {
      const part = parts.find((each) => each.partition === partition);
      if (part === undefined) throw nobodyHas(store, partition);
      return part;
    });
  }

  /** A redirected client comes without our header, so the address itself says that nobody else is to be asked. */
  #urlOf({ endpoint }: Instance, { path, search }: Asked, redirected: boolean): string {
    if (endpoint === null) {
      throw new UnavailableError(
        'The instance that has this part of the store tells no address (set "server" in its configuration)',
      );
    }
    const query = new URLSearchParams(search);
    if (redirected) query.set('hop', '1');
    return `${this.#options.urlOf(endpoint)}${path}${query.size === 0 ? '' : `?${query}`}`;
  }

  #signal({ signal }: Asked): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]);
  }

  /** Turns what is unavailable into one sentence that says what may help. */
  async #orRefuse(
    owners: readonly PartOwners[] | null,
    asked: Asked,
    answer: () => Promise<HttpReply>,
  ): Promise<HttpReply> {
    try {
      const { state } = this.#routing;
      if (state === 'RUNNING' || (asked.stale && state === 'REBALANCING')) return await answer();
      throw new UnavailableError(`Stores cannot be read while the instance is ${state}`);
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      const standbys =
        asked.mayAskStale && !asked.stale && owners?.some((each) => each.standbys.length > 0) === true;
      const advice = standbys ? ', or ask a standby with ?stale=true' : '';
      throw new HttpError(503, `${error.message}; try again in a moment${advice}.`);
    }
  }
}

function candidatesOf(owners: readonly PartOwners[], partition: number, stale: boolean): Instance[] {
  const found = owners.find((each) => each.partition === partition);
  if (found === undefined) return [];
  const active = found.active === null ? [] : [found.active];
  // A standby here answers sooner than one elsewhere.
  const standbys = found.standbys.toSorted((left, right) => Number(right.here) - Number(left.here));
  return stale ? [...active, ...standbys] : active;
}

function nobodyHas(store: string, partition: number): UnavailableError {
  return new UnavailableError(`Partition ${partition} of the store "${store}" is being moved`);
}
