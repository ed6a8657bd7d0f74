import { err, ok, type Result } from '../base/result.ts';
import type { CheckContext } from './check/check-context.ts';
import { expectType } from './check/expect-type.ts';
import { infer } from './check/infer.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import { dynType, type ExpressionType } from './expression-type.ts';
import { parseExpression } from './parse-expression.ts';
import type { TypedNode } from './typed-expression.ts';

/** What an expression may use, and what it must give. */
export interface ExpressionEnvironment {
  readonly variables: Readonly<Record<string, ExpressionType>>;
  readonly expected?: ExpressionType;
  /** What the result is, for a sentence: “the condition”, “the key of orders”. */
  readonly place?: string;
}

export interface CheckedExpression {
  /** The type of the result; `dyn` where problems keep it from being known. */
  readonly type: ExpressionType;
  /** In the order of the source; empty when all is well. */
  readonly problems: readonly ExpressionProblem[];
}

/** Checks an expression's text against its variables and the type it must give. */
export function checkExpression(source: string, env: ExpressionEnvironment): CheckedExpression {
  const result = resolveExpression(source, env);
  return result.ok ? { type: result.value.type, problems: [] } : { type: dynType, problems: result.error };
}

/** The checked tree that the evaluator and the emitters work on, or every problem found. */
export function resolveExpression(
  source: string,
  env: ExpressionEnvironment,
): Result<TypedNode, readonly ExpressionProblem[]> {
  const parsed = parseExpression(source);
  if (!parsed.ok) return err([parsed.error]);
  const context: CheckContext = {
    source,
    variables: new Map(Object.entries(env.variables)),
    locals: new Map(),
    presence: new Map(),
    problems: [],
    infer,
  };
  const root = env.expected
    ? expectType(parsed.value, context, env.expected, env.place ?? 'the result')
    : infer(parsed.value, context);
  if (context.problems.length === 0) return ok(root);
  return err(context.problems.toSorted((left, right) => left.start - right.start || left.end - right.end));
}
