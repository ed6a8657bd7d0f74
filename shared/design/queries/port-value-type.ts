import type { Design } from '../design.ts';
import type { Operator, OperatorKind, OperatorOf } from '../operators/registry.ts';
import type { TypeRef } from '../types.ts';
import { indexDesign } from './index-design.ts';
import { inputPort, outputPort, type PortEnd } from './port-type.ts';
import { wiresInto } from './wires.ts';

/** The types of the records at a port; null where the drawing does not say (yet). */
export interface RecordType {
  readonly key: TypeRef | null;
  readonly value: TypeRef | null;
  /** The key is a window and a key of the type given. */
  readonly windowed?: boolean;
}

const unknownType: RecordType = { key: null, value: null };
const memo = new WeakMap<Design, Map<string, RecordType>>();

/**
 * The types of the records that flow through a port, told by walking upstream: of an output, what the operator
 * gives; of an input, what is wired to it (of several, the first).
 */
export function portValueType(design: Design, operator: string, port: string): RecordType {
  let known = memo.get(design);
  if (!known) {
    known = new Map();
    memo.set(design, known);
  }
  return typeAt({ design, known, open: new Set() }, { operator, port });
}

/** One walk upstream; `open` guards against a cycle of wires. */
interface TypeWalk {
  readonly design: Design;
  readonly known: Map<string, RecordType>;
  readonly open: Set<string>;
}

function typeAt(walk: TypeWalk, end: PortEnd): RecordType {
  const name = `${end.operator} ${end.port}`;
  const known = walk.known.get(name);
  if (known) return known;
  if (walk.open.has(name)) return unknownType;
  walk.open.add(name);
  const found = findType(walk, end);
  walk.open.delete(name);
  walk.known.set(name, found);
  return found;
}

function findType(walk: TypeWalk, end: PortEnd): RecordType {
  const operator = indexDesign(walk.design).operators.get(end.operator)?.operator;
  if (!operator) return unknownType;
  if (outputPort(operator, end.port)) {
    return outputTypeOf(operator, {
      input: (port) => typeAt(walk, { operator: operator.id, port }),
      topic: (topic) => topicType(walk.design, topic),
    });
  }
  if (!inputPort(operator, end.port)) return unknownType;
  const wire = wiresInto(walk.design, end.operator, end.port)[0];
  return wire ? typeAt(walk, wire.from) : unknownType;
}

interface Upstream {
  readonly input: (port: string) => RecordType;
  readonly topic: (topic: string | null) => RecordType;
}

type OutputType<K extends OperatorKind> = (operator: OperatorOf<K>, upstream: Upstream) => RecordType;

const sameAsInput = (_: Operator, { input }: Upstream): RecordType => input('in');
const ofTopic = (operator: { topic: string | null }, { topic }: Upstream): RecordType =>
  topic(operator.topic);
const noOutput = (): RecordType => unknownType;

const outputTypes: { readonly [K in OperatorKind]: OutputType<K> } = {
  stream: ofTopic,
  table: ofTopic,
  globalTable: ofTopic,
  filter: sameAsInput,
  branch: sameAsInput,
  merge: sameAsInput,
  repartition: sameAsInput,
  sideEffect: sameAsInput,
  map: (operator, { input }) => ({
    key: operator.key === undefined ? input('in').key : (operator.keyType ?? null),
    value: operator.output,
  }),
  flatMap: (operator, { input }) => ({ key: input('in').key, value: operator.output }),
  selectKey: (operator, { input }) => ({ key: operator.keyType, value: input('in').value }),
  toStream: (operator, { input }) => ({
    key: operator.key === undefined ? input('in').key : (operator.keyType ?? null),
    value: input('in').value,
  }),
  join: (operator, { input }) => ({ key: input('left').key, value: operator.output }),
  aggregate: (operator, { input }) => {
    const key = operator.groupBy === undefined ? input('in').key : (operator.groupKeyType ?? null);
    return operator.window
      ? { key, value: operator.output, windowed: true }
      : { key, value: operator.output };
  },
  gather: (operator, { input }) => ({ key: input('start').key, value: operator.output }),
  sink: noOutput,
  deadLetter: noOutput,
  httpWrite: noOutput,
  httpQuery: noOutput,
  connectorSource: noOutput,
  connectorSink: noOutput,
};

function outputTypeOf<K extends OperatorKind>(operator: OperatorOf<K>, upstream: Upstream): RecordType {
  const typeOf: OutputType<K> = outputTypes[operator.kind as K];
  return typeOf(operator, upstream);
}

function topicType(design: Design, id: string | null): RecordType {
  const topic = id === null ? undefined : indexDesign(design).topics.get(id);
  return topic ? { key: topic.key.type, value: topic.value.type } : unknownType;
}
