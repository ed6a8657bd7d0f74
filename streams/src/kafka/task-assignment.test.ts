import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignTasks, type MemberTasks, type TaskShare } from './task-assignment.ts';

const tasks = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
  .map((counts) =>
    counts.flatMap((count, id) => Array.from({ length: count }, (_, partition) => `${id}_${partition}`)),
  );

/** Any members with any past, even tasks that are claimed twice or do not exist any more. */
const groups = tasks.chain((all) => {
  const some = fc.subarray([...all, '9_9']);
  const member = fc.record({
    owned: some,
    standbys: some,
    stored: fc.dictionary(fc.constantFrom(...all, '9_9'), fc.nat({ max: 1000 }), { maxKeys: all.length + 1 }),
  });
  return fc.record({
    all: fc.constant(all),
    stateful: fc.subarray(all).map((each) => new Set(each)),
    count: fc.nat({ max: 3 }),
    members: fc
      .array(member, { minLength: 1, maxLength: 5 })
      .map((each) => each.map((one, index): MemberTasks => ({ memberId: `m${index}`, ...one }))),
  });
});

function fresh(memberId: string): MemberTasks {
  return { memberId, owned: [], standbys: [], stored: {} };
}

/** The members as they would join next time. */
function after(shares: ReadonlyMap<string, TaskShare>): MemberTasks[] {
  return [...shares].map(([memberId, { active, standby }]) => ({
    memberId,
    owned: active,
    standbys: standby,
    stored: Object.fromEntries(standby.map((task) => [task, 1])),
  }));
}

test('every task runs on one member, and loads differ by at most one', () => {
  fc.assert(
    fc.property(groups, ({ all, members, stateful, count }) => {
      const shares = [...assignTasks(members, all, { count, of: stateful }).values()];
      expect(shares.flatMap(({ active }) => active).sort()).toEqual([...all].sort());
      const sizes = shares.map(({ active }) => active.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('standbys of a task are on different members, and not where it runs', () => {
  fc.assert(
    fc.property(groups, ({ all, members, stateful, count }) => {
      const shares = [...assignTasks(members, all, { count, of: stateful }).values()];
      for (const { active, standby } of shares) {
        expect(new Set(standby).size).toBe(standby.length);
        expect(standby.filter((task) => active.includes(task))).toEqual([]);
      }
      for (const task of all) {
        const holders = shares.filter(({ standby }) => standby.includes(task));
        expect(holders.length).toBe(stateful.has(task) ? Math.min(count, members.length - 1) : 0);
      }
    }),
  );
});

test('with the same members nothing moves, whatever came before', () => {
  fc.assert(
    fc.property(groups, ({ all, members, stateful, count }) => {
      const replicas = { count, of: stateful };
      const first = assignTasks(members, all, replicas);
      const again = assignTasks(after(first), all, replicas);
      for (const [memberId, { active, standby }] of first) {
        expect([...(again.get(memberId)?.active ?? [])].sort()).toEqual([...active].sort());
        expect([...(again.get(memberId)?.standby ?? [])].sort()).toEqual([...standby].sort());
      }
    }),
  );
});

test('when one joins or leaves, nobody who stays loses more than fairness asks for', () => {
  fc.assert(
    fc.property(tasks, fc.integer({ min: 2, max: 5 }), (all, count) => {
      const members = Array.from({ length: count }, (_, index) => fresh(`m${index}`));
      const before = after(assignTasks(members, all));
      const grown = assignTasks([...before, fresh('new')], all);
      const shrunk = assignTasks(before.slice(1), all);
      const least = Math.floor(all.length / (count + 1));
      for (const { memberId, owned } of before) {
        const kept = grown.get(memberId)?.active.filter((task) => owned.includes(task)).length ?? 0;
        expect(kept).toBeGreaterThanOrEqual(Math.min(least, owned.length));
        if (memberId === before[0]?.memberId) continue;
        expect(owned.filter((task) => !shrunk.get(memberId)?.active.includes(task))).toEqual([]);
      }
    }),
  );
});

test('a second member takes half of each subtopology', () => {
  const all = ['0_0', '0_1', '1_0', '1_1'];
  const shares = assignTasks([{ ...fresh('a'), owned: all }, fresh('b')], all);
  expect(shares.get('a')?.active).toEqual(['0_0', '1_0']);
  expect(shares.get('b')?.active).toEqual(['0_1', '1_1']);
});

test('a restarted instance gets the tasks whose stores it has, the newest copy first', () => {
  const all = ['0_0', '0_1', '0_2', '0_3'];
  const back = { ...fresh('b'), stored: { '0_0': 10, '0_1': 90 } };
  const alone = { ...fresh('a'), owned: all };
  const shares = assignTasks([alone, back], all);
  expect([...(shares.get('b')?.active ?? [])].sort()).toEqual(['0_0', '0_1']);
  const both = assignTasks([{ ...fresh('a'), stored: { '0_0': 50 } }, back], all);
  expect(both.get('a')?.active).toContain('0_0');
  expect(both.get('b')?.active).toContain('0_1');
});

test('who has the only copy gets the task, even when there are fewer tasks than members', () => {
  for (const memberId of ['a', 'b', 'c']) {
    const members = ['a', 'b', 'c'].map((id) =>
      id === memberId ? { ...fresh(id), stored: { '0_0': 5 } } : fresh(id),
    );
    expect(assignTasks(members, ['0_0']).get(memberId)?.active).toEqual(['0_0']);
  }
});

test('when an owner is gone, the standby takes over, and who is left follows', () => {
  const all = ['0_0', '0_1', '0_2'];
  const replicas = { count: 1, of: new Set(all) };
  const before = after(assignTasks([fresh('a'), fresh('b'), fresh('c')], all, replicas));
  const gone = before.find(({ owned }) => owned.includes('0_0'));
  const heir = before.find(({ standbys }) => standbys.includes('0_0'));
  const left = before.filter((member) => member !== gone);
  const shares = assignTasks(left, all, replicas);
  expect(shares.get(heir?.memberId ?? '')?.active).toContain('0_0');
  for (const { active, standby } of shares.values()) expect(active.length + standby.length).toBe(3);
});
