import { expect, test } from 'vitest';
import { Serdes } from '../serdes.ts';
import { SessionWindows } from '../session-windows.ts';
import { Stores } from '../store-builder.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { TimeWindows } from '../windows.ts';
import { isPersistent } from './disk-state.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

test('a store that is asked to stay in memory does, whatever operator it belongs to', () => {
  const builder = new StreamsBuilder();
  const grouped = builder.stream('in', text).groupByKey();
  const light = { inMemory: true } as const;
  grouped.count({ name: 'counts', ...light });
  grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count({ name: 'windows', ...light });
  grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(10)).count({ name: 'sessions', ...light });
  const table = builder.table('rows', { ...text, store: 'rows', ...light });
  table.mapValues((value) => value, { name: 'mapped', ...text, ...light });
  grouped.count({ name: 'on-disk' });
  const { subtopologies } = builder.build().plan('app');
  const persistent = subtopologies
    .flatMap(({ stores }) => stores.filter(isPersistent))
    .map(({ name }) => name);
  expect(persistent).toEqual(['on-disk']);
  expect(Stores.windowStore('own', { ...text, ...light, windowSizeMs: 1, retentionMs: 1 }).inMemory).toBe(
    true,
  );
});
