import { TopologyError } from '../errors.ts';

/** Durations are whole milliseconds, as Kafka Streams counts them. */
export function assertDuration(value: number, what: string, minimum: number): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new TopologyError(`${what} must be a whole number of milliseconds >= ${minimum}, not ${value}.`);
  }
}
