import type { HostHandlers } from '#shared/contract/contract.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import type { ClusterPort } from '../clusters/cluster-port.ts';
import { connectKafka } from '../clusters/kafka/connect-kafka.ts';
import { answering } from './cluster-answer.ts';

/** The clusters that are open now, real ones and sandboxes, by the handle that later calls name them with. */
export interface ClusterRegistry {
  add(port: ClusterPort): string;
  /** Throws a 'not-found' RpcError for a handle that was given back. */
  get(handle: string): ClusterPort;
  /** Forgets the handle and closes its port; nothing happens when it is gone already. */
  remove(handle: string): Promise<void>;
  closeAll(): Promise<void>;
}

export function createClusterRegistry(): ClusterRegistry {
  const ports = new Map<string, ClusterPort>();
  let last = 0;
  const remove = async (handle: string) => {
    const port = ports.get(handle);
    ports.delete(handle);
    await port?.close();
  };
  return {
    add(port) {
      last += 1;
      const handle = `cluster-${last}`;
      ports.set(handle, port);
      return handle;
    },
    get(handle) {
      const port = ports.get(handle);
      if (port) return port;
      throw new RpcError('not-found', 'This cluster is no longer connected: connect to it again.', {
        cluster: handle,
      });
    },
    remove,
    async closeAll() {
      await Promise.all([...ports.keys()].map(remove));
    },
  };
}

export function createClustersHandlers(
  registry: ClusterRegistry,
  connect: typeof connectKafka = connectKafka,
): HostHandlers['clusters'] {
  return {
    connect: ({ bootstrap }, signal) =>
      answering(async () => {
        const port = await connect(bootstrap, { signal });
        try {
          const description = await port.describe(signal);
          return { cluster: registry.add(port), description };
        } catch (error) {
          await port.close();
          throw error;
        }
      }),
    disconnect: ({ cluster }) =>
      answering(async () => {
        await registry.remove(cluster);
        return {};
      }),
    describe: ({ cluster }, signal) => answering(() => registry.get(cluster).describe(signal)),
  };
}
