import type { KStream } from './dsl.ts';
import { TopologyError } from './errors.ts';
import type { GatherOptions } from './gather-options.ts';
import { addGather } from './internals/gather-step.ts';

const DAY_MS = 86_400_000;

/**
 * Scatter and gather: for each start record waits until enough items with its key have come, or its
 * time is up, and emits exactly one result. Items may come before their start; those after the
 * result are ignored. The result has the timestamp of the record that completed it, or of the
 * deadline.
 *
 * Time is up when stream time passes the deadline, or when `timeoutMs` of wall-clock time have passed
 * since the start was seen here and no record moved stream time. After a restart the wall clock
 * grants the whole time again, so that items which came meanwhile are read first.
 */
export function gather<K, S, I, R>(
  starts: KStream<K, S>,
  items: KStream<K, I>,
  options: GatherOptions<K, S, I, R>,
): KStream<K, R> {
  if (!Number.isInteger(options.count) || options.count < 1) {
    throw new TopologyError(`Gather "${options.name}" needs a count of at least 1, not ${options.count}.`);
  }
  if (!Number.isSafeInteger(options.timeoutMs) || options.timeoutMs < 1) {
    throw new TopologyError(
      `Gather "${options.name}" needs a timeoutMs of at least 1, not ${options.timeoutMs}.`,
    );
  }
  return addGather(starts, items, { ...options, retentionMs: options.retentionMs ?? DAY_MS });
}
