import { expect, test } from 'vitest';
import { HashOrderedKeys } from './hash-order.ts';

test('keys come in the order of a Java HashSet; recorded from Java 17', () => {
  const keys = new HashOrderedKeys();
  for (let index = 0; index < 30; index += 1) keys.add(Buffer.from(`key-${(index * 7919) % 1000}`));
  keys.add(Buffer.from([0xff, 0x80, 0]));
  keys.add(Buffer.from('key-0'));
  const names = keys.take().map((key) => (key.length === 3 ? 'bin' : Buffer.from(key).toString().slice(4)));
  expect(names.join(' ')).toBe(
    '190 271 461 56 785 542 109 866 623 947 bin 704 919 0 380 299 651 595 352 732 676 137 433 28 894 813 757 ' +
      '218 514 975 838',
  );
  expect(keys.take()).toEqual([]);
});
