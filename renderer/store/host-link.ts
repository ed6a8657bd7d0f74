import { contract, type HostClient } from '#shared/contract/contract.ts';
import { type Client, createClient } from '#shared/rpc/client.ts';
import { type Listener, RpcError, type Stop } from '#shared/rpc/define-contract.ts';
import type { Transport } from '#shared/rpc/transport.ts';

type LinkState = 'connecting' | 'open' | 'closed';

/** The host, through a pipe that may break and be opened again; the client stays the same object. */
export interface HostLink {
  readonly client: HostClient;
  /** Opens the pipe, again if need be. Resolves when it is open; the state tells of everything else. */
  readonly connect: () => Promise<void>;
  readonly onState: (changed: (state: LinkState, problem: string | null) => void) => Stop;
}

export function createHostLink(openTransport: () => Promise<Transport>): HostLink {
  const watchers = new Set<(state: LinkState, problem: string | null) => void>();
  let pipe: Client<typeof contract> | null = null;
  const tell = (state: LinkState, problem: string | null = null) => {
    for (const watcher of watchers) {
      watcher(state, problem);
    }
  };
  return {
    client: delegatingClient(() => pipe),
    connect: async () => {
      tell('connecting');
      try {
        const opened = createClient(contract, await openTransport());
        pipe = opened;
        opened.onClose((reason) => {
          pipe = null;
          tell('closed', reason.message);
        });
        tell('open');
      } catch (error) {
        tell('closed', error instanceof Error ? error.message : String(error));
      }
    },
    onState: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

type AnyCall = (input: unknown, signal?: AbortSignal) => Promise<unknown>;
type AnyListen = (input: unknown, listener: Listener<unknown>) => Stop;

function delegatingClient(current: () => Client<typeof contract> | null): HostClient {
  const areas = Object.entries(contract).map(([area, specs]) => {
    const methods = Object.entries(specs).map(([method, spec]) => {
      const find = () => {
        const areasNow = current() as unknown as Record<string, Record<string, AnyCall & AnyListen>> | null;
        return areasNow?.[area]?.[method];
      };
      const call: AnyCall = (input, signal) => find()?.(input, signal) ?? Promise.reject(disconnected());
      const listen: AnyListen = (input, listener) => {
        const open = find();
        if (open !== undefined) {
          return open(input, listener);
        }
        queueMicrotask(() => listener.error?.(disconnected()));
        return () => undefined;
      };
      return [method, spec.kind === 'call' ? call : listen];
    });
    return [area, Object.fromEntries(methods)];
  });
  // Built from the contract's own entries, which the compiler cannot follow through Object.fromEntries.
  return Object.fromEntries(areas) as unknown as HostClient;
}

function disconnected(): RpcError {
  return new RpcError('disconnected', 'There is no connection to Millstream’s host.');
}
