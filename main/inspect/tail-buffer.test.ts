import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordView } from '#shared/contract/cluster-types.ts';
import { createTailBuffer } from './tail-buffer.ts';

it('gives what waits in order, an event at a time', () => {
  const buffer = createTailBuffer({ records: 3, bytes: 10_000 });
  for (const offset of [1, 2, 3, 4, 5]) buffer.add(view(offset, 10));
  expect(offsetsOf(buffer.take())).toEqual([1, 2, 3]);
  expect(offsetsOf(buffer.take())).toEqual([4, 5]);
  expect(buffer.take()).toEqual({ records: [], dropped: 0 });
});

it('gives a record that alone is larger than an event may be', () => {
  const buffer = createTailBuffer({ records: 10, bytes: 500 });
  buffer.add(view(1, 4_000));
  buffer.add(view(2, 10));
  expect(offsetsOf(buffer.take())).toEqual([1]);
  expect(offsetsOf(buffer.take())).toEqual([2]);
});

it('never holds much more than two events once trimmed, and forgets no record uncounted', () => {
  const added = fc.array(fc.record({ size: fc.nat(3_000), trim: fc.boolean(), take: fc.boolean() }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(added, (steps) => {
      const limits = { records: 10, bytes: 5_000 };
      const buffer = createTailBuffer(limits);
      let seen = 0;
      let last = -1;
      const take = () => {
        const { records, dropped } = buffer.take();
        for (const { offset } of records) {
          expect(offset).toBeGreaterThan(last);
          last = offset;
        }
        seen += records.length + dropped;
        return records.length;
      };
      steps.forEach(({ size, trim, take: taking }, offset) => {
        buffer.add(view(offset, size));
        if (trim) buffer.trim();
        if (taking) take();
      });
      buffer.trim();
      let waiting = 0;
      for (let count = take(); count > 0; count = take()) waiting += count;
      expect(waiting).toBeLessThanOrEqual(2 * limits.records);
      expect(seen).toBe(steps.length);
    }),
  );
});

function view(offset: number, size: number): RecordView {
  const payload = { kind: 'text', text: 'x'.repeat(size), bytes: size, truncated: false } as const;
  return { partition: 0, offset, timestamp: 0, key: { ...payload, text: '' }, value: payload, headers: [] };
}

function offsetsOf({ records }: { readonly records: readonly RecordView[] }): number[] {
  return records.map(({ offset }) => offset);
}
