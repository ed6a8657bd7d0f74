import { z } from 'zod';
import { type Client, createClient } from './client.ts';
import { call, defineContract, type HandlersOf, listen, newest, RpcError } from './define-contract.ts';
import { serve } from './serve.ts';
import type { Transport } from './transport.ts';

/** The two ends of one real pipe; `dispose` ends what carries it. */
export interface TransportPair {
  readonly client: Transport;
  readonly host: Transport;
  dispose(): Promise<void>;
}

/** A small contract with one of each kind of behaviour that a pipe has to carry. */
export const probe = defineContract({
  probe: {
    add: call(z.object({ a: z.number(), b: z.number() }), z.object({ sum: z.number() })),
    echo: call(z.object({ value: z.unknown() }), z.object({ value: z.unknown() })),
    fail: call(z.object({ how: z.enum(['refused', 'bug']) }), z.object({})),
    lie: call(z.object({}), z.object({ text: z.string() })),
    hang: call(z.object({}), z.object({})),
    large: call(z.object({ length: z.number() }), z.object({ text: z.string() })),
    missing: call(z.object({}), z.object({})),
    count: listen(z.object({ to: z.number() }), z.object({ n: z.number() })),
    ticks: listen(z.object({ to: z.number() }), z.object({ n: z.number() }), newest),
    forever: listen(z.object({}), z.object({ n: z.number() })),
    breaks: listen(z.object({ how: z.enum(['refused', 'bug', 'lie']) }), z.object({ n: z.number() })),
  },
});
type Probe = typeof probe;

export interface Bench {
  readonly client: Client<Probe>;
  readonly pair: TransportPair;
  /** Where the host's handlers failed by themselves. */
  readonly errors: string[];
  /** What the client's listeners threw. */
  readonly thrown: unknown[];
  readonly aborted: string[];
  readonly emitted: () => number;
  readonly stopServing: () => void;
}

export function createBench(pair: TransportPair): Bench {
  const host = serveProbe(pair);
  const thrown: unknown[] = [];
  const client = createClient(probe, pair.client, { onError: (error) => thrown.push(error) });
  return { client, pair, thrown, ...host };
}

/** The host alone: the test itself says what goes over the wire. */
export function createRawBench(pair: TransportPair) {
  const host = serveProbe(pair);
  const answers: unknown[] = [];
  pair.client.onMessage((message) => answers.push(message));
  return { ...host, pair, answers };
}

function serveProbe(pair: TransportPair) {
  const errors: string[] = [];
  const aborted: string[] = [];
  let emitted = 0;
  const waitForAbort = (where: string, signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push(where);
        reject(new RpcError('cancelled', 'Cancelled.'));
      });
    });
  const countTo = async ({ to }: { to: number }, emit: (event: { n: number }) => void) => {
    for (let n = 1; n <= to; n += 1) {
      emit({ n });
      emitted += 1;
    }
  };
  const handlers = {
    probe: {
      add: async ({ a, b }) => ({ sum: a + b }),
      echo: async ({ value }) => ({ value }),
      fail: async ({ how }) => {
        if (how === 'refused') throw new RpcError('refused', 'Not today.', { day: 'Monday', tries: 3 });
        throw new Error('secret detail');
      },
      lie: async () => ({ text: 42 as unknown as string }),
      hang: (_input, signal) => waitForAbort('hang', signal),
      large: async ({ length }) => ({ text: 'x'.repeat(length) }),
      count: countTo,
      ticks: countTo,
      forever: async (_input, emit, signal) => {
        emit({ n: 1 });
        await waitForAbort('forever', signal);
      },
      breaks: async ({ how }, emit) => {
        emit({ n: 1 });
        if (how === 'refused') throw new RpcError('conflict', 'Somebody else was here.');
        if (how === 'bug') throw new Error('secret detail');
        emit({ n: 'not a number' as unknown as number });
      },
    },
  } satisfies { probe: Partial<HandlersOf<Probe>['probe']> };
  const stopServing = serve(probe, handlers as unknown as HandlersOf<Probe>, pair.host, {
    onError: (_error, where) => errors.push(where),
  });
  return { errors, aborted, emitted: () => emitted, stopServing };
}
