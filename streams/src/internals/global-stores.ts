import type { LogRecord } from '../record.ts';
import type { StateStore } from '../state-stores.ts';
import type { GlobalStorePlan, TopologyPlan } from './plan.ts';
import { createStore, memoryStores, type StoreFactory } from './store-factory.ts';
import type { StoreHandle } from './store-handle.ts';

/** Stands for the id of a task: global tables belong to none. */
export const GLOBAL_TASK = 'global';

/** The global tables of one instance. */
export interface GlobalStores {
  /** By store name: hand these to every task. */
  readonly stores: ReadonlyMap<string, StateStore>;
  readonly handles: ReadonlyMap<string, StoreHandle>;
  /** Topics to read completely before the first task starts, and to follow after that. */
  readonly topics: readonly string[];
  /** How each of these topics is read. */
  readonly sources: ReadonlyMap<string, GlobalStorePlan>;
  /** Copies a record of such a topic, unread; records without a key are ignored. */
  update(record: Pick<LogRecord, 'topic' | 'key' | 'value' | 'timestamp'>): void;
  close(): void;
}

/** Makes the global stores of a topology; their topics serve as their changelogs. */
export function createGlobalStores(plan: TopologyPlan, factory: StoreFactory = memoryStores): GlobalStores {
  const owner = { log: null, currentTimestamp: () => -1, now: () => -1, expired: () => undefined };
  const byTopic = new Map<string, StoreHandle>();
  for (const { topic, builder } of plan.globalStores) {
    byTopic.set(topic, createStore(builder, factory, GLOBAL_TASK, owner));
  }
  const handles = new Map([...byTopic.values()].map((handle) => [handle.name, handle]));
  return {
    stores: new Map([...handles].map(([name, handle]) => [name, handle.store])),
    handles,
    topics: [...byTopic.keys()],
    sources: new Map(plan.globalStores.map((source) => [source.topic, source])),
    update(record) {
      if (record.key !== null) byTopic.get(record.topic)?.restore(record.key, record.value, record.timestamp);
    },
    close() {
      for (const handle of byTopic.values()) handle.close();
    },
  };
}
