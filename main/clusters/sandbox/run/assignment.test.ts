import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareTasks } from './assignment.ts';

describe('sharing tasks among members', () => {
  it('gives every task to exactly one member, evenly, and moves no task without need', () => {
    const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
    const task = fc.integer({ min: 0, max: 40 }).map((partition) => `0_${partition}`);
    const tasks = fc.uniqueArray(task, { maxLength: 41 });
    fc.assert(
      fc.property(members, tasks, fc.nat(), (ids, all, seed) => {
        const holders = ids.map((id, index) => ({
          id,
          tasks: all.filter((_, place) => (place + seed) % (ids.length + 1) === index),
        }));
        const shares = shareTasks(all, holders);
        expect([...shares.values()].flat().toSorted()).toEqual(all.toSorted());
        const sizes = [...shares.values()].map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (const { id, tasks: held } of holders) {
          const kept = held.filter((task) => shares.get(id)?.includes(task)).length;
          expect(kept).toBeGreaterThanOrEqual(Math.min(held.length, Math.floor(all.length / ids.length)));
        }
      }),
    );
  });

  it('gives nothing when nobody is there', () => {
    expect(shareTasks(['0_0'], []).size).toBe(0);
  });
});
