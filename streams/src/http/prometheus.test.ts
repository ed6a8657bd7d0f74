import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExposition } from '../../test/parse-exposition.ts';
import { StreamsMetrics } from '../kafka/streams-metrics.ts';
import { writeExposition } from './exposition.ts';
import { toPrometheus } from './prometheus.ts';

const nothing = { tasks: [], lag: [], stores: [] };

function busyMetrics(): StreamsMetrics {
  const metrics = new StreamsMetrics();
  const task = metrics.task('0_1');
  task.processed(7);
  task.dropped('late');
  task.dropped('late');
  task.dropped('processing-error');
  task.failed('deserialization-error');
  task.deadLetter('dlq');
  task.punctuated('stream-time');
  task.restored('counts', 20);
  metrics.task('1_0').processed(3);
  metrics.produced('out', 2, 150);
  metrics.produced('out', 1, 50);
  metrics.restoring('0_1', 'counts', 12);
  metrics.committed(3);
  metrics.committed(2_000);
  metrics.lateness(-5);
  metrics.lateness(90_000);
  metrics.rebalanced();
  metrics.migrated();
  metrics.turned(250);
  return metrics;
}

test('every figure is in the text, strictly in its format, with its labels and base units', () => {
  const gauges = {
    tasks: ['0_1'],
    lag: [{ task: '0_1', topic: 'in', partition: 1, records: 9 }],
    stores: [{ task: '0_1', store: 'counts', entries: 4 }],
  };
  const families = parseExposition(toPrometheus(busyMetrics().snapshot(gauges), 'RUNNING'));
  const values = (name: string) =>
    families
      .get(`millstream_streams_${name}`)
      ?.samples.map((each) => [Object.values(each.labels).join(' '), each.value]);
  expect(values('records_processed_total')).toEqual([
    ['0_1', 7],
    ['1_0', 3],
  ]);
  expect(values('records_dropped_total')).toEqual([
    ['0_1 late', 2],
    ['0_1 processing-error', 1],
  ]);
  expect(values('records_failed_total')).toEqual([['0_1 deserialization-error', 1]]);
  expect(values('dead_letters_total')).toEqual([['0_1 dlq', 1]]);
  expect(values('punctuations_total')).toEqual([['0_1 stream-time', 1]]);
  expect(values('records_restored_total')).toEqual([['0_1 counts', 20]]);
  expect(values('records_produced_total')).toEqual([['out', 3]]);
  expect(values('produced_bytes_total')).toEqual([['out', 200]]);
  expect(values('process_seconds_total')).toEqual([['', 0.25]]);
  expect(values('rebalances_total')).toEqual([['', 1]]);
  expect(values('tasks_migrated_total')).toEqual([['', 1]]);
  expect(values('lag_records')).toEqual([['0_1 in 1', 9]]);
  expect(values('store_entries')).toEqual([['0_1 counts', 4]]);
  expect(values('restore_remaining_records')).toEqual([['0_1 counts', 12]]);
  expect(values('state')?.filter(([, value]) => value === 1)).toEqual([['RUNNING', 1]]);
  expect(values('tasks')).toEqual([['', 1]]);
  expect(values('commit_duration_seconds')).toContainEqual(['0.005', 1]);
  expect(values('commit_duration_seconds')).toContainEqual(['', 2.003]);
  expect(values('record_latency_seconds')).toContainEqual(['60', 1]);
  expect(values('record_latency_seconds')).toContainEqual(['600', 2]);
});

test('a fresh instance has counters at zero, and no family without samples', () => {
  const families = parseExposition(toPrometheus(new StreamsMetrics().snapshot(nothing), 'CREATED'));
  expect(families.get('millstream_streams_rebalances_total')?.samples[0]?.value).toBe(0);
  expect(families.has('millstream_streams_records_dropped_total')).toBe(false);
});

test('a snapshot sums the tasks up', () => {
  expect(busyMetrics().snapshot(nothing)).toMatchObject({
    recordsProcessed: 10,
    recordsRestored: 20,
    recordsDropped: { late: 2, 'processing-error': 1 },
    deadLetters: 1,
    commits: 2,
    commitTimeMs: 2003,
  });
});

test('labels and help may hold any text', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string({ minLength: 1 }),
      fc.double({ noNaN: true }),
      (label, help, value) => {
        fc.pre(Number.isFinite(value) && help.trim() !== '' && !/[\r\u2028\u2029]/.test(label + help));
        const text = writeExposition([
          { type: 'gauge', name: 'any', help, samples: [{ labels: { text: label }, value }] },
        ]);
        const parsed = parseExposition(text).get('any');
        expect(parsed?.help).toBe(help);
        expect(parsed?.samples).toEqual([
          { name: 'any', labels: { text: label }, value: value === 0 ? 0 : value },
        ]);
      },
    ),
  );
});
