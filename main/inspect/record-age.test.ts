import { describe, expect, it } from 'vitest';
import type { ReadAnswer, ReadRequest } from '../clusters/cluster-port.ts';
import { createFirstRecords } from './record-age.ts';
import { stubPort } from './stub-port-suite.ts';

const ask = (from: number, reader = 'a') => ({
  reader,
  where: { topic: 'orders', partition: 0 },
  from,
  end: 9,
});

describe('the first record behind an offset', () => {
  it('is read once, and read again only when it is passed and a second has gone', async () => {
    const { finder, requests, clock } = finding(({ from }) =>
      answer({ timestamps: [from * 100], next: from + 1 }),
    );
    expect(await finder.find(ask(5))).toEqual({ kind: 'record', timestamp: 500 });
    clock.now += 59_000;
    expect(await finder.find(ask(5))).toEqual({ kind: 'record', timestamp: 500 });
    expect(await finder.find(ask(6))).toEqual({ kind: 'record', timestamp: 600 });
    clock.now += 999;
    expect(await finder.find(ask(7))).toEqual({ kind: 'record', timestamp: 600 });
    clock.now += 1;
    expect(await finder.find(ask(8))).toEqual({ kind: 'record', timestamp: 800 });
    expect(requests.map(({ from }) => from)).toEqual([5, 6, 8]);
  });

  it('is looked at again after a minute, because a topic may be made anew', async () => {
    let timestamp = 100;
    const { finder, clock } = finding(() => answer({ timestamps: [timestamp], next: 6 }));
    await finder.find(ask(5));
    timestamp = 200;
    clock.now += 60_000;
    expect(await finder.find(ask(5))).toEqual({ kind: 'record', timestamp: 200 });
  });

  it('is told apart for readers at different places, and read once for those at the same', async () => {
    const { finder, requests } = finding(({ from }) => answer({ timestamps: [from * 100], next: from + 1 }));
    const asked = [ask(5, 'a'), ask(7, 'b'), ask(7, 'c')].map((one) => finder.find(one));
    expect((await Promise.all(asked)).map((found) => found.kind === 'record' && found.timestamp)).toEqual([
      500, 700, 700,
    ]);
    expect(requests.map(({ from }) => from)).toEqual([5, 7]);
  });

  it('is not there when only markers follow', async () => {
    const { finder } = finding(() => answer({ next: 9 }));
    expect(await finder.find(ask(5))).toEqual({ kind: 'nothing' });
  });

  it('is looked for behind aborted records', async () => {
    const { finder } = finding(({ from }) =>
      from === 5 ? answer({ next: 7 }) : answer({ timestamps: [700], next: 8 }),
    );
    expect(await finder.find(ask(5))).toEqual({ kind: 'record', timestamp: 700 });
  });

  it('is the first of an open transaction when that holds readers up', async () => {
    const { finder } = finding(({ from, isolation }) =>
      isolation === 'read_committed' ? answer({ next: from }) : answer({ timestamps: [500], next: 6 }),
    );
    expect(await finder.find(ask(5))).toEqual({ kind: 'record', timestamp: 500 });
  });

  it('has no age when it has no time', async () => {
    const { finder } = finding(() => answer({ timestamps: [-1], next: 6 }));
    expect(await finder.find(ask(5))).toEqual({ kind: 'unknown' });
  });
});

function finding(give: (request: ReadRequest) => ReadAnswer) {
  const requests: ReadRequest[] = [];
  const clock = { now: 0 };
  const port = stubPort({
    async read(request) {
      requests.push(request);
      return give(request);
    },
  });
  return { finder: createFirstRecords(port, () => clock.now), requests, clock };
}

function answer({
  timestamps = [],
  next,
}: {
  readonly timestamps?: readonly number[];
  readonly next: number;
}): ReadAnswer {
  const record = { partition: 0, key: null, value: null, headers: [] };
  const records = timestamps.map((timestamp, index) => ({ ...record, offset: next - 1 + index, timestamp }));
  return { records, next, startOffset: 0, endOffset: 9, lastStableOffset: 9 };
}
