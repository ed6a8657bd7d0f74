import { SerializationError } from './errors.ts';
import { fromSessionKey, toSessionKey } from './internals/session-key.ts';
import { type Serde, Serdes } from './serdes.ts';
import type { Windowed } from './state-stores.ts';

const longs = Serdes.long();

/**
 * Keys of time-windowed results: `key bytes + int64 window start`, as Kafka Streams'
 * `TimeWindowedSerde`. The end is not written; it is `start + sizeMs` when read.
 * Partitions are chosen by the base key.
 */
export function timeWindowedSerde<K>(key: Serde<K>, sizeMs: number): Serde<Windowed<K>> {
  return {
    serialize: (value) => Buffer.concat([key.serialize(value.key), longs.serialize(value.window.start)]),
    deserialize(bytes) {
      if (bytes.length < 8) {
        throw new SerializationError(
          `A windowed key has at least 8 bytes, but ${bytes.length} were received.`,
        );
      }
      const start = longs.deserialize(bytes.subarray(bytes.length - 8));
      return {
        key: key.deserialize(bytes.subarray(0, bytes.length - 8)),
        window: { start, end: start + sizeMs },
      };
    },
    partitionBytes: (value) => key.partitionBytes?.(value.key) ?? key.serialize(value.key),
  };
}

/**
 * Keys of session-windowed results: `key bytes + int64 end + int64 start`, as Kafka Streams'
 * `SessionWindowedSerde`. Partitions are chosen by the base key.
 */
export function sessionWindowedSerde<K>(key: Serde<K>): Serde<Windowed<K>> {
  return {
    serialize: (value) => toSessionKey(key.serialize(value.key), value.window),
    deserialize(bytes) {
      const parts = fromSessionKey(bytes);
      return { key: key.deserialize(parts.key), window: parts.window };
    },
    partitionBytes: (value) => key.partitionBytes?.(value.key) ?? key.serialize(value.key),
  };
}
