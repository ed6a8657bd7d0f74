import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryWindowStore } from './memory-window-store.ts';

const RETENTION_MS = 100_000;

const put = fc.record({
  key: fc.constantFrom('a', 'b', 'aa'),
  start: fc.nat(400).map((each) => each * 1000),
  sequence: fc.nat(2),
  value: fc.option(fc.nat(255), { nil: null }),
});

test('equals a list that forgets what is older than the retention', () => {
  fc.assert(
    fc.property(fc.array(put, { maxLength: 200 }), fc.nat(400), fc.nat(400), (puts, first, second) => {
      const store = createMemoryWindowStore(RETENTION_MS);
      const model = new Map<string, { key: string; start: number; sequence: number; value: number }>();
      let observed = -1;
      for (const { key, start, sequence, value } of puts) {
        observed = Math.max(observed, start);
        const bytes = value === null ? null : { value: Buffer.of(value), timestamp: start };
        const kept = start > observed - RETENTION_MS;
        expect(store.put(Buffer.from(key), start, sequence, bytes)).toBe(kept);
        const id = `${key}/${start}/${sequence}`;
        if (kept && value !== null) model.set(id, { key, start, sequence, value });
        else if (kept) model.delete(id);
      }
      const [from, to] = [Math.min(first, second) * 1000, Math.max(first, second) * 1000];
      const live = [...model.values()]
        .filter(({ start }) => start > observed - RETENTION_MS && start >= from && start <= to)
        .sort((left, right) => left.start - right.start || left.sequence - right.sequence);
      for (const key of ['a', 'b', 'aa']) {
        const found = store
          .fetch(Buffer.from(key), from, to)
          .map((entry) => [entry.windowStart, entry.value[0]]);
        expect(found).toEqual(
          live.filter((each) => each.key === key).map(({ start, value }) => [start, value]),
        );
      }
      expect([...store.fetchAll(from, to)]).toHaveLength(live.length);
    }),
  );
});
