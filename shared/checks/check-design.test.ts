import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../design/design.ts';
import { parseDesign } from '../design/parse-design.ts';
import { arbitraryDesign } from '../design/testing/arbitrary-design.ts';
import { buildDesign, buildService, buildTopic } from '../design/testing/build-design.ts';
import { checkDesign } from './check-design.ts';
import { ruleCodes } from './rule-codes.ts';
import { ruleRegistry } from './rule-registry.ts';

describe('checkDesign', () => {
  it('finds nothing wrong with the Orders design', async () => {
    const found = checkDesign(await openOrders());
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(found.filter(({ code }) => code === 'SC-07').map(({ where }) => where.id)).toEqual([
      'inventory-with-stock',
      'fraud-spend',
      'email-paid',
    ]);
    expect(found.some(({ code }) => code === 'EV-07')).toBe(false);
  });

  it('lists errors first, then the order of the rules and of the file', () => {
    const design = buildDesign({
      topics: [buildTopic('b'), buildTopic('a')],
      services: [
        buildService('one', [{ id: 'end', name: 'End', kind: 'sink', topic: null }]),
        buildService('two', []),
      ],
    });
    expect(checkDesign(design).map(({ severity, code, where }) => `${severity} ${code} ${where.id}`)).toEqual(
      ['error DS-01 end', 'error DS-02 end', 'warning EV-05 b', 'warning EV-05 a', 'info DS-08 two'],
    );
  });

  it('ends for any design that opens, and says each thing in one sentence', () => {
    fc.assert(
      fc.property(arbitraryDesign(), (design) => {
        for (const { message, why } of checkDesign(design)) {
          expect(message).toMatch(/[.?…]$/);
          expect(why).toMatch(/\.$/);
          expect(message).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says of every rule what it is about and why it matters', () => {
    for (const code of ruleCodes) {
      expect(ruleRegistry[code].title).toMatch(/^[A-Z].*[^.]$/);
      expect(ruleRegistry[code].why).toMatch(/^[A-Z].*\.$/);
    }
  });
});

/** The specifier is no literal, so that the file, which is no source of this folder, stays out of its project. */
async function openOrders(): Promise<Design> {
  const file: string = '../../examples/orders.millstream.json';
  const module: { readonly default: unknown } = await import(file, { with: { type: 'json' } });
  const parsed = parseDesign(JSON.stringify(module.default));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}
