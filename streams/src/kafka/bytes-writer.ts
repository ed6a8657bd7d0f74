/** Writes Kafka's primitive types into a growing buffer. */
export class BytesWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(size = 1024) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written so far; shares memory with the writer. */
  toBuffer(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  int8(value: number): this {
    this.#reserve(1);
    this.#buffer.writeInt8(value, this.#length);
    this.#length += 1;
    return this;
  }

  int16(value: number): this {
    this.#reserve(2);
    this.#buffer.writeInt16BE(value, this.#length);
    this.#length += 2;
    return this;
  }

  int32(value: number): this {
    this.#reserve(4);
    this.#buffer.writeInt32BE(value, this.#length);
    this.#length += 4;
    return this;
  }

  uint32(value: number): this {
    this.#reserve(4);
    this.#buffer.writeUInt32BE(value, this.#length);
    this.#length += 4;
    return this;
  }

  int64(value: number | bigint): this {
    this.#reserve(8);
    this.#buffer.writeBigInt64BE(BigInt(value), this.#length);
    this.#length += 8;
    return this;
  }

  /** int16 length and UTF-8; null is length -1. */
  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const bytes = Buffer.from(value, 'utf8');
    return this.int16(bytes.length).bytes(bytes);
  }

  /** Unsigned varint length + 1 and UTF-8, as flexible protocol versions write strings. */
  compactString(value: string | null): this {
    if (value === null) return this.uvarint(0);
    const bytes = Buffer.from(value, 'utf8');
    return this.uvarint(bytes.length + 1).bytes(bytes);
  }

  bytes(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  uvarint(value: number): this {
    this.#reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#buffer[this.#length] = (rest & 0x7f) | 0x80;
      this.#length += 1;
      rest >>>= 7;
    }
    this.#buffer[this.#length] = rest;
    this.#length += 1;
    return this;
  }

  /** Zigzag varint of a 32-bit integer. */
  varint(value: number): this {
    return this.uvarint((value << 1) ^ (value >> 31));
  }

  /** Zigzag varint of an integer that a number holds exactly. */
  varlong(value: number): this {
    if (value >= -0x4000_0000 && value < 0x4000_0000) return this.varint(value);
    this.#reserve(10);
    let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
    while (rest > 0x7fn) {
      this.#buffer[this.#length] = Number(rest & 0x7fn) | 0x80;
      this.#length += 1;
      rest >>= 7n;
    }
    this.#buffer[this.#length] = Number(rest);
    this.#length += 1;
    return this;
  }

  /** Overwrites four bytes that were written before. */
  patchInt32(offset: number, value: number): void {
    this.#buffer.writeInt32BE(value, offset);
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + size));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
