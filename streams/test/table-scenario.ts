import { readFileSync } from 'node:fs';
import type { LogRecord } from '../src/record.ts';
import { Serdes } from '../src/serdes.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';

/*
 * Scenarios that were run with Apache Kafka Streams 4.3.1 too (its TopologyTestDriver, caching off): the same
 * topology, the same generated input. What it wrote is in `recorded/`, by scenario and topic.
 */
export const S = Serdes.string();
export const text = { key: S, value: S };

/** A topic of the input with the keys and values that occur in it; `-` stands for null. */
export interface InputTopic {
  readonly topic: string;
  readonly keys: string;
  readonly values: string;
}

export interface TableScenario {
  readonly name: string;
  readonly seed: number;
  /** How many ms time moves per record, and how far timestamps lie around that. */
  readonly drift?: number;
  readonly spread?: number;
  readonly inputs: readonly InputTopic[];
  readonly build: (builder: StreamsBuilder) => void;
  readonly topics: readonly string[];
  /** More lines after those of the topics, as the recording has them. */
  readonly after?: (driver: TopologyTestDriver) => readonly string[];
}

/** Runs a scenario over `count` records, and lists what was written, as the recording does. */
export function runScenario(scenario: TableScenario, count = 60): string[] {
  const builder = new StreamsBuilder();
  scenario.build(builder);
  const driver = new TopologyTestDriver(builder.build(), { applicationId: 'app', initialWallClockTime: 0 });
  const pipes = new Map(
    scenario.inputs.map(({ topic }) => [topic, driver.createInputTopic(topic, S, S)] as const),
  );
  for (const { topic, key, value, timestamp, headers } of generate(scenario, count)) {
    pipes.get(topic)?.pipeInput(key, value, { timestamp, headers });
  }
  const lines = scenario.topics.flatMap((topic) =>
    driver.records(topic).map((record) => showRecord(topic, record)),
  );
  const after = scenario.after?.(driver) ?? [];
  driver.close();
  return [...lines, ...after];
}

/** What Kafka Streams wrote. */
export function recordedAnswers(file: string, scenario: string): string[] {
  const lines = readFileSync(new URL(`./recorded/${file}`, import.meta.url), 'utf8').split('\n');
  const start = lines.indexOf(`== ${scenario}`) + 1;
  if (start === 0) throw new Error(`${file} has no scenario "${scenario}".`);
  const end = lines.findIndex((line, index) => index >= start && (line.startsWith('== ') || line === ''));
  return lines.slice(start, end);
}

function* generate({ seed, inputs, drift = 1, spread = 12 }: TableScenario, count: number) {
  let state = seed;
  const pick = (n: number): number => {
    state = (state * 16807) % 2147483647;
    return state % n;
  };
  const choose = (words: string): string | null => {
    const list = words.split(' ');
    const word = list[pick(list.length)];
    return word === undefined || word === '-' ? null : word;
  };
  for (let index = 0; index < count; index += 1) {
    const input = inputs[pick(inputs.length)];
    if (input === undefined) return;
    const key = choose(input.keys);
    const value = choose(input.values);
    const timestamp = Math.max(0, index * drift + pick(spread) - Math.floor(spread / 2));
    const headers = [{ key: 'n', value: Buffer.from(String(index)) }];
    yield { topic: input.topic, key, value, timestamp, headers };
  }
}

function showRecord(topic: string, { key, value, timestamp, headers }: LogRecord): string {
  const marks = headers.map((header) => ` ${header.key}=${show(header.value)}`);
  return `${topic} ${show(key)} ${show(value)} @${timestamp}${marks.join('')}`;
}

export function show(bytes: Uint8Array | null): string {
  if (bytes === null) return 'null';
  const buffer = Buffer.from(bytes);
  return buffer.every((byte) => byte >= 32 && byte < 127) ? buffer.toString('utf8') : buffer.toString('hex');
}
