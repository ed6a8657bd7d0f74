import { JoinWindows, SessionWindows, SlidingWindows, TimeWindows } from '@millstream/streams';
import type { AggregationWindow, JoinWindow } from '#shared/design/windows.ts';

type KindOf<K extends AggregationWindow['kind']> = Extract<AggregationWindow, { kind: K }>;

/** The windows of an aggregation that are of one size. */
export function timeWindows(
  window: KindOf<'tumbling' | 'hopping' | 'sliding'>,
): TimeWindows | SlidingWindows {
  const { graceMs } = window;
  if (window.kind === 'sliding') return SlidingWindows.ofTimeDifferenceAndGrace(window.differenceMs, graceMs);
  const aligned = TimeWindows.ofSizeAndGrace(window.sizeMs, graceMs);
  return window.kind === 'hopping' ? aligned.advanceBy(window.advanceMs) : aligned;
}

export function sessionWindows({ gapMs, graceMs }: KindOf<'session'>): SessionWindows {
  return SessionWindows.ofInactivityGapAndGrace(gapMs, graceMs);
}

/** The times of a join of two streams, which need not be the same to both sides. */
export function joinWindows({ beforeMs, afterMs, graceMs }: JoinWindow): JoinWindows {
  return JoinWindows.ofTimeDifferenceAndGrace(beforeMs, graceMs).before(beforeMs).after(afterMs);
}
