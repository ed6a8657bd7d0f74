import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { RpcError } from './define-contract.ts';
import { eventQueueLimit, eventWindow } from './event-queue.ts';
import { messageLimit } from './plain-data.ts';
import { type Bench, createBench, createRawBench, probe, type TransportPair } from './rpc-bench.ts';
import { openLimit } from './serve.ts';

/** What every pipe between the user interface and its host must do, whatever carries it. */
export function rpcSuite(name: string, openPair: () => Promise<TransportPair>): void {
  describe(`rpc over ${name}`, () => {
    let opened: TransportPair[] = [];
    afterEach(async () => {
      for (const pair of opened) await pair.dispose();
      opened = [];
    });
    const open = async (): Promise<Bench> => {
      const pair = await openPair();
      opened.push(pair);
      return createBench(pair);
    };
    const openRaw = async () => {
      const pair = await openPair();
      opened.push(pair);
      return createRawBench(pair);
    };
    describeCalls(open);
    describeListens(open);
    describePressure(openRaw);
    describeEnds(open);
    describeGarbage(openRaw);
  });
}

type OpenBench = () => Promise<Bench>;
type OpenRawBench = () => Promise<ReturnType<typeof createRawBench>>;

function describeCalls(open: OpenBench): void {
  it('answers calls, many at once', async () => {
    const { client } = await open();
    const sums = await Promise.all(
      Array.from({ length: 50 }, (_, n) => client.probe.add({ a: n, b: 1 }).then(({ sum }) => sum)),
    );
    expect(sums).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  it('carries plain data unchanged', async () => {
    const { client } = await open();
    const value = {
      text: 'é \u0000 "\\ 𝄞',
      list: [1, -0.5, 1e300, null, true, [], {}],
      nested: { a: { b: '' } },
    };
    expect((await client.probe.echo({ value })).value).toEqual(value);
  });

  it('refuses an input that does not fit, and says where', async () => {
    const { client } = await open();
    const failure = client.probe.add({ a: 1, b: 'two' as unknown as number });
    await expect(failure).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/probe\.add .*"b"/),
    });
  });

  it('refuses data that is not plain before it is sent', async () => {
    const { client } = await open();
    await expect(client.probe.echo({ value: new Map() })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(client.probe.echo({ value: Number.NaN })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('carries a refusal with its code, sentence and data', async () => {
    const { client, errors } = await open();
    const failure = client.probe.fail({ how: 'refused' });
    await expect(failure).rejects.toBeInstanceOf(RpcError);
    await expect(failure).rejects.toMatchObject({
      code: 'refused',
      message: 'Not today.',
      data: { day: 'Monday', tries: 3 },
    });
    expect(errors).toEqual([]);
  });

  it('keeps what a failing handler says to the host', async () => {
    const { client, errors } = await open();
    const failure = client.probe.fail({ how: 'bug' });
    await expect(failure).rejects.toMatchObject({ code: 'internal' });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
    expect(errors).toEqual(['probe.fail']);
  });

  it('does not let through an answer that the contract does not know', async () => {
    const { client, errors } = await open();
    await expect(client.probe.lie({})).rejects.toMatchObject({ code: 'internal' });
    expect(errors).toEqual(['probe.lie']);
  });

  it('says that a part is missing from this host', async () => {
    const { client } = await open();
    await expect(client.probe.missing({})).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('cancels a call on both sides', async () => {
    const { client, aborted } = await open();
    const controller = new AbortController();
    const failure = client.probe.hang({}, controller.signal);
    await client.probe.add({ a: 1, b: 1 });
    controller.abort();
    await expect(failure).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(aborted).toEqual(['hang']));
    await expect(client.probe.hang({}, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('caps the size of a question and of an answer, and goes on', async () => {
    const { client } = await open();
    const large = client.probe.echo({ value: 'x'.repeat(messageLimit) });
    await expect(large).rejects.toMatchObject({ code: 'too-large' });
    const answer = client.probe.large({ length: messageLimit });
    await expect(answer).rejects.toMatchObject({ code: 'too-large' });
    expect((await client.probe.large({ length: 1_000_000 })).text).toHaveLength(1_000_000);
  });

  it('refuses more open calls than a host should hold', async () => {
    const { client, aborted } = await open();
    const controller = new AbortController();
    const hanging = Array.from({ length: openLimit }, () => client.probe.hang({}, controller.signal));
    const settled = Promise.allSettled(hanging);
    await expect(client.probe.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: 'refused' });
    controller.abort();
    await settled;
    await vi.waitFor(() => expect(aborted).toHaveLength(openLimit));
    await expect(client.probe.add({ a: 1, b: 1 })).resolves.toEqual({ sum: 2 });
  });
}

/** Collects a whole subscription. */
function collect(
  start: (listener: {
    event(event: { n: number }): void;
    error(error: RpcError): void;
    end(): void;
  }) => unknown,
): Promise<{ events: number[]; error: RpcError | null }> {
  return new Promise((resolve) => {
    const events: number[] = [];
    start({
      event: ({ n }) => events.push(n),
      error: (error) => resolve({ events, error }),
      end: () => resolve({ events, error: null }),
    });
  });
}

function describeListens(open: OpenBench): void {
  it('gives every event in order, and the end', async () => {
    const { client } = await open();
    const to = eventWindow + eventQueueLimit;
    const { events, error } = await collect((listener) => client.probe.count({ to }, listener));
    expect(error).toBeNull();
    expect(events).toEqual(Array.from({ length: to }, (_, n) => n + 1));
  });

  it('merges what waits where the contract says how, and always gives the last', async () => {
    const { client } = await open();
    const { events } = await collect((listener) => client.probe.ticks({ to: 5_000 }, listener));
    expect(events.length).toBeLessThanOrEqual(eventWindow + 1);
    expect(events.at(-1)).toBe(5_000);
  });

  it('ends a subscription that cannot be merged and falls too far behind', async () => {
    const { client } = await open();
    const to = eventWindow + eventQueueLimit + 1;
    const { error } = await collect((listener) => client.probe.count({ to }, listener));
    expect(error).toMatchObject({ code: 'too-large' });
  });

  it.each([
    ['refused', 'conflict', []],
    ['bug', 'internal', ['probe.breaks']],
    ['lie', 'internal', ['probe.breaks']],
  ] as const)('ends with an error when the handler fails: %s', async (how, code, logged) => {
    const { client, errors } = await open();
    const { events, error } = await collect((listener) => client.probe.breaks({ how }, listener));
    expect(events).toEqual([1]);
    expect(error).toMatchObject({ code });
    expect(errors).toEqual(logged);
  });

  it('stops on both sides, and is then silent', async () => {
    const { client, aborted } = await open();
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      const stop = client.probe.forever(
        {},
        {
          event: () => {
            seen.push('event');
            stop();
            stop();
            resolve();
          },
          error: () => seen.push('error'),
          end: () => seen.push('end'),
        },
      );
    });
    await vi.waitFor(() => expect(aborted).toEqual(['forever']));
    await client.probe.add({ a: 1, b: 1 });
    expect(seen).toEqual(['event']);
  });

  it('stops a subscription whose listener throws, and nothing else', async () => {
    const { client, aborted, thrown } = await open();
    client.probe.forever(
      {},
      {
        event: () => {
          throw new Error('a view broke');
        },
      },
    );
    await vi.waitFor(() => expect(aborted).toEqual(['forever']));
    expect(thrown).toHaveLength(1);
    await expect(client.probe.add({ a: 1, b: 1 })).resolves.toEqual({ sum: 2 });
  });
}

function describePressure(openRaw: OpenRawBench): void {
  const listenTo = (method: string, to: number) => ({
    kind: 'listen',
    id: 1,
    area: 'probe',
    method,
    input: { to },
  });
  const add = { kind: 'call', id: 2, area: 'probe', method: 'add', input: { a: 1, b: 1 } };
  const sum = { kind: 'result', id: 2, output: { sum: 2 } };

  it('sends no more than the window to a listener that does not acknowledge', async () => {
    const { pair, answers, emitted } = await openRaw();
    pair.client.send(listenTo('ticks', 10_000));
    pair.client.send(add);
    await vi.waitFor(() => expect(answers).toContainEqual(sum));
    expect(emitted()).toBe(10_000);
    expect(answers).toHaveLength(eventWindow + 1);
    pair.client.send({ kind: 'ack', id: 1, events: 10_000 });
    await vi.waitFor(() => expect(answers.at(-1)).toEqual({ kind: 'end', id: 1 }));
    expect(answers.at(-2)).toEqual({ kind: 'event', id: 1, event: { n: 10_000 } });
    expect(answers).toHaveLength(eventWindow + 3);
  });

  it('keeps other calls quick while one listener is stuck', async () => {
    const { pair, answers } = await openRaw();
    pair.client.send(listenTo('count', eventWindow + eventQueueLimit + 1));
    pair.client.send(add);
    await vi.waitFor(() => expect(answers).toContainEqual(sum));
    expect(answers).toContainEqual(
      expect.objectContaining({
        kind: 'failure',
        id: 1,
        error: expect.objectContaining({ code: 'too-large' }),
      }),
    );
  });
}

function describeEnds(open: OpenBench): void {
  const watchEnd = ({ client }: Bench) => {
    const call = client.probe.hang({}).catch((error: unknown) => error);
    const subscription = collect((listener) => client.probe.forever({}, listener));
    const reasons: RpcError[] = [];
    client.onClose((reason) => reasons.push(reason));
    return { call, subscription, reasons };
  };
  const ways: readonly [string, (bench: Bench) => void][] = [
    ['the client closes', ({ client }) => client.close()],
    ['the host stops', ({ stopServing }) => stopServing()],
    ['the client end of the pipe breaks', ({ pair }) => pair.client.close()],
    ['the host end of the pipe breaks', ({ pair }) => pair.host.close()],
  ];

  it.each(ways)('ends everything on both sides when %s', async (_name, end) => {
    const bench = await open();
    const watched = watchEnd(bench);
    await bench.client.probe.add({ a: 1, b: 1 });
    end(bench);
    expect(await watched.call).toMatchObject({ code: 'disconnected' });
    expect((await watched.subscription).error).toMatchObject({ code: 'disconnected' });
    await vi.waitFor(() => expect([...bench.aborted].sort()).toEqual(['forever', 'hang']));
    await vi.waitFor(() => expect(watched.reasons).toHaveLength(1));
    await expect(bench.client.probe.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: 'disconnected' });
    const late = await collect((listener) => bench.client.probe.count({ to: 1 }, listener));
    expect(late.error).toMatchObject({ code: 'disconnected' });
  });
}

const garbage: readonly unknown[] = [
  null,
  42,
  'call',
  [],
  {},
  { kind: 'call' },
  { kind: 'call', id: 7 },
  { kind: 'call', id: 0, area: 'probe', method: 'add', input: {} },
  { kind: 'call', id: 7, area: 'constructor', method: 'name', input: {} },
  { kind: 'call', id: 7, area: 'probe', method: 'toString', input: {} },
  { kind: 'call', id: 7, area: 'probe', method: 'count', input: { to: 1 } },
  { kind: 'listen', id: 7, area: 'probe', method: 'add', input: { a: 1, b: 1 } },
  { kind: 'call', id: 7, area: 'probe', method: 'add', input: { a: 1, b: 1 }, more: true },
  { kind: 'explode', id: 7 },
  { kind: 'ack', id: 7, events: -1 },
];

function describeGarbage(openRaw: OpenRawBench): void {
  it('answers what it cannot read with bad-input, and goes on', async () => {
    const { pair, answers, errors } = await openRaw();
    for (const message of garbage) pair.client.send(message);
    pair.client.send({ kind: 'cancel', id: 99 });
    pair.client.send({ kind: 'stop', id: 99 });
    pair.client.send({ kind: 'ack', id: 99, events: 1 });
    pair.client.send({ kind: 'call', id: 8, area: 'probe', method: 'add', input: { a: 1, b: 1 } });
    await vi.waitFor(() => expect(answers.at(-1)).toEqual({ kind: 'result', id: 8, output: { sum: 2 } }));
    expect(answers).toHaveLength(garbage.length + 1);
    for (const answer of answers.slice(0, -1)) {
      expect(answer).toMatchObject({ kind: 'failure', error: { code: 'bad-input' } });
    }
    expect(errors).toEqual([]);
  });

  it('answers a message that is too large, and goes on', async () => {
    const { pair, answers } = await openRaw();
    const value = Array.from({ length: 700_000 }, () => 0.5);
    pair.client.send({ kind: 'call', id: 7, area: 'probe', method: 'echo', input: { value } });
    await vi.waitFor(() =>
      expect(answers).toEqual([
        expect.objectContaining({ id: 7, error: expect.objectContaining({ code: 'too-large' }) }),
      ]),
    );
  });

  it('gives up on a host that cannot be understood', async () => {
    const { pair } = await openRaw();
    const client = createClient(probe, pair.client);
    const failure = client.probe.hang({}).catch((error: unknown) => error);
    pair.host.send({ kind: 'nonsense' });
    expect(await failure).toMatchObject({ code: 'disconnected' });
  });
}
