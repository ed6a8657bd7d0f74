/** An integer that a number holds exactly; throws where an integer result went beyond ±(2^53 − 1). */
export function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact integer`);
  return value;
}
