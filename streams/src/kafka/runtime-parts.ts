import type { GlobalStores } from '../internals/global-stores.ts';
import type { TopologyPlan } from '../internals/plan.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { ResolvedConfig } from './kafka-streams-config.ts';
import type { RestoreProgress } from './restore-listener.ts';
import type { StreamsMetrics } from './streams-metrics.ts';
import type { TaskStates } from './task-states.ts';

/** What a runtime is made of; it owns none of it. */
export interface RuntimeParts {
  readonly config: ResolvedConfig;
  readonly plan: TopologyPlan;
  readonly counts: ReadonlyMap<string, number>;
  /** Records, offsets and transactions. */
  readonly connection: KafkaConnection;
  /** Joins block a connection for as long as a rebalance takes, so they have their own. */
  readonly groupConnection: KafkaConnection;
  readonly restoreConnection: KafkaConnection;
  /** Standby tasks read all the time, and nobody waits for them. */
  readonly standbyConnection: KafkaConnection;
  readonly globals: GlobalStores;
  readonly metrics: StreamsMetrics;
  readonly states: TaskStates;
  readonly onRestore: (progress: RestoreProgress) => void;
  readonly onState: (state: 'REBALANCING' | 'RUNNING') => void;
}
