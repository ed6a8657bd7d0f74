import { expect, test } from 'vitest';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { shareTasks, tasksFingerprint } from './task-shares.ts';

function planOf(...topics: string[]) {
  const builder = new StreamsBuilder();
  for (const topic of topics) {
    builder.stream(topic, { key: Serdes.string(), value: Serdes.string() }).foreach(() => undefined);
  }
  return builder.build().plan('app');
}

test('members to whom task ids mean something else get no tasks', () => {
  const plan = planOf('orders');
  const counts = new Map([['orders', 4]]);
  const past = { owned: [], standbys: [], stored: {}, endpoint: null, objections: 0 };
  const shares = shareTasks(
    plan,
    counts,
    [
      { ...past, memberId: 'same', topology: tasksFingerprint(plan) },
      { ...past, memberId: 'other', topology: tasksFingerprint(planOf('customers', 'orders')) },
      { ...past, memberId: 'silent', topology: null },
    ],
    0,
  );
  expect(shares.get('other')).toEqual({ tasks: [], standbys: [], partitions: {} });
  const given = [...(shares.get('same')?.tasks ?? []), ...(shares.get('silent')?.tasks ?? [])];
  expect(given.sort()).toEqual(['0_0', '0_1', '0_2', '0_3']);
});
