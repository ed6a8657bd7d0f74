import type { Design, Topic } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import type { PortEnd } from '../../design/queries/port-type.ts';
import { portValueType } from '../../design/queries/port-value-type.ts';
import { wiresInto } from '../../design/queries/wires.ts';
import type { TypeRef } from '../../design/types.ts';

/** Where the bytes of a key or a value are described: by a topic, or by its type alone. */
export type SerdeSource =
  | { readonly from: 'topic'; readonly topic: Topic; readonly part: 'key' | 'value' }
  | { readonly from: 'type'; readonly type: TypeRef };

/** What flows out of an operator, and how it would be written to an internal topic. */
export interface StreamShape {
  readonly key: TypeRef;
  readonly value: TypeRef;
  /** The key is a window and a key. */
  readonly windowed: boolean;
  readonly keySerde: SerdeSource;
  readonly valueSerde: SerdeSource;
  /** The key was changed since the records were last partitioned by it. */
  readonly rekeyed: boolean;
}

/** The shape at an output port. Only for designs without structural problems. */
export function shapeOf(design: Design, end: PortEnd): StreamShape {
  const operator = indexDesign(design).operators.get(end.operator)?.operator;
  const types = portValueType(design, end.operator, end.port);
  if (operator === undefined || types.key === null || types.value === null) {
    throw new Error(`The plan let ${end.operator} through although its type is not known.`);
  }
  return {
    ...serdesOf(design, operator, { key: types.key, value: types.value }),
    key: types.key,
    value: types.value,
    windowed: types.windowed ?? false,
  };
}

/** The shape of what is wired to an input port; of several wires, the first. */
export function shapeInto(design: Design, operator: string, port: string): StreamShape {
  const wire = wiresInto(design, operator, port)[0];
  if (wire === undefined)
    throw new Error(`The plan let ${operator} through although nothing is wired to ${port}.`);
  return shapeOf(design, wire.from);
}

type Serdes = Pick<StreamShape, 'keySerde' | 'valueSerde' | 'rekeyed'>;

function serdesOf(design: Design, operator: Operator, types: { key: TypeRef; value: TypeRef }): Serdes {
  const ownKey: SerdeSource = { from: 'type', type: types.key };
  const ownValue: SerdeSource = { from: 'type', type: types.value };
  const input = (port: string) => shapeInto(design, operator.id, port);
  switch (operator.kind) {
    case 'stream':
    case 'table':
    case 'globalTable':
      return topicSerdes(design, operator.topic);
    case 'filter':
    case 'branch':
    case 'sideEffect':
      return input('in');
    case 'merge':
      return { ...input('in'), rekeyed: mergesRekeyed(design, operator.id) };
    case 'repartition':
      return { ...input('in'), rekeyed: false };
    case 'flatMap':
      return { ...input('in'), valueSerde: ownValue };
    case 'selectKey':
      return { ...input('in'), keySerde: ownKey, rekeyed: true };
    case 'map':
      return operator.key === undefined
        ? { ...input('in'), valueSerde: ownValue }
        : { keySerde: ownKey, valueSerde: ownValue, rekeyed: true };
    case 'toStream': {
      const { keySerde, valueSerde, windowed } = input('in');
      return operator.key === undefined
        ? { keySerde, valueSerde, rekeyed: windowed }
        : { keySerde: ownKey, valueSerde, rekeyed: true };
    }
    case 'join':
      return joinSerdes(design, operator.id, operator.inputs, ownValue);
    case 'gather':
      return { keySerde: input('start').keySerde, valueSerde: ownValue, rekeyed: false };
    case 'aggregate':
      return {
        keySerde: operator.groupBy === undefined ? input('in').keySerde : ownKey,
        valueSerde: ownValue,
        rekeyed: false,
      };
    default:
      return { keySerde: ownKey, valueSerde: ownValue, rekeyed: false };
  }
}

/** A stream that had to be repartitioned for a table is written in the bytes of the table's keys. */
function joinSerdes(design: Design, id: string, inputs: string, valueSerde: SerdeSource): Serdes {
  const left = shapeInto(design, id, 'left');
  if (inputs === 'streamGlobalTable') return { keySerde: left.keySerde, valueSerde, rekeyed: left.rekeyed };
  const meets = left.rekeyed && inputs === 'streamTable';
  const keySerde = meets ? shapeInto(design, id, 'right').keySerde : left.keySerde;
  return { keySerde, valueSerde, rekeyed: false };
}

function mergesRekeyed(design: Design, id: string): boolean {
  return wiresInto(design, id, 'in').some((wire) => shapeOf(design, wire.from).rekeyed);
}

function topicSerdes(design: Design, id: string | null): Serdes {
  const topic = id === null ? undefined : indexDesign(design).topics.get(id);
  if (topic === undefined) throw new Error(`The plan let a source through whose topic ${id} is unknown.`);
  return {
    keySerde: { from: 'topic', topic, part: 'key' },
    valueSerde: { from: 'topic', topic, part: 'value' },
    rekeyed: false,
  };
}
