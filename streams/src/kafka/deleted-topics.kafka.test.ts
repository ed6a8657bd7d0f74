import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner, text } from '../../test/streams-runner.ts';
import { wordCountTopology } from '../../test/word-count-topology.ts';
import { MissingTopicError } from '../errors.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { KafkaStreams } from './kafka-streams.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterAll(async () => {
  await runner?.cleanUp();
  await runner?.stop();
});

const ONCE: Partial<KafkaStreamsConfig> = { processingGuarantee: 'exactly_once_v2' };
const GONE = 'was deleted while the application ran';

/** A word count that has counted; then one of its topics is deleted, while lines keep coming. Its last error. */
async function afterDeletionOf(
  suffix: string,
  app: string,
  config: Partial<KafkaStreamsConfig>,
): Promise<unknown> {
  await runner.judge.createTopics({ [`${app}-lines`]: 2, [`${app}-counts`]: 2 });
  const { streams } = await runner.run(wordCountTopology(`${app}-`), app, config);
  const send = (): Promise<void> =>
    runner.judge.produce(`${app}-lines`, [
      { key: '1', value: 'a' },
      { key: '2', value: 'b' },
    ]);
  await send();
  await eventually('counted', () => streams.store('counts').get('b') === 1);
  await runner.judge.deleteTopic(`${app}-${suffix}`);
  return endOf(streams, suffix === 'lines' ? async () => undefined : send);
}

async function endOf(streams: KafkaStreams, send: () => Promise<void>): Promise<unknown> {
  await eventually('it ended', async () => {
    if (streams.state === 'ERROR') return true;
    await send();
    return false;
  });
  await streams.close();
  return streams.error;
}

test.concurrent('a topic that is deleted while the application runs ends it with a sentence that names the topic', async () => {
  const words = async (suffix: string, app: string, config: Partial<KafkaStreamsConfig>): Promise<string> => {
    const error = await afterDeletionOf(suffix, app, config);
    expect(error).toBeInstanceOf(MissingTopicError);
    return error instanceof Error ? error.message : '';
  };
  const create = 'create it, then start the application again.';
  const reset = 'stop all instances and reset the application, or go on without by starting it again.';
  expect(
    await Promise.all([
      words('lines', 'source-1', ONCE),
      words('lines', 'source-0', {}),
      words('counts', 'output-1', ONCE),
      words('counts', 'output-0', {}),
      words('counts-changelog', 'changelog-1', ONCE),
      words('counts-changelog', 'changelog-0', {}),
      words('words-repartition', 'between-1', ONCE),
    ]),
  ).toEqual([
    `The source topic "source-1-lines" ${GONE}: ${create}`,
    `The source topic "source-0-lines" ${GONE}: ${create}`,
    `The output topic "output-1-counts" ${GONE}: ${create}`,
    `The output topic "output-0-counts" ${GONE}: ${create}`,
    `The changelog topic "changelog-1-counts-changelog" ${GONE}, and what its store held with it: ${reset}`,
    `The changelog topic "changelog-0-counts-changelog" ${GONE}, and what its store held with it: ${reset}`,
    `The repartition topic "between-1-words-repartition" ${GONE}, and what waited in it with it: ${reset}`,
  ]);
});

test.concurrent('so does the topic of a global table', async () => {
  await runner.judge.createTopics({ 'global-in': 1, 'global-rows': 1, 'global-out': 1 });
  const builder = new StreamsBuilder();
  const rows = builder.globalTable('global-rows', { ...text, store: 'rows' });
  builder
    .stream('global-in', text)
    .join(
      rows,
      (key) => key,
      (one, other) => one + other,
    )
    .to('global-out', { value: text.value });
  const { streams } = await runner.run(builder.build(), 'global');
  await runner.judge.deleteTopic('global-rows');
  expect(String(await endOf(streams, async () => undefined))).toBe(
    `MissingTopicError: The source topic "global-rows" ${GONE}: create it, then start the application again.`,
  );
});

test.concurrent('a topic that is made again at once is read from its beginning', async () => {
  await runner.judge.createTopics({ 'again-in': 1 });
  const seen: string[] = [];
  const builder = new StreamsBuilder();
  builder.stream('again-in', text).foreach((_key, value) => void seen.push(value));
  const { streams } = await runner.run(builder.build(), 'again', ONCE);
  const send = (value: string): Promise<void> => runner.judge.produce('again-in', [{ key: 'k', value }]);
  for (const value of ['one', 'two', 'three']) await send(value);
  await eventually('read', () => seen.length === 3);
  await runner.judge.deleteTopic('again-in');
  await runner.judge.createTopics({ 'again-in': 1 });
  await send('four');
  await eventually('read on', () => seen.length === 4);
  expect(seen).toEqual(['one', 'two', 'three', 'four']);
  expect(streams.state).toBe('RUNNING');
});

test.concurrent.each([
  ['exactly_once_v2', 'anew-1'],
  ['at_least_once', 'anew-0'],
] as const)(
  'an output topic that is made again at once is written to, %s',
  async (processingGuarantee, app) => {
    await runner.judge.createTopics({ [`${app}-lines`]: 1, [`${app}-counts`]: 1 });
    const { streams } = await runner.run(wordCountTopology(`${app}-`), app, { processingGuarantee });
    const send = (): Promise<void> => runner.judge.produce(`${app}-lines`, [{ key: '1', value: 'a' }]);
    for (let count = 1; count <= 3; count += 1) {
      await send();
      await eventually('counted', () => streams.store('counts').get('a') === count);
    }
    await runner.judge.deleteTopic(`${app}-counts`);
    await send();
    await runner.judge.createTopics({ [`${app}-counts`]: 1 });
    await send();
    await eventually('written', async () => (await runner.judge.readAll(`${app}-counts`)).length >= 1);
    await eventually('counted on', () => streams.store('counts').get('a') === 5);
    expect(streams.state).toBe('RUNNING');
  },
);
