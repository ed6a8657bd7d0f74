import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogRecord, NO_HEADERS } from '../record.ts';
import { Serdes } from '../serdes.ts';
import { Stores } from '../store-builder.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { queryKeyValueStore } from './query-stores.ts';
import type { ProducedRecord } from './record-collector.ts';
import { StreamTask } from './stream-task.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

function startTask(topology: Topology, now = () => 0): { task: StreamTask; written: ProducedRecord[] } {
  const written: ProducedRecord[] = [];
  const [subtopology] = topology.plan('app').subtopologies;
  if (subtopology === undefined) throw new Error('The topology has no subtopology.');
  const task = new StreamTask({
    applicationId: 'app',
    subtopology,
    partition: 0,
    collector: { send: (record) => written.push(record), partitionCount: () => 1 },
    now,
  });
  return { task, written };
}

function logRecord(
  topic: string,
  offset: number,
  value: string | null,
  timestamp: number,
  key = 'k',
): LogRecord {
  return {
    topic,
    partition: 0,
    offset,
    timestamp,
    key: Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers: NO_HEADERS,
  };
}

const textOf = ({ value }: ProducedRecord): string => Buffer.from(value ?? '').toString();

function mergedTopology(): Topology {
  const builder = new StreamsBuilder();
  builder.stream('left', text).merge(builder.stream('right', text)).to('out');
  return builder.build();
}

test('takes the record with the lowest timestamp among the heads of all partitions', () => {
  const times = fc.array(fc.nat(50), { maxLength: 15 });
  fc.assert(
    fc.property(times, times, (left, right) => {
      const { task, written } = startTask(mergedTopology());
      task.init();
      task.addRecords(
        'left',
        left.map((time, offset) => logRecord('left', offset, `l${offset}`, time)),
      );
      task.addRecords(
        'right',
        right.map((time, offset) => logRecord('right', offset, `r${offset}`, time)),
      );
      const queues = [
        left.map((time, index) => ({ time, name: `l${index}` })),
        right.map((time, index) => ({ time, name: `r${index}` })),
      ];
      const expected: string[] = [];
      for (;;) {
        // Of two heads with the same time, the one that waits longer comes first: not the last one's next.
        queues.sort((one, two) => (one[0]?.time ?? 99) - (two[0]?.time ?? 99));
        const lowest = queues[0]?.shift();
        if (lowest === undefined) break;
        expected.push(lowest.name);
        queues.reverse();
      }
      while (task.process());
      expect(written.map(textOf)).toEqual(expected);
    }),
  );
});

test('offsets to commit are those of the next record, or the position past what is invisible', () => {
  const { task } = startTask(mergedTopology());
  task.init();
  task.setPosition('left', 5);
  task.addRecords('left', [logRecord('left', 5, 'a', 7), logRecord('left', 6, 'b', 9)]);
  task.setPosition('left', 9);
  task.process();
  expect(task.consumedOffsets()).toEqual([{ topic: 'left', partition: 0, offset: 6, partitionTime: 7 }]);
  task.process();
  expect(task.consumedOffsets()).toEqual([{ topic: 'left', partition: 0, offset: 9, partitionTime: 9 }]);
  expect(task.commitNeeded).toBe(true);
  task.committed();
  expect(task.commitNeeded).toBe(false);
});

function counting(): Topology {
  const builder = new StreamsBuilder();
  builder.stream('in', text).groupByKey().count({ name: 'counts' }).toStream().to('out');
  return builder.build();
}

test('a task that crashed is brought back from its changelog', () => {
  const first = startTask(counting());
  first.task.init();
  first.task.addRecords(
    'in',
    ['a', 'b', 'a', 'a'].map((key, offset) => logRecord('in', offset, 'x', offset, key)),
  );
  while (first.task.process());
  const changelog = first.written.filter(({ topic }) => topic === 'app-counts-changelog');
  const second = startTask(counting());
  second.task.restore('counts', changelog);
  second.task.init();
  expect(second.written).toEqual([]);
  second.task.addRecords('in', [logRecord('in', 4, 'x', 9, 'a')]);
  second.task.process();
  const out = second.written.find(({ topic }) => topic === 'out');
  expect(Serdes.long().deserialize(out?.value ?? Buffer.alloc(0))).toBe(4);
});

test('a changelog with deletions restores to what the store was', () => {
  const change = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.option(fc.string(), { nil: null }),
  });
  const topology = (): Topology => {
    const builder = new StreamsBuilder();
    builder
      .table('in', { ...text, store: 'rows' })
      .toStream()
      .to('out');
    return builder.build();
  };
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const first = startTask(topology());
      first.task.init();
      first.task.addRecords(
        'in',
        changes.map(({ key, value }, at) => logRecord('in', at, value, at, key)),
      );
      while (first.task.process());
      const second = startTask(topology());
      second.task.restore(
        'rows',
        first.written.filter(({ topic }) => topic === 'app-rows-changelog'),
      );
      const rows = (task: StreamTask) => [
        ...queryKeyValueStore('rows', () => [...task.stores.values()]).all(),
      ];
      expect(rows(second.task)).toEqual(rows(first.task));
    }),
  );
});

test('an error names the step, the task and the record', () => {
  const builder = new StreamsBuilder();
  builder
    .stream('in', text)
    .mapValues<string>(
      () => {
        throw new Error('no');
      },
      { name: 'careless' },
    )
    .to('out', text);
  const { task } = startTask(builder.build());
  task.init();
  task.addRecords('in', [logRecord('in', 7, 'x', 0)]);
  expect(() => task.process()).toThrow('Step "careless" of task 0_0 failed at in-0 offset 7: no');
});

test('a record that cannot be read fails the task or is skipped, as asked', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: Serdes.string(), value: Serdes.json<object>() }).to('out');
  const { task } = startTask(builder.build());
  task.init();
  task.addRecords('in', [logRecord('in', 3, '{', 0)]);
  expect(() => task.process()).toThrow('Cannot read the record at in-0 offset 3: Not valid JSON: {');
});

test('punctuations: stream time aligned to the epoch, wall clock from when they were scheduled', () => {
  const fired: string[] = [];
  let now = 1_000;
  const builder = new StreamsBuilder();
  builder.addStateStore(Stores.keyValueStore('memory', text));
  builder.stream('in', text).process(
    () => ({
      init(context) {
        context.schedule(10, 'stream-time', (time) => fired.push(`stream ${time}`));
        context.schedule(100, 'wall-clock-time', (time) => fired.push(`wall ${time}`));
      },
      process: () => undefined,
    }),
    { name: 'ticking', stores: ['memory'] },
  );
  const { task } = startTask(builder.build(), () => now);
  task.init();
  for (const [offset, time] of [3, 12, 13, 47, 50].entries()) {
    task.addRecords('in', [logRecord('in', offset, 'x', time)]);
    task.process();
    task.punctuateStreamTime();
  }
  for (now of [1_050, 1_100, 1_350, 1_399, 1_400]) task.punctuateWallClock();
  expect(fired).toEqual([
    'stream 3',
    'stream 12',
    'stream 47',
    'stream 50',
    'wall 1100',
    'wall 1350',
    'wall 1400',
  ]);
});
