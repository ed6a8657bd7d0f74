/** The key of a window as a changelog has it. */
export function windowKey(key: Uint8Array, start: number, sequence: number): Uint8Array {
  const suffix = Buffer.alloc(12);
  suffix.writeBigInt64BE(BigInt(start));
  suffix.writeInt32BE(sequence, 8);
  return Uint8Array.from([...key, ...suffix]);
}

/** The key of a session as a changelog has it. */
export function sessionKey(key: Uint8Array, start: number, end: number): Uint8Array {
  const suffix = Buffer.alloc(16);
  suffix.writeBigInt64BE(BigInt(end));
  suffix.writeBigInt64BE(BigInt(start), 8);
  return Uint8Array.from([...key, ...suffix]);
}
