import type { OperatorOf } from '../../design/operators/registry.ts';
import type { AggregationWindow } from '../../design/windows.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { mergeSessions, nextAggregate, type Update, type Window } from './sample-fold.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import { keyText, type SampleService } from './sample-service.ts';

type Aggregate = OperatorOf<'aggregate'>;
type KindOf<K extends AggregationWindow['kind']> = Extract<AggregationWindow, { kind: K }>;

/** What a record changes in the windows of its key, in the order in which the changes go on. */
export function updateWindows(
  run: SampleService,
  operator: Aggregate,
  window: AggregationWindow,
  record: FlowRecord,
): readonly Update[] {
  switch (window.kind) {
    case 'tumbling':
      return updateAligned(run, operator, record, { ...window, advanceMs: window.sizeMs });
    case 'hopping':
      return updateAligned(run, operator, record, window);
    case 'sliding':
      assertInOrder(run, operator, record);
      return updateSliding(run, operator, window, record);
    case 'session':
      assertInOrder(run, operator, record);
      return updateSessions(run, operator, window, record);
  }
}

function updateAligned(
  run: SampleService,
  operator: Aggregate,
  record: FlowRecord,
  { sizeMs, advanceMs }: { readonly sizeMs: number; readonly advanceMs: number },
): readonly Update[] {
  const { key, timestamp } = record;
  const values = run.memory(`${operator.id} windows`, () => new Map<string, Json>());
  const updates: Update[] = [];
  const earliest = Math.max(0, timestamp - sizeMs + advanceMs);
  for (let start = Math.floor(earliest / advanceMs) * advanceMs; start <= timestamp; start += advanceMs) {
    const place = `${keyText(key)}@${start}`;
    const before = values.get(place) ?? null;
    const value = nextAggregate(run, operator, record, before);
    values.set(place, value);
    updates.push({ key, value, before, timestamp, window: { start, end: start + sizeMs } });
  }
  return updates;
}

/** Of each key what came, and the starts of the windows that there are. */
interface Slides {
  readonly records: FlowRecord[];
  readonly starts: Set<number>;
}

/**
 * Each record ends a window, and begins one behind itself as soon as something follows. A window's value is that
 * of all its records, in the order in which they came.
 */
function updateSliding(
  run: SampleService,
  operator: Aggregate,
  { differenceMs }: KindOf<'sliding'>,
  record: FlowRecord,
): readonly Update[] {
  const { key, timestamp } = record;
  const ofKeys = run.memory(`${operator.id} slides`, () => new Map<string, Slides>());
  const { records, starts } = ofKeys.get(keyText(key)) ?? { records: [], starts: new Set() };
  ofKeys.set(keyText(key), { records, starts });
  const previous = records.findLast((earlier) => earlier.timestamp < timestamp)?.timestamp;
  const holding = [...starts].filter((start) => start <= timestamp && timestamp <= start + differenceMs);
  const changed = new Set(holding.sort((one, other) => other - one));
  if (previous !== undefined && previous + 1 + differenceMs >= timestamp) changed.add(previous + 1);
  changed.add(timestamp - differenceMs);
  const updates = [...changed].map((start): Update => {
    const window = { start, end: start + differenceMs };
    const before = fold(run, operator, records, window);
    return { key, value: nextAggregate(run, operator, record, before), before, timestamp, window };
  });
  for (const start of changed) starts.add(start);
  records.push(record);
  return updates;
}

function fold(run: SampleService, operator: Aggregate, records: readonly FlowRecord[], window: Window): Json {
  const inside = records.filter(({ timestamp }) => window.start <= timestamp && timestamp <= window.end);
  return inside.reduce((before: Json, record) => nextAggregate(run, operator, record, before), null);
}

interface Session extends Window {
  readonly value: Json;
}

/** A session that grows is another one: the old one goes before the new one comes. */
function updateSessions(
  run: SampleService,
  operator: Aggregate,
  { gapMs }: KindOf<'session'>,
  record: FlowRecord,
): readonly Update[] {
  const { key, timestamp } = record;
  const ofKeys = run.memory(`${operator.id} sessions`, () => new Map<string, readonly Session[]>());
  const sessions = ofKeys.get(keyText(key)) ?? [];
  const touched = sessions.filter(({ start, end }) => end >= timestamp - gapMs && start <= timestamp + gapMs);
  const start = Math.min(timestamp, ...touched.map((session) => session.start));
  const end = Math.max(timestamp, ...touched.map((session) => session.end));
  const merged = mergeSessions(
    run,
    operator,
    record.key,
    touched.map(({ value }) => value),
  );
  const value = nextAggregate(run, operator, record, merged);
  const others = sessions.filter((session) => !touched.includes(session));
  ofKeys.set(keyText(key), [...others, { start, end, value }]);
  const isNew = start === timestamp && end === timestamp;
  const gone = isNew ? [] : touched;
  return [
    ...gone.map((old) => ({
      key,
      value: null,
      before: old.value,
      timestamp: old.end,
      window: { start: old.start, end: old.end },
    })),
    { key, value, before: null, timestamp: end, window: { start, end } },
  ];
}

/** What is late, and what becomes of it, is for the library’s own tests. */
function assertInOrder(run: SampleService, operator: Aggregate, { timestamp }: FlowRecord): void {
  const latest = run.memory(`${operator.id} time`, () => ({ at: timestamp }));
  if (timestamp < latest.at) throw new Unpredictable('records come out of order');
  latest.at = timestamp;
}
