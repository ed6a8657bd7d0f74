import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { StreamsRunner } from '../../test/streams-runner.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { type Compression, isSupported } from './compression.ts';

const ALL: readonly Compression[] = ['gzip', 'snappy', 'lz4', 'zstd'];
const source = { key: Serdes.string(), value: Serdes.bytes() };
let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

/** Words, noise, and both in one value. */
const values = Array.from({ length: 400 }, (_, index) => {
  const words = Buffer.from(`order ${index} of a customer; `.repeat(index % 40));
  const noise = randomBytes((index * 37) % 900);
  return index % 3 === 0 ? words : index % 3 === 1 ? noise : Buffer.concat([words, noise, words]);
});

/** The broker compresses the input anew, and takes our output apart: both with Kafka's own codecs. */
test.each(ALL.filter(isSupported))('reads and writes %s as Kafka does', async (compression) => {
  const [input, output] = [`${compression}-in`, `${compression}-out`];
  await runner.judge.createTopics({ [input]: 1 }, { 'compression.type': compression });
  await runner.judge.createTopics({ [output]: 1 }, { 'compression.type': 'uncompressed' });
  await runner.judge.produce(
    input,
    values.map((value, index) => ({ key: `k${index}`, value })),
  );
  const builder = new StreamsBuilder();
  let seen = 0;
  const all = new Promise<void>((resolve) => {
    builder
      .stream(input, source)
      .peek(() => {
        seen += 1;
        if (seen === values.length) resolve();
      })
      .to(output, source);
  });
  const { streams } = await runner.run(builder.build(), `app-${compression}`, { compression });
  await all;
  await streams.close();
  const written = await runner.judge.readAll(output);
  expect(written.map(({ key }) => key)).toEqual(values.map((_, index) => `k${index}`));
  expect(written.every(({ value }, index) => value?.equals(values[index] ?? Buffer.of(1)))).toBe(true);
});
