import {
  booleanType,
  describeType,
  type ExpressionType,
  isAssignable,
  withoutNull,
} from '../expression-type.ts';
import type { CelNode } from '../parse-expression.ts';
import type { TypedNode } from '../typed-expression.ts';
import { type CheckContext, problem, textOf } from './check-context.ts';

/** Infers a part and reports when its value does not fit where it goes; `place` names that in the sentence. */
export function expectType(
  node: CelNode,
  context: CheckContext,
  expected: ExpressionType,
  place: string,
): TypedNode {
  const before = context.problems.length;
  const typed = context.infer(node, context, expected);
  if (isAssignable(typed.type, expected) || context.problems.length > before) return typed;
  return mismatch(node, typed.type, context, expected, place);
}

/** A part that must be true or false. */
export function inferCondition(node: CelNode, context: CheckContext): TypedNode {
  return expectType(node, context, booleanType, 'a condition');
}

function mismatch(
  node: CelNode,
  given: ExpressionType,
  context: CheckContext,
  expected: ExpressionType,
  place: string,
): TypedNode {
  const text = textOf(context, node);
  if (given.kind === 'nullable' && isAssignable(given.of, expected)) {
    return problem(context, node, 'may-be-missing', mayBeMissing(text));
  }
  if (given.kind === 'null') {
    return problem(
      context,
      node,
      'wrong-type',
      `null does not fit ${place}, which is ${describeType(expected)}.`,
    );
  }
  const sentence = `${text} is ${describeType(given)}, but ${place} is ${describeType(expected)}`;
  return problem(
    context,
    node,
    'wrong-type',
    `${sentence}${hint(node, given, withoutNull(expected), text)}.`,
  );
}

export function mayBeMissing(text: string): string {
  return `${text} may be missing; guard it first, as in ${text} != null ? … : ….`;
}

function hint(node: CelNode, given: ExpressionType, expected: ExpressionType, text: string): string {
  if (given.kind === 'int' && expected.kind === 'double') {
    return node.op === 'value' ? `; write ${text}.0` : `; write double(${text})`;
  }
  if (given.kind === 'double' && expected.kind === 'int')
    return `; write int(${text}), which drops the fraction`;
  if (expected.kind === 'string' && isPrintable(given)) return `; write string(${text})`;
  if (given.kind === 'timestamp' && expected.kind === 'int') return `; write millis(${text})`;
  if (expected.kind === 'enum' && given.kind === 'string') {
    return `; it holds only ${expected.symbols.slice(0, 6).join(', ')}`;
  }
  return '';
}

function isPrintable(type: ExpressionType): boolean {
  return (
    type.kind === 'int' || type.kind === 'double' || type.kind === 'boolean' || type.kind === 'timestamp'
  );
}
