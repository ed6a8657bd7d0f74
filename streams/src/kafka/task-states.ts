import { isPersistent } from '../disk/disk-state.ts';
import { StateDirectory } from '../disk/state-directory.ts';
import { createMemoryState, type TaskState } from '../disk/task-state.ts';
import type { SubtopologyPlan, TopologyPlan } from '../internals/plan.ts';
import { memoryStores } from '../internals/store-factory.ts';
import type { ResolvedConfig } from './kafka-streams-config.ts';

/** Where the stores of this instance's tasks live. */
export interface TaskStates {
  /** `active`: exactly once, only a clean close makes the stores worth keeping. */
  open(subtopology: SubtopologyPlan, partition: number, active: boolean): TaskState;
  /** Tasks whose stores are here but not open, with the sum of their offsets. */
  stored(): Record<string, number>;
  close(): void;
}

/** Takes the state directory, when one is configured and a store wants it. Throws `StreamsConfigError`. */
export function createTaskStates(plan: TopologyPlan, config: ResolvedConfig): TaskStates {
  const { stateDir, applicationId, logger } = config;
  const needsDisk = plan.subtopologies.some(({ stores }) => stores.some(isPersistent));
  const directory =
    stateDir === null || !needsDisk
      ? null
      : new StateDirectory({
          stateDir,
          applicationId,
          cleanupDelayMs: config.stateCleanupDelayMs,
          onRemoved: (task) => logger.info('obsolete task directory removed', { task }),
          onWiped: (task) => logger.warn('stores without checkpoint removed', { task }),
        });
  return {
    open({ id, stores }, partition, active) {
      if (directory === null || !stores.some(isPersistent)) return createMemoryState(memoryStores);
      const durable = !(active && config.processingGuarantee === 'exactly_once_v2');
      return directory.openTask(`${id}_${partition}`, partition, stores, { durable });
    },
    stored: () => directory?.storedTasks() ?? {},
    close: () => directory?.close(),
  };
}
