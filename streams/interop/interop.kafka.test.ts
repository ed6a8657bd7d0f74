import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decodePartitionTime, decodeProcessorMetadata } from '../src/kafka/committed-offsets.ts';
import type { ProcessingGuarantee } from '../src/kafka/kafka-streams-config.ts';
import { Serdes } from '../src/serdes.ts';
import { eventually } from '../test/kafka-judge.ts';
import { StreamsRunner } from '../test/streams-runner.ts';
import {
  createParts,
  endOf,
  INPUT_TOPICS,
  type InputRecord,
  PARTITIONS,
  partitionOf,
} from './interop-input.ts';
import { readInternals } from './interop-internals.ts';
import { expectedOutput, OUTPUT_TOPICS, type Output, toOutput } from './interop-output.ts';
import { type InteropNames, inputTopic, interopTopology, outputTopic } from './interop-topology.ts';
import { KafkaStreamsApp } from './kafka-streams-app.ts';

/** A turn takes as long as two applications need to start, so the limit is far above the usual half a minute. */
const TIME_LIMIT_MS = 300_000;

let runner: StreamsRunner;
let java: KafkaStreamsApp;
let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), 'millstream-interop-'));
  runner = await StreamsRunner.start();
  java = await KafkaStreamsApp.launch(runner.cluster.bootstrapServers);
});

afterEach(() => runner.cleanUp());

afterAll(async () => {
  await java.close();
  await runner.stop();
  await rm(stateDir, { recursive: true, force: true });
});

test.each<ProcessingGuarantee>(['exactly_once_v2', 'at_least_once'])(
  'Kafka Streams and this library take turns with one application, %s',
  async (guarantee) => {
    const parts = createParts(4);
    const inputs = `in-${guarantee}`;
    const javaFirst = { application: `java-first-${guarantee}`, inputs, javaHasRestored: false };
    const javaLast = { application: `java-last-${guarantee}`, inputs, javaHasRestored: false };
    await createTopics(javaFirst, javaLast);
    for (const [turn, part] of parts.entries()) {
      const past = parts.slice(0, turn + 1);
      await produce(inputs, part);
      const [ofJava, ours]: [Application, Application] =
        turn % 2 === 0 ? [javaFirst, javaLast] : [javaLast, javaFirst];
      await Promise.all([runJava(ofJava, guarantee, turn, past), runOurs(ours, guarantee, past)]);
      await expectAlike(javaFirst, javaLast, turn > 0);
      const expected = expectedOutput(past);
      for (const application of [javaFirst, javaLast]) {
        const output = await readOutput(application, past);
        const shown = turn === parts.length - 1 ? comparable : settled;
        expect(shown(application, output)).toEqual(shown(application, expected));
      }
    }
  },
  TIME_LIMIT_MS,
);

test('while Kafka Streams runs an application, an instance of this library is refused', async () => {
  const names = { application: 'both-at-once', inputs: 'in-both' };
  await createTopics(names);
  await java.start(names, 'at_least_once', path.join(stateDir, names.application));
  await expect(runner.run(interopTopology(names), names.application)).rejects.toThrow(
    'The group "both-at-once" is in use by another kind of client',
  );
  await java.stop();
});

async function createTopics(...applications: readonly InteropNames[]): Promise<void> {
  const inputs = applications.flatMap((names) => INPUT_TOPICS.map((topic) => inputTopic(names, topic)));
  const outputs = applications.flatMap((names) => OUTPUT_TOPICS.map((topic) => outputTopic(names, topic)));
  const topics = [...new Set([...inputs, ...outputs])];
  await runner.judge.createTopics(Object.fromEntries(topics.map((topic) => [topic, PARTITIONS])));
}

async function produce(inputs: string, part: readonly InputRecord[]): Promise<void> {
  for (const topic of INPUT_TOPICS) {
    const messages = part
      .filter((record) => record.topic === topic)
      .map(({ key, value, timestamp, headers }) => ({
        key,
        value: typeof value === 'number' ? Buffer.from(Serdes.long().serialize(value)) : value,
        timestamp: String(timestamp),
        headers: { ...headers },
      }));
    if (messages.length > 0) await runner.judge.produce(`${inputs}-${topic}`, messages);
  }
}

/** An application that both run in turns. */
interface Application extends InteropNames {
  /**
   * Kafka Streams 4.3.1 takes other bytes for the times of the records that wait in a stream-table join when it
   * restores them, and loses them: those that it wrote itself too.
   */
  javaHasRestored: boolean;
}

type Parts = readonly (readonly InputRecord[])[];

/** Every turn begins with a new directory: its stores come from their changelogs. */
async function runJava(
  application: Application,
  guarantee: string,
  turn: number,
  past: Parts,
): Promise<void> {
  const { application: id, inputs } = application;
  application.javaHasRestored = turn > 0;
  await java.start({ application: id, inputs }, guarantee, path.join(stateDir, `${id}-${turn}`));
  await untilDone(application, past);
  await java.stop();
}

async function runOurs(names: Application, guarantee: ProcessingGuarantee, past: Parts): Promise<void> {
  const { streams } = await runner.run(interopTopology(names), names.application, {
    processingGuarantee: guarantee,
    // What went through repartition topics is compared too.
    repartitionPurgeIntervalMs: 3_600_000,
  });
  const failure = new Promise<never>((_resolve, reject) => streams.onError(reject));
  await Promise.race([untilDone(names, past), failure]);
  await streams.close();
}

/** All input is consumed, and with it whatever went through internal topics. */
async function untilDone(names: Application, past: Parts): Promise<void> {
  const counts = new Map<string, number>();
  for (const record of past.flat()) {
    const place = `${inputTopic(names, record.topic)}-${partitionOf(record)}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  await eventually(`${names.application} has consumed everything`, async () => {
    const committed = await java.committed(names.application);
    if (![...counts].every(([place, count]) => committed[place]?.offset === count)) return false;
    const topics = Object.keys(await java.internalTopics(names.application))
      .filter((topic) => !topic.endsWith('-changelog'))
      .map((topic) => `${names.application}-${topic}`);
    const records = await java.read(topics);
    return records.every(
      ({ topic, partition, offset }) => (committed[`${topic}-${partition}`]?.offset ?? 0) > offset,
    );
  });
}

/** Without what is looked for once a second only. */
function settled(application: Application, output: Output): Output {
  const { pairs: _pairs, outer: _outer, closed: _closed, ...others } = comparable(application, output);
  return others;
}

function comparable({ javaHasRestored }: Application, { priced = [], ...others }: Output): Output {
  return javaHasRestored ? others : { ...others, priced };
}

async function readOutput(names: InteropNames, past: Parts): Promise<Output> {
  const records = await java.read(OUTPUT_TOPICS.map((topic) => outputTopic(names, topic)));
  return toOutput(names, records, endOf(past));
}

/** Two applications with one input have the same internal topics, the same rows and the same committed times. */
async function expectAlike(one: Application, two: Application, continued: boolean): Promise<void> {
  const [ofOne, ofTwo] = [
    await readInternals(java, one.application, continued),
    await readInternals(java, two.application, continued),
  ];
  expect(ofOne.topics).toEqual(ofTwo.topics);
  const isComparable = (topic: string): boolean =>
    topic !== 'priced-Buffer-changelog' || !(one.javaHasRestored || two.javaHasRestored);
  for (const topic of Object.keys(ofOne.topics).filter(isComparable))
    expect(ofOne.contents[topic], topic).toEqual(ofTwo.contents[topic]);
  expect(await committedTimes(one)).toEqual(await committedTimes(two));
}

/** Of the input topics: when windows were last emitted is a matter of the clock, so only for which stores. */
async function committedTimes({ application, inputs }: InteropNames): Promise<unknown> {
  const committed = Object.entries(await java.committed(application));
  return committed
    .filter(([place]) => place.startsWith(`${inputs}-`))
    .map(([place, { metadata }]) => [
      place,
      decodePartitionTime(metadata),
      [...decodeProcessorMetadata(metadata).keys()],
    ]);
}
