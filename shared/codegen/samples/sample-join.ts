import type { OperatorOf } from '../../design/operators/registry.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { compareKeys } from './compare-keys.ts';
import { joinAfterGrace } from './sample-grace.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import { keyText, type SampleService, type SampleStep } from './sample-service.ts';

type Join = OperatorOf<'join'>;

export const sampleJoin: SampleStep<'join'> = (run, operator, record, port) => {
  switch (operator.inputs) {
    case 'streamTable':
      if (port === 'left')
        run.cross(run.shape(operator, 'left').rekeyed, () => joinTable(run, operator, record));
      return;
    case 'streamGlobalTable':
      if (port === 'left') lookUp(run, operator, record, foreignKey(run, operator, record.key, record.value));
      return;
    case 'tableTable':
      return joinTables(run, operator, record, port);
    case 'foreignKey':
      return port === 'left' ? pointElsewhere(run, operator, record) : tellPointers(run, operator, record);
    case 'streamStream':
      throw new Unpredictable('a join in time depends on the clock');
  }
};

function joinTable(run: SampleService, operator: Join, record: FlowRecord): void {
  const { graceMs } = operator;
  if (graceMs === undefined) lookUp(run, operator, record, record.key);
  else joinAfterGrace(run, operator, graceMs, record, (due, row) => give(run, operator, due, row));
}

function lookUp(run: SampleService, operator: Join, record: FlowRecord, key: Json): void {
  give(run, operator, record, run.lookUp(operator, 'right', key));
}

/** The result of a stream’s record and a row; without a row there is none, unless it is a left join. */
function give(run: SampleService, operator: Join, record: FlowRecord, right: Json): void {
  if (right === null && operator.type === 'inner') return;
  run.give(operator, 'out', { ...record, value: joined(run, operator, record.key, record.value, right) });
}

/** A change of either side; a side that may be missing is null for the joiner. */
function joinTables(run: SampleService, operator: Join, record: FlowRecord, port: string): void {
  const { key, before = null, value: now } = record;
  const isLeft = port === 'left';
  const other = run.lookUp(operator, isLeft ? 'right' : 'left', key);
  const otherIsNeeded = operator.type === 'inner' || (operator.type === 'left' && !isLeft);
  if (other === null && (otherIsNeeded || (before === null && now === null))) return;
  const [left, right] = isLeft ? [now, other] : [other, now];
  const isMissing =
    left === null ? operator.type !== 'outer' || right === null : right === null && operator.type === 'inner';
  change(run, operator, record, isMissing ? null : joined(run, operator, key, left, right));
}

/** The left row of a foreign-key join changed: it may point to another row, or to none. */
function pointElsewhere(run: SampleService, operator: Join, record: FlowRecord): void {
  const { key, before = null, value } = record;
  const pointers = pointersOf(run, operator);
  const was = before === null ? null : foreignKey(run, operator, key, before);
  const is = value === null ? null : foreignKey(run, operator, key, value);
  if (is === null) pointers.delete(keyText(key));
  else pointers.set(keyText(key), { key, foreign: is, value });
  if (operator.type === 'inner' ? is === null && was === null : value === null && before === null) return;
  run.cross(true, () => {
    const right = is === null ? null : run.lookUp(operator, 'right', is);
    const isMissing = operator.type === 'inner' ? right === null : value === null;
    const isFirst = was === null || keyText(was) === keyText(is);
    if (operator.type === 'inner' && is !== null && isMissing && isFirst) return;
    const result = isMissing ? null : joined(run, operator, key, value, right);
    run.cross(true, () => change(run, operator, record, result));
  });
}

/** The right row changed: every left row that points to it has a new result. */
function tellPointers(run: SampleService, operator: Join, record: FlowRecord): void {
  const pointing = [...pointersOf(run, operator).values()]
    .filter(({ foreign }) => keyText(foreign) === keyText(record.key))
    .sort((one, other) => compareKeys(one.key, other.key));
  for (const { key, value } of pointing) {
    const isMissing = operator.type === 'inner' && record.value === null;
    run.cross(true, () => {
      const result = isMissing ? null : joined(run, operator, key, value, record.value);
      change(run, operator, { ...record, key }, result);
    });
  }
}

interface Pointer {
  readonly key: Json;
  readonly foreign: Json;
  readonly value: Json;
}

function pointersOf(run: SampleService, operator: Join): Map<string, Pointer> {
  return run.memory(`${operator.id} pointers`, () => new Map());
}

function change(run: SampleService, operator: Join, record: FlowRecord, value: Json): void {
  const before = run.keepRow(operator, { ...record, value });
  run.give(operator, 'out', { ...record, value, before });
}

function foreignKey(run: SampleService, operator: Join, key: Json, value: Json): Json {
  const left = run.shape(operator, 'left');
  const bound = { key: [left.key, key], value: [left.value, value] } as const;
  return run.evaluator.evaluate(operator.on ?? 'key', bound, run.shape(operator, 'right').key);
}

function joined(run: SampleService, operator: Join, key: Json, left: Json, right: Json): Json {
  const [leftShape, rightShape] = [run.shape(operator, 'left'), run.shape(operator, 'right')];
  const leftType = operator.type === 'outer' ? { nullable: leftShape.value } : leftShape.value;
  const rightType = operator.type === 'inner' ? rightShape.value : { nullable: rightShape.value };
  const bound = {
    key: [leftShape.key, key],
    left: [leftType, left],
    right: [rightType, right],
  } as const;
  return run.evaluator.evaluate(operator.value, bound, operator.output);
}
