import { z } from 'zod';
import { call, listen, newest } from '../rpc/define-contract.ts';
import { ClusterHandle } from './clusters.ts';

const cluster = { cluster: ClusterHandle };

export const SandboxInstance = z.object({
  /** `<service id>#<number>`. */
  id: z.string(),
  state: z.enum(['running', 'rebalancing', 'restoring', 'crashed', 'failed']),
  /** Tasks it runs, as Kafka Streams writes them: `<subtopology>_<partition>`. */
  tasks: z.array(z.string()),
  /** Why it failed, in one sentence. */
  failure: z.string().nullable(),
});
export type SandboxInstance = z.infer<typeof SandboxInstance>;

export const SandboxState = z.object({
  running: z.boolean(),
  /** Milliseconds since the epoch on the sandbox's own clock. */
  now: z.number(),
  /** Virtual seconds in a real second. */
  speed: z.number(),
  services: z.array(z.object({ service: z.string(), instances: z.array(SandboxInstance) })),
  feeds: z.array(
    z.object({ feed: z.string(), perSecond: z.number(), sent: z.number().int(), paused: z.boolean() }),
  ),
});
export type SandboxState = z.infer<typeof SandboxState>;

export const SandboxAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('pause') }),
  z.object({ do: z.literal('resume') }),
  /** Lets virtual time pass while paused. */
  z.object({ do: z.literal('advance'), ms: z.number().int().min(1).max(86_400_000) }),
  z.object({ do: z.literal('speed'), speed: z.number().min(0.1).max(100) }),
  /** Ends an instance without a commit, as SIGKILL does. */
  z.object({ do: z.literal('crash'), instance: z.string() }),
  z.object({ do: z.literal('restart'), instance: z.string() }),
  z.object({ do: z.literal('addInstance'), service: z.string() }),
  z.object({
    do: z.literal('feed'),
    feed: z.string(),
    paused: z.boolean(),
    perSecond: z.number().min(0).max(10_000),
  }),
]);
export type SandboxAction = z.infer<typeof SandboxAction>;

export const sandboxArea = {
  /** Runs a design in memory. Rejects with `refused` and one sentence when it cannot run. */
  start: call(z.object({ text: z.string() }), z.object({ cluster: ClusterHandle })),
  act: call(z.object({ ...cluster, action: SandboxAction }), z.object({})),
  /** The state at once, and then whenever it changes, at most four times a second. */
  watch: listen(z.object(cluster), SandboxState, newest),
  /** A request to an HTTP operator of the design, as a client of the gateway would make it. */
  request: call(
    z.object({
      ...cluster,
      operator: z.string(),
      params: z.record(z.string(), z.string()),
      body: z.unknown().optional(),
    }),
    z.object({ status: z.number().int(), body: z.unknown() }),
  ),
};
