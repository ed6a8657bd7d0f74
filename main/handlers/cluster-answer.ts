import { RpcError, type RpcErrorCode } from '#shared/rpc/define-contract.ts';
import { ClusterError, type ClusterErrorCode } from '../clusters/cluster-port.ts';

const rpcCodes: Readonly<Record<ClusterErrorCode, RpcErrorCode>> = {
  'bad-input': 'bad-input',
  unreachable: 'cluster-unreachable',
  'timed-out': 'timed-out',
  cancelled: 'cancelled',
  'not-found': 'not-found',
  unsupported: 'unsupported',
  refused: 'refused',
  closed: 'disconnected',
};

/** A cluster's errors as the ones that cross the pipe; other errors are the host's to tell. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClusterError) throw new RpcError(rpcCodes[error.code], error.message);
    throw error;
  }
}
