import type { Kafka, Transaction } from 'kafkajs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner } from '../../test/streams-runner.ts';
import { wordCountTopology } from '../../test/word-count-topology.ts';
import { Serdes } from '../serdes.ts';
import { createKafkaClient } from './kafka-admin.ts';
import type { KafkaStreams } from './kafka-streams.ts';

/*
 * A broker that was replaced while it stood still may answer once more with what it knew: an old end of a
 * changelog, an old committed offset. Here the log goes on behind the back of an open task, which looks
 * the same to it.
 */
const long = Serdes.long();
let runner: StreamsRunner;
let intruder: Kafka;

beforeAll(async () => {
  runner = await StreamsRunner.start();
  const { bootstrapServers } = runner.cluster;
  intruder = createKafkaClient({ bootstrapServers, clientId: 'intruder' });
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

async function open(applicationId: string): Promise<KafkaStreams> {
  const prefix = `${applicationId}-`;
  await runner.judge.createTopics({ [`${prefix}lines`]: 1, [`${prefix}counts`]: 1 });
  const { streams } = await runner.run(wordCountTopology(prefix), applicationId, {
    processingGuarantee: 'exactly_once_v2',
    sessionTimeoutMs: 6_000,
  });
  return streams;
}

async function countsOf(applicationId: string): Promise<[string | null, number][]> {
  const records = await runner.judge.readAll(`${applicationId}-counts`);
  return records.map(({ key, value }) => [key, value === null ? 0 : long.deserialize(value)]);
}

/** What somebody else commits, whom the broker does not ask for a generation. */
async function intrude(work: (transaction: Transaction) => Promise<unknown>): Promise<void> {
  const producer = intruder.producer({
    transactionalId: 'intruder',
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await work(transaction);
  await transaction.commit();
  await producer.disconnect();
}

async function committedOffset(applicationId: string): Promise<string | undefined> {
  const admin = intruder.admin();
  await admin.connect();
  const [offsets] = await admin.fetchOffsets({ groupId: applicationId, topics: [`${applicationId}-lines`] });
  await admin.disconnect();
  return offsets?.partitions[0]?.offset;
}

test('opens a task again when its changelog goes on further than it was read', async () => {
  const opened = await open('short-read');
  const count = Buffer.from(long.serialize(41));
  const topic = 'short-read-counts-changelog';
  await intrude((transaction) => transaction.send({ topic, messages: [{ key: 'word', value: count }] }));
  await runner.judge.produce('short-read-lines', [{ key: null, value: 'word' }]);
  await eventually('the word is counted', async () => (await countsOf('short-read')).length > 0);
  expect(await countsOf('short-read')).toEqual([['word', 42]]);
  expect(opened.metrics().tasksMigrated).toBeGreaterThan(0);
});

test('opens a task again when it began before the last committed offset', async () => {
  const opened = await open('old-offset');
  await runner.judge.produce('old-offset-lines', [{ key: null, value: 'one' }]);
  await eventually('the first word is counted', async () => (await countsOf('old-offset')).length > 0);
  await opened.close();
  await open('old-offset');
  await intrude((transaction) =>
    transaction.sendOffsets({
      consumerGroupId: 'old-offset',
      topics: [{ topic: 'old-offset-lines', partitions: [{ partition: 0, offset: '3' }] }],
    }),
  );
  // A transaction is committed a moment before its offsets are there to be read.
  await eventually('the offset is committed', async () => (await committedOffset('old-offset')) === '3');
  await runner.judge.produce(
    'old-offset-lines',
    ['two', 'three', 'four'].map((value) => ({ key: null, value })),
  );
  await eventually('the last word is counted', async () =>
    (await countsOf('old-offset')).some(([word]) => word === 'four'),
  );
  const words = (await countsOf('old-offset')).map(([word]) => word);
  expect(words).not.toContain('two');
  expect(words.filter((word) => word === 'four')).toHaveLength(1);
});
