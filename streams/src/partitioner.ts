/**
 * Murmur2 as Kafka's Java clients compute it (`org.apache.kafka.common.utils.Utils.murmur2`),
 * as a signed 32-bit integer.
 */
export function murmur2(bytes: Uint8Array): number {
  const m = 0x5bd1e995;
  const length = bytes.length;
  let h = 0x9747b28c ^ length;
  const words = length - (length % 4);
  for (let i = 0; i < words; i += 4) {
    let k =
      (bytes[i] ?? 0) |
      ((bytes[i + 1] ?? 0) << 8) |
      ((bytes[i + 2] ?? 0) << 16) |
      ((bytes[i + 3] ?? 0) << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    k = Math.imul(k, m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = length - words;
  if (rest > 0) {
    if (rest > 2) h ^= (bytes[words + 2] ?? 0) << 16;
    if (rest > 1) h ^= (bytes[words + 1] ?? 0) << 8;
    h = Math.imul(h ^ (bytes[words] ?? 0), m);
  }
  h ^= h >>> 13;
  h = Math.imul(h, m);
  h ^= h >>> 15;
  return h | 0;
}

/** The partition Java clients choose for a key: `(murmur2 & 0x7fffffff) % partitions`. */
export function partitionForKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}
