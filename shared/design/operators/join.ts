import { z } from 'zod';
import { assertNever } from '../../base/assert-never.ts';
import { Expression, TypeRef } from '../types.ts';
import { JoinWindow } from '../windows.ts';
import {
  defineOperator,
  operatorBase,
  type PortSpec,
  type PortType,
  streamOut,
  tableOut,
} from './operator-spec.ts';

export const joinInputs = [
  'streamStream',
  'streamTable',
  'streamGlobalTable',
  'tableTable',
  'foreignKey',
] as const;
export type JoinInputs = (typeof joinInputs)[number];

/**
 * Puts two inputs together by key. `on` is the key looked up on the right for a global table (variables `key`,
 * `value`) or the foreign key of the left value. `value` sees `left` and `right`, and `key` unless two tables are
 * joined; in a left or outer join the missing side is null. With `graceMs` a stream waits for so long and meets
 * the row that the table had at each record's time; the table then keeps versions for as long.
 */
export const joinOperator = defineOperator({
  kind: 'join',
  family: 'stateful',
  title: 'Join',
  summary: 'Puts two inputs together where their keys are equal.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('join'),
    inputs: z.enum(joinInputs),
    type: z.enum(['inner', 'left', 'outer']),
    on: Expression.optional(),
    window: JoinWindow.optional(),
    graceMs: z.number().int().min(0).optional(),
    value: Expression,
    output: TypeRef,
  }),
  inputs: (operator) => {
    const [left, right] = sides(operator.inputs);
    return [port('left', left), port('right', right)];
  },
  outputs: (operator) => (sides(operator.inputs)[0] === 'table' ? [tableOut] : [streamOut]),
  fresh: () => ({
    kind: 'join' as const,
    inputs: 'streamTable' as const,
    type: 'inner' as const,
    value: '',
    output: 'string' as const,
  }),
});

function port(id: 'left' | 'right', type: PortType): PortSpec {
  return { id, label: id, accepts: [type] };
}

function sides(inputs: JoinInputs): readonly [PortType, PortType] {
  switch (inputs) {
    case 'streamStream':
      return ['stream', 'stream'];
    case 'streamTable':
      return ['stream', 'table'];
    case 'streamGlobalTable':
      return ['stream', 'globalTable'];
    case 'tableTable':
    case 'foreignKey':
      return ['table', 'table'];
    default:
      return assertNever(inputs, 'join inputs');
  }
}
