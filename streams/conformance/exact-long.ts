import { type Serde, Serdes } from '../src/serdes.ts';

/** A long of Java: a number where a number is exact, a bigint beyond. */
export type Long = number | bigint;

export function isLong(value: unknown): value is Long {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Wraps around at 64 bits, as in Java. */
export function plus(one: Long, two: Long): Long {
  return toLong(BigInt(one) + BigInt(two));
}

export function minus(one: Long, two: Long): Long {
  return toLong(BigInt(one) - BigInt(two));
}

function toLong(exact: bigint): Long {
  const wrapped = BigInt.asIntN(64, exact);
  const value = Number(wrapped);
  return Number.isSafeInteger(value) ? value : wrapped;
}

export const longSerde: Serde<Long> = {
  serialize: (value) =>
    typeof value === 'bigint' ? Serdes.bigint().serialize(value) : Serdes.long().serialize(value),
  deserialize(bytes) {
    const value = toLong(Serdes.bigint().deserialize(bytes));
    return typeof value === 'bigint' ? value : Serdes.long().deserialize(bytes);
  },
};
