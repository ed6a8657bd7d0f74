import type { OperatorOf } from '../../design/operators/registry.ts';
import { gatherCount } from '../../design/queries/gather-count.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import type { Bound } from './sample-evaluator.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import { keyText, type SampleService, type SampleStep } from './sample-service.ts';

/** A wait as it is kept in the state. Time does not run out in a sample. */
interface Wait {
  readonly [name: string]: Json;
  readonly start: Json;
  readonly items: readonly Json[];
  /** When the time is over; null before the start. */
  readonly deadline: number | null;
  readonly done: boolean;
}

export const sampleGather: SampleStep<'gather'> = (run, operator, record, port) => {
  run.cross(run.shape(operator, port).rekeyed, () => {
    const state = run.stateOf(operator.id);
    if ([...state.values()].some((wait) => isOver(wait as Wait, record.timestamp))) {
      throw new Unpredictable('the time of a wait is over');
    }
    const before = (state.get(keyText(record.key)) ?? { ...unbegun }) as Wait;
    if (before.done || (port === 'start' && before.start !== null)) return;
    const wait =
      port === 'start'
        ? { ...before, ...started(operator, record) }
        : withItem(run, operator, before, record);
    const ended = end(run, operator, wait, record);
    run.keep(operator.id, keyText(record.key), { ...wait, done: ended !== null });
    if (ended !== null) run.give(operator, 'out', ended);
  });
};

const unbegun: Wait = { start: null, items: [], deadline: null, done: false };

function started(operator: OperatorOf<'gather'>, record: FlowRecord): Pick<Wait, 'start' | 'deadline'> {
  const deadline = operator.timeoutMs === undefined ? null : record.timestamp + operator.timeoutMs;
  return { start: record.value, deadline };
}

function isOver(wait: Wait, now: number): boolean {
  return !wait.done && wait.deadline !== null && wait.deadline < now;
}

function withItem(run: SampleService, operator: OperatorOf<'gather'>, wait: Wait, record: FlowRecord): Wait {
  const type = run.shape(operator, 'items').value;
  const idOf = (item: Json) =>
    keyText(run.evaluator.evaluate(operator.itemId, { item: [type, item] }, 'string'));
  const isKnown = wait.items.some((item) => idOf(item) === idOf(record.value));
  return isKnown ? wait : { ...wait, items: [...wait.items, record.value] };
}

function end(
  run: SampleService,
  operator: OperatorOf<'gather'>,
  wait: Wait,
  record: FlowRecord,
): FlowRecord | null {
  if (wait.start === null) return null;
  const [start, items] = [run.shape(operator, 'start'), run.shape(operator, 'items')];
  const itemsBound = [{ list: items.value }, wait.items] as const;
  const isCounted = wait.items.length >= gatherCount(run.design, operator);
  const isEnded = operator.until !== undefined && run.evaluator.isTrue(operator.until, { items: itemsBound });
  if (!isCounted && !isEnded) return null;
  const bound: Bound = {
    key: [start.key, record.key],
    start: [start.value, wait.start],
    items: itemsBound,
    complete: ['boolean', true],
    timedOut: ['boolean', false],
  };
  return { ...record, value: run.evaluator.evaluate(operator.value, bound, operator.output) };
}
