import { describe, expect, it } from 'vitest';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { Sandbox } from '../sandbox.ts';
import { jsonValues } from '../testing/json-values.ts';

/** A service that reads one topic both as a table and as a stream, the table drawn first. */
const design = buildDesign({
  topics: [
    buildTopic('prices', { partitions: 3, value: { type: 'int' } }),
    buildTopic('changes', { partitions: 3, value: { type: { map: 'int' } } }),
  ],
  services: [
    buildService(
      'compare',
      [
        { id: 'latest', name: 'Latest', kind: 'table', topic: 'prices' },
        { id: 'again', name: 'Latest again', kind: 'table', topic: 'prices' },
        { id: 'each', name: 'Each', kind: 'stream', topic: 'prices' },
        {
          id: 'both',
          name: 'Both',
          kind: 'join',
          inputs: 'streamTable',
          type: 'inner',
          value: '{"now": left, "table": right}',
          output: { map: 'int' },
        },
        { id: 'out', name: 'Out', kind: 'sink', topic: 'changes' },
        { id: 'ask', name: 'Ask', kind: 'httpQuery', path: '/prices/{id}', key: 'params.id' },
      ],
      ['each > both.left', 'latest > both.right', 'both > out', 'again > ask'],
    ),
  ],
  feeds: [
    {
      id: 'feed',
      name: 'Prices',
      into: { topic: 'prices' },
      key: '"p" + string(n % 3)',
      value: 'n',
      perSecond: 0,
      count: 9,
    },
  ],
});

describe('a service that reads a topic as a stream and as a table', () => {
  it('reads it once, and the table is up to date for each record', async () => {
    const sandbox = new Sandbox(design, { startAt: 1_000, realTime: false });
    sandbox.advance(1_000);
    const seen = await jsonValues<{ now: number; table: number }>(sandbox.port, 'changes');
    expect(seen.toSorted((left, right) => left.now - right.now)).toEqual(
      Array.from({ length: 9 }, (_, n) => ({ now: n, table: n })),
    );
    const listed = await sandbox.port.committedOffsets('compare');
    expect(new Set(listed.map(({ topic }) => topic))).toEqual(new Set(['prices']));
  });

  it('answers from the store that tables of the topic share', async () => {
    const sandbox = new Sandbox(design, { startAt: 1_000, realTime: false });
    sandbox.advance(1_000);
    expect(await sandbox.request('ask', { id: 'p2' }, undefined)).toEqual({ status: 200, body: 8 });
  });
});
