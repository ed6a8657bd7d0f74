import { TopologyError } from '../errors.ts';
import { SessionWindows } from '../session-windows.ts';
import { SlidingWindows } from '../sliding-windows.ts';
import { TimeWindows } from '../windows.ts';
import type { AggregationKind } from './aggregation-kind.ts';
import { bySession } from './session-aggregation.ts';
import { bySlidingWindow } from './sliding-aggregation.ts';
import { byTimeWindow } from './time-aggregation.ts';

export type AggregationWindows = TimeWindows | SlidingWindows | SessionWindows;

/** The kind of aggregation that windows ask for. */
export function windowsKind(windows: AggregationWindows): AggregationKind {
  if (windows instanceof SessionWindows) return bySession(windows);
  if (windows instanceof SlidingWindows) return bySlidingWindow(windows);
  if (windows instanceof TimeWindows) return byTimeWindow(windows);
  throw new TopologyError('A grouped stream is windowed by TimeWindows, SlidingWindows or SessionWindows.');
}
