import {
  describeType,
  type ExpressionType,
  listOf,
  mapOf,
  neverType,
  nullable,
  type RecordField,
  type RecordType,
  withoutNull,
} from '../expression-type.ts';
import { didYouMean } from '../nearest-name.ts';
import type { CelNode } from '../parse-expression.ts';
import type { TypedNode } from '../typed-expression.ts';
import { type CheckContext, problem, rangeOf, textOf } from './check-context.ts';
import { expectType } from './expect-type.ts';
import { joinTypes } from './join-types.ts';

export function inferList(
  node: Extract<CelNode, { op: 'list' }>,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const wanted = expected && withoutNull(expected);
  if (wanted?.kind === 'list') {
    const items = node.args.map((item) => expectType(item, context, wanted.of, 'an element of the list'));
    return { op: 'list', items, type: wanted, ...rangeOf(node) };
  }
  let type: ExpressionType = neverType;
  const items: TypedNode[] = [];
  for (const itemNode of node.args) {
    const item = context.infer(itemNode, context);
    const joined = joinTypes(type, item.type);
    if (!joined) {
      const message = `${textOf(context, itemNode)} is ${describeType(item.type)}, but the elements before it are ${describeType(type)}.`;
      return problem(context, itemNode, 'wrong-type', message);
    }
    type = joined;
    items.push(item);
  }
  return { op: 'list', items, type: listOf(type), ...rangeOf(node) };
}

type MapNode = Extract<CelNode, { op: 'map' }>;

/** `{"a": …}`: a record of the expected schema, a map, or a record of its own shape. */
export function inferMapLiteral(
  node: MapNode,
  context: CheckContext,
  expected: ExpressionType | undefined,
): TypedNode {
  const entries = namedEntries(node, context);
  if (!entries)
    return problem(context, node, 'wrong-type', 'The keys of a record or a map are strings in quotes.');
  const wanted = expected && withoutNull(expected);
  if (wanted?.kind === 'record') return inferRecord(node, entries, context, wanted);
  if (wanted?.kind === 'map') {
    const values = [...entries].map(
      ([name, value]) => [name, expectType(value, context, wanted.of, `the entry ${name}`)] as const,
    );
    return { op: 'record', entries: values, type: wanted, ...rangeOf(node) };
  }
  const values = [...entries].map(([name, value]) => [name, context.infer(value, context)] as const);
  const type = values.length === 0 ? mapOf(neverType) : shapeOf(values);
  return { op: 'record', entries: values, type, ...rangeOf(node) };
}

function namedEntries(node: MapNode, context: CheckContext): ReadonlyMap<string, CelNode> | undefined {
  const entries = new Map<string, CelNode>();
  for (const [keyNode, value] of node.args) {
    if (keyNode.op !== 'value' || typeof keyNode.args !== 'string') return undefined;
    if (entries.has(keyNode.args)) {
      problem(context, keyNode, 'duplicate-field', `The field ${keyNode.args} is given twice.`);
    }
    entries.set(keyNode.args, value);
  }
  return entries;
}

function shapeOf(values: readonly (readonly [string, TypedNode])[]): ExpressionType {
  const fields = new Map<string, RecordField>();
  for (const [name, value] of values) {
    fields.set(name, { type: withoutNull(value.type), optional: value.type.kind === 'nullable' });
  }
  return { kind: 'record', name: null, schema: null, fields };
}

function inferRecord(
  node: MapNode,
  entries: ReadonlyMap<string, CelNode>,
  context: CheckContext,
  wanted: RecordType,
): TypedNode {
  const record = describeType(wanted);
  const values: (readonly [string, TypedNode])[] = [];
  for (const [name, valueNode] of entries) {
    const field = wanted.fields.get(name);
    if (!field) {
      const suggestion = didYouMean(name, wanted.fields.keys()) || '.';
      problem(context, valueNode, 'unknown-field', `${record} has no field ${name}${suggestion}`);
      continue;
    }
    const type = field.optional ? nullable(field.type) : field.type;
    values.push([name, expectType(valueNode, context, type, `the field ${name} of ${record}`)]);
  }
  const missing = [...wanted.fields].filter(([name, field]) => !field.optional && !entries.has(name));
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    const word = missing.length === 1 ? 'field' : 'fields';
    problem(context, node, 'missing-field', `${record} needs the ${word} ${names}.`);
  }
  return { op: 'record', entries: values, type: wanted, ...rangeOf(node) };
}
