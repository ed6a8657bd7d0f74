import type { OperatorOf } from '../../design/operators/registry.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import { keyText, type SampleService, type SampleStep } from './sample-service.ts';

export const sampleJoin: SampleStep<'join'> = (run, operator, record, port) => {
  switch (operator.inputs) {
    case 'streamTable':
      if (port === 'left')
        run.cross(run.shape(operator, 'left').rekeyed, () => lookUp(run, operator, record, record.key));
      return;
    case 'streamGlobalTable':
      if (port === 'left') lookUp(run, operator, record, foreignKey(run, operator, record));
      return;
    case 'tableTable':
      return joinTables(run, operator, record);
    case 'streamStream':
    case 'foreignKey':
      throw new Unpredictable('a join in time depends on the clock');
  }
};

function lookUp(run: SampleService, operator: OperatorOf<'join'>, record: FlowRecord, key: Json): void {
  const right = run.lookUp(operator, 'right', key);
  if (right === null && operator.type === 'inner') return;
  run.give(operator, 'out', { ...record, value: joined(run, operator, record.key, record.value, right) });
}

function joinTables(run: SampleService, operator: OperatorOf<'join'>, record: FlowRecord): void {
  const left = run.lookUp(operator, 'left', record.key);
  const right = run.lookUp(operator, 'right', record.key);
  if (left === null || (right === null && operator.type === 'inner')) return;
  const value = joined(run, operator, record.key, left, right);
  run.keep(operator.id, keyText(record.key), value);
  run.give(operator, 'out', { ...record, value });
}

function foreignKey(run: SampleService, operator: OperatorOf<'join'>, record: FlowRecord): Json {
  const left = run.shape(operator, 'left');
  const bound = { key: [left.key, record.key], value: [left.value, record.value] } as const;
  return run.evaluator.evaluate(operator.on ?? 'key', bound, run.shape(operator, 'right').key);
}

function joined(run: SampleService, operator: OperatorOf<'join'>, key: Json, left: Json, right: Json): Json {
  const [leftShape, rightShape] = [run.shape(operator, 'left'), run.shape(operator, 'right')];
  const rightType = operator.type === 'inner' ? rightShape.value : { nullable: rightShape.value };
  const bound = {
    key: [leftShape.key, key],
    left: [leftShape.value, left],
    right: [rightType, right],
  } as const;
  return run.evaluator.evaluate(operator.value, bound, operator.output);
}
