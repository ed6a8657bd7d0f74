import type { ExpressionProblem, ExpressionProblemCode } from '../expression-problem.ts';
import { dynType, type ExpressionType } from '../expression-type.ts';
import type { CelNode } from '../parse-expression.ts';
import type { TypedNode } from '../typed-expression.ts';

/** What is known at one place of an expression. */
export interface CheckContext {
  readonly source: string;
  readonly variables: ReadonlyMap<string, ExpressionType>;
  /** The variables that macros declare; they hide others. */
  readonly locals: ReadonlyMap<string, ExpressionType>;
  /** Whether paths such as `value.note` are there, where a condition around this place has shown it. */
  readonly presence: ReadonlyMap<string, boolean>;
  readonly problems: ExpressionProblem[];
  /** Infers any part; the kinds of parts know each other only through it. */
  readonly infer: Infer;
}

/** `expected` is a wish that helps literals; whoever needs it kept uses expectType. */
export type Infer = (node: CelNode, context: CheckContext, expected?: ExpressionType) => TypedNode;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Records the problem and gives a node of unknown type, so that one mistake is told once. */
export function problem(
  context: CheckContext,
  at: Range,
  code: ExpressionProblemCode,
  message: string,
): TypedNode {
  context.problems.push({ code, message, start: at.start, end: at.end });
  return { op: 'literal', value: null, type: dynType, start: at.start, end: at.end };
}

/** The text of a part, for a sentence; cut where it is long. */
export function textOf(context: CheckContext, at: Range): string {
  const text = context.source.slice(at.start, at.end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** `value.customer.name` for a chain of names, else undefined. */
export function pathOf(node: CelNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const inner = pathOf(node.args[0]);
  return inner === undefined ? undefined : `${inner}.${node.args[1]}`;
}

export function rangeOf(node: CelNode): { readonly start: number; readonly end: number } {
  return { start: node.start, end: node.end };
}
