import { SerializationError } from '../errors.ts';
import type { Window } from '../state-stores.ts';
import { readInt64, writeInt64 } from './int64.ts';

const TIMES_LENGTH = 16;
const HIGHEST = Buffer.from('7fffffffffffffff', 'hex');

/** `key + int64 end + int64 start`, as Kafka Streams' `SessionKeySchema`. */
export function toSessionKey(key: Uint8Array, { start, end }: Window): Uint8Array {
  const bytes = Buffer.allocUnsafe(key.length + TIMES_LENGTH);
  bytes.set(key, 0);
  writeInt64(bytes, end, key.length);
  writeInt64(bytes, start, key.length + 8);
  return bytes;
}

/** A session store's key, taken apart. */
export interface SessionKey {
  readonly key: Uint8Array;
  readonly window: Window;
}

export function fromSessionKey(bytes: Uint8Array): SessionKey {
  const length = bytes.length - TIMES_LENGTH;
  if (length < 0) {
    throw new SerializationError(`A session key has at least 16 bytes, but ${bytes.length} were received.`);
  }
  const window = { start: readInt64(bytes, length + 8), end: readInt64(bytes, length) };
  return { key: bytes.subarray(0, length), window };
}

/** The end of a session without taking its key apart. */
export function sessionEnd(bytes: Uint8Array): number {
  return readInt64(bytes, bytes.length - TIMES_LENGTH);
}

/** Above all sessions of a key. */
export function afterSessions(key: Uint8Array): Uint8Array {
  return Buffer.concat([key, HIGHEST, HIGHEST]);
}

/** Bounds of all sessions of one key that end at or after a time; longer keys lie between them too. */
export function sessionBounds(key: Uint8Array, earliestEnd: number): { from: Uint8Array; to: Uint8Array } {
  return {
    from: toSessionKey(key, { start: 0, end: Math.max(0, earliestEnd) }),
    to: afterSessions(key),
  };
}
