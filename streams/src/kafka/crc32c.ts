const POLYNOMIAL = 0x82f63b78;
const BYTES_AT_ONCE = 8;

/** `tables[n * 256 + byte]`: the checksum of a byte that is followed by n zeros. */
const tables = createTables();

function createTables(): Int32Array {
  const made = new Int32Array(BYTES_AT_ONCE * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : POLYNOMIAL);
    made[byte] = crc;
  }
  for (let index = 256; index < made.length; index += 1) {
    const before = made[index - 256] ?? 0;
    made[index] = (made[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return made;
}

/** CRC-32C (Castagnoli) of the bytes from `start` on, eight of them at a time. */
export function crc32c(bytes: Uint8Array, start = 0): number {
  const t = tables;
  const end = bytes.length;
  let crc = -1;
  let at = start;
  for (const last = end - BYTES_AT_ONCE; at <= last; at += BYTES_AT_ONCE) {
    const word =
      crc ^
      ((bytes[at] ?? 0) |
        ((bytes[at + 1] ?? 0) << 8) |
        ((bytes[at + 2] ?? 0) << 16) |
        ((bytes[at + 3] ?? 0) << 24));
    crc =
      (t[1792 + (word & 0xff)] ?? 0) ^
      (t[1536 + ((word >>> 8) & 0xff)] ?? 0) ^
      (t[1280 + ((word >>> 16) & 0xff)] ?? 0) ^
      (t[1024 + (word >>> 24)] ?? 0) ^
      (t[768 + (bytes[at + 4] ?? 0)] ?? 0) ^
      (t[512 + (bytes[at + 5] ?? 0)] ?? 0) ^
      (t[256 + (bytes[at + 6] ?? 0)] ?? 0) ^
      (t[bytes[at + 7] ?? 0] ?? 0);
  }
  for (; at < end; at += 1) crc = (t[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
