import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignTasks } from './task-assignment.ts';

const tasks = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
  .map((counts) =>
    counts.flatMap((count, id) => Array.from({ length: count }, (_, partition) => `${id}_${partition}`)),
  );

const groups = tasks.chain((all) =>
  fc.record({
    all: fc.constant(all),
    members: fc
      .array(fc.subarray(all), { minLength: 1, maxLength: 5 })
      .map((each) => each.map((owned, index) => ({ memberId: `m${index}`, owned }))),
  }),
);

test('every task has one member and loads differ by at most one', () => {
  fc.assert(
    fc.property(groups, ({ all, members }) => {
      const shares = [...assignTasks(members, all).values()];
      expect(shares.flat().sort()).toEqual([...all].sort());
      const sizes = shares.map((share) => share.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a balanced assignment does not change', () => {
  fc.assert(
    fc.property(tasks, fc.integer({ min: 1, max: 4 }), (all, count) => {
      const members = Array.from({ length: count }, (_, index) => ({ memberId: `m${index}`, owned: [] }));
      const first = assignTasks(members, all);
      const again = assignTasks(
        members.map(({ memberId }) => ({ memberId, owned: first.get(memberId) ?? [] })),
        all,
      );
      const kept = members.map(({ memberId }) => {
        const before = new Set(first.get(memberId));
        return (again.get(memberId) ?? []).filter((task) => before.has(task)).length;
      });
      expect(kept.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(all.length - count);
    }),
  );
});

test('a second member takes half of each subtopology', () => {
  const all = ['0_0', '0_1', '1_0', '1_1'];
  const shares = assignTasks(
    [
      { memberId: 'a', owned: all },
      { memberId: 'b', owned: [] },
    ],
    all,
  );
  expect(shares.get('a')).toEqual(['0_0', '1_0']);
  expect(shares.get('b')).toEqual(['0_1', '1_1']);
});
