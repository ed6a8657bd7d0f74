import { describe, expect, it } from 'vitest';
import type { TailEvent } from '#shared/contract/inspect.ts';
import {
  ClusterError,
  type ClusterPort,
  type ReadAnswer,
  type ReadRequest,
} from '../clusters/cluster-port.ts';
import { stubPort, unreachable } from './stub-port-suite.ts';
import { tailTopic } from './tail.ts';

describe('a tail', () => {
  it('does not take an answer without records for the end', async () => {
    const answers = [answer([], 0), answer([], 40), answer([], 40), answer([99], 100)];
    const { port, asked } = log(() => answers.shift() ?? answer([], 100));
    const shown = await tailUntil(port, (events) => events.flatMap(({ records }) => records).length === 1);
    expect(shown.at(-1)?.positions).toEqual([{ partition: 0, next: 100, end: 100 }]);
    expect(asked.slice(0, 4)).toEqual([0, 0, 40, 40]);
  });

  it('tells at once where it stands, before there is a record', async () => {
    const { port } = log(() => answer([], 0));
    const [first] = await tailUntil(port, (events) => events.length === 1);
    expect(first).toEqual({
      records: [],
      dropped: 0,
      positions: [{ partition: 0, next: 0, end: 100 }],
      filterError: null,
    });
  });

  it('goes on where it was when the cluster was away for a moment', async () => {
    let failures = 2;
    const { port } = log(({ from }) => {
      if (from === 50 && failures > 0) {
        failures -= 1;
        throw unreachable();
      }
      return from === 0 ? answer([0], 50) : answer([50], 100);
    });
    const shown = await tailUntil(port, (events) => events.flatMap(({ records }) => records).length === 2);
    expect(shown.flatMap(({ records }) => records.map(({ offset }) => offset))).toEqual([0, 50]);
  });

  it('ends when the topic is taken away', async () => {
    const { port } = log(() => {
      throw new ClusterError('not-found', 'There is no topic "orders" on this cluster.');
    });
    await expect(tailUntil(port, () => false)).rejects.toMatchObject({ code: 'not-found' });
  });
});

function log(give: (request: ReadRequest) => ReadAnswer) {
  const asked: number[] = [];
  const port = stubPort({
    layoutTopics: async () => [
      {
        name: 'orders',
        internal: false,
        partitions: [{ partition: 0, leader: 1, replicas: [1], inSync: [1] }],
      },
    ],
    listOffsets: async (partitions, at) =>
      partitions.map((one) => ({ ...one, offset: at === 'earliest' ? 0 : 100 })),
    async read(request) {
      asked.push(request.from);
      return give(request);
    },
  });
  return { port, asked };
}

function answer(offsets: readonly number[], next: number): ReadAnswer {
  const record = { partition: 0, timestamp: 0, key: null, value: null, headers: [] };
  const records = offsets.map((offset) => ({ ...record, offset }));
  return { records, next, startOffset: 0, endOffset: 100, lastStableOffset: 100 };
}

async function tailUntil(
  port: ClusterPort,
  isDone: (events: readonly TailEvent[]) => boolean,
): Promise<TailEvent[]> {
  const stop = new AbortController();
  const events: TailEvent[] = [];
  const request = { topic: 'orders', partition: null, from: 'start', isolation: 'read_committed' } as const;
  const emit = (event: TailEvent) => {
    events.push(event);
    if (isDone(events)) stop.abort();
  };
  await tailTopic(port, request, emit, stop.signal);
  return events;
}
