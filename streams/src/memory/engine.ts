/**
 * The engine under all drivers. A driver lays a topology out (`topology.plan`), counts partitions
 * (`resolvePartitionCounts`), makes a `StreamTask` per subtopology and partition, restores its stores
 * from their changelogs, and then feeds records, lets it `process` one at a time and takes what it
 * writes from its `RecordCollector`. Nothing is committed by a task: a driver calls `flush`, which writes
 * what stores kept back until now, and then commits `consumedOffsets()`; without that it has crashed it.
 */

export { createGlobalStores, type GlobalStores } from '../internals/global-stores.ts';
export { GlobalUpdates, type GlobalUpdatesOptions } from '../internals/global-updates.ts';
export { resolvePartitionCounts, taskCount } from '../internals/partition-counts.ts';
export type {
  GlobalStorePlan,
  InternalTopic,
  StorePlan,
  SubtopologyPlan,
  TopologyPlan,
} from '../internals/plan.ts';
export type { ProducedRecord, RecordCollector } from '../internals/record-collector.ts';
export { memoryStores, type StoreFactory } from '../internals/store-factory.ts';
export type { StoreHandle, StoreListener } from '../internals/store-handle.ts';
export { type ChangelogRecord, type ConsumedOffset, StreamTask } from '../internals/stream-task.ts';
export type { StreamTaskOptions } from '../internals/task-host.ts';
