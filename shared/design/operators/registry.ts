import { z } from 'zod';
import { aggregateOperator } from './aggregate.ts';
import { branchOperator } from './branch.ts';
import { connectorSinkOperator } from './connector-sink.ts';
import { connectorSourceOperator } from './connector-source.ts';
import { deadLetterOperator } from './dead-letter.ts';
import { filterOperator } from './filter.ts';
import { flatMapOperator } from './flat-map.ts';
import { gatherOperator } from './gather.ts';
import { globalTableOperator } from './global-table.ts';
import { httpQueryOperator } from './http-query.ts';
import { httpWriteOperator } from './http-write.ts';
import { joinOperator } from './join.ts';
import { mapOperator } from './map.ts';
import { mergeOperator } from './merge.ts';
import type { OperatorFamily, PortSpec } from './operator-spec.ts';
import { repartitionOperator } from './repartition.ts';
import { selectKeyOperator } from './select-key.ts';
import { sideEffectOperator } from './side-effect.ts';
import { sinkOperator } from './sink.ts';
import { streamOperator } from './stream.ts';
import { tableOperator } from './table.ts';
import { toStreamOperator } from './to-stream.ts';

/** Every operator a design can say, by kind. */
export const Operator = z.discriminatedUnion('kind', [
  streamOperator.schema,
  tableOperator.schema,
  globalTableOperator.schema,
  filterOperator.schema,
  mapOperator.schema,
  flatMapOperator.schema,
  selectKeyOperator.schema,
  branchOperator.schema,
  mergeOperator.schema,
  repartitionOperator.schema,
  toStreamOperator.schema,
  joinOperator.schema,
  aggregateOperator.schema,
  gatherOperator.schema,
  sinkOperator.schema,
  deadLetterOperator.schema,
  sideEffectOperator.schema,
  httpWriteOperator.schema,
  httpQueryOperator.schema,
  connectorSourceOperator.schema,
  connectorSinkOperator.schema,
]);
export type Operator = z.infer<typeof Operator>;
export type OperatorKind = Operator['kind'];
export type OperatorOf<K extends OperatorKind> = Extract<Operator, { kind: K }>;

/** What the model knows of one kind; see OperatorSpec. */
export interface OperatorEntry<K extends OperatorKind> {
  readonly kind: K;
  readonly family: OperatorFamily;
  readonly title: string;
  readonly summary: string;
  readonly inputs: (operator: OperatorOf<K>) => readonly PortSpec[];
  readonly outputs: (operator: OperatorOf<K>) => readonly PortSpec[];
  readonly fresh: () => Omit<OperatorOf<K>, 'id' | 'name'>;
}

/** A forgotten operator does not compile here. */
export const operatorRegistry: { readonly [K in OperatorKind]: OperatorEntry<K> } = {
  stream: streamOperator,
  table: tableOperator,
  globalTable: globalTableOperator,
  filter: filterOperator,
  map: mapOperator,
  flatMap: flatMapOperator,
  selectKey: selectKeyOperator,
  branch: branchOperator,
  merge: mergeOperator,
  repartition: repartitionOperator,
  toStream: toStreamOperator,
  join: joinOperator,
  aggregate: aggregateOperator,
  gather: gatherOperator,
  sink: sinkOperator,
  deadLetter: deadLetterOperator,
  sideEffect: sideEffectOperator,
  httpWrite: httpWriteOperator,
  httpQuery: httpQueryOperator,
  connectorSource: connectorSourceOperator,
  connectorSink: connectorSinkOperator,
};

export const operatorKinds = Object.keys(operatorRegistry) as readonly OperatorKind[];

function entryOf<K extends OperatorKind>(kind: K): OperatorEntry<K> {
  return operatorRegistry[kind];
}

/** The input ports of an operator, in order. */
export function inputPorts<K extends OperatorKind>(operator: OperatorOf<K>): readonly PortSpec[] {
  return entryOf(operator.kind as K).inputs(operator);
}

/** The output ports of an operator, in order. */
export function outputPorts<K extends OperatorKind>(operator: OperatorOf<K>): readonly PortSpec[] {
  return entryOf(operator.kind as K).outputs(operator);
}
