const HIGH_UNIT = 0x1_0000_0000;

/** Writes a safe integer as a big-endian int64. */
export function writeInt64(bytes: Buffer, value: number, offset: number): void {
  bytes.writeInt32BE(Math.floor(value / HIGH_UNIT), offset);
  bytes.writeUInt32BE(value >>> 0, offset + 4);
}

/** Reads a big-endian int64; times and offsets are safe integers. */
export function readInt64(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getInt32(offset) * HIGH_UNIT + view.getUint32(offset + 4);
}
