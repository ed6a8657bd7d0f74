import type { OperatorOf } from '../../design/operators/registry.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { compareKeys } from './compare-keys.ts';
import type { FlowRecord } from './sample-record.ts';
import { keyText, type SampleService } from './sample-service.ts';

interface Waiting {
  records: readonly FlowRecord[];
  time: number;
}

/**
 * A stream’s record waits until the grace is over, which later records tell, and meets the row that the table had
 * at its time.
 */
export function joinAfterGrace(
  run: SampleService,
  operator: OperatorOf<'join'>,
  graceMs: number,
  record: FlowRecord,
  give: (due: FlowRecord, row: Json) => void,
): void {
  const waiting = run.memory(`${operator.id} waiting`, (): Waiting => ({ records: [], time: 0 }));
  waiting.time = Math.max(waiting.time, record.timestamp);
  const isDue = ({ timestamp }: FlowRecord) => timestamp <= waiting.time - graceMs;
  const all = [...waiting.records, record];
  waiting.records = all.filter((each) => !isDue(each));
  run.noteEffect();
  for (const due of all.filter(isDue).sort(byTimeAndKey)) {
    give(due, run.rowAsOf(operator, 'right', due.key, due.timestamp));
  }
}

function byTimeAndKey(one: FlowRecord, other: FlowRecord): number {
  if (one.timestamp !== other.timestamp) return one.timestamp - other.timestamp;
  return keyText(one.key) === keyText(other.key) ? 0 : compareKeys(one.key, other.key);
}
