import { err, ok, type Result } from '../base/result.ts';
import { type ExpressionEnvironment, resolveExpression } from './check-expression.ts';
import { compileNode } from './evaluate/compile-node.ts';
import { EvaluationFailure } from './evaluation-failure.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Json } from './json.ts';
import type { TypedNode } from './typed-expression.ts';

export type Bindings = Readonly<Record<string, Json | undefined>>;

/** Evaluates one compiled expression; the error is one sentence. A variable that is not bound reads as null. */
export type Evaluate = (bindings: Bindings) => Result<Json, string>;

export interface CompiledExpression {
  readonly type: ExpressionType;
  readonly evaluate: Evaluate;
}

/** No evaluation walks more elements, or matches more characters, than this. */
const maxSteps = 1_000_000;

/** Checks an expression and makes a function of it that gives plain JSON and never runs on for ever. */
export function compileExpression(
  source: string,
  env: ExpressionEnvironment,
): Result<CompiledExpression, readonly ExpressionProblem[]> {
  const resolved = resolveExpression(source, env);
  if (!resolved.ok) return resolved;
  return ok({ type: resolved.value.type, evaluate: compileResolved(resolved.value) });
}

export function compileResolved(root: TypedNode): Evaluate {
  const run = compileNode(root);
  const mayNotBeFinite = root.type.kind !== 'boolean' && root.type.kind !== 'string';
  return (bindings) => {
    try {
      const value = run({ bindings, locals: new Map(), stepsLeft: maxSteps });
      if (mayNotBeFinite && hasNoJson(value)) return err('The result is not a number that JSON can hold.');
      return ok(value);
    } catch (error) {
      if (error instanceof EvaluationFailure) return err(error.message);
      if (error instanceof RangeError) return err('The expression is too large to evaluate.');
      throw error;
    }
  };
}

/** NaN and the infinities, which CEL's doubles know and JSON does not. */
function hasNoJson(value: Json): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasNoJson);
}
