import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBootstrapAddress } from './bootstrap-address.ts';

test('addresses are taken without the blanks around them', () => {
  expect(parseBootstrapAddress(' localhost:9092 ')).toEqual({ ok: true, value: 'localhost:9092' });
  expect(parseBootstrapAddress('a:1, b:2 ,')).toEqual({ ok: true, value: 'a:1,b:2' });
  expect(parseBootstrapAddress('[::1]:9092')).toEqual({ ok: true, value: '[::1]:9092' });
});

test.each([
  ['', 'Type the address'],
  [' , ', 'Type the address'],
  ['localhost', 'localhost:9092'],
  ['localhost:', 'localhost:9092'],
  ['kafka://localhost:9092', 'kafka://'],
  ['local host:9092', 'local host'],
  ['localhost:70000', 'between 1 and 65535'],
  ['localhost:0', 'between 1 and 65535'],
])('“%s” is refused with a sentence that names what is wrong', (typed, part) => {
  const parsed = parseBootstrapAddress(typed);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? '' : parsed.error).toContain(part);
});

test('whatever is accepted is accepted again as it is', () => {
  const address = fc
    .tuple(fc.domain(), fc.integer({ min: 1, max: 65_535 }))
    .map(([host, port]) => `${host}:${port}`);
  fc.assert(
    fc.property(fc.array(address, { minLength: 1, maxLength: 4 }), (addresses) => {
      const parsed = parseBootstrapAddress(addresses.join(' , '));
      expect(parsed).toEqual({ ok: true, value: addresses.join(',') });
    }),
  );
});
