const FIRST_BUCKETS = 16;

/**
 * Keys that changed, in the order of a Java `HashSet` of them: Kafka Streams writes a buffer's changes in
 * that order, and so do we, to be comparable record by record. Like Java's, it never gets fewer buckets.
 */
export class HashOrderedKeys {
  readonly #keys = new Map<string, Uint8Array>();
  #buckets = FIRST_BUCKETS;

  add(key: Uint8Array): void {
    this.#keys.set(Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1'), key);
    while (this.#keys.size > this.#buckets * 0.75) this.#buckets *= 2;
  }

  /** Takes all keys out. */
  take(): Uint8Array[] {
    const placed = Array.from(this.#keys.values(), (key) => ({ key, bucket: bucketOf(key, this.#buckets) }));
    this.#keys.clear();
    return placed.sort((one, two) => one.bucket - two.bucket).map(({ key }) => key);
  }
}

/** `Arrays.hashCode`, spread as `HashMap` does. */
function bucketOf(key: Uint8Array, buckets: number): number {
  let hash = 1;
  for (const byte of key) hash = (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0;
  return (hash ^ (hash >>> 16)) & (buckets - 1);
}
