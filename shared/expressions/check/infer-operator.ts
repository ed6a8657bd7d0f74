import {
  booleanType,
  describeType,
  doubleType,
  durationType,
  dynType,
  type ExpressionType,
  intType,
  stringType,
  timestampType,
  withoutNull,
} from '../expression-type.ts';
import type { CelNode } from '../parse-expression.ts';
import type { Arithmetic, ArithmeticOperator, TypedNode } from '../typed-expression.ts';
import { type CheckContext, problem, rangeOf, textOf } from './check-context.ts';
import { expectType, mayBeMissing } from './expect-type.ts';
import { joinTypes } from './join-types.ts';
import { isNull, presenceOf } from './narrowing.ts';

type Binary<O extends CelNode['op']> = Extract<CelNode, { op: O }>;

export function inferNegation(node: Extract<CelNode, { op: '-_' }>, context: CheckContext): TypedNode {
  const of = notNull(node.args, context.infer(node.args, context), context);
  if (of.op === 'literal' && typeof of.value === 'number') {
    return { ...of, value: of.type.kind === 'int' ? 0 - of.value : -of.value, ...rangeOf(node) };
  }
  if (!['int', 'double', 'duration', 'dyn'].includes(of.type.kind)) {
    const message = `${textOf(context, node.args)} is ${describeType(of.type)}, which has no negative.`;
    return problem(context, node, 'wrong-type', message);
  }
  return { op: 'negate', of, type: of.type, ...rangeOf(node) };
}

const timeResults: Readonly<Record<string, ExpressionType>> = {
  'timestamp - timestamp': durationType,
  'timestamp - duration': timestampType,
  'timestamp + duration': timestampType,
  'duration + timestamp': timestampType,
  'duration + duration': durationType,
  'duration - duration': durationType,
};

export function inferArithmetic(
  node: Binary<ArithmeticOperator>,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const [leftNode, rightNode] = node.args;
  const wanted = expected && withoutNull(expected).kind === 'list' ? expected : undefined;
  const left = notNull(leftNode, context.infer(leftNode, context, wanted), context);
  const right = notNull(rightNode, context.infer(rightNode, context, wanted), context);
  const found = arithmeticOf(node.op, left.type, right.type);
  if (!found)
    return problem(context, node, 'wrong-type', cannotCompute(node, left.type, right.type, context));
  const divides = node.op === '/' || node.op === '%';
  if (divides && found.on === 'int' && right.op === 'literal' && right.value === 0) {
    return problem(context, rightNode, 'division-by-zero', 'This divides by zero.');
  }
  return {
    op: 'arithmetic',
    operator: node.op,
    on: found.on,
    left,
    right,
    type: found.type,
    ...rangeOf(node),
  };
}

function arithmeticOf(
  operator: ArithmeticOperator,
  left: ExpressionType,
  right: ExpressionType,
): { on: Arithmetic; type: ExpressionType } | undefined {
  if (left.kind === 'dyn' || right.kind === 'dyn') return { on: 'dyn', type: dynType };
  if (left.kind === 'int' && right.kind === 'int') return { on: 'int', type: intType };
  if (left.kind === 'double' && right.kind === 'double') {
    return operator === '%' ? undefined : { on: 'double', type: doubleType };
  }
  if (operator === '+' && isText(left) && isText(right)) return { on: 'string', type: stringType };
  if (operator === '+' && left.kind === 'list' && right.kind === 'list') {
    const type = joinTypes(left, right);
    return type && { on: 'list', type };
  }
  const type = timeResults[`${left.kind} ${operator} ${right.kind}`];
  return type && { on: 'int', type };
}

function isText(type: ExpressionType): boolean {
  return type.kind === 'string' || type.kind === 'enum';
}

function cannotCompute(
  node: Binary<ArithmeticOperator>,
  left: ExpressionType,
  right: ExpressionType,
  context: CheckContext,
): string {
  const [leftText, rightText] = node.args.map((part) => textOf(context, part));
  const sentence = `${leftText} is ${describeType(left)} and ${rightText} is ${describeType(right)}`;
  const kinds = [left.kind, right.kind];
  if (kinds.includes('int') && kinds.includes('double')) {
    const text = left.kind === 'int' ? leftText : rightText;
    const isLiteral = node.args[left.kind === 'int' ? 0 : 1].op === 'value';
    return `${sentence}, and ${node.op} does not mix them; write ${isLiteral ? `${text}.0` : `double(${text})`}.`;
  }
  if (node.op === '+' && (isText(left) || isText(right))) {
    return `${sentence}; write string(${isText(left) ? rightText : leftText}) to put them together.`;
  }
  return `${sentence}: ${node.op} does not work on these.`;
}

const ordered = ['string', 'enum', 'int', 'double', 'timestamp', 'duration', 'boolean', 'dyn'];

export function inferComparison(node: Binary<'<' | '<=' | '>' | '>='>, context: CheckContext): TypedNode {
  const [leftNode, rightNode] = node.args;
  const left = notNull(leftNode, context.infer(leftNode, context), context);
  const right = notNull(rightNode, context.infer(rightNode, context), context);
  const isOrdered = ordered.includes(left.type.kind) && ordered.includes(right.type.kind);
  const isPair = isComparable(left.type, right.type);
  if (!isOrdered || !isPair) {
    const message = `${textOf(context, leftNode)} is ${describeType(left.type)} and ${textOf(context, rightNode)} is ${describeType(right.type)}; ${node.op} does not compare these.`;
    return problem(context, node, 'wrong-type', message);
  }
  return { op: 'compare', operator: node.op, left, right, type: booleanType, ...rangeOf(node) };
}

export function inferEquality(node: Binary<'==' | '!='>, context: CheckContext): TypedNode {
  const [leftNode, rightNode] = node.args;
  const negated = node.op === '!=';
  if (isNull(leftNode) || isNull(rightNode)) {
    const ofNode = isNull(rightNode) ? leftNode : rightNode;
    return presentOf({ node, ofNode, of: context.infer(ofNode, context), negated: !negated }, context);
  }
  const [left, right] = inferPair(leftNode, rightNode, context);
  if (!isComparable(withoutNull(left.type), withoutNull(right.type))) {
    const message = `${textOf(context, leftNode)} is ${describeType(left.type)} and ${textOf(context, rightNode)} is ${describeType(right.type)}; they are never equal.`;
    return problem(context, node, 'wrong-type', message);
  }
  const deep = !isScalar(left.type) || !isScalar(right.type);
  return { op: 'equal', negated, deep, left, right, type: booleanType, ...rangeOf(node) };
}

interface PresenceQuestion {
  readonly node: CelNode;
  /** The part that is asked for. */
  readonly ofNode: CelNode;
  readonly of: TypedNode;
  readonly negated: boolean;
}

/** Whether a part is there; where the conditions around have shown it already, the answer. */
export function presentOf(question: PresenceQuestion, context: CheckContext): TypedNode {
  const { node, ofNode, of, negated } = question;
  const isThere = presenceOf(ofNode, of, context);
  if (isThere === undefined) return { op: 'present', of, negated, type: booleanType, ...rangeOf(node) };
  return { op: 'literal', value: isThere !== negated, type: booleanType, ...rangeOf(node) };
}

/** Infers both sides; an enum, a record or a list on one side says what a literal on the other must be. */
function inferPair(
  leftNode: CelNode,
  rightNode: CelNode,
  context: CheckContext,
): readonly [TypedNode, TypedNode] {
  if (isLiteral(leftNode) && !isLiteral(rightNode)) {
    const right = context.infer(rightNode, context);
    return [context.infer(leftNode, context, right.type), right];
  }
  const left = context.infer(leftNode, context);
  return [left, context.infer(rightNode, context, left.type)];
}

function isLiteral(node: CelNode): boolean {
  return node.op === 'value' || node.op === 'list' || node.op === 'map';
}

export function inferIn(node: Binary<'in'>, context: CheckContext): TypedNode {
  const [leftNode, rightNode] = node.args;
  const left = notNull(leftNode, context.infer(leftNode, context), context);
  const wanted: ExpressionType | undefined =
    left.type.kind === 'enum' ? { kind: 'list', of: left.type } : undefined;
  const right = notNull(rightNode, context.infer(rightNode, context, wanted), context);
  if (right.type.kind === 'map' && (isText(left.type) || left.type.kind === 'dyn')) {
    return { op: 'hasKey', of: right, key: left, type: booleanType, ...rangeOf(node) };
  }
  const element = right.type.kind === 'list' ? right.type.of : right.type;
  if ((right.type.kind !== 'list' && right.type.kind !== 'dyn') || !isComparable(left.type, element)) {
    const message = `${textOf(context, rightNode)} is ${describeType(right.type)}; “in” looks for ${describeType(left.type)} in a list of the same, or for a key in a map.`;
    return problem(context, node, 'wrong-type', message);
  }
  const deep = !isScalar(left.type) || !isScalar(element);
  return { op: 'inList', deep, left, right, type: booleanType, ...rangeOf(node) };
}

function isScalar(type: ExpressionType): boolean {
  const { kind } = withoutNull(type);
  return kind !== 'record' && kind !== 'list' && kind !== 'map' && kind !== 'dyn';
}

/** Numbers compare with numbers, whatever they are; anything else with its own type. */
function isComparable(left: ExpressionType, right: ExpressionType): boolean {
  if (isNumber(left) && isNumber(right)) return true;
  if (left.kind === 'enum' && right.kind === 'enum') {
    return left.symbols.some((symbol) => right.symbols.includes(symbol));
  }
  if (isText(left) && isText(right)) return true;
  return joinTypes(left, right) !== undefined;
}

function isNumber(type: ExpressionType): boolean {
  return type.kind === 'int' || type.kind === 'double';
}

/** Reports a part that may be null where a value is needed, and goes on as if it were there. */
export function notNull(node: CelNode, typed: TypedNode, context: CheckContext): TypedNode {
  if (typed.type.kind === 'null') {
    return problem(context, node, 'wrong-type', 'null has no place here; compare with == or != only.');
  }
  if (typed.type.kind !== 'nullable') return typed;
  return problem(context, node, 'may-be-missing', mayBeMissing(textOf(context, node)));
}

/** A list that may be walked; expectType's sentence when it is none. */
export function inferWalked(node: CelNode, context: CheckContext): TypedNode {
  const of = notNull(node, context.infer(node, context), context);
  if (of.type.kind === 'list' || of.type.kind === 'map' || of.type.kind === 'dyn') return of;
  return expectType(node, context, { kind: 'list', of: dynType }, 'what is walked through');
}
