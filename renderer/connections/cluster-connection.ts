import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClusterDescription } from '#shared/contract/cluster-types.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import { parseBootstrapAddress } from './bootstrap-address.ts';
import { readRecentAddresses, withRecentAddress, writeRecentAddresses } from './recent-addresses.ts';

export interface ConnectionView {
  readonly phase: 'idle' | 'connecting' | 'connected';
  /** The address that is connected, being connected, or was tried last. */
  readonly bootstrap: string;
  readonly cluster: string | null;
  readonly description: ClusterDescription | null;
  /** Why the last attempt failed, in one sentence. */
  readonly problem: string | null;
  /** When the cluster last answered, in milliseconds since the epoch. */
  readonly answeredAt: number | null;
  readonly recent: readonly string[];
}

/** The window's connection to a Kafka cluster: at most one at a time. */
export interface ClusterConnection {
  readonly state: StoreApi<ConnectionView>;
  connect(typed: string): Promise<void>;
  /** Gives up the attempt that is under way. */
  cancel(): void;
  disconnect(): Promise<void>;
  /** Asks the cluster whether it is still there. */
  check(): Promise<void>;
  forget(address: string): void;
}

const connections = new WeakMap<MillstreamWindow, ClusterConnection>();

export function connectionOf(window: MillstreamWindow): ClusterConnection {
  const known = connections.get(window);
  if (known !== undefined) {
    return known;
  }
  const created = createClusterConnection(window, localStorage);
  connections.set(window, created);
  return created;
}

type Surroundings = Pick<MillstreamWindow, 'client' | 'connection' | 'store'>;

/** How often a cluster may fail to answer before it counts as lost. */
const mostMisses = 3;

export function createClusterConnection(
  { client, connection, store }: Surroundings,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): ClusterConnection {
  const state = createStore<ConnectionView>(() => ({
    phase: 'idle',
    bootstrap: '',
    cluster: null,
    description: null,
    problem: null,
    answeredAt: null,
    recent: readRecentAddresses(storage),
  }));
  let attempt: AbortController | null = null;
  let misses = 0;

  const remember = (recent: readonly string[]) => {
    state.setState({ recent });
    writeRecentAddresses(storage, recent);
  };

  const end = () => {
    const { cluster } = state.getState();
    state.setState({ phase: 'idle', cluster: null, description: null, answeredAt: null });
    return cluster;
  };

  const release = async (cluster: string | null) => {
    if (cluster === null) {
      return;
    }
    try {
      await client.clusters.disconnect({ cluster });
    } catch (error) {
      // The host ends a window's connections with its pipe, so a connection that cannot be given back is gone.
      if (!(error instanceof RpcError)) {
        throw error;
      }
    }
  };

  const connectTo = async (bootstrap: string) => {
    attempt?.abort();
    const own = new AbortController();
    attempt = own;
    state.setState({ phase: 'connecting', bootstrap, problem: null });
    try {
      const { cluster, description } = await client.clusters.connect({ bootstrap }, own.signal);
      if (own.signal.aborted) {
        await release(cluster);
        return;
      }
      const before = end();
      misses = 0;
      state.setState({ phase: 'connected', bootstrap, cluster, description, answeredAt: Date.now() });
      connection.lookAt({ cluster, kind: 'kafka', label: bootstrap, health: 'ok', trouble: null });
      remember(withRecentAddress(state.getState().recent, bootstrap));
      await release(before);
    } catch (error) {
      if (!own.signal.aborted) {
        const problem = error instanceof Error ? error.message : String(error);
        const stays = state.getState().cluster !== null;
        state.setState({ phase: stays ? 'connected' : 'idle', problem });
      }
    }
  };

  store.subscribe(({ connection: now }, before) => {
    const { cluster, bootstrap } = state.getState();
    if (cluster === null) {
      return;
    }
    if (now.cluster !== null && now.cluster.cluster !== cluster) {
      void release(end());
    } else if (now.link === 'closed' && before.connection.link === 'open') {
      connection.setHealth(cluster, 'lost', 'The connection to the host is lost.');
    } else if (now.link === 'open' && before.connection.link !== 'open') {
      // The host ended the connection with the pipe: the same address is connected to again.
      void connectTo(bootstrap);
    }
  });

  return {
    state,
    connect: async (typed) => {
      const parsed = parseBootstrapAddress(typed);
      if (parsed.ok) {
        await connectTo(parsed.value);
      } else {
        state.setState({ bootstrap: typed, problem: parsed.error });
      }
    },
    cancel: () => {
      attempt?.abort();
      const stays = state.getState().cluster !== null;
      state.setState({ phase: stays ? 'connected' : 'idle' });
    },
    disconnect: async () => {
      const cluster = end();
      if (cluster !== null && store.getState().connection.cluster?.cluster === cluster) {
        connection.lookAt(null);
      }
      await release(cluster);
    },
    check: async () => {
      const { cluster } = state.getState();
      if (cluster === null || store.getState().connection.link !== 'open') {
        return;
      }
      try {
        const description = await client.clusters.describe({ cluster });
        misses = 0;
        state.setState({ description, answeredAt: Date.now() });
        connection.setHealth(cluster, 'ok', null);
      } catch (error) {
        misses += 1;
        const trouble = error instanceof Error ? error.message : String(error);
        connection.setHealth(cluster, misses < mostMisses ? 'stale' : 'lost', trouble);
      }
    },
    forget: (address) => remember(state.getState().recent.filter((each) => each !== address)),
  };
}
