import fc from 'fast-check';
import { expect, test } from 'vitest';
import { camelNames, kebabNames } from './legal-names.ts';
import { reservedWords } from './reserved-words.ts';
import { uniqueNames } from './unique-names.ts';

test('reads as a person would have named it', () => {
  const names = [
    { id: 'a', name: 'Order details' },
    { id: 'b', name: 'E-mail' },
    { id: 'c', name: 'Each order’s total' },
    { id: 'd', name: 'Größe prüfen' },
  ];
  expect([...uniqueNames(names, kebabNames).values()]).toEqual([
    'order-details',
    'e-mail',
    'each-orders-total',
    'grosse-prufen',
  ]);
  expect(uniqueNames(names, camelNames).get('a')).toBe('orderDetails');
});

test('gives a shared wish to neither, whatever the order', () => {
  const first = { id: 'x-1', name: 'Orders' };
  const second = { id: 'y-2', name: 'orders!' };
  const expected = { 'x-1': 'orders-x-1', 'y-2': 'orders-y-2' };
  expect(Object.fromEntries(uniqueNames([first, second], kebabNames))).toEqual(expected);
  expect(Object.fromEntries(uniqueNames([second, first], kebabNames))).toEqual(expected);
});

test('falls back to the id where nothing of a name can be used', () => {
  expect(uniqueNames([{ id: 'fraud', name: '欺诈' }], kebabNames).get('fraud')).toBe('fraud');
  expect(uniqueNames([{ id: 'type', name: 'type' }], camelNames).get('type')).toBe('typeType');
});

const hostileName = fc.oneof(
  fc.constantFrom(
    ...reservedWords,
    'a b',
    'a-b',
    'aB',
    'A B',
    '__proto__',
    'constructor',
    '../..',
    '欺诈',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 250 }),
  fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', ' ', '_'), minLength: 100, maxLength: 250 }),
);
const hostileId = fc.oneof(
  fc.constantFrom('class', 'class-', 'a-b', 'a--b', 'ab', 'id-ab', 'id-id-ab', 'a-b-a-b'),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,79}$/),
);
const items = fc.uniqueArray(fc.record({ id: hostileId, name: hostileName }), {
  selector: (item) => item.id,
  maxLength: 25,
});

test('every name is legal and stands for one thing only', () => {
  fc.assert(
    fc.property(items, (things) => {
      const files = [...uniqueNames(things, kebabNames).values()];
      const variables = [...uniqueNames(things, camelNames).values()];
      expect(new Set(files).size).toBe(things.length);
      expect(new Set(variables).size).toBe(things.length);
      for (const file of files) expect(file).toMatch(/^[a-z0-9][a-z0-9-]{0,99}$/);
      for (const variable of variables) {
        expect(variable).toMatch(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/);
        expect(reservedWords.has(variable)).toBe(false);
      }
    }),
  );
});

test('the names do not depend on the order', () => {
  fc.assert(
    fc.property(items, (things) => {
      const forwards = uniqueNames(things, camelNames);
      const backwards = uniqueNames([...things].reverse(), camelNames);
      for (const { id } of things) expect(backwards.get(id)).toBe(forwards.get(id));
    }),
  );
});
