import { HttpService } from '../src/http/http-service.ts';
import { addQueryRoutes, type StoreRoutesOptions } from '../src/http/query-routes.ts';
import type { WatchedRouting } from '../src/http/query-routing.ts';
import { createStore, memoryStores } from '../src/internals/store-factory.ts';
import type { StoreHandle } from '../src/internals/store-handle.ts';
import type { KafkaStreamsState } from '../src/kafka/kafka-streams.ts';
import type { PartOwners } from '../src/kafka/store-parts.ts';
import { partitionForKey } from '../src/partitioner.ts';
import type { StateStore } from '../src/state-stores.ts';
import type { StoreBuilder } from '../src/store-builder.ts';

interface Held {
  readonly partition: number;
  readonly handle: StoreHandle;
  behind: number | null;
}

/** An instance that answers queries over real HTTP, with stores in memory and no Kafka. */
export class QueryInstance {
  readonly service: HttpService;
  readonly routing: WatchedRouting;
  readonly held: Held[] = [];
  endpoint: string | null = null;
  url = '';
  readonly #cluster: QueryCluster;
  readonly #stateListeners = new Set<() => void>();
  #state: KafkaStreamsState = 'RUNNING';

  constructor(cluster: QueryCluster, options: StoreRoutesOptions) {
    this.#cluster = cluster;
    this.service = new HttpService({ ready: () => this.state === 'RUNNING' });
    const self = this;
    this.routing = {
      get state() {
        return self.state;
      },
      builders: () => [cluster.builder],
      owners: () => this.#owners(),
      partitionOf: (_store, key) => cluster.partitionOf(key),
      localParts: (_store, stale) => this.held.filter(({ behind }) => stale || behind === null),
      onStateChange: (listener) => {
        this.#stateListeners.add(listener);
        return () => this.#stateListeners.delete(listener);
      },
      onStoreChange: (_store, listener) => {
        const stops = this.held.map(({ handle }) => handle.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      },
    };
    addQueryRoutes(this.service, this.routing, options);
  }

  get state(): KafkaStreamsState {
    return this.#state;
  }

  set state(state: KafkaStreamsState) {
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }

  /** How many wait for another state now. */
  get listeners(): number {
    return this.#stateListeners.size;
  }

  async listen(): Promise<void> {
    const { host, port, url } = await this.service.listen();
    this.endpoint = `${host}:${port}`;
    this.url = url;
  }

  /** Asks over HTTP; answers status, body and the headers that matter. */
  async get(path: string, init: RequestInit = {}) {
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const { headers, status } = response;
    const pick = (name: string): string | null => headers.get(name);
    return {
      status,
      body: text === '' ? null : JSON.parse(text),
      stale: pick('millstream-stale'),
      lag: pick('millstream-lag-records'),
      retryAfter: pick('retry-after'),
      location: pick('location'),
    };
  }

  #owners(): PartOwners[] {
    return this.#cluster.owners.map(({ active, standbys }, partition) => {
      const told = (instance: QueryInstance) => ({ endpoint: instance.endpoint, here: instance === this });
      return { partition, active: active === null ? null : told(active), standbys: standbys.map(told) };
    });
  }
}

/** Instances that share one store. */
export class QueryCluster {
  readonly builder: StoreBuilder;
  readonly partitions: number;
  readonly instances: QueryInstance[] = [];
  /** What all instances believe about who has what, by partition. */
  readonly owners: { active: QueryInstance | null; standbys: QueryInstance[] }[];

  constructor(builder: StoreBuilder, partitions: number) {
    this.builder = builder;
    this.partitions = partitions;
    this.owners = Array.from({ length: partitions }, () => ({ active: null, standbys: [] }));
  }

  async start(count: number, options: StoreRoutesOptions = {}): Promise<QueryInstance[]> {
    for (let index = 0; index < count; index += 1) {
      const instance = new QueryInstance(this, options);
      this.instances.push(instance);
      await instance.listen();
    }
    return this.instances;
  }

  partitionOf(key: unknown): number {
    return partitionForKey(this.builder.key.serialize(key), this.partitions);
  }

  /** Gives an instance a part of the store; with `behind` it is a standby. Answers the store, to be filled. */
  give<S extends StateStore>(instance: QueryInstance, partition: number, behind: number | null = null): S {
    const owner = { log: null, currentTimestamp: () => 0, expired: () => undefined, now: () => 0 };
    const handle = createStore(this.builder, memoryStores, `0_${partition}`, owner);
    instance.held.push({ partition, handle, behind });
    const owners = this.owners[partition];
    if (owners === undefined) throw new Error(`There is no partition ${partition}.`);
    if (behind === null) owners.active = instance;
    else owners.standbys.push(instance);
    return handle.store as S;
  }

  /** Gives a partition to another instance, with what is in it, as after a rebalance. */
  move(partition: number, to: QueryInstance): void {
    const owners = this.owners[partition];
    const from = owners?.active ?? null;
    if (owners === undefined || from === null) throw new Error(`Nobody has partition ${partition}.`);
    const index = from.held.findIndex((part) => part.partition === partition && part.behind === null);
    to.held.push(...from.held.splice(index, 1));
    owners.active = to;
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map(({ service }) => service.close()));
  }
}
