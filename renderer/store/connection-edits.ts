import type { StoreApi } from 'zustand/vanilla';
import type { ClusterInView, ConnectionState } from './connection-state.ts';
import type { WindowState } from './window-state.ts';

/** The ways in which what is known of host and cluster changes. */
export interface ConnectionEdits {
  readonly set: (connection: Partial<ConnectionState>) => void;
  /** Says which cluster the window looks at; null: none. */
  readonly lookAt: (cluster: ClusterInView | null) => void;
  /** Changes the health of the cluster in view, unless another one came into view meanwhile. */
  readonly setHealth: (cluster: string, health: ClusterInView['health'], trouble: string | null) => void;
  /** Opens the pipe to the host again. */
  readonly reconnect: () => void;
}

export function createConnectionEdits(store: StoreApi<WindowState>, reconnect: () => void): ConnectionEdits {
  const set = (connection: Partial<ConnectionState>) =>
    store.setState((state) => ({ connection: { ...state.connection, ...connection } }));
  return {
    set,
    lookAt: (cluster) => set({ cluster, virtualTime: null }),
    setHealth: (cluster, health, trouble) => {
      const inView = store.getState().connection.cluster;
      const same = inView?.health === health && inView.trouble === trouble;
      if (inView?.cluster === cluster && !same) {
        set({ cluster: { ...inView, health, trouble } });
      }
    },
    reconnect,
  };
}
