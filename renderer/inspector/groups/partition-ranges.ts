/** Numbers as ranges, the way one would say them: `0–3, 7`. */
export function partitionRanges(partitions: readonly number[]): string {
  const sorted = [...new Set(partitions)].toSorted((a, b) => a - b);
  const ranges: { first: number; last: number }[] = [];
  for (const partition of sorted) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === partition - 1) {
      range.last = partition;
    } else {
      ranges.push({ first: partition, last: partition });
    }
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
