import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../design.ts';
import { createHistory, recordStep, redo, undo } from '../history.ts';
import { parseDesign } from '../parse-design.ts';
import { arbitraryCommand } from '../testing/arbitrary-command.ts';
import { arbitraryDesign } from '../testing/arbitrary-design.ts';
import { writeDesign } from '../write-design.ts';
import { applyCommand } from './apply-command.ts';
import { SingleCommand } from './command.ts';

/** Long properties may take their time on a busy machine. */
const timeout = 120_000;

describe('any sequence of commands', { timeout }, () => {
  it('leaves a design that opens, after each; undo leads back to the first, redo to the last', () => {
    fc.assert(
      fc.property(arbitraryDesign(), fc.nat({ max: 12 }), fc.gen(), (first, count, draw) => {
        const before = writeDesign(first);
        let design = first;
        let history = createHistory();
        for (let at = 0; at < count; at += 1) {
          const command = draw(arbitraryCommand, design);
          const result = applyCommand(design, command);
          if (!result.ok) continue;
          expectOpens(result.value.design);
          const { patches, inverse } = result.value;
          history = recordStep(history, { label: command.do, patches, inverse, mergeKey: null, at });
          design = result.value.design;
        }
        expect(writeDesign(first)).toBe(before);
        expectWayBackAndForth(history, first, design);
      }),
      { numRuns: 150 },
    );
  });

  it('comes to apply every command there is', () => {
    const applied = new Set<string>();
    const commands = arbitraryDesign().chain((design) =>
      fc.array(arbitraryCommand(design), { minLength: 10, maxLength: 10 }).map((made) => ({ design, made })),
    );
    for (const { design, made } of fc.sample(commands, { seed: 1, numRuns: 200 })) {
      for (const command of made) if (applyCommand(design, command).ok) applied.add(command.do);
    }
    const names = SingleCommand.options.map((option) => option.shape.do.value);
    expect([...applied].sort()).toEqual([...names, 'batch'].sort());
  });
});

function expectOpens(design: Design): void {
  expect(parseDesign(writeDesign(design))).toEqual({ ok: true, value: design });
}

function expectWayBackAndForth(start: ReturnType<typeof createHistory>, first: Design, last: Design): void {
  let desk = { history: start, design: last };
  for (let step = undo(desk.history, desk.design); step; step = undo(desk.history, desk.design)) desk = step;
  expect(desk.design).toEqual(first);
  for (let step = redo(desk.history, desk.design); step; step = redo(desk.history, desk.design)) desk = step;
  expect(desk.design).toEqual(last);
}
