import type { Emitted } from '../functions/function-overload.ts';
import type { NodeOf, TypedNode } from '../typed-expression.ts';
import type { Emitter } from './emitter.ts';
import { precedence } from './precedence.ts';
import { templateText } from './text-literal.ts';

export function emitArithmetic(node: NodeOf<'arithmetic'>, emitter: Emitter): Emitted {
  switch (node.on) {
    case 'int':
      return emitInt(node, emitter);
    case 'string':
      return emitText(node, emitter);
    case 'list':
      return {
        text: `[${listParts(node)
          .map((part) => emitListPart(part, emitter))
          .filter((text) => text !== '')
          .join(', ')}]`,
        precedence: precedence.primary,
      };
    default:
      return plain(node, emitter);
  }
}

function plain(node: NodeOf<'arithmetic'>, emitter: Emitter): Emitted {
  const isSum = node.operator === '+' || node.operator === '-';
  const own = isSum ? precedence.additive : precedence.multiplicative;
  const text = `${emitter.value(node.left, own)} ${node.operator} ${emitter.value(node.right, own + 1)}`;
  return { text, precedence: own };
}

function emitInt(node: NodeOf<'arithmetic'>, emitter: Emitter): Emitted {
  if (node.operator === '/' || node.operator === '%') return emitDivision(node, emitter);
  const text = plain(node, emitter);
  if (boundOf(node) <= Number.MAX_SAFE_INTEGER) return text;
  return { text: `${emitter.use('exact')}(${text.text})`, precedence: precedence.postfix };
}

function emitDivision(node: NodeOf<'arithmetic'>, emitter: Emitter): Emitted {
  const { left, right, operator } = node;
  if (right.op !== 'literal') {
    const helper = emitter.use(operator === '/' ? 'divide' : 'remainder');
    const text = `${helper}(${emitter.value(left, 0)}, ${emitter.value(right, 0)})`;
    return { text, precedence: precedence.postfix };
  }
  const text = plain(node, emitter);
  if (operator === '%') return text;
  return { text: `Math.trunc(${text.text})`, precedence: precedence.postfix };
}

/** The largest absolute value that an int part can have: where it is small, no overflow needs to be looked for. */
function boundOf(node: TypedNode): number {
  if (node.op === 'literal' && typeof node.value === 'number') return Math.abs(node.value);
  if (node.op === 'negate') return boundOf(node.of);
  if (node.op === 'call') return node.overloads[0]?.bound ?? Number.MAX_SAFE_INTEGER;
  if (node.op !== 'arithmetic') return Number.MAX_SAFE_INTEGER;
  const left = boundOf(node.left);
  const right = boundOf(node.right);
  const safe = (bound: number): number =>
    bound <= Number.MAX_SAFE_INTEGER ? bound : Number.POSITIVE_INFINITY;
  switch (node.operator) {
    case '+':
    case '-':
      return safe(left + right);
    case '*':
      return safe(left * right);
    case '/':
      return left;
    case '%':
      return Math.min(left, right);
  }
}

/** `'a' + x + 'b'` as a template literal; two values without text between them with +. */
function emitText(node: NodeOf<'arithmetic'>, emitter: Emitter): Emitted {
  const parts = textParts(node);
  if (!parts.some((part) => part.op === 'literal')) return plain(node, emitter);
  const inner = parts.map((part) => {
    if (part.op === 'literal') return templateText(String(part.value));
    return `\${${emitter.value(unwrapString(part), 0)}}`;
  });
  return { text: `\`${inner.join('')}\``, precedence: precedence.primary };
}

function textParts(node: TypedNode): readonly TypedNode[] {
  return node.op === 'arithmetic' && node.on === 'string'
    ? [...textParts(node.left), ...textParts(node.right)]
    : [node];
}

/** `string(x)` inside a template is just x: a template does the same conversion. */
function unwrapString(node: TypedNode): TypedNode {
  if (node.op !== 'call' || node.overloads[0]?.name !== 'string') return node;
  const [arg] = node.args;
  return arg && ['int', 'double', 'boolean', 'string', 'enum'].includes(arg.type.kind) ? arg : node;
}

function listParts(node: TypedNode): readonly TypedNode[] {
  return node.op === 'arithmetic' && node.on === 'list'
    ? [...listParts(node.left), ...listParts(node.right)]
    : [node];
}

function emitListPart(node: TypedNode, emitter: Emitter): string {
  if (node.op !== 'list') return `...${emitter.value(node, precedence.conditional)}`;
  return node.items.map((item) => emitter.value(item, precedence.conditional)).join(', ');
}
