import { taskCount } from '../internals/partition-counts.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { ClusterView } from './query-metadata.ts';

/** An instance of the application. */
export interface Instance {
  /** Where it answers queries, `host:port`; null when it was given no `server`. */
  readonly endpoint: string | null;
  /** True of the instance that is asked. */
  readonly here: boolean;
}

/** Who has one partition of a store. */
export interface PartOwners {
  readonly partition: number;
  /** Null while nobody is known to have it. */
  readonly active: Instance | null;
  readonly standbys: readonly Instance[];
}

/** A partition of a store that is on this instance. */
export interface LocalPart {
  readonly partition: number;
  readonly handle: StoreHandle;
  /** Null: up to date. Otherwise how many records of the changelog are missing; -1 when that is not known. */
  readonly behind: number | null;
}

/** This instance among the others. */
export interface OwnTasks {
  readonly endpoint: string | null;
  readonly tasks: readonly string[];
  readonly standbys: readonly string[];
}

/**
 * Who has which partition of a store, by the last assignment; null for a store that no task has, as a
 * global table. Empty before the first assignment.
 */
export function findOwners(view: ClusterView, store: string, own: OwnTasks): PartOwners[] | null {
  const { plan, counts, members } = view;
  const part = plan.subtopologies.find(({ stores }) => stores.some(({ name }) => name === store));
  if (part === undefined) return null;
  if (members.length === 0) return [];
  const instance = (endpoint: string | null, open: readonly string[], task: string): Instance => {
    const isOwn = members.length === 1 || (endpoint !== null && endpoint === own.endpoint);
    return { endpoint, here: isOwn || open.includes(task) };
  };
  return Array.from({ length: taskCount(part, counts) }, (_, partition) => {
    const task = `${part.id}_${partition}`;
    const active = members.find(({ tasks }) => tasks.includes(task));
    const standbys = members.filter((member) => member.standbys.includes(task));
    return {
      partition,
      active: active === undefined ? null : instance(active.endpoint, own.tasks, task),
      standbys: standbys.map(({ endpoint }) => instance(endpoint, own.standbys, task)),
    };
  });
}
