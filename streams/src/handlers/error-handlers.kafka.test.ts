import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner } from '../../test/streams-runner.ts';
import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import type { KafkaStreamsConfig } from '../kafka/kafka-streams-config.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { logAndContinue } from './ready-made-handlers.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

function make(applicationId: string, config: Partial<KafkaStreamsConfig>): KafkaStreams {
  return runner.make(topology(applicationId), applicationId, config);
}

/** `throw` fails in a step, `huge` and `no key` are refused by the broker, everything else is written. */
function topology(prefix: string): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream(`${prefix}-in`, { key: Serdes.string(), value: Serdes.json<{ word: string }>() })
    .mapValues(({ word }) => {
      if (word === 'throw') throw new RangeError('thrown on purpose');
      return word === 'huge' ? 'x'.repeat(1_200_000) : word;
    })
    .map((key, word) => [word === 'no key' ? null : key, word])
    .to(`${prefix}-out`, { key: Serdes.nullable(Serdes.string()), value: Serdes.string() });
  return builder.build();
}

const input = ['a', 'throw', 'b', 'huge', 'c', 'no key', 'd'].map((word, index) => ({
  key: `k${index}`,
  value: JSON.stringify({ word }),
}));
const unreadable = { key: 'k7', value: '{' };
const last = { key: 'k8', value: '{"word":"e"}' };

async function deadLetters(topic: string) {
  return (await runner.judge.readAll(topic)).map(({ key, value, headers }) => [
    key,
    value?.toString(),
    headers?.['__streams.errors.exception']?.toString(),
    headers?.['__streams.errors.offset']?.toString(),
  ]);
}

test.each(['at_least_once', 'exactly_once_v2'] as const)(
  'what cannot be read, processed or written becomes a dead letter, and the rest goes on (%s)',
  async (processingGuarantee) => {
    const id = `go-on-${processingGuarantee}`;
    await runner.judge.createTopics({ [`${id}-in`]: 1, [`${id}-dead`]: 1 });
    await runner.judge.createTopics({ [`${id}-out`]: 1 }, { 'cleanup.policy': 'compact' });
    await runner.judge.produce(`${id}-in`, [...input, unreadable, last]);
    const streams = make(id, {
      processingGuarantee,
      deadLetterTopic: `${id}-dead`,
      deserializationExceptionHandler: logAndContinue,
      processingExceptionHandler: logAndContinue,
      productionExceptionHandler: logAndContinue,
    });
    await streams.start();
    await eventually('all is committed', async () => (await runner.judge.lag(id, `${id}-in`)) === 0);
    const written = await runner.judge.readAll(`${id}-out`);
    expect(written.map(({ key, value }) => [key, value?.toString()])).toEqual([
      ['k0', 'a'],
      ['k2', 'b'],
      ['k4', 'c'],
      ['k6', 'd'],
      ['k8', 'e'],
    ]);
    const letters = await deadLetters(`${id}-dead`);
    expect(letters.toSorted(([left], [right]) => String(left).localeCompare(String(right)))).toEqual([
      ['k1', '{"word":"throw"}', 'RangeError', '1'],
      ['k3', '{"word":"huge"}', 'RecordRefusedError', '3'],
      ['k5', '{"word":"no key"}', 'RecordRefusedError', '5'],
      ['k7', '{', 'SerializationError', '7'],
    ]);
    expect(streams.metrics().recordsDropped).toEqual({
      'processing-error': 1,
      'production-error': 2,
      'deserialization-error': 1,
    });
  },
);

test('a promise that a step waits for is part of the step', async () => {
  await runner.judge.createTopics({ 'async-in': 1, 'async-dead': 1 });
  await runner.judge.produce('async-in', input.slice(0, 3));
  const builder = new StreamsBuilder();
  const done: string[] = [];
  builder
    .stream('async-in', { key: Serdes.string(), value: Serdes.json<{ word: string }>() })
    .foreach(async (_key, { word }) => {
      await Promise.resolve();
      if (word === 'throw') throw new RangeError('later');
      done.push(word);
    });
  await runner.run(builder.build(), 'async', {
    processingGuarantee: 'exactly_once_v2',
    deadLetterTopic: 'async-dead',
    processingExceptionHandler: logAndContinue,
  });
  await eventually('all is committed', async () => (await runner.judge.lag('async', 'async-in')) === 0);
  expect(done).toEqual(['a', 'b']);
  expect(await deadLetters('async-dead')).toEqual([['k1', '{"word":"throw"}', 'RangeError', '1']]);
});

test('dead letters alone are committed too', async () => {
  await runner.judge.createTopics({ 'only-in': 1, 'only-out': 1, 'only-dead': 1 });
  await runner.judge.produce('only-in', [unreadable]);
  const streams = make('only', {
    processingGuarantee: 'exactly_once_v2',
    deadLetterTopic: 'only-dead',
    deserializationExceptionHandler: logAndContinue,
  });
  await streams.start();
  await eventually('the record is committed', async () => (await runner.judge.lag('only', 'only-in')) === 0);
  expect(await deadLetters('only-dead')).toEqual([['k7', '{', 'SerializationError', '0']]);
});

test.each([
  ['at_least_once', 1],
  ['exactly_once_v2', 0],
] as const)(
  'failing writes the dead letter, unless a transaction undoes it (%s)',
  async (guarantee, count) => {
    const id = `fail-${guarantee}`;
    await runner.judge.createTopics({ [`${id}-in`]: 1, [`${id}-out`]: 1, [`${id}-dead`]: 1 });
    await runner.judge.produce(`${id}-in`, input.slice(0, 2));
    const streams = make(id, { processingGuarantee: guarantee, deadLetterTopic: `${id}-dead` });
    const failed = new Promise((resolve) => streams.onError(resolve));
    await streams.start().catch(() => undefined);
    expect(String(await failed)).toContain('offset 1: thrown on purpose');
    expect(streams.state).toBe('ERROR');
    await eventually('the topic can be read', async () => (await deadLetters(`${id}-dead`)).length === count);
  },
);

test('a dead-letter topic that does not exist is one clear error, before anything is read', async () => {
  await runner.judge.createTopics({ 'missing-in': 1, 'missing-out': 1 });
  await expect(make('missing', { deadLetterTopic: 'missing-dead' }).start()).rejects.toThrow(
    'Sink topic "missing-dead" does not exist; create it first.',
  );
});

/** Joins `<name>-in` with the global table of `<name>-rows`. */
function lookUps(name: string): Topology {
  const builder = new StreamsBuilder();
  const word = Serdes.json<{ word: string }>();
  const rows = builder.globalTable(`${name}-rows`, { key: Serdes.string(), value: word, store: 'rows' });
  builder
    .stream(`${name}-in`, { key: Serdes.string(), value: Serdes.string() })
    .join(
      rows,
      (key) => key,
      (_value, row) => row.word,
    )
    .to(`${name}-out`, { value: Serdes.string() });
  return builder.build();
}

test('what a global table gets while running is read first; what it was loaded with when it is asked for', async () => {
  await runner.judge.createTopics({ 'global-in': 1, 'global-out': 1, 'global-rows': 1, 'global-dead': 1 });
  await runner.judge.produce('global-rows', [{ key: 'loaded', value: '{x' }]);
  const { streams } = await runner.run(lookUps('global'), 'global', {
    deadLetterTopic: 'global-dead',
    deserializationExceptionHandler: logAndContinue,
  });
  const rows = streams.store<string, { word: string }>('rows');
  await runner.judge.produce('global-rows', [
    { key: 'k', value: '{"word":"good"}' },
    { key: 'k', value: '{x' },
    { key: 'last', value: '{"word":"last"}' },
  ]);
  await eventually('the table is read to its end', () => rows.get('last')?.word === 'last');
  expect(rows.get('k')).toEqual({ word: 'good' });
  expect(streams.metrics().recordsDropped).toEqual({ 'deserialization-error': 1 });
  expect(await deadLetters('global-dead')).toEqual([]);
  const failed = new Promise((resolve) => streams.onError(resolve));
  await runner.judge.produce('global-in', [{ key: 'loaded', value: 'v' }]);
  expect(String(await failed)).toContain(
    'failed at global-in-0 offset 0: The row of key "loaded" in the store "rows", read from topic "global-rows", ' +
      'cannot be read: Not valid JSON: {x',
  );
});

test('what a global table cannot read while running ends the instance', async () => {
  await runner.judge.createTopics({ 'ended-in': 1, 'ended-out': 1, 'ended-rows': 1 });
  const { streams } = await runner.run(lookUps('ended'), 'ended');
  const failed = new Promise((resolve) => streams.onError(resolve));
  await runner.judge.produce('ended-rows', [{ key: 'k', value: '{x' }]);
  expect(String(await failed)).toContain(
    'Cannot read the record at ended-rows-0 offset 0: Not valid JSON: {x',
  );
  expect(streams.state).toBe('ERROR');
});
