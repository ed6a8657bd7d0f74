import { assertNever } from '../../base/assert-never.ts';
import { exactInt, fail } from '../evaluation-failure.ts';
import { holds } from '../functions/function-table.ts';
import type { Json } from '../json.ts';
import { compilePattern } from '../pattern/match-pattern.ts';
import type { NodeOf, TypedNode } from '../typed-expression.ts';
import { compileMacro } from './compile-macro.ts';
import { compileArithmetic, compileComparison, compileEqual, compileInList } from './compile-operator.ts';
import { capital, condition, hasKey, numberOf, type Run, wordFor } from './run-values.ts';

/** Turns a checked part into a function; all that can be decided before the first record is decided here. */
export function compileNode(node: TypedNode): Run {
  switch (node.op) {
    case 'literal':
      return () => node.value;
    case 'variable':
      return compileVariable(node);
    case 'field':
      return compileField(node);
    case 'entry':
    case 'item':
    case 'dynItem':
      return compileElement(node);
    case 'present': {
      const of = compileNode(node.of);
      return (frame) => (of(frame) !== null) !== node.negated;
    }
    case 'hasKey': {
      const of = compileNode(node.of);
      const key = compileNode(node.key);
      return (frame) => hasKey(of(frame), key(frame));
    }
    case 'not': {
      const of = compileNode(node.of);
      return (frame) => !condition(of(frame));
    }
    case 'negate': {
      const of = compileNode(node.of);
      if (node.type.kind === 'double') return (frame) => -numberOf(of(frame));
      return (frame) => 0 - numberOf(of(frame));
    }
    case 'arithmetic':
      return compileArithmetic(node, compileNode);
    case 'compare':
      return compileComparison(node, compileNode);
    case 'equal':
      return compileEqual(node, compileNode);
    case 'inList':
      return compileInList(node, compileNode);
    case 'and':
    case 'or':
      return compileLogical(node);
    case 'conditional':
      return compileConditional(node);
    case 'list': {
      const items = node.items.map(compileNode);
      return (frame) => items.map((item) => item(frame));
    }
    case 'record':
      return compileRecord(node);
    case 'macro':
      return compileMacro(node, compileNode);
    case 'matches':
      return compileMatches(node);
    case 'call':
      return compileCall(node);
    default:
      return assertNever(node, 'expression');
  }
}

function compileVariable({ name, local }: NodeOf<'variable'>): Run {
  return local ? (frame) => frame.locals.get(name) ?? null : (frame) => frame.bindings[name] ?? null;
}

function compileField({ of, name, through }: NodeOf<'field'>): Run {
  const holder = compileNode(of);
  return (frame) => {
    const value = holder(frame);
    if (value === null) return through ? null : fail(`The record that holds ${name} is null.`);
    if (typeof value !== 'object' || Array.isArray(value)) return null;
    const record = value as Readonly<Record<string, Json | undefined>>;
    return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
  };
}

function compileElement(node: NodeOf<'entry'> | NodeOf<'item'> | NodeOf<'dynItem'>): Run {
  const of = compileNode(node.of);
  const key = compileNode(node.op === 'item' ? node.index : node.key);
  return (frame) => {
    const holder = of(frame);
    const at = key(frame);
    if (Array.isArray(holder) && typeof at === 'number') {
      const item = (holder as readonly Json[])[at];
      return item === undefined ? fail(`There is no element ${at} in a list of ${holder.length}.`) : item;
    }
    if (typeof at === 'string' && hasKey(holder, at)) return (holder as Record<string, Json>)[at] ?? null;
    return fail(`There is no ${JSON.stringify(at)} in ${wordFor(holder)}.`);
  };
}

function compileLogical(node: NodeOf<'and' | 'or'>): Run {
  const left = compileNode(node.left);
  const right = compileNode(node.right);
  return node.op === 'and'
    ? (frame) => condition(left(frame)) && condition(right(frame))
    : (frame) => condition(left(frame)) || condition(right(frame));
}

function compileConditional(node: NodeOf<'conditional'>): Run {
  const test = compileNode(node.condition);
  const whenTrue = compileNode(node.whenTrue);
  const whenFalse = compileNode(node.whenFalse);
  return (frame) => (condition(test(frame)) ? whenTrue(frame) : whenFalse(frame));
}

function compileRecord({ entries }: NodeOf<'record'>): Run {
  const parts = entries.map(([name, value]) => [name, compileNode(value)] as const);
  return (frame) => Object.fromEntries(parts.map(([name, value]) => [name, value(frame)]));
}

const maxMatchedLength = 10_000;

function compileMatches({ of, pattern }: NodeOf<'matches'>): Run {
  const subject = compileNode(of);
  const matches = compilePattern(pattern);
  return (frame) => {
    const text = subject(frame);
    if (typeof text !== 'string') return fail(`${capital(wordFor(text))} cannot be matched with a pattern.`);
    if (text.length > maxMatchedLength) {
      return fail(`The text is longer than the ${maxMatchedLength} characters a pattern is matched with.`);
    }
    frame.stepsLeft -= text.length;
    if (frame.stepsLeft < 0) return fail('The expression takes too many steps for one record.');
    return matches(text);
  };
}

function compileCall({ overloads, args }: NodeOf<'call'>): Run {
  const parts = args.map(compileNode);
  const [only] = overloads;
  const isInt = (value: Json, kind: string): Json =>
    kind === 'int' && typeof value === 'number' ? exactInt(value) : value;
  if (overloads.length === 1 && only) {
    return (frame) => isInt(only.evaluate(...parts.map((part) => part(frame))), only.result.kind);
  }
  return (frame) => {
    const values = parts.map((part) => part(frame));
    const fitting = overloads.find(({ parameters }) =>
      parameters.every((parameter, index) => holds(parameter, values[index] ?? null)),
    );
    if (fitting) return isInt(fitting.evaluate(...values), fitting.result.kind);
    return fail(`${overloads[0]?.name} does not work on ${values.map(wordFor).join(' and ')}.`);
  };
}
