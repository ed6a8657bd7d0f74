import { ClusterError } from '../cluster-port.ts';

/** Kafka counts in 64 bits; a number that a double cannot hold exactly is refused rather than rounded. */
export function toExactNumber(value: bigint, what: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new ClusterError('unsupported', `The ${what} ${value} is too large to be shown exactly.`);
}
