import { SerializationError } from '../errors.ts';
import type { Serde } from '../serdes.ts';
import type { Change } from './change.ts';

/** Last byte of a serialized change; those with `LATEST` have a byte for `isLatest` before it. */
const ONLY_OLD = 0;
const ONLY_NEW = 1;
const BOTH = 2;
const WITH_LATEST = 3;

/**
 * Changes on their way to a table's groups: `old + 0`, `new + 1`, or `varint length of new + new + old + 2`
 * (Kafka Streams: `ChangedSerializer`, KIP-904). Reads the forms 3 to 5 too, which carry `isLatest`.
 */
export function changedSerde(value: Serde<unknown>): Serde<Change<unknown>> {
  return {
    serialize({ newValue, oldValue }) {
      const added = newValue === null ? null : value.serialize(newValue);
      const removed = oldValue === null ? null : value.serialize(oldValue);
      if (removed === null) {
        if (added !== null) return Buffer.concat([added, Buffer.of(ONLY_NEW)]);
        throw new SerializationError('A change without old and new value cannot be written.');
      }
      if (added === null) return Buffer.concat([removed, Buffer.of(ONLY_OLD)]);
      return Buffer.concat([zigzagVarint(added.length), added, removed, Buffer.of(BOTH)]);
    },
    deserialize(bytes) {
      const form = bytes.at(-1) ?? -1;
      if (form < ONLY_OLD || form > WITH_LATEST + BOTH) {
        throw new SerializationError(`A change cannot have the form ${form}.`);
      }
      const flagged = form >= WITH_LATEST;
      const end = bytes.length - (flagged ? 2 : 1);
      const isLatest = !flagged || bytes[end] === 1;
      const read = (from: number, to: number): unknown => value.deserialize(bytes.subarray(from, to));
      switch (form % WITH_LATEST) {
        case ONLY_OLD:
          return { newValue: null, oldValue: read(0, end), isLatest };
        case ONLY_NEW:
          return { newValue: read(0, end), oldValue: null, isLatest };
        default: {
          const { value: length, next } = readZigzagVarint(bytes);
          return { newValue: read(next, next + length), oldValue: read(next + length, end), isLatest };
        }
      }
    },
  };
}

/** Lengths as Kafka writes signed varints: doubled, seven bits a byte, low ones first. */
function zigzagVarint(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length * 2;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

function readZigzagVarint(bytes: Uint8Array): { readonly value: number; readonly next: number } {
  let doubled = 0;
  let factor = 1;
  for (let next = 0; next < bytes.length; next += 1) {
    const byte = bytes[next] ?? 0;
    doubled += (byte % 0x80) * factor;
    factor *= 0x80;
    if (byte < 0x80) return { value: doubled / 2, next: next + 1 };
  }
  throw new SerializationError('A change ends within its length.');
}
