import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createClient } from './client.ts';
import { call, defineContract, listen } from './define-contract.ts';
import { createMemoryPair } from './memory-transport.ts';
import { serve } from './serve.ts';

const contract = defineContract({
  probe: {
    add: call(z.object({ a: z.number(), b: z.number() }), z.object({ sum: z.number() })),
    count: listen(z.object({ to: z.number().int().min(0).max(50) }), z.object({ n: z.number() })),
  },
});

const almost = (kinds: readonly string[]) =>
  fc.record(
    {
      kind: fc.oneof(fc.constantFrom(...kinds), fc.string()),
      id: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.anything({ withBigInt: true })),
      area: fc.oneof(fc.constantFrom('probe', '__proto__', 'constructor', 'hasOwnProperty'), fc.string()),
      method: fc.oneof(fc.constantFrom('add', 'count', '__proto__', 'valueOf'), fc.string()),
      input: fc.oneof(
        fc.record({ a: fc.integer(), b: fc.integer(), to: fc.integer({ min: -2, max: 60 }) }),
        fc.anything({ withDate: true, withMap: true, withTypedArray: true }),
      ),
      output: fc.anything(),
      event: fc.anything(),
      events: fc.integer(),
      error: fc.oneof(fc.record({ code: fc.constant('refused'), message: fc.string() }), fc.anything()),
    },
    { requiredKeys: [] },
  );

const clientKinds = ['call', 'cancel', 'listen', 'stop', 'ack'];
const hostKinds = ['result', 'event', 'end', 'failure'];
const message = (kinds: readonly string[]) => fc.oneof(almost(kinds), fc.anything({ withBigInt: true }));

describe('messages that nobody should send', () => {
  it('never stop the host, and never reach a handler unchecked', async () => {
    const messages = fc.array(message(clientKinds), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(messages, async (sent) => {
        const [wire, hostEnd] = createMemoryPair();
        const failures: unknown[] = [];
        const answers: unknown[] = [];
        const stop = serve(
          contract,
          {
            probe: {
              add: async ({ a, b }) => {
                if (typeof a !== 'number' || typeof b !== 'number') failures.push({ a, b });
                return { sum: a + b };
              },
              count: async ({ to }, emit) => {
                if (!Number.isInteger(to)) failures.push({ to });
                for (let n = 0; n < to; n += 1) emit({ n });
              },
            },
          },
          hostEnd,
          { onError: (error) => failures.push(error) },
        );
        wire.onMessage((answer) => answers.push(answer));
        for (const one of sent) sendIfItCanBeCopied(wire, one);
        wire.send({ kind: 'call', id: 1_000, area: 'probe', method: 'add', input: { a: 2, b: 3 } });
        await drained(() => answers.some((answer) => isAnswer(answer, 1_000)));
        stop();
        expect(failures).toEqual([]);
        expect(answers).toContainEqual({ kind: 'result', id: 1_000, output: { sum: 5 } });
      }),
      { numRuns: 300 },
    );
  });

  it('never leave a call of the client unanswered', async () => {
    const messages = fc.array(message(hostKinds), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(messages, async (sent) => {
        const [clientEnd, wire] = createMemoryPair();
        const client = createClient(contract, clientEnd);
        const settled = client.probe.add({ a: 1, b: 1 }).then(
          () => 'result',
          (error: { code: string }) => error.code,
        );
        for (const one of sent) sendIfItCanBeCopied(wire, one);
        wire.close();
        expect(['result', 'disconnected', 'internal', 'refused']).toContain(await settled);
      }),
      { numRuns: 300 },
    );
  });
});

function sendIfItCanBeCopied(end: { send(message: unknown): void }, one: unknown): void {
  try {
    end.send(one);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DataCloneError') throw error;
  }
}

function isAnswer(answer: unknown, id: number): boolean {
  return z.object({ kind: z.literal('result'), id: z.literal(id) }).safeParse(answer).success;
}

async function drained(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !done(); turn += 1) await Promise.resolve();
}
