import { describe, expect, it } from 'vitest';
import type { Design, Schema } from '#shared/design/design.ts';
import type { Operator, OperatorOf } from '#shared/design/operators/registry.ts';
import { operatorStores } from '#shared/design/queries/operator-stores.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import type { TypeRef } from '#shared/design/types.ts';
import { sessionTimeoutMs } from '../run/service-runtime.ts';
import { Sandbox, stepMs } from '../sandbox.ts';

const begin = 1_000_000;
const thing: Schema = {
  id: 'thing',
  name: 'Thing',
  kind: 'record',
  fields: [
    { name: 'of', type: 'string' },
    { name: 'n', type: 'int' },
  ],
};
const things = (id: string) => buildTopic(id, { value: { type: { ref: 'thing' } }, partitions: 2 });
const reads = (kind: 'stream' | 'table', id: string): Operator => ({ id, name: id, kind, topic: id });
const sink: Operator = { id: 'out', name: 'Out', kind: 'sink', topic: 'results' };
const toStream: Operator = { id: 'changes', name: 'Changes', kind: 'toStream' };
const withSize: Operator = {
  ...toStream,
  key: 'key + " " + string(millis(window.end) - millis(window.start))',
  keyType: 'string',
};
const sum: OperatorOf<'aggregate'> = {
  id: 'sum',
  name: 'Sum',
  kind: 'aggregate',
  over: 'stream',
  method: 'count',
  output: 'int',
  store: 'sums',
};
const both: OperatorOf<'join'> = {
  id: 'join',
  name: 'Join',
  kind: 'join',
  inputs: 'tableTable',
  type: 'inner',
  value: '(left == null ? "-" : string(left.n)) + "/" + (right == null ? "-" : string(right.n))',
  output: 'string',
};
const sumWires = ['left > sum', 'sum > changes', 'changes > out'];
const joinWires = ['left > join.left', 'right > join.right'];

type Input = readonly [topic: 'left' | 'right', at: number, key: string, value: unknown];
const left = (at: number, key: string, n: number | null, of = ''): Input => [
  'left',
  at,
  key,
  n === null ? null : { of, n },
];
const right = (at: number, key: string, n: number | null): Input => [
  'right',
  at,
  key,
  n === null ? null : { of: '', n },
];

interface Run {
  readonly operators: readonly Operator[];
  readonly wires: readonly string[];
  readonly inputs: readonly Input[];
  readonly result?: TypeRef;
  /** Called before each record, at its time. */
  readonly before?: (sandbox: Sandbox, at: number) => void;
}

/** Runs a service on records, each when its time has come. */
async function run({ operators, wires, inputs, result = 'int', before }: Run): Promise<Sandbox> {
  const design = buildDesign({
    schemas: [thing],
    topics: [
      things('left'),
      things('right'),
      buildTopic('results', { value: { type: result } }),
      buildTopic('dead', { role: 'deadLetter', value: { type: 'bytes' } }),
    ],
    services: [{ ...buildService('one', operators, wires), guarantee: 'exactly_once' }],
  });
  const sandbox = new Sandbox(design, { startAt: begin, realTime: false });
  sandbox.advance(stepMs);
  await expectStoresOf(design, sandbox);
  for (const [topic, at, key, value] of inputs) {
    sandbox.advance(begin + at - sandbox.state.now);
    before?.(sandbox, at);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const bytes = value === null ? null : Buffer.from(text);
    const record = { key: Buffer.from(key), value: bytes, timestamp: begin + at, headers: [] };
    await sandbox.port.produce(topic, [record]);
    sandbox.advance(4 * stepMs);
  }
  sandbox.advance(2_000);
  return sandbox;
}

/** What the drawing says of stores is what runs. */
async function expectStoresOf(design: Design, { port }: Sandbox): Promise<void> {
  const drawn = design.services.flatMap((service) =>
    service.operators.flatMap((operator) =>
      operatorStores(service, operator).map(({ changelog }) => changelog),
    ),
  );
  const topics = (await port.listTopics()).map(({ name }) => name);
  expect(topics.filter((name) => name.endsWith('-changelog')).toSorted()).toEqual(drawn.toSorted());
}

async function recordsOf({ port }: Sandbox, topic: string) {
  const range = { topic, partition: 0, from: 0, isolation: 'read_committed' } as const;
  return (await port.read({ ...range, maxBytes: 1_000_000, maxWaitMs: 0 })).records;
}

async function resultsOf(sandbox: Sandbox): Promise<readonly string[]> {
  const instances = sandbox.state.services.flatMap((service) => service.instances);
  expect(instances.map(({ failure }) => failure)).toEqual([null]);
  return (await recordsOf(sandbox, 'results')).map(({ key, value }) => `${textOf(key)}: ${textOf(value)}`);
}

function textOf(bytes: Uint8Array | null): string {
  if (bytes === null) return 'null';
  const isLong = bytes.length === 8 && bytes[0] === 0;
  return isLong ? String(Buffer.from(bytes).readBigInt64BE()) : Buffer.from(bytes).toString();
}

it('counts sessions, and takes back the one that grew', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      { ...sum, window: { kind: 'session', gapMs: 1_000, graceMs: 0 } },
      withSize,
      sink,
    ],
    wires: sumWires,
    inputs: [left(1_000, 'a', 1), left(1_500, 'a', 1), left(5_000, 'a', 1)],
  });
  expect(await resultsOf(sandbox)).toEqual(['a 0: 1', 'a 0: null', 'a 500: 2', 'a 0: 1']);
});

it('makes one session of two by what the drawing says', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      {
        ...sum,
        method: 'aggregate',
        initial: '""',
        value: 'aggregate + string(value.n)',
        merge: 'left + right',
        output: 'string',
        window: { kind: 'session', gapMs: 1_000, graceMs: 60_000 },
      },
      withSize,
      sink,
    ],
    wires: sumWires,
    inputs: [left(1_000, 'a', 1), left(2_900, 'a', 2), left(2_000, 'a', 3)],
    result: 'string',
  });
  expect((await resultsOf(sandbox)).slice(2)).toEqual(['a 0: null', 'a 0: null', 'a 1900: 123']);
});

it('follows records with sliding windows', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      { ...sum, window: { kind: 'sliding', differenceMs: 1_000, graceMs: 0 } },
      withSize,
      sink,
    ],
    wires: sumWires,
    inputs: [left(1_000, 'a', 1), left(1_500, 'a', 1), left(2_200, 'a', 1)],
  });
  expect(await resultsOf(sandbox)).toEqual(['a 1000: 1', 'a 1000: 1', 'a 1000: 2', 'a 1000: 1', 'a 1000: 2']);
});

it('gives a window’s result once, when it is over, and loses none in a crash', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      {
        ...sum,
        window: { kind: 'tumbling', sizeMs: 20_000, graceMs: 0 },
        suppress: { kind: 'untilWindowCloses' },
      },
      withSize,
      sink,
    ],
    wires: sumWires,
    inputs: [left(1_000, 'a', 1), left(2_000, 'a', 1), left(18_000, 'a', 1), left(45_000, 'a', 1)],
    before: (sandbox, at) => {
      if (at !== 18_000) return;
      expect(sandbox.act({ do: 'crash', instance: 'one#1' })).toBe(true);
      expect(sandbox.act({ do: 'restart', instance: 'one#1' })).toBe(true);
      sandbox.advance(sessionTimeoutMs + stepMs);
    },
  });
  expect(await resultsOf(sandbox)).toEqual(['a 20000: 3']);
});

it('lets windows give their results themselves, each once although its service crashes', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      {
        ...sum,
        window: { kind: 'tumbling', sizeMs: 1_000, graceMs: 0 },
        suppress: { kind: 'onWindowClose' },
      },
      withSize,
      sink,
    ],
    wires: sumWires,
    inputs: [1_000, 2_000, 3_000, 4_500].map((at) => left(at, 'a', 1)),
    before: (sandbox, at) => {
      if (at !== 4_500) return;
      expect(sandbox.act({ do: 'crash', instance: 'one#1' })).toBe(true);
      expect(sandbox.act({ do: 'restart', instance: 'one#1' })).toBe(true);
      sandbox.advance(sessionTimeoutMs + stepMs);
    },
  });
  expect(await resultsOf(sandbox)).toEqual(['a 1000: 1', 'a 1000: 1', 'a 1000: 1']);
});

it('holds results back for a time, or until there are too many', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      { ...sum, suppress: { kind: 'untilTimeLimit', waitMs: 10_000, maxRecords: 1 } },
      toStream,
      sink,
    ],
    wires: sumWires,
    inputs: [left(1_000, 'a', 1), left(2_000, 'a', 1), left(3_000, 'a', 1), left(20_000, 'a', 1)],
  });
  expect(await resultsOf(sandbox)).toEqual(['a: 4']);
});

it('groups a table anew, and takes a row out of the group that it leaves', async () => {
  const sandbox = await run({
    operators: [
      reads('table', 'left'),
      {
        ...sum,
        over: 'table',
        groupBy: 'value.of',
        groupKeyType: 'string',
        method: 'aggregate',
        initial: '0',
        value: 'aggregate + value.n',
        subtract: 'aggregate - value.n',
      },
      toStream,
      sink,
    ],
    wires: sumWires,
    inputs: [
      left(1_000, 'a', 5, 'x'),
      left(2_000, 'b', 2, 'x'),
      left(3_000, 'a', 6, 'y'),
      left(4_000, 'b', null),
    ],
  });
  expect(await resultsOf(sandbox)).toEqual(['x: 5', 'x: 7', 'x: 2', 'y: 6', 'x: 0']);
});

it('joins two tables where either has a row, and answers for the result', async () => {
  const ask: Operator = { id: 'ask', name: 'Ask', kind: 'httpQuery', path: '/x/{id}', key: 'params.id' };
  const sandbox = await run({
    operators: [
      reads('table', 'left'),
      reads('table', 'right'),
      { ...both, type: 'outer' },
      toStream,
      sink,
      ask,
    ],
    wires: [...joinWires, 'join > changes', 'changes > out', 'join > ask'],
    inputs: [right(1_000, 'a', 7), left(2_000, 'a', 1), right(3_000, 'a', null), left(4_000, 'a', null)],
    result: 'string',
  });
  expect(await resultsOf(sandbox)).toEqual(['a: -/7', 'a: 1/7', 'a: 1/-', 'a: null']);
  expect(await sandbox.request('ask', { id: 'a' }, undefined)).toMatchObject({ status: 404 });
});

it('joins a table by foreign key, whichever side changes', async () => {
  const sandbox = await run({
    operators: [
      reads('table', 'left'),
      reads('table', 'right'),
      { ...both, inputs: 'foreignKey', type: 'left', on: 'value.of' },
      toStream,
      sink,
    ],
    wires: [...joinWires, 'join > changes', 'changes > out'],
    inputs: [left(1_000, 'a', 1, 'x'), right(2_000, 'x', 7), right(3_000, 'x', 8), left(4_000, 'a', 2, 'y')],
    result: 'string',
  });
  expect(await resultsOf(sandbox)).toEqual(['a: 1/-', 'a: 1/7', 'a: 1/8', 'a: 2/-']);
});

it('joins two streams where either has a record, once its window is over', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      reads('stream', 'right'),
      { ...both, inputs: 'streamStream', type: 'outer', window: { beforeMs: 500, afterMs: 500, graceMs: 0 } },
      sink,
    ],
    wires: [...joinWires, 'join > out'],
    inputs: [left(1_000, 'a', 1), right(1_400, 'a', 7), right(3_000, 'a', 8), left(9_000, 'a', 2)],
    result: 'string',
  });
  expect(await resultsOf(sandbox)).toEqual(['a: 1/7', 'a: -/8']);
});

it('joins a stream with the row of its records’ time, after a grace', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      reads('table', 'right'),
      { ...both, inputs: 'streamTable', type: 'left', graceMs: 5_000 },
      sink,
    ],
    wires: [...joinWires, 'join > out'],
    inputs: [
      right(1_000, 'a', 7),
      left(2_000, 'a', 1),
      right(3_000, 'a', 8),
      left(4_000, 'a', 2),
      left(20_000, 'a', 3),
    ],
    result: 'string',
  });
  expect(await resultsOf(sandbox)).toEqual(['a: 1/7', 'a: 2/8']);
});

it('writes what fails to the dead letters, with the cause, and what is wired to one; and goes on', async () => {
  const sandbox = await run({
    operators: [
      reads('stream', 'left'),
      { id: 'half', name: 'Half', kind: 'map', value: '10 / value.n', output: 'int' },
      sink,
      { id: 'poison', name: 'Poison', kind: 'deadLetter', topic: 'dead' },
      { id: 'odd', name: 'Odd', kind: 'filter', condition: 'value.of == "odd"' },
      { id: 'odd-out', name: 'Odd ones', kind: 'deadLetter', topic: 'dead' },
    ],
    wires: ['left > half', 'half > out', 'left > odd', 'odd > odd-out'],
    inputs: [left(1_000, 'a', 0), ['left', 2_000, 'b', '{'], left(3_000, 'c', 5), left(4_000, 'd', 1, 'odd')],
  });
  expect(await resultsOf(sandbox)).toEqual(['c: 2', 'd: 10']);
  const letters = await recordsOf(sandbox, 'dead');
  expect(letters.map(({ key, value }) => `${textOf(key)}: ${textOf(value)}`)).toEqual([
    'a: {"of":"","n":0}',
    'b: {',
    'd: {"of":"odd","n":1}',
  ]);
  const causes = letters.map(({ headers }) =>
    headers.filter(({ key }) => key === '__streams.errors.message').map(({ value }) => textOf(value)),
  );
  expect(causes[0]?.[0]).toContain('The value of operator “Half” (half) failed');
  expect(causes[1]).toHaveLength(1);
  expect(causes[2]).toEqual([]);
});

describe('a record of a global table that cannot be read', () => {
  const withGlobal = (...dead: Operator[]): Run => ({
    operators: [
      reads('stream', 'left'),
      { id: 'right', name: 'right', kind: 'globalTable', topic: 'right' },
      { ...both, inputs: 'streamGlobalTable', on: 'key' },
      sink,
      ...dead,
    ],
    wires: [...joinWires, 'join > out'],
    result: 'string',
    inputs: [right(1_000, 'a', 1), ['right', 2_000, 'a', '{'], left(3_000, 'a', 7)],
  });

  it('is left out where records that fail are dead letters: the row stays as it was', async () => {
    const sandbox = await run(
      withGlobal({ id: 'poison', name: 'Poison', kind: 'deadLetter', topic: 'dead' }),
    );
    expect(await resultsOf(sandbox)).toEqual(['a: 7/1']);
  });

  it('stops the service where nothing else was drawn', async () => {
    const sandbox = await run(withGlobal());
    expect(await recordsOf(sandbox, 'results')).toEqual([]);
    const [service] = sandbox.state.services;
    expect(service?.instances.map(({ failure }) => failure)).toEqual([
      expect.stringContaining('Cannot read the record at right-'),
    ]);
  });
});
