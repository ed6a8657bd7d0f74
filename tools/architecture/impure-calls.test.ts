import { expect, test } from 'vitest';
import { findInSource } from './impure-calls.ts';

test.each([
  ['const at = Date.now();', 'Date.now'],
  ['const at = new Date();', 'new Date()'],
  ['const at = Date();', 'Date()'],
  ['const id = globalThis.crypto.randomUUID();', 'crypto.randomUUID'],
  ['const pick = () => Math.random();', 'Math.random'],
  ['const took = performance.now();', 'performance.now'],
  ['await fetch(address);', 'fetch()'],
])('%s is found', (text, call) => {
  expect(findInSource('plan.ts', `\n${text}\n`)).toEqual([{ file: 'plan.ts', line: 2, call }]);
});

test('text that only speaks of the clock, and dates from the input, are left alone', () => {
  const text = [
    "const line = 'const at = Date.now();';",
    'const more = `new Date() ' + '$' + '{name}`;',
    'const at = new Date(input.time);',
    'const process = (record: Input) => record;',
  ].join('\n');
  expect(findInSource('emit.ts', text)).toEqual([]);
});
