import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SandboxAction, SandboxState } from '#shared/contract/sandbox.ts';
import type { Design } from '#shared/design/design.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import { RpcError, type Stop } from '#shared/rpc/define-contract.ts';
import type { MillstreamWindow } from '../store/millstream-window.ts';

export interface SandboxView {
  readonly phase: 'off' | 'starting' | 'on';
  readonly cluster: string | null;
  /** The design that runs, as it was when it was started. */
  readonly runs: Design | null;
  readonly state: SandboxState | null;
  /** Why it did not start or ended, in one sentence. */
  readonly problem: string | null;
  /** Why the last thing asked of it was not done. */
  readonly refusal: string | null;
}

const off: SandboxView = {
  phase: 'off',
  cluster: null,
  runs: null,
  state: null,
  problem: null,
  refusal: null,
};

/** The window's sandbox: at most one, running one design. */
export interface SandboxSession {
  readonly view: StoreApi<SandboxView>;
  /** Starts the design that is open, in the place of the one that runs; that goes on when this one cannot run. */
  start(): Promise<void>;
  stop(): Promise<void>;
  act(action: SandboxAction): Promise<void>;
}

const sessions = new WeakMap<MillstreamWindow, SandboxSession>();

export function sandboxOf(window: MillstreamWindow): SandboxSession {
  const known = sessions.get(window);
  if (known !== undefined) {
    return known;
  }
  const created = createSandboxSession(window);
  sessions.set(window, created);
  return created;
}

type Surroundings = Pick<MillstreamWindow, 'client' | 'connection' | 'store'>;

export function createSandboxSession({ client, connection, store }: Surroundings): SandboxSession {
  const view = createStore<SandboxView>(() => off);
  let stopWatching: Stop | null = null;
  /** Counts starts and stops, so that a start that was overtaken gives up what it got. */
  let turn = 0;

  const end = (problem: string | null): string | null => {
    const { cluster } = view.getState();
    turn += 1;
    stopWatching?.();
    stopWatching = null;
    view.setState({ ...off, problem });
    return cluster;
  };

  const release = async (cluster: string | null) => {
    if (cluster === null) {
      return;
    }
    if (store.getState().connection.cluster?.cluster === cluster) {
      connection.lookAt(null);
    }
    try {
      await client.clusters.disconnect({ cluster });
    } catch (error) {
      // The host ends a window's sandbox with its pipe, so one that cannot be given back is gone.
      if (!(error instanceof RpcError)) {
        throw error;
      }
    }
  };

  const watch = (cluster: string) => {
    stopWatching = client.sandbox.watch(
      { cluster },
      {
        event: (state) => {
          view.setState({ state });
          connection.set({ virtualTime: state.now });
        },
        error: (error) => {
          end(error.code === 'disconnected' ? 'The sandbox ended with its host.' : error.message);
          connection.lookAt(null);
        },
      },
    );
  };

  store.subscribe(({ connection: { cluster } }) => {
    const own = view.getState().cluster;
    if (own !== null && cluster !== null && cluster.cluster !== own) {
      void release(end(null));
    }
  });

  return {
    view,
    start: async () => {
      const { design } = store.getState().document;
      if (design === null) {
        return;
      }
      turn += 1;
      const own = turn;
      view.setState(({ phase }) => ({ phase: phase === 'on' ? 'on' : 'starting', problem: null }));
      try {
        const { cluster } = await client.sandbox.start({ text: writeDesign(design) });
        if (turn !== own) {
          await release(cluster);
          return;
        }
        const before = end(null);
        view.setState({ phase: 'on', cluster, runs: design });
        connection.lookAt({ cluster, kind: 'sandbox', label: design.name, health: 'ok', trouble: null });
        watch(cluster);
        await release(before);
      } catch (error) {
        if (turn === own) {
          // What runs already goes on: a design that cannot run must not cost the records of one that did.
          const problem = error instanceof Error ? error.message : String(error);
          view.setState(({ phase }) => ({ phase: phase === 'on' ? 'on' : 'off', problem }));
        }
      }
    },
    stop: async () => release(end(null)),
    act: async (action) => {
      const { cluster } = view.getState();
      if (cluster === null) {
        return;
      }
      try {
        await client.sandbox.act({ cluster, action });
        view.setState({ refusal: null });
      } catch (error) {
        view.setState({ refusal: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}
