import { z } from 'zod';
import { Millis } from './types.ts';

/** The windows of an aggregation, with Kafka Streams' names and bounds. Every window states its grace. */
export const AggregationWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tumbling'), sizeMs: Millis.min(1), graceMs: Millis }),
  z.strictObject({
    kind: z.literal('hopping'),
    sizeMs: Millis.min(1),
    advanceMs: Millis.min(1),
    graceMs: Millis,
  }),
  z.strictObject({ kind: z.literal('sliding'), differenceMs: Millis, graceMs: Millis }),
  z.strictObject({ kind: z.literal('session'), gapMs: Millis.min(1), graceMs: Millis }),
]);
export type AggregationWindow = z.infer<typeof AggregationWindow>;

/** The window of a stream-stream join: the other record lies in [ts − beforeMs, ts + afterMs]. */
export const JoinWindow = z.strictObject({ beforeMs: Millis, afterMs: Millis, graceMs: Millis });
export type JoinWindow = z.infer<typeof JoinWindow>;

/**
 * When an aggregate's results go downstream. `onWindowClose` (Kafka Streams' emit strategy): the windows give
 * their results themselves when they close. `untilWindowCloses` and `untilTimeLimit` hold updates back in a buffer.
 */
export const Suppress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('onWindowClose') }),
  z.strictObject({ kind: z.literal('untilWindowCloses') }),
  z.strictObject({
    kind: z.literal('untilTimeLimit'),
    waitMs: Millis,
    maxRecords: z.number().int().min(1).optional(),
  }),
]);
export type Suppress = z.infer<typeof Suppress>;

/** Whether a window gives one result, when it is over. */
export function isFinal(suppress: Suppress | undefined): boolean {
  return suppress?.kind === 'untilWindowCloses' || suppress?.kind === 'onWindowClose';
}
