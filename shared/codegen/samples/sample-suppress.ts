import type { OperatorOf } from '../../design/operators/registry.ts';
import type { AggregationWindow, Suppress } from '../../design/windows.ts';
import { compareKeys } from './compare-keys.ts';
import type { Update } from './sample-fold.ts';
import { keyText, type SampleService } from './sample-service.ts';

interface Held<U extends Update> {
  readonly due: number;
  readonly update: U;
}

interface Buffer<U extends Update> {
  readonly held: Map<string, Held<U>>;
  time: number;
}

/** Holds an update back, and gives those that are due by its time, each in its latest state. */
export function holdBack<U extends Update>(
  run: SampleService,
  operator: OperatorOf<'aggregate'>,
  suppress: Exclude<Suppress, { kind: 'onWindowClose' }>,
  update: U,
): readonly U[] {
  const buffer = run.memory(`${operator.id} held`, (): Buffer<U> => ({ held: new Map(), time: 0 }));
  buffer.time = Math.max(buffer.time, update.timestamp);
  const place = JSON.stringify([keyText(update.key), update.window ?? null]);
  const isFinal = suppress.kind === 'untilWindowCloses';
  const due = isFinal ? (update.window?.end ?? 0) : update.timestamp;
  buffer.held.set(place, { due: buffer.held.get(place)?.due ?? due, update });
  const limit = isFinal ? buffer.held.size : (suppress.maxRecords ?? Number.POSITIVE_INFINITY);
  const expired = buffer.time - (isFinal ? closesAfter(operator.window) : suppress.waitMs);
  const given: U[] = [];
  for (const [name, held] of [...buffer.held].sort(([, one], [, other]) => compareHeld(one, other))) {
    if (held.due > expired && buffer.held.size <= limit) break;
    buffer.held.delete(name);
    if (!isFinal || held.update.value !== null) given.push(held.update);
  }
  return given;
}

function closesAfter(window: AggregationWindow | undefined): number {
  if (window === undefined) return 0;
  return window.kind === 'session' ? window.gapMs + window.graceMs : window.graceMs;
}

/** By time, and then as the bytes of windowed keys are ordered: a session's end comes before its start. */
function compareHeld(one: Held<Update>, other: Held<Update>): number {
  if (one.due !== other.due) return one.due - other.due;
  const byKey = compareKeys(one.update.key, other.update.key);
  if (byKey !== 0) return byKey;
  const [ours, theirs] = [one.update.window, other.update.window];
  return (ours?.end ?? 0) - (theirs?.end ?? 0) || (ours?.start ?? 0) - (theirs?.start ?? 0);
}
