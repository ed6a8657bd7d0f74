import {
  booleanType,
  describeType,
  doubleType,
  type ExpressionType,
  intType,
  nullType,
  stringType,
  withoutNull,
} from '../expression-type.ts';
import { didYouMean } from '../nearest-name.ts';
import type { CelNode } from '../parse-expression.ts';
import type { NodeOf, TypedNode } from '../typed-expression.ts';
import { type CheckContext, problem, rangeOf, textOf } from './check-context.ts';
import { inferCondition } from './expect-type.ts';
import { inferField, inferIndex } from './infer-access.ts';
import { inferCall } from './infer-call.ts';
import { inferList, inferMapLiteral } from './infer-literal.ts';
import { inferArithmetic, inferComparison, inferEquality, inferIn, inferNegation } from './infer-operator.ts';
import { joinTypes } from './join-types.ts';
import { assuming, knownOutcome } from './narrowing.ts';

/**
 * Finds the type of a part and resolves what its operators mean. `expected` is a wish that helps literals (an
 * enum's symbol, a record's fields); whoever needs it kept uses expectType.
 */
export function infer(node: CelNode, context: CheckContext, expected?: ExpressionType): TypedNode {
  switch (node.op) {
    case 'value':
      return inferValue(node, context, expected);
    case 'id':
      return inferVariable(node, context);
    case '.':
      return inferField(node, context);
    case '[]':
      return inferIndex(node, context, expected);
    case 'call':
    case 'rcall':
      return inferCall(node, context);
    case 'list':
      return inferList(node, context, expected);
    case 'map':
      return inferMapLiteral(node, context, expected);
    case '?:':
      return inferConditional(node, context, expected);
    case '&&':
    case '||':
      return inferLogical(node, context);
    case '!_':
      return inferNot(node, context);
    case '-_':
      return inferNegation(node, context);
    case '==':
    case '!=':
      return inferEquality(node, context);
    case 'in':
      return inferIn(node, context);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return inferComparison(node, context);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return inferArithmetic(node, context, expected);
    case '.?':
    case '[?]':
      return problem(context, node, 'unsupported', 'Optional access with ? is not used here; use has(…).');
  }
}

function inferValue(
  node: Extract<CelNode, { op: 'value' }>,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const value = node.args;
  if (value === null) return literal(node, null, nullType);
  if (typeof value === 'boolean') return literal(node, value, booleanType);
  if (typeof value === 'number') return literal(node, value, doubleType);
  if (typeof value === 'bigint') return inferInt(node, value, context);
  if (typeof value === 'string') return inferString(node, value, context, expected);
  const what = value instanceof Uint8Array ? 'A literal of bytes' : 'An unsigned integer';
  return problem(context, node, 'unsupported', `${what} has no type in a design.`);
}

function literal(node: CelNode, value: NodeOf<'literal'>['value'], type: ExpressionType): TypedNode {
  return { op: 'literal', value, type, ...rangeOf(node) };
}

function inferInt(node: CelNode, value: bigint, context: CheckContext): TypedNode {
  const isSafe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  if (isSafe) return literal(node, Number(value), intType);
  return problem(context, node, 'out-of-range', `${value} is beyond the exact integers, ±(2^53 − 1).`);
}

function inferString(
  node: CelNode,
  value: string,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const wanted = expected && withoutNull(expected);
  if (wanted?.kind !== 'enum') return literal(node, value, stringType);
  if (!wanted.symbols.includes(value)) {
    const message = `${wanted.name} has no symbol ${value}${didYouMean(value, wanted.symbols)}`;
    problem(context, node, 'unknown-symbol', message.endsWith('?') ? message : `${message}.`);
  }
  return literal(node, value, wanted);
}

function inferVariable(node: Extract<CelNode, { op: 'id' }>, context: CheckContext): TypedNode {
  const name = node.args;
  const local = context.locals.get(name);
  const type = local ?? context.variables.get(name);
  if (!type) return problem(context, node, 'unknown-variable', unknownVariable(name, context));
  const shown = context.presence.get(name) ? withoutNull(type) : type;
  return { op: 'variable', name, local: local !== undefined, type: shown, ...rangeOf(node) };
}

function unknownVariable(name: string, context: CheckContext): string {
  const known = [...context.locals.keys(), ...context.variables.keys()];
  for (const [variable, type] of context.variables) {
    const record = withoutNull(type);
    if (record.kind === 'record' && record.fields.has(name)) {
      return `${name} is not known here; did you mean ${variable}.${name}?`;
    }
  }
  const suggestion = didYouMean(name, known);
  if (suggestion !== '') return `${name} is not known here${suggestion}`;
  if (known.length === 0) return `${name} is not known: this expression has no variables.`;
  return `${name} is not known here; the variables are ${known.join(', ')}.`;
}

function inferNot(node: Extract<CelNode, { op: '!_' }>, context: CheckContext): TypedNode {
  const of = inferCondition(node.args, context);
  const outcome = knownOutcome(node.args, of);
  if (outcome !== undefined) return literal(node, !outcome, booleanType);
  return { op: 'not', of, type: booleanType, ...rangeOf(node) };
}

function inferLogical(node: Extract<CelNode, { op: '&&' | '||' }>, context: CheckContext): TypedNode {
  const [leftNode, rightNode] = node.args;
  const left = inferCondition(leftNode, context);
  const goesOn = node.op === '&&';
  const right = inferCondition(rightNode, assuming(context, leftNode, goesOn));
  const outcome = knownOutcome(leftNode, left);
  if (outcome !== undefined) return outcome === goesOn ? right : left;
  if (knownOutcome(rightNode, right) === goesOn) return left;
  return { op: node.op === '&&' ? 'and' : 'or', left, right, type: booleanType, ...rangeOf(node) };
}

function inferConditional(
  node: Extract<CelNode, { op: '?:' }>,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const [conditionNode, trueNode, falseNode] = node.args;
  const condition = inferCondition(conditionNode, context);
  const whenTrue = infer(trueNode, assuming(context, conditionNode, true), expected);
  const whenFalse = infer(falseNode, assuming(context, conditionNode, false), expected);
  const type = joinTypes(whenTrue.type, whenFalse.type);
  if (!type) {
    const message = `The two results differ: ${textOf(context, trueNode)} is ${describeType(whenTrue.type)} and ${textOf(context, falseNode)} is ${describeType(whenFalse.type)}.`;
    return problem(context, node, 'wrong-type', message);
  }
  const outcome = knownOutcome(conditionNode, condition);
  if (outcome !== undefined) return { ...(outcome ? whenTrue : whenFalse), type };
  return { op: 'conditional', condition, whenTrue, whenFalse, type, ...rangeOf(node) };
}
