import { assertNever } from '../../base/assert-never.ts';
import { exactInt, fail, maxLength } from '../evaluation-failure.ts';
import { bounded, text } from '../functions/text-functions.ts';
import type { Json } from '../json.ts';
import type { Arithmetic, ArithmeticOperator, NodeOf } from '../typed-expression.ts';
import { type Compile, capital, hasKey, numberOf, type Run, wordFor } from './run-values.ts';

export function compileArithmetic(
  { on, operator, left, right }: NodeOf<'arithmetic'>,
  compile: Compile,
): Run {
  const first = compile(left);
  const second = compile(right);
  const compute = arithmetic(on, operator);
  return (frame) => compute(first(frame), second(frame));
}

function arithmetic(on: Arithmetic, operator: ArithmeticOperator): (left: Json, right: Json) => Json {
  switch (on) {
    case 'int':
      return (left, right) => intResult(operator, numberOf(left), numberOf(right));
    case 'double':
      return (left, right) => doubleResult(operator, numberOf(left), numberOf(right));
    case 'string':
      return (left, right) => bounded(text(left) + text(right));
    case 'list':
      return (left, right) => listResult(left as readonly Json[], right as readonly Json[]);
    case 'dyn':
      return (left, right) => dynResult(operator, left, right);
    default:
      return assertNever(on, 'arithmetic');
  }
}

function intResult(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return exactInt(left + right);
    case '-':
      return exactInt(left - right);
    case '*':
      return exactInt(left * right);
    case '/':
      return right === 0 ? fail('This divides by zero.') : Math.trunc(left / right) + 0;
    case '%':
      return right === 0 ? fail('This divides by zero.') : (left % right) + 0;
    default:
      return assertNever(operator, 'operator');
  }
}

function doubleResult(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return assertNever(operator, 'operator');
  }
}

function listResult(left: readonly Json[], right: readonly Json[]): Json {
  if (left.length + right.length > maxLength) fail(`The list is longer than ${maxLength} elements.`);
  return [...left, ...right];
}

/** JSON has one number, so numbers of unknown type are computed as doubles. */
function dynResult(operator: ArithmeticOperator, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') return doubleResult(operator, left, right);
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return bounded(left + right);
  if (operator === '+' && Array.isArray(left) && Array.isArray(right)) return listResult(left, right);
  return fail(`${capital(wordFor(left))} ${operator} ${wordFor(right)} has no result.`);
}

export function compileComparison({ operator, left, right }: NodeOf<'compare'>, compile: Compile): Run {
  const first = compile(left);
  const second = compile(right);
  return (frame) => {
    const order = compare(first(frame), second(frame), operator);
    switch (operator) {
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
      default:
        return assertNever(operator, 'operator');
    }
  };
}

/** NaN for two numbers of which one is NaN, so that no comparison holds. */
function compare(left: Json, right: Json, operator: string): number {
  if (typeof left === 'number' && typeof right === 'number') {
    return left < right ? -1 : left > right ? 1 : left === right ? 0 : Number.NaN;
  }
  const isPair = typeof left === typeof right;
  if (isPair && (typeof left === 'string' || typeof left === 'boolean')) {
    return left === right ? 0 : String(left) < String(right) ? -1 : 1;
  }
  return fail(`${capital(wordFor(left))} ${operator} ${wordFor(right)} compares what has no order.`);
}

export function compileEqual({ deep, negated, left, right }: NodeOf<'equal'>, compile: Compile): Run {
  const first = compile(left);
  const second = compile(right);
  if (deep) return (frame) => isEqual(first(frame), second(frame)) !== negated;
  return (frame) => (first(frame) === second(frame)) !== negated;
}

export function compileInList({ left, right }: NodeOf<'inList'>, compile: Compile): Run {
  const wanted = compile(left);
  const list = compile(right);
  return (frame) => {
    const value = wanted(frame);
    const holder = list(frame);
    if (Array.isArray(holder)) return (holder as readonly Json[]).some((item) => isEqual(item, value));
    if (typeof holder === 'object' && holder !== null && typeof value === 'string')
      return hasKey(holder, value);
    return fail(`${capital(wordFor(holder))} holds nothing that “in” could look for.`);
  };
}

/** Same content; a missing field and a null one are the same. */
export function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right || (left ?? null) === (right ?? null)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  const fieldOf = (value: object, name: string): Json | undefined =>
    Object.hasOwn(value, name) ? (value as Record<string, Json | undefined>)[name] : undefined;
  return [...names].every((name) => isEqual(fieldOf(left, name), fieldOf(right, name)));
}
