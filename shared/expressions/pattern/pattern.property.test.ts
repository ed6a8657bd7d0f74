import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './match-pattern.ts';
import { parsePattern } from './pattern.ts';

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\d',
  '[ab]',
  '[^a]',
  '^',
  '$',
  '\\b',
  '(a|b)',
  '(?:ab|c)',
  'ä',
  '\\.',
);
const suffix = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '+?');
const pieces = fc.array(fc.tuple(atom, suffix), { maxLength: 5 });
const pattern = fc
  .array(pieces, { minLength: 1, maxLength: 3 })
  .map((options) => options.map((parts) => parts.map(([one, many]) => one + many).join('')).join('|'));
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', ' ', 'ä', '😀', '.'), { maxLength: 8 })
  .map((all) => all.join(''));

describe('a pattern', () => {
  it('matches what a JavaScript regular expression matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const parsed = parsePattern(source);
        fc.pre(parsed.ok);
        if (!parsed.ok) return;
        const expected = new RegExp(source, 'u').test(subject);
        if (expected) matched += 1;
        expect(compilePattern(parsed.value)(subject)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
    expect(matched).toBeGreaterThan(100);
  });

  it.each([
    '(a+)+',
    '(a*b)*',
    '(a|a)*',
    '(a|ab)+',
    '(?=a)',
    '(?<name>a)',
    '(a)\\1',
    'a**',
    '(a',
    'a)',
    '[a',
    '[]',
    '*',
    'a{2,1}',
    '\\q',
    '(a?)*',
  ])('%s is refused', (source) => {
    expect(parsePattern(source)).toMatchObject({ ok: false });
  });
});
