import {
  describeType,
  dynType,
  type ExpressionType,
  intType,
  listOf,
  nullable,
  stringType,
  withoutNull,
} from '../expression-type.ts';
import { didYouMean } from '../nearest-name.ts';
import type { CelNode } from '../parse-expression.ts';
import type { TypedNode } from '../typed-expression.ts';
import { type CheckContext, pathOf, problem, rangeOf, textOf } from './check-context.ts';
import { expectType, mayBeMissing } from './expect-type.ts';
import { presenceOf } from './narrowing.ts';

/** `of.name`: a record's field, a map's entry, or a name in a value of unknown type. */
export function inferField(node: Extract<CelNode, { op: '.' }>, context: CheckContext): TypedNode {
  const [ofNode, name] = node.args;
  return fieldOf(context.infer(ofNode, context), ofNode, name, node, context);
}

function fieldOf(
  of: TypedNode,
  ofNode: CelNode,
  name: string,
  node: CelNode,
  context: CheckContext,
): TypedNode {
  const holder = withoutNull(of.type);
  const path = pathOf(node);
  const isShown = path !== undefined && context.presence.get(path) === true;
  if (holder.kind === 'dyn') {
    return { op: 'field', of, name, through: true, type: dynType, ...rangeOf(node) };
  }
  if (holder.kind === 'map') {
    const key: TypedNode = { op: 'literal', value: name, type: stringType, ...rangeOf(node) };
    return entryOf(of, ofNode, key, node, context);
  }
  if (holder.kind !== 'record') {
    const message = `${textOf(context, ofNode)} is ${describeType(of.type)} and has no fields.`;
    return problem(context, node, 'unknown-field', message);
  }
  const field = holder.fields.get(name);
  if (!field) {
    const suggestion = didYouMean(name, holder.fields.keys());
    const message = `${textOf(context, node)}: ${describeType(holder)} has no field ${name}${suggestion || '.'}`;
    return problem(context, node, 'unknown-field', message);
  }
  const through = of.type.kind === 'nullable';
  const type: ExpressionType = field.optional || through ? nullable(field.type) : field.type;
  // Of null there is nothing to read, and TypeScript takes no field of what it knows to be null.
  if (presenceOf(ofNode, of, context) === false) {
    return { op: 'literal', value: null, type, ...rangeOf(node) };
  }
  return { op: 'field', of, name, through, type: isShown ? withoutNull(type) : type, ...rangeOf(node) };
}

function entryOf(
  of: TypedNode,
  ofNode: CelNode,
  key: TypedNode,
  node: CelNode,
  context: CheckContext,
): TypedNode {
  if (of.type.kind === 'nullable') {
    return problem(context, ofNode, 'may-be-missing', mayBeMissing(textOf(context, ofNode)));
  }
  const type = of.type.kind === 'map' ? of.type.of : dynType;
  return { op: 'entry', of, key, type, ...rangeOf(node) };
}

/** `of[index]`: an element of a list, an entry of a map; with a literal name, a field. */
export function inferIndex(
  node: Extract<CelNode, { op: '[]' }>,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const [ofNode, keyNode] = node.args;
  const isChoice = ofNode.op === 'list' && expected !== undefined;
  const of = context.infer(ofNode, context, isChoice ? listOf(expected) : undefined);
  const holder = withoutNull(of.type);
  if (holder.kind === 'record' && keyNode.op === 'value' && typeof keyNode.args === 'string') {
    return fieldOf(of, ofNode, keyNode.args, node, context);
  }
  if (holder.kind === 'map') {
    const key = expectType(keyNode, context, stringType, 'the key of a map');
    return entryOf(of, ofNode, key, node, context);
  }
  if (holder.kind === 'dyn') {
    return { op: 'dynItem', of, key: context.infer(keyNode, context), type: dynType, ...rangeOf(node) };
  }
  if (holder.kind !== 'list') {
    const message = `${textOf(context, ofNode)} is ${describeType(of.type)} and has no elements to take by [ ].`;
    return problem(context, node, 'wrong-type', message);
  }
  if (of.type.kind === 'nullable') {
    return problem(context, ofNode, 'may-be-missing', mayBeMissing(textOf(context, ofNode)));
  }
  const index = expectType(keyNode, context, intType, 'the index of a list');
  return { op: 'item', of, index, type: holder.of, ...rangeOf(node) };
}
