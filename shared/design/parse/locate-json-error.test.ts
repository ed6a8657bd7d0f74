import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateJsonError } from './locate-json-error.ts';

describe('locateJsonError', { timeout: 120_000 }, () => {
  it.each([
    ['', 1, 1, 'The text ends too early. A value is expected here.'],
    ['{\n  "a": 1,\n  b: 2\n}', 3, 3, 'A name in double quotes is expected here.'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'A comma or } is expected here.'],
    ['[1, 2', 1, 6, 'The text ends too early. A comma or ] is expected here.'],
    ['[1, 2,]', 1, 7, 'A value is expected here.'],
    ['{"a" 1}', 1, 6, 'A colon is expected here.'],
    ['{"a": "b\n"}', 1, 9, 'A text in double quotes cannot go over the end of a line.'],
    ['{"a": "b', 1, 7, 'This text has no closing quote.'],
    ['{"a": "\\x"}', 1, 8, 'This is not an escape that JSON knows.'],
    ['{} {}', 1, 4, 'Nothing more is expected here.'],
    ['{\n<<<<<<< mine\n"a": 1', 2, 1, 'This line is the mark of a Git merge that is not finished.'],
    ['01', 1, 2, 'Nothing more is expected here.'],
  ])('%j', (text, line, column, message) => {
    expect(locateJsonError(text)).toEqual({ line, column, message });
  });

  it('finds an error exactly where JSON.parse does', () => {
    const text = fc
      .tuple(fc.json(), fc.nat(), fc.nat(3), fc.string({ maxLength: 2 }))
      .map(([json, at, cut, added]) => {
        const start = at % (json.length + 1);
        return json.slice(0, start) + added + json.slice(start + cut);
      });
    fc.assert(
      fc.property(text, (mutated) => {
        expect(locateJsonError(mutated) === null).toBe(isJson(mutated));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads any depth', () => {
    expect(locateJsonError('['.repeat(200_000))?.column).toBe(200_001);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
