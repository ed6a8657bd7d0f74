import { expect, test } from 'vitest';
import { exampleNames, readGuide, renewGuide } from './guide.ts';

test('the guide shows the examples as they are, with what they print', () => {
  const guide = readGuide();
  expect(renewGuide(guide), 'renew it: node streams/examples/guide.ts').toBe(guide);
});

test('every example is in the guide', () => {
  const shown = [...readGuide().matchAll(/<!-- example: ([\w-]+) -->/g)].map(([, name]) => name);
  expect([...new Set(shown)].sort()).toEqual(exampleNames());
});
