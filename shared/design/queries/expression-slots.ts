import type { Design, Feed } from '../design.ts';
import type { JoinInputs } from '../operators/join.ts';
import type { Operator, OperatorKind, OperatorOf } from '../operators/registry.ts';
import type { Expression, TypeRef } from '../types.ts';
import { indexDesign } from './index-design.ts';
import { portValueType } from './port-value-type.ts';

/** The type of a variable that an expression sees; `unknown` where the drawing does not say it yet. */
export type VariableType =
  | { readonly of: 'type'; readonly type: TypeRef; readonly nullable?: boolean }
  | { readonly of: 'list'; readonly type: TypeRef | null }
  | { readonly of: 'window' }
  | { readonly of: 'unknown' };

/** One expression of an operator or a feed: where it stands, what it sees, and what it must give. */
export interface ExpressionSlot {
  /** The field that holds it, as a path: `condition`, `branches[1].condition`. */
  readonly field: string;
  readonly expression: Expression;
  readonly variables: Readonly<Record<string, VariableType>>;
  /** The type it must give; null where any will do. */
  readonly expected: TypeRef | null;
}

/** Every expression of an operator. An optional field that is absent is not a slot. */
export function expressionSlots(design: Design, operator: Operator): readonly ExpressionSlot[] {
  return slotsOf(operator, (port) => portValueType(design, operator.id, port), design);
}

/** The expressions of a feed: `n` is the record's number from 0. */
export function feedSlots(design: Design, feed: Feed): readonly ExpressionSlot[] {
  const index = indexDesign(design);
  const variables = { n: typed('int') };
  const into = feed.into;
  if ('gateway' in into) {
    const gateway = index.operators.get(into.gateway)?.operator;
    const body = gateway?.kind === 'httpWrite' && gateway.accepts !== null ? { ref: gateway.accepts } : null;
    return [{ field: 'value', expression: feed.value, variables, expected: body }];
  }
  const topic = index.topics.get(into.topic);
  return [
    ...slot('key', feed.key, variables, topic?.key.type ?? null),
    ...slot('value', feed.value, variables, topic?.value.type ?? null),
  ];
}

type Input = (port: string) => ReturnType<typeof portValueType>;
type Slots<K extends OperatorKind> = (
  operator: OperatorOf<K>,
  input: Input,
  design: Design,
) => readonly ExpressionSlot[];

const none = (): readonly ExpressionSlot[] => [];

const slots: { readonly [K in OperatorKind]: Slots<K> } = {
  stream: none,
  table: none,
  globalTable: none,
  merge: none,
  repartition: none,
  deadLetter: none,
  connectorSource: none,
  connectorSink: none,
  filter: (operator, input) => slot('condition', operator.condition, keyAndValue(input('in')), 'boolean'),
  map: (operator, input) => [
    ...slot('key', operator.key, keyAndValue(input('in')), operator.keyType ?? null),
    ...slot('value', operator.value, keyAndValue(input('in')), operator.output),
  ],
  flatMap: (operator, input) =>
    slot('values', operator.values, keyAndValue(input('in')), { list: operator.output }),
  selectKey: (operator, input) => slot('key', operator.key, keyAndValue(input('in')), operator.keyType),
  branch: (operator, input) =>
    operator.branches.flatMap((branch, index) =>
      slot(`branches[${index}].condition`, branch.condition, keyAndValue(input('in')), 'boolean'),
    ),
  toStream: (operator, input) =>
    slot(
      'key',
      operator.key,
      input('in').windowed
        ? { ...keyAndValue(input('in')), window: { of: 'window' } }
        : keyAndValue(input('in')),
      operator.keyType ?? null,
    ),
  join: (operator, input) => [
    ...slot('on', operator.on, keyAndValue(input('left')), lookupKeyType(operator.inputs, input)),
    ...slot(
      'value',
      operator.value,
      {
        ...(joinsTables(operator.inputs) ? {} : { key: variable(input('left').key) }),
        left: variable(input('left').value, operator.type === 'outer'),
        right: variable(input('right').value, operator.type !== 'inner'),
      },
      operator.output,
    ),
  ],
  aggregate: (operator, input) => aggregateSlots(operator, input),
  gather: (operator, input) => gatherSlots(operator, input),
  sink: (operator, input) => slot('route', operator.route, keyAndValue(input('in')), 'string'),
  sideEffect: (operator, input) =>
    slot('idempotenceKey', operator.idempotenceKey, keyAndValue(input('in')), 'string'),
  httpWrite: (operator, _input, design) => {
    const topic = operator.topic === null ? undefined : indexDesign(design).topics.get(operator.topic);
    const variables = {
      body: variable(operator.accepts === null ? null : { ref: operator.accepts }),
      params: typed({ map: 'string' }),
      now: typed('timestamp'),
    };
    return [
      ...slot('key', operator.key, variables, topic?.key.type ?? null),
      ...slot('value', operator.value, variables, topic?.value.type ?? null),
    ];
  },
  httpQuery: (operator, input) => [
    ...slot('key', operator.key, { params: typed({ map: 'string' }) }, input('in').key),
    ...slot('waitUntil', operator.waitUntil, keyAndValue(input('in')), 'boolean'),
  ],
};

function slotsOf<K extends OperatorKind>(operator: OperatorOf<K>, input: Input, design: Design) {
  const of: Slots<K> = slots[operator.kind as K];
  return of(operator, input, design);
}

function aggregateSlots(operator: OperatorOf<'aggregate'>, input: Input): readonly ExpressionSlot[] {
  const { key, value } = keyAndValue(input('in'));
  const groupKey = operator.groupBy === undefined ? key : variable(operator.groupKeyType ?? null);
  const isReduction = operator.method === 'reduce';
  const result = isReduction ? value : typed(operator.output);
  const variables = { ...(isReduction ? {} : { key: groupKey }), value, aggregate: result };
  return [
    ...slot('groupBy', operator.groupBy, { key, value }, operator.groupKeyType ?? null),
    ...slot('initial', operator.initial, {}, operator.output),
    ...slot('value', operator.value, variables, operator.output),
    ...slot('subtract', operator.subtract, variables, operator.output),
    ...slot('merge', operator.merge, { key: groupKey, left: result, right: result }, operator.output),
  ];
}

function gatherSlots(operator: OperatorOf<'gather'>, input: Input): readonly ExpressionSlot[] {
  const item = input('items').value;
  const items: VariableType = { of: 'list', type: item };
  return [
    ...slot('itemId', operator.itemId, { item: variable(item) }, 'string'),
    ...slot('until', operator.until, { items }, 'boolean'),
    ...slot(
      'value',
      operator.value,
      {
        key: variable(input('start').key),
        start: variable(input('start').value),
        items,
        complete: typed('boolean'),
        timedOut: typed('boolean'),
      },
      operator.output,
    ),
  ];
}

/** Kafka Streams tells the key only to joins of a stream. */
function joinsTables(inputs: JoinInputs): boolean {
  return inputs === 'tableTable' || inputs === 'foreignKey';
}

function lookupKeyType(inputs: JoinInputs, input: Input): TypeRef | null {
  return inputs === 'streamGlobalTable' || inputs === 'foreignKey' ? input('right').key : null;
}

function keyAndValue(type: ReturnType<typeof portValueType>): { key: VariableType; value: VariableType } {
  return { key: variable(type.key), value: variable(type.value) };
}

function typed(type: TypeRef): VariableType {
  return { of: 'type', type };
}

function variable(type: TypeRef | null, nullable = false): VariableType {
  if (type === null) return { of: 'unknown' };
  return nullable ? { of: 'type', type, nullable } : { of: 'type', type };
}

function slot(
  field: string,
  expression: Expression | undefined,
  variables: Readonly<Record<string, VariableType>>,
  expected: TypeRef | null,
): readonly ExpressionSlot[] {
  return expression === undefined ? [] : [{ field, expression, variables, expected }];
}
