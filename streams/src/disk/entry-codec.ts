import type { StoreEntry } from '../internals/bytes-store.ts';
import type { EntryCodec } from './disk-table.ts';

const TIMESTAMP_BYTES = 8;

/** `float64 timestamp + value`; a double holds every timestamp exactly and is read faster than an int64. */
export const entryCodec: EntryCodec<StoreEntry> = {
  encode({ value, timestamp }) {
    const bytes = Buffer.allocUnsafe(value.length + TIMESTAMP_BYTES);
    bytes.writeDoubleBE(timestamp, 0);
    bytes.set(value, TIMESTAMP_BYTES);
    return bytes;
  },
  decode: (bytes) => ({ value: bytes.subarray(TIMESTAMP_BYTES), timestamp: bytes.readDoubleBE(0) }),
  sizeOf: ({ value }) => value.length + TIMESTAMP_BYTES,
};
