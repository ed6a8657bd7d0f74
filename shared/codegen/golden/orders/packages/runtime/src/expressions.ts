/** An integer that a number holds exactly; throws where an integer result went beyond ±(2^53 − 1). */
export function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact integer`);
  return value;
}

/** The element at an index; throws where the list has none. */
export function itemAt<T>(list: readonly T[], index: number): T {
  if (!(index in list)) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return list[index] as T;
}
