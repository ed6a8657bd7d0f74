import type { LogRecord } from '../src/record.ts';
import { Serdes } from '../src/serdes.ts';
import type { Topology } from '../src/topology.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { type Answer, bytesText, type RecordRow } from './answer.ts';
import { buildTopology } from './build-topology.ts';
import type { Input } from './case-format.ts';
import type { ResolvedCase } from './case-scope.ts';
import { serdeOf } from './column-serdes.ts';
import type { Column } from './column-types.ts';
import { readStores } from './read-stores.ts';

/** The application id of every case, on both sides. */
export const APPLICATION_ID = 'app';

/** A case that is under way. */
export interface StartedCase {
  readonly topology: Topology;
  readonly driver: TopologyTestDriver;
}

export function startCase(found: ResolvedCase): StartedCase {
  const topology = buildTopology(found);
  const driver = new TopologyTestDriver(topology, {
    applicationId: APPLICATION_ID,
    initialWallClockTime: found.clock ?? 0,
    emitIntervalMs: found.emitInterval ?? 0,
  });
  return { topology, driver };
}

/** Runs a case on `@millstream/streams`. */
export function runCase(found: ResolvedCase): Answer {
  let started: StartedCase;
  try {
    started = startCase(found);
  } catch (error) {
    return { failure: { at: 'build', message: messageOf(error) } };
  }
  const { topology, driver } = started;
  for (const [index, input] of found.input.entries()) {
    try {
      pipe(driver, input, found);
    } catch (error) {
      const { topics = {} } = runCase({ ...found, input: found.input.slice(0, index) });
      return { failure: { at: String(index), message: messageOf(error) }, topics };
    }
  }
  const topics = readTopics(driver);
  const stores = readStores(driver, topology.plan(APPLICATION_ID));
  driver.close();
  return { topics, stores };
}

/** One step of the input. */
export function pipe(driver: TopologyTestDriver, input: Input, found: ResolvedCase): void {
  if ('advance' in input) {
    driver.advanceWallClockTime(input.advance);
    return;
  }
  const { key, value } = topicColumns(found).get(input.topic) ?? { key: 'string', value: 'string' };
  const headers = (input.headers ?? []).map(([name, text]) => ({
    key: name,
    value: text === null ? null : Buffer.from(text),
  }));
  driver
    .createInputTopic(input.topic, serdeOf(key), serdeOf(value))
    .pipeInput(input.key, input.value, { timestamp: input.at, headers });
}

interface Columns {
  readonly key: Column;
  readonly value: Column;
}

function topicColumns(found: ResolvedCase): Map<string, Columns> {
  const columns = new Map<string, Columns>();
  for (const step of found.topology) {
    const { key, value } = step.types;
    if (key === undefined || value === undefined) continue;
    const topics =
      step.op === 'stream'
        ? step.topics
        : step.op === 'table' || step.op === 'globalTable'
          ? [step.topic]
          : [];
    for (const topic of topics) columns.set(topic, { key, value });
  }
  return columns;
}

function readTopics(driver: TopologyTestDriver): Record<string, readonly RecordRow[]> {
  const topics: Record<string, readonly RecordRow[]> = {};
  const bytes = Serdes.bytes();
  for (const topic of driver.producedTopicNames.toSorted()) {
    const rows = driver.createOutputTopic(topic, bytes, bytes).readRecords().map(toRow);
    if (rows.length > 0) topics[topic] = rows;
  }
  return topics;
}

function toRow(record: Pick<LogRecord, 'key' | 'value' | 'timestamp' | 'headers'>): RecordRow {
  const headers = record.headers.map(({ key, value }) => [key, bytesText(value)] as const);
  return {
    key: bytesText(record.key),
    value: bytesText(record.value),
    at: record.timestamp,
    ...(headers.length === 0 ? {} : { headers }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
