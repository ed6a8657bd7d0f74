import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { ProcessingError } from '../errors.ts';
import type { ErrorHandlerContext } from '../handlers/error-handlers.ts';
import { logAndContinue } from '../handlers/ready-made-handlers.ts';
import type { DropReason } from '../processor.ts';
import type { LogRecord } from '../record.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { createGlobalStores } from './global-stores.ts';
import { GlobalUpdates, type GlobalUpdatesOptions } from './global-updates.ts';
import { queryKeyValueStore } from './query-stores.ts';

const text = Serdes.string();
const json = Serdes.json<{ readonly n: number } | null>();

function topology(): Topology {
  const builder = new StreamsBuilder();
  const rows = builder.globalTable('rows', { key: text, value: json, store: 'copied' });
  builder
    .stream('in', { key: text, value: text })
    .join(
      rows,
      (key) => key,
      (value, row) => `${value}${row?.n}`,
      { name: 'look-up' },
    )
    .to('out', { key: text, value: text });
  return builder.build();
}

function record(key: string | null, value: string | null, offset = 0): LogRecord {
  const bytes = (given: string | null): Uint8Array | null => (given === null ? null : Buffer.from(given));
  return {
    topic: 'rows',
    partition: 2,
    offset,
    key: bytes(key),
    value: bytes(value),
    timestamp: 7,
    headers: [],
  };
}

function follow(options: Omit<GlobalUpdatesOptions, 'onDropped'> = {}) {
  const globals = createGlobalStores(topology().plan('app'));
  const dropped: DropReason[] = [];
  const updates = new GlobalUpdates(globals, { ...options, onDropped: (reason) => dropped.push(reason) });
  const rows = queryKeyValueStore(globals.stores.get('copied')?.name ?? '', () => [
    ...globals.handles.values(),
  ]);
  return { globals, updates, dropped, rows };
}

test('a record that cannot be read ends the application, with its place', () => {
  const failed: DropReason[] = [];
  const { updates, dropped, rows } = follow({ onFailed: (cause) => failed.push(cause) });
  updates.apply(record('a', '{"n":1}'));
  const work = (): void => updates.apply(record('a', '{x', 5));
  expect(work).toThrow(ProcessingError);
  expect(work).toThrow('Cannot read the record at rows-2 offset 5: Not valid JSON: {x');
  expect(failed).toEqual(['deserialization-error', 'deserialization-error']);
  expect(dropped).toEqual([]);
  expect(rows.get('a')).toEqual({ n: 1 });
});

test('a handler leaves it out, and the row stays as it was; no dead letter is written', () => {
  const asked: ErrorHandlerContext[] = [];
  const warned: string[] = [];
  const quiet = (): void => undefined;
  const { updates, dropped, rows } = follow({
    errorHandling: {
      deadLetterTopic: 'dead',
      deserializationExceptionHandler: (context, log, error) => {
        asked.push(context);
        return logAndContinue(context, log, error);
      },
    },
    logger: { debug: quiet, info: quiet, error: quiet, warn: (message) => warned.push(message) },
  });
  updates.apply(record('a', '{"n":1}'));
  updates.apply(record('a', '{x', 5));
  updates.apply(record(null, '{"n":1}'));
  updates.apply(record('b', '{"n":2}'));
  expect([...rows.all()]).toEqual([
    ['a', { n: 1 }],
    ['b', { n: 2 }],
  ]);
  expect(dropped).toEqual(['deserialization-error', 'null-key']);
  expect(asked).toMatchObject([{ taskId: 'global', topic: 'rows', partition: 2, offset: 5 }]);
  expect(asked[0]?.processorNodeId).toBe('KSTREAM-SOURCE-0000000000');
  expect(warned).toEqual([
    'no dead letter is written for a global table',
    'dropping a record after a deserialization error',
  ]);
});

test('no value, and one that is read as null, delete the row', () => {
  const { updates, rows } = follow();
  for (const key of ['a', 'b', 'c']) updates.apply(record(key, '{"n":1}'));
  updates.apply(record('a', null));
  updates.apply(record('b', 'null'));
  expect([...rows.all()]).toEqual([['c', { n: 1 }]]);
});

test('a row that was loaded unread says what it is when it is asked for', () => {
  const { globals, rows } = follow();
  globals.update(record('a', '{x'));
  const why =
    'The row of key "a" in the store "copied", read from topic "rows", cannot be read: Not valid JSON: {x';
  expect(() => rows.get('a')).toThrow(why);
  expect(() => [...rows.all()]).toThrow(why);
  const store = globals.stores.get('copied') as
    | { get(key: string): unknown; all(): Iterable<unknown> }
    | undefined;
  expect(() => store?.get('a')).toThrow(why);
  expect(() => [...(store?.all() ?? [])]).toThrow(why);
});

test('the test driver goes on whatever the handler would say, as that of Kafka Streams does', () => {
  const driver = new TopologyTestDriver(topology(), {
    deserializationExceptionHandler: () => {
      throw new Error('Nobody asks.');
    },
  });
  const rows = driver.createInputTopic('rows', text, text);
  rows.pipeInput('a', '{"n":1}');
  rows.pipeInput('a', '{x');
  driver.createInputTopic('in', text, text).pipeInput('a', 'v');
  expect(driver.createOutputTopic('out', text, text).readValues()).toEqual(['v1']);
  expect(driver.droppedRecords('deserialization-error')).toBe(1);
});
