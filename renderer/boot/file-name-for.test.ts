import { expect, test } from 'vitest';
import { fileNameFor } from './file-name-for.ts';

test('a name becomes a plain file name', () => {
  expect(fileNameFor('Orders & payments')).toBe('orders-payments.millstream.json');
  expect(fileNameFor('  Übersicht 2 ')).toBe('ubersicht-2.millstream.json');
  expect(fileNameFor('…')).toBe('untitled.millstream.json');
});
