import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/design/design.ts';
import { designProblemText } from '#shared/design/parse/design-problem.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { gatherCount } from '#shared/design/queries/gather-count.ts';
import { emittersOf } from '#shared/design/queries/topic-use.ts';
import { topologicalOrder } from '#shared/design/queries/topological-order.ts';
import { writeDesign } from '#shared/design/write-design.ts';

const text = readFileSync(new URL('../../examples/orders.millstream.json', import.meta.url), 'utf8');

function openOrders(): Design {
  const parsed = parseDesign(text);
  if (!parsed.ok) throw new Error(parsed.error.map(designProblemText).join('\n'));
  return parsed.value;
}

describe('the Orders example', { timeout: 120_000 }, () => {
  it('is written as the program writes it (renew it with tools/design/format-design.ts)', () => {
    expect(writeDesign(openOrders())).toBe(text);
  });

  it('waits for the three checks that are drawn', () => {
    const design = openOrders();
    const operators = design.services.flatMap((service) => service.operators);
    const counts = operators.flatMap((each) => (each.kind === 'gather' ? [gatherCount(design, each)] : []));
    expect(counts).toEqual([3]);
  });

  it('has orders written by two services, and no cycle in any', () => {
    const design = openOrders();
    const orders = design.topics.find(({ name }) => name === 'orders');
    expect(emittersOf(design, orders?.id ?? '')).toHaveLength(2);
    expect(design.services.filter((service) => !topologicalOrder(service).ok)).toEqual([]);
  });

  it('is a design, or explained, whatever is cut out of its text or put in', () => {
    const pieces = fc.constantFrom(
      '',
      '"',
      '{',
      '}',
      '[',
      ',',
      'null',
      '-1',
      '"id"',
      '"orders"',
      '<<<<<<< HEAD\n',
    );
    const place = fc.nat({ max: text.length });
    fc.assert(
      fc.property(place, fc.nat({ max: 40 }), pieces, (at, cut, piece) => {
        const result = parseDesign(text.slice(0, at) + piece + text.slice(at + cut));
        const problems = result.ok ? [] : result.error.map(designProblemText);
        if (!result.ok) expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect(problem).toMatch(/^\S.*\.$/s);
      }),
      { numRuns: 300 },
    );
  });
});
