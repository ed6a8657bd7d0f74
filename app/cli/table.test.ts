import { expect, it } from 'vitest';
import { formatDuration } from './inspect-lag.ts';
import { formatTable } from './table.ts';
import { toTerminalText } from './terminal-text.ts';

it('lines up text to the left and numbers to the right', () => {
  const table = formatTable(
    ['TOPIC', 'LAG', 'OWNER'],
    [
      ['orders', 5, 'a'],
      ['o', 1_200, null],
      ['payments', null, ''],
    ],
  );
  expect(table).toBe(
    ['TOPIC      LAG  OWNER', 'orders       5  a', 'o         1200  -', 'payments     -', ''].join('\n'),
  );
  expect(formatTable(['TOPIC'], [])).toBe('');
});

it('does not let what a record holds steer the terminal', () => {
  const text = 'a\u001b]0;owned\u0007\u009b2J\r\nb\u202ec\u2028\u007f';
  expect(toTerminalText(text)).toBe('a\\u001b]0;owned\\u0007\\u009b2J\\r\\nb\\u202ec\\u2028\\u007f');
  expect(toTerminalText('Größe 価格 🙂')).toBe('Größe 価格 🙂');
  expect(formatTable(['KEY'], [['\u001b[31m']])).not.toContain('\u001b');
});

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [90_000, '1.5 min'],
  [7_200_000, '2.0 h'],
  [172_800_000, '2.0 d'],
])('writes %i milliseconds as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
