import type { HostDescription } from '#shared/contract/host.ts';

/** The cluster that this window looks at, for the status bar and the overlay. */
export interface ClusterInView {
  /** The handle for later calls. */
  readonly cluster: string;
  readonly kind: 'kafka' | 'sandbox';
  /** `localhost:9092`, or the design's name for a sandbox. */
  readonly label: string;
  readonly health: 'ok' | 'stale' | 'lost';
  /** One sentence on what is wrong; null while all is well. */
  readonly trouble: string | null;
}

/** What is known of the host and of the cluster beyond it. */
export interface ConnectionState {
  readonly link: 'connecting' | 'open' | 'closed';
  /** Why the link is closed, in one sentence. */
  readonly problem: string | null;
  readonly host: HostDescription | null;
  readonly cluster: ClusterInView | null;
  /** Milliseconds since the epoch on the sandbox's clock; null without a sandbox. */
  readonly virtualTime: number | null;
}

export const startConnection: ConnectionState = {
  link: 'connecting',
  problem: null,
  host: null,
  cluster: null,
  virtualTime: null,
};
