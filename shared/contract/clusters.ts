import { z } from 'zod';
import { call } from '../rpc/define-contract.ts';
import { ClusterDescription } from './cluster-types.ts';

/** Names an open connection (or a running sandbox) in later calls. */
export const ClusterHandle = z.string().min(1);

export const clustersArea = {
  /** `bootstrap`: host:port, comma-separated. Rejects with `cluster-unreachable` within seconds. */
  connect: call(
    z.object({ bootstrap: z.string().min(1).max(2_000) }),
    z.object({ cluster: ClusterHandle, description: ClusterDescription }),
  ),
  disconnect: call(z.object({ cluster: ClusterHandle }), z.object({})),
  describe: call(z.object({ cluster: ClusterHandle }), ClusterDescription),
};
