import type { Design, Feed } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { type ExpressionSlot, expressionSlots, feedSlots } from '#shared/design/queries/expression-slots.ts';
import { compileExpression, type Evaluate } from '#shared/expressions/compile-expression.ts';
import { environmentOf } from '#shared/expressions/slot-environment.ts';
import type { Json } from '#shared/expressions/typed-expression.ts';
import { SandboxProblem } from './sandbox-problem.ts';

/** An expression ready to run: takes its variables by name, throws one sentence when it cannot be evaluated. */
export type SlotFunction = (bindings: Readonly<Record<string, unknown>>) => Json;

/** The expressions of one operator or feed, by field. */
export interface SlotFunctions {
  /** Null when the field holds no expression. */
  readonly optional: (field: string) => SlotFunction | null;
  readonly required: (field: string) => SlotFunction;
}

export function operatorFunctions(design: Design, operator: Operator): SlotFunctions {
  return functionsOf(
    design,
    expressionSlots(design, operator),
    `operator “${operator.name}” (${operator.id})`,
  );
}

export function feedFunctions(design: Design, feed: Feed): SlotFunctions {
  return functionsOf(design, feedSlots(design, feed), `feed “${feed.name}”`);
}

function functionsOf(design: Design, slots: readonly ExpressionSlot[], place: string): SlotFunctions {
  const byField = new Map(slots.map((slot) => [slot.field, slot]));
  const optional = (field: string): SlotFunction | null => {
    const slot = byField.get(field);
    return slot ? compileSlot(design, slot, place) : null;
  };
  const required = (field: string): SlotFunction => {
    const found = optional(field);
    if (found) return found;
    throw new SandboxProblem(`The ${place} has no ${field}; write one in its properties.`);
  };
  return { optional, required };
}

function compileSlot(design: Design, slot: ExpressionSlot, place: string): SlotFunction {
  if (typeof slot.expression !== 'string') {
    throw new SandboxProblem(
      `The ${place} calls the handler ${slot.expression.handler} for its ${slot.field}; the sandbox runs only ` +
        'expressions, so write it as one or generate the project and run that.',
    );
  }
  const compiled = compileExpression(slot.expression, environmentOf(design, slot));
  if (!compiled.ok) {
    throw new SandboxProblem(`The ${slot.field} of ${place} is wrong: ${compiled.error[0]?.message ?? ''}`);
  }
  return evaluator(compiled.value.evaluate, `${slot.field} of ${place}`);
}

function evaluator(evaluate: Evaluate, place: string): SlotFunction {
  return (bindings) => {
    const result = evaluate(bindings as Readonly<Record<string, Json | undefined>>);
    if (result.ok) return result.value;
    throw new Error(`The ${place} failed: ${result.error}`);
  };
}
