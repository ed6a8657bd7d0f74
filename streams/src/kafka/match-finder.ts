const HASH_BITS = 13;
const MIN_MATCH = 4;

/** Where matches may be, counted from the end of the bytes. */
export interface MatchLimits {
  /** No match begins in this many last bytes. */
  readonly lastStart: number;
  /** No match reaches into this many last bytes. */
  readonly lastEnd: number;
  /** Most bytes between a match and what it repeats. */
  readonly farthest: number;
}

/** `literals` bytes from `from` on, then `length` bytes that were there `distance` before. */
export type MatchWriter = (from: number, literals: number, distance: number, length: number) => void;

/**
 * Finds repetitions of four bytes and more with a hash table of the last places: fast, not thorough.
 * Answers where the bytes begin that follow the last match.
 */
export function findMatches(bytes: Buffer, limits: MatchLimits, write: MatchWriter): number {
  const places = new Int32Array(1 << HASH_BITS);
  const lastStart = bytes.length - limits.lastStart;
  const lastEnd = bytes.length - limits.lastEnd;
  let from = 0;
  let at = 0;
  while (at <= lastStart) {
    const word = wordAt(bytes, at);
    const slot = Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS);
    const place = (places[slot] ?? 0) - 1;
    places[slot] = at + 1;
    if (place < 0 || at - place > limits.farthest || wordAt(bytes, place) !== word) {
      // The longer nothing is found, the larger the steps.
      at += 1 + ((at - from) >>> 6);
      continue;
    }
    let length = MIN_MATCH;
    while (at + length < lastEnd && bytes[at + length] === bytes[place + length]) length += 1;
    if (at + length > lastEnd) break;
    write(from, at - from, at - place, length);
    at += length;
    from = at;
  }
  return from;
}

function wordAt(bytes: Buffer, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}
