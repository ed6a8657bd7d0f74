import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RestartingTask } from '../../test/restarting-task.ts';
import { show } from '../../test/table-scenario.ts';
import { windowTopologies } from '../../test/window-topologies.ts';
import type { LogRecord } from '../record.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';

function build(name: string): Topology {
  const [kind = '', ...words] = name.split(' ');
  const builder = new StreamsBuilder();
  windowTopologies[kind]?.(builder, words);
  return builder.build();
}

function shown({ key, value, timestamp, headers }: LogRecord): string {
  return `${show(key)} ${show(value)} @${timestamp} ${headers.map((each) => show(each.value)).join()}`;
}

const steps = fc.array(
  fc.record({ wait: fc.nat(12), key: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2', '3') }),
  { maxLength: 25 },
);
const topologies = ['slide 10 5', 'win 10 5 3', 'session 5 3'];
const closing = ['slideClose 10 0', 'winClose 10 5 3', 'sessionClose 5 3'];
const suppressing = [
  'supWin 10 2 unbounded',
  'supSession 5 0 unbounded',
  'supAgg 7 unbounded',
  'supAgg 9 rec 1',
];

test.each([...topologies, ...closing, ...suppressing])(
  'records in order give the same results whenever the task restarts: %s',
  (name) => {
    const topology = build(name);
    fc.assert(
      fc.property(steps, fc.nat(25), fc.nat(25), (inputs, first, second) => {
        const steady = new RestartingTask(topology);
        const restarted = new RestartingTask(topology);
        let time = 0;
        inputs.forEach(({ wait, key, value }, index) => {
          time += wait;
          if (index === first || index === second) restarted.restart();
          steady.pipe('in', key, value, time);
          restarted.pipe('in', key, value, time);
        });
        const results = steady.written('out').map(shown);
        expect(restarted.written('out').map(shown)).toEqual(results);
      }),
      { numRuns: 60 },
    );
  },
);

test('a record that waited in a suppress buffer over a restart keeps its timestamp and headers', () => {
  const task = new RestartingTask(build('supWin 10 5 unbounded'));
  task.pipe('in', 'a', '1', 3);
  task.pipe('in', 'a', '2', 4);
  task.restart();
  task.pipe('in', 'b', '3', 15);
  expect(task.written('out').map(shown)).toEqual([`${`61${'0'.repeat(16)}`} 12 @4 4`]);
  task.restart();
  task.pipe('in', 'b', '4', 16);
  expect(task.written('out')).toHaveLength(1);
});

test('windows that were emitted when they closed are not emitted again after a restart', () => {
  const task = new RestartingTask(build('winClose 10 10 0'));
  task.pipe('in', 'a', '1', 1);
  task.pipe('in', 'a', '2', 11);
  expect(task.written('out')).toHaveLength(1);
  task.restart();
  task.pipe('in', 'a', '3', 12);
  expect(task.written('out')).toHaveLength(1);
  task.pipe('in', 'a', '4', 20);
  expect(task.written('out')).toHaveLength(2);
});

test('a left record that waits for a partner is emitted after a restart', () => {
  const task = new RestartingTask(build('join left 5 5 0'));
  task.pipe('in', 'a', '1', 10);
  task.restart();
  task.pipe('in2', 'b', '2', 16);
  expect(task.written('out').map(shown)).toEqual(['a a:1+null @10 16']);
});
