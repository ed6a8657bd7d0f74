import type { OperatorOf } from '../../design/operators/registry.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { aggregateWithout, nextAggregate, type Update } from './sample-fold.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import { keyText, type SampleService, type SampleStep } from './sample-service.ts';
import { holdBack } from './sample-suppress.ts';
import { updateWindows } from './sample-windows.ts';

type Aggregate = OperatorOf<'aggregate'>;

export const sampleAggregate: SampleStep<'aggregate'> = (run, operator, record) => {
  if (operator.over === 'table') return moveRow(run, operator, record);
  const key = groupOf(run, operator, record);
  const isRepartitioned = operator.groupBy !== undefined || run.shape(operator, 'in').rekeyed;
  run.cross(isRepartitioned, () => add(run, operator, { ...record, key }));
};

function groupOf(run: SampleService, operator: Aggregate, record: FlowRecord): Json {
  if (operator.groupBy === undefined) return record.key;
  const type = operator.groupKeyType ?? run.shape(operator, 'in').key;
  return run.evaluator.evaluate(operator.groupBy, run.bound(operator, record), type);
}

function add(run: SampleService, operator: Aggregate, record: FlowRecord): void {
  if (record.key === null || record.value === null) return;
  if (operator.window !== undefined) {
    for (const update of updateWindows(run, operator, operator.window, record))
      give(run, operator, record, update);
    return;
  }
  const before = rowOf(run, operator, record.key);
  change(run, operator, record, nextAggregate(run, operator, record, before));
}

/** The old value is taken out of its group before the new one is added to its own; in one group that is one change. */
function moveRow(run: SampleService, operator: Aggregate, record: FlowRecord): void {
  const rows = { old: record.before ?? null, new: record.value };
  const grouped = (value: Json): FlowRecord | null =>
    value === null ? null : { ...record, value, key: groupOf(run, operator, { ...record, value }) };
  const [old, now] = [grouped(rows.old), grouped(rows.new)];
  if (old !== null && now !== null && keyText(old.key) === keyText(now.key)) {
    run.cross(true, () => {
      const rest = aggregateWithout(run, operator, old, rowOf(run, operator, old.key));
      change(run, operator, now, nextAggregate(run, operator, now, rest));
    });
    return;
  }
  if (old !== null) {
    run.cross(true, () =>
      change(run, operator, old, aggregateWithout(run, operator, old, rowOf(run, operator, old.key))),
    );
  }
  if (now !== null) {
    run.cross(true, () =>
      change(run, operator, now, nextAggregate(run, operator, now, rowOf(run, operator, now.key))),
    );
  }
}

function rowOf(run: SampleService, operator: Aggregate, key: Json): Json {
  return run.stateOf(operator.id).get(keyText(key)) ?? null;
}

function change(run: SampleService, operator: Aggregate, record: FlowRecord, value: Json): void {
  const { key, timestamp } = record;
  const before = run.keepRow(operator, { ...record, value });
  give(run, operator, record, { key, value, before, timestamp });
}

function give(run: SampleService, operator: Aggregate, { origin }: FlowRecord, update: Update): void {
  run.noteEffect();
  const { suppress } = operator;
  if (suppress?.kind === 'onWindowClose')
    throw new Unpredictable('windows look whether they close by the clock');
  const record = { ...update, origin };
  const given = suppress === undefined ? [record] : holdBack(run, operator, suppress, record);
  for (const each of given) run.give(operator, 'out', each);
}
