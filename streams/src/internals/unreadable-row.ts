import { SerializationError } from '../errors.ts';
import type { KeyValueStoreBuilder } from '../store-builder.ts';
import { messageOf } from './record-queue.ts';

/** For a row whose bytes the serdes cannot read: a store is loaded without reading them. */
export function unreadableRow(
  { name, topic, key }: KeyValueStoreBuilder,
  keyBytes: Uint8Array,
  cause: unknown,
): SerializationError {
  const copied = topic === undefined ? '' : `, read from topic "${topic}",`;
  return new SerializationError(
    `The row of key ${nameOf(() => key.deserialize(keyBytes), keyBytes)} in the store "${name}"${copied} ` +
      `cannot be read: ${messageOf(cause)}`,
    { cause },
  );
}

/** As JSON, or its bytes in hexadecimal digits. */
function nameOf(read: () => unknown, bytes: Uint8Array): string {
  const hex = `0x${Buffer.from(bytes).toString('hex')}`;
  try {
    const key = read();
    return key instanceof Uint8Array ? hex : (JSON.stringify(key) ?? hex);
  } catch {
    return hex;
  }
}
