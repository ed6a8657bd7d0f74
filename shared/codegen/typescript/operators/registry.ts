import type { Operator, OperatorKind, OperatorOf } from '../../../design/operators/registry.ts';
import type { StepContext } from '../service/step-context.ts';
import { emitAggregate } from './aggregate.ts';
import { emitBranch } from './branch.ts';
import { emitDeadLetter } from './dead-letter.ts';
import type { EmittedStep, Emitter } from './emitter.ts';
import { emitFilter } from './filter.ts';
import { emitFlatMap } from './flat-map.ts';
import { emitGather } from './gather.ts';
import { emitGlobalTable } from './global-table.ts';
import { emitJoin } from './join.ts';
import { emitMap } from './map.ts';
import { emitMerge } from './merge.ts';
import { emitRepartition } from './repartition.ts';
import { emitSelectKey } from './select-key.ts';
import { emitSideEffect } from './side-effect.ts';
import { emitSink } from './sink.ts';
import { emitStream } from './stream.ts';
import { emitTable } from './table.ts';
import { emitToStream } from './to-stream.ts';

/** Gateways are in `gateway.ts`; connectors are refused before anything is emitted. */
const elsewhere = (): EmittedStep => ({ gives: 'elsewhere' });

/** A forgotten operator does not compile here. */
const emitters: { readonly [K in OperatorKind]: Emitter<K> } = {
  stream: emitStream,
  table: emitTable,
  globalTable: emitGlobalTable,
  filter: emitFilter,
  map: emitMap,
  flatMap: emitFlatMap,
  selectKey: emitSelectKey,
  branch: emitBranch,
  merge: emitMerge,
  repartition: emitRepartition,
  toStream: emitToStream,
  join: emitJoin,
  aggregate: emitAggregate,
  gather: emitGather,
  sink: emitSink,
  deadLetter: emitDeadLetter,
  sideEffect: emitSideEffect,
  httpWrite: elsewhere,
  httpQuery: elsewhere,
  connectorSource: elsewhere,
  connectorSink: elsewhere,
};

export function emitStep<K extends OperatorKind>(operator: OperatorOf<K>, context: StepContext): EmittedStep {
  const emit: Emitter<K> = emitters[operator.kind as K];
  return emit(operator, context);
}

/** The input that a step is called on; the other inputs are named in its arguments. */
export function chainedPort(operator: Operator): string | null {
  switch (operator.kind) {
    case 'join':
      return 'left';
    case 'gather':
    case 'httpQuery':
      return null;
    default:
      return 'in';
  }
}
