import { assertNever } from '../../base/assert-never.ts';
import type { Emitted } from '../functions/function-overload.ts';
import type { NodeOf, TypedNode } from '../typed-expression.ts';
import { emitArithmetic } from './emit-arithmetic.ts';
import type { Emitter } from './emitter.ts';
import type { HelperName } from './helper-sources.ts';
import { mayBeMinusZero } from './minus-zero.ts';
import { precedence } from './precedence.ts';
import { isSafeName, patternLiteral, quote, safeLocal } from './text-literal.ts';

export function createEmitter(names: Readonly<Record<string, string>>): Emitter {
  const helpers = new Set<HelperName>();
  const uses = new Set<string>();
  const within = ({ text, precedence: own }: Emitted, atLeast: number): string =>
    own < atLeast ? `(${text})` : text;
  const emitter: Emitter = {
    helpers,
    uses,
    raw: (node, atLeast) => within(emitNode(node, emitter, nameOf), atLeast),
    value: (node, atLeast) => {
      if (!mayBeUndefined(node)) return emitter.raw(node, atLeast);
      const text = `${emitter.raw(node, precedence.postfix)} ?? null`;
      return within({ text, precedence: precedence.coalesce }, atLeast);
    },
    use: (helper) => {
      helpers.add(helper);
      return helper;
    },
  };
  const nameOf = (node: NodeOf<'variable'>): string => {
    if (node.local) return safeLocal(node.name, names);
    uses.add(node.name);
    return names[node.name] ?? node.name;
  };
  return emitter;
}

function mayBeUndefined(node: TypedNode): boolean {
  return node.type.kind === 'nullable' && (node.op === 'field' || node.op === 'variable');
}

type NameOf = (node: NodeOf<'variable'>) => string;

function emitNode(node: TypedNode, emitter: Emitter, nameOf: NameOf): Emitted {
  switch (node.op) {
    case 'literal':
      return emitLiteral(node.value);
    case 'variable':
      return primary(nameOf(node));
    case 'field':
      return emitField(node, emitter);
    case 'entry':
      return postfix(
        `${emitter.use('entryOf')}(${emitter.value(node.of, 0)}, ${emitter.value(node.key, 0)})`,
      );
    case 'item':
      return postfix(
        `${emitter.use('itemAt')}(${emitter.value(node.of, 0)}, ${emitter.value(node.index, 0)})`,
      );
    case 'dynItem':
      return postfix(`${emitter.raw(node.of, precedence.postfix)}[${emitter.value(node.key, 0)}]`);
    case 'present':
      return {
        text: `${emitter.raw(node.of, precedence.relational)} ${node.negated ? '==' : '!='} null`,
        precedence: precedence.equality,
      };
    case 'hasKey':
      return postfix(`Object.hasOwn(${emitter.value(node.of, 0)}, ${emitter.value(node.key, 0)})`);
    case 'not':
      return { text: `!${emitter.value(node.of, precedence.unary)}`, precedence: precedence.unary };
    case 'negate':
      return emitNegate(node, emitter);
    case 'arithmetic':
      return emitArithmetic(node, emitter);
    case 'compare':
      return binary(node.operator, precedence.relational, node, emitter);
    case 'equal':
      return emitEqual(node, emitter);
    case 'inList':
      return emitInList(node, emitter);
    case 'and':
      return logical('&&', precedence.and, node, emitter);
    case 'or':
      return logical('||', precedence.or, node, emitter);
    case 'conditional':
      return emitConditional(node, emitter);
    case 'list':
      return primary(`[${node.items.map((item) => emitter.value(item, precedence.conditional)).join(', ')}]`);
    case 'record':
      return emitRecord(node, emitter);
    case 'macro':
      return emitMacro(node, emitter, nameOf);
    case 'matches':
      return postfix(`${patternLiteral(node.pattern.source)}.test(${emitter.value(node.of, 0)})`);
    case 'call':
      return emitCall(node, emitter);
    default:
      return assertNever(node, 'expression');
  }
}

function primary(text: string): Emitted {
  return { text, precedence: precedence.primary };
}

function postfix(text: string): Emitted {
  return { text, precedence: precedence.postfix };
}

export function emitLiteral(value: NodeOf<'literal'>['value']): Emitted {
  if (typeof value === 'string') return primary(quote(value));
  if (typeof value === 'number' && (value < 0 || Object.is(value, -0))) {
    return { text: `-${Math.abs(value)}`, precedence: precedence.unary };
  }
  return primary(String(value));
}

function emitField({ of, name, through }: NodeOf<'field'>, emitter: Emitter): Emitted {
  const holder = emitter.raw(of, precedence.postfix);
  if (isSafeName(name)) return postfix(`${holder}${through ? '?.' : '.'}${name}`);
  return postfix(`${holder}${through ? '?.' : ''}[${quote(name)}]`);
}

function emitNegate({ of }: NodeOf<'negate'>, emitter: Emitter): Emitted {
  const text = emitter.value(of, precedence.unary);
  return { text: text.startsWith('-') ? `-(${text})` : `-${text}`, precedence: precedence.unary };
}

function binary(
  operator: string,
  own: number,
  node: { readonly left: TypedNode; readonly right: TypedNode },
  emitter: Emitter,
): Emitted {
  const left = emitter.value(node.left, own + 1);
  return { text: `${left} ${operator} ${emitter.value(node.right, own + 1)}`, precedence: own };
}

/** && and || may be chained in any grouping without a change of meaning. */
function logical(operator: string, own: number, node: NodeOf<'and' | 'or'>, emitter: Emitter): Emitted {
  return {
    text: `${emitter.value(node.left, own)} ${operator} ${emitter.value(node.right, own)}`,
    precedence: own,
  };
}

function emitEqual(node: NodeOf<'equal'>, emitter: Emitter): Emitted {
  const { left, right, deep, negated } = node;
  if (deep) {
    const call = `${emitter.use('isEqual')}(${emitter.value(left, 0)}, ${emitter.value(right, 0)})`;
    return negated ? { text: `!${call}`, precedence: precedence.unary } : postfix(call);
  }
  const operator = negated ? '!==' : '===';
  const bothMayBeMissing = left.type.kind === 'nullable' && right.type.kind === 'nullable';
  const part = (node: TypedNode): string =>
    bothMayBeMissing ? emitter.value(node, precedence.relational) : emitter.raw(node, precedence.relational);
  return { text: `${part(left)} ${operator} ${part(right)}`, precedence: precedence.equality };
}

function emitInList({ left, right, deep }: NodeOf<'inList'>, emitter: Emitter): Emitted {
  const list = emitter.value(right, precedence.postfix);
  const wanted = emitter.value(left, 0);
  const listHoldsFewer =
    right.op !== 'list' &&
    right.type.kind === 'list' &&
    right.type.of.kind === 'enum' &&
    left.type.kind !== 'enum';
  const listHoldsNull = right.type.kind === 'list' && right.type.of.kind === 'nullable';
  if (deep || listHoldsNull) {
    return postfix(`${list}.some((item) => ${emitter.use('isEqual')}(item, ${wanted}))`);
  }
  if (listHoldsFewer)
    return postfix(`${list}.some((item) => item === ${emitter.value(left, precedence.relational)})`);
  return postfix(`${list}.includes(${wanted})`);
}

function emitConditional(node: NodeOf<'conditional'>, emitter: Emitter): Emitted {
  const test = emitter.value(node.condition, precedence.coalesce);
  const whenTrue = emitter.value(node.whenTrue, precedence.conditional);
  const whenFalse = emitter.value(node.whenFalse, precedence.conditional);
  return { text: `${test} ? ${whenTrue} : ${whenFalse}`, precedence: precedence.conditional };
}

function emitRecord({ entries }: NodeOf<'record'>, emitter: Emitter): Emitted {
  if (entries.length === 0) return primary('{}');
  const parts = entries.map(([name, value]) => {
    const text = emitter.value(value, precedence.conditional);
    if (name === text && value.op === 'variable') return name;
    if (name === '__proto__') return `['__proto__']: ${text}`;
    return `${isSafeName(name) ? name : quote(name)}: ${text}`;
  });
  return primary(`{ ${parts.join(', ')} }`);
}

const macroMethods = {
  all: 'every',
  exists: 'some',
  exists_one: 'filter',
  filter: 'filter',
  map: 'map',
} as const;

function emitMacro(node: NodeOf<'macro'>, emitter: Emitter, nameOf: NameOf): Emitted {
  const { macro, over, body, condition } = node;
  const variable = nameOf({ ...node, op: 'variable', name: node.variable, local: true });
  const arrow = (part: TypedNode): string => {
    const text = emitter.value(part, precedence.conditional);
    return `(${variable}) => ${text.startsWith('{') ? `(${text})` : text}`;
  };
  const items =
    over.type.kind === 'map'
      ? `Object.keys(${emitter.value(over, 0)})`
      : emitter.value(over, precedence.postfix);
  if (macro === 'exists_one') {
    return { text: `${items}.filter(${arrow(body)}).length === 1`, precedence: precedence.equality };
  }
  const kept = condition ? `${items}.filter(${arrow(condition)})` : items;
  return postfix(`${kept}.${macroMethods[macro]}(${arrow(body)})`);
}

function emitCall({ overloads, args }: NodeOf<'call'>, emitter: Emitter): Emitted {
  const [overload] = overloads;
  if (!overload) throw new Error('A call has no overload');
  return overload.emit({
    argument: (index, atLeast) => {
      const arg = args[index];
      return arg ? emitter.value(arg, atLeast) : '';
    },
    mayBeMinusZero: (index) => {
      const arg = args[index];
      return arg !== undefined && mayBeMinusZero(arg);
    },
    use: emitter.use,
  });
}
