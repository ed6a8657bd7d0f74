import type { Design } from '../../design/design.ts';
import type { Operator, OperatorKind, OperatorOf } from '../../design/operators/registry.ts';
import type { Json } from '../../expressions/json.ts';
import { sampleAggregate } from './sample-aggregate.ts';
import type { Bound } from './sample-evaluator.ts';
import { sampleGather } from './sample-gather.ts';
import { sampleJoin } from './sample-join.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import type { SampleService, SampleStep } from './sample-service.ts';

/** Does with a record what the drawing says of the operator it arrives at. */
export function takeStep<K extends OperatorKind>(
  run: SampleService,
  operator: OperatorOf<K>,
  record: FlowRecord,
  port: string,
): void {
  const step: SampleStep<K> | undefined = steps[operator.kind as K];
  step?.(run, operator, record, port);
}

const passOn = (run: SampleService, operator: Operator, record: FlowRecord): void =>
  run.give(operator, 'out', record);

const steps: { readonly [K in OperatorKind]?: SampleStep<K> } = {
  merge: passOn,
  repartition: (run, operator, record) => run.cross(true, () => run.give(operator, 'out', record)),
  filter: (run, operator, record) => {
    if (run.evaluator.isTrue(operator.condition, run.bound(operator, record))) passOn(run, operator, record);
  },
  map: (run, operator, record) => {
    const bound = run.bound(operator, record);
    const key =
      operator.key === undefined
        ? record.key
        : run.evaluator.evaluate(operator.key, bound, operator.keyType ?? 'string');
    const value = run.evaluator.evaluate(operator.value, bound, operator.output);
    passOn(run, operator, { ...record, key, value });
  },
  flatMap: (run, operator, record) => {
    const values = run.evaluator.evaluate(operator.values, run.bound(operator, record), {
      list: operator.output,
    });
    for (const value of Array.isArray(values) ? values : []) passOn(run, operator, { ...record, value });
  },
  selectKey: (run, operator, record) => {
    const key = run.evaluator.evaluate(operator.key, run.bound(operator, record), operator.keyType);
    passOn(run, operator, { ...record, key });
  },
  branch: (run, operator, record) => {
    const bound = run.bound(operator, record);
    const first = operator.branches.find((branch) => run.evaluator.isTrue(branch.condition, bound));
    run.give(operator, first?.id ?? 'otherwise', record);
  },
  toStream: (run, operator, { window, before: _before, ...record }) => {
    if (operator.key === undefined) return passOn(run, operator, record);
    const bound: Bound = {
      ...run.bound(operator, record),
      ...(window === undefined ? {} : { window: ['window', { ...window }] as const }),
    };
    const key = run.evaluator.evaluate(
      operator.key,
      bound,
      operator.keyType ?? run.shape(operator, 'in').key,
    );
    passOn(run, operator, { ...record, key });
  },
  join: sampleJoin,
  aggregate: sampleAggregate,
  gather: sampleGather,
  sink: (run, operator, record) => {
    const chosen =
      operator.route === undefined
        ? operator.topic
        : topicNamed(
            run.design,
            run.evaluator.evaluate(operator.route, run.bound(operator, record), 'string'),
          );
    if (chosen !== null) run.write(chosen, record);
  },
  deadLetter: (run, operator, record) => {
    if (operator.topic !== null) run.write(operator.topic, record);
  },
  sideEffect: (run, operator, record) => {
    const bound = run.bound(operator, record);
    const { idempotenceKey } = operator;
    const input: Record<string, Json> = { key: record.key, value: record.value };
    if (idempotenceKey !== undefined) {
      input.idempotenceKey = run.evaluator.evaluate(idempotenceKey, bound, 'string');
    }
    run.perform({ handler: operator.handler, input, origin: record.origin });
    passOn(run, operator, record);
  },
};

function topicNamed(design: Design, name: Json): string {
  const topic = design.topics.find((one) => one.name === name);
  if (topic === undefined) throw new Unpredictable('a route names a topic that does not exist');
  return topic.id;
}
