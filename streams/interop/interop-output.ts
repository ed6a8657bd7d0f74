import { Serdes } from '../src/serdes.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { endOf, type InputRecord, inTaskOrder, PARTITIONS } from './interop-input.ts';
import { type InteropNames, inputTopic, interopTopology, outputTopic } from './interop-topology.ts';
import type { ReadRecord } from './kafka-streams-app.ts';

/**
 * How much of an output is the same in every run. `sequence`: all updates of a key, in order. `any-order`: all
 * records but not their order, and not the headers: they come from whichever record was there when it was looked
 * for closed windows, once a second. `last`: the last row per key, where several tasks write to one topic. `rows`:
 * the rows that are there in the end, without their timestamps: those of a foreign-key join tell which side was
 * faster.
 */
type Sameness = 'sequence' | 'any-order' | 'last' | 'rows';

const OUTPUTS = {
  counts: 'sequence',
  sums: 'sequence',
  letters: 'last',
  both: 'sequence',
  'per-second': 'sequence',
  final: 'sequence',
  closed: 'any-order',
  slides: 'sequence',
  sessions: 'sequence',
  pairs: 'any-order',
  outer: 'any-order',
  enriched: 'sequence',
  regions: 'last',
  priced: 'sequence',
  offers: 'sequence',
  owned: 'rows',
  placed: 'rows',
  ticks: 'sequence',
} as const satisfies Record<string, Sameness>;

export const OUTPUT_TOPICS = Object.keys(OUTPUTS);

const LONGS = new Set([
  'counts',
  'sums',
  'letters',
  'per-second',
  'final',
  'closed',
  'slides',
  'sessions',
  'regions',
]);

/** Per output topic, what must be the same in every run, in words. */
export type Output = Readonly<Record<string, readonly string[]>>;

/** What one run without interruption gives. */
export function expectedOutput(parts: readonly (readonly InputRecord[])[]): Output {
  const names: InteropNames = { application: 'expected', inputs: 'in' };
  const driver = new TopologyTestDriver(interopTopology(names), {
    applicationId: names.application,
    partitions: PARTITIONS,
  });
  for (const part of parts) {
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      for (const record of inTaskOrder(part, partition)) pipe(driver, names, record);
    }
  }
  const records = OUTPUT_TOPICS.flatMap((topic) =>
    driver
      .createOutputTopic(outputTopic(names, topic), Serdes.bytes(), Serdes.bytes())
      .readRecords()
      .map(({ key, value, timestamp, headers, partition }, offset) => ({
        topic: outputTopic(names, topic),
        partition,
        offset,
        key: toHex(key),
        value: toHex(value),
        timestamp,
        headers: headers.map((header) => `${header.key}=${toHex(header.value)}`),
      })),
  );
  driver.close();
  return toOutput(names, records, endOf(parts));
}

function pipe(driver: TopologyTestDriver, names: InteropNames, record: InputRecord): void {
  const topic = inputTopic(names, record.topic);
  const headers = Object.entries(record.headers).map(([key, value]) => ({ key, value: Buffer.from(value) }));
  const options = { timestamp: record.timestamp, headers };
  const key = Serdes.string();
  if (typeof record.value === 'number') {
    driver.createInputTopic(topic, key, Serdes.long()).pipeInput(record.key, record.value, options);
  } else {
    driver.createInputTopic(topic, key, Serdes.string()).pipeInput(record.key, record.value, options);
  }
}

/** Takes from the records of output topics what must be the same; of the windows that close, those before `end`. */
export function toOutput(names: InteropNames, records: readonly ReadRecord[], end: number): Output {
  return Object.fromEntries(
    Object.entries(OUTPUTS).map(([topic, sameness]) => {
      const own = records.filter((record) => record.topic === outputTopic(names, topic));
      return [topic, settle(topic, sameness, own, end)];
    }),
  );
}

function settle(topic: string, sameness: Sameness, records: readonly ReadRecord[], end: number): string[] {
  switch (sameness) {
    case 'any-order':
      return records
        .filter(({ timestamp }) => timestamp < end)
        .map((record) => toWords(topic, { ...record, headers: [] }))
        .sort();
    case 'sequence':
      return [...byKey(records).values()].flat().map((record) => toWords(topic, record));
    case 'last':
      return [...byKey(records).values()].flatMap((rows) =>
        rows.slice(-1).map((record) => toWords(topic, { ...record, headers: [] })),
      );
    case 'rows':
      return [...byKey(records).values()].flatMap((rows) =>
        rows
          .slice(-1)
          .filter(({ value }) => value !== null)
          .map((record) => toWords(topic, { ...record, timestamp: 0, headers: [] })),
      );
  }
}

function byKey(records: readonly ReadRecord[]): Map<string, ReadRecord[]> {
  const found = Map.groupBy(records, ({ key }) => key ?? '');
  return new Map([...found].sort(([one], [two]) => (one < two ? -1 : 1)));
}

function toWords(topic: string, { partition, key, value, timestamp, headers }: ReadRecord): string {
  const bytes = value === null ? null : Buffer.from(value, 'hex');
  const row = bytes === null ? null : LONGS.has(topic) ? bytes.readBigInt64BE(0) : bytes.toString();
  const name = Buffer.from(key ?? '', 'hex').toString();
  return `${name} = ${row} at ${timestamp} in ${partition} ${headers.join(' ')}`.trim();
}

function toHex(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}
