/** Reads Kafka's primitive types from a buffer. */
export class BytesReader {
  readonly #buffer: Buffer;
  offset: number;

  constructor(buffer: Buffer, offset = 0) {
    this.#buffer = buffer;
    this.offset = offset;
  }

  get remaining(): number {
    return this.#buffer.length - this.offset;
  }

  int8(): number {
    const value = this.#buffer.readInt8(this.offset);
    this.offset += 1;
    return value;
  }

  int16(): number {
    const value = this.#buffer.readInt16BE(this.offset);
    this.offset += 2;
    return value;
  }

  int32(): number {
    const value = this.#buffer.readInt32BE(this.offset);
    this.offset += 4;
    return value;
  }

  /** Offsets and timestamps fit a number; producer ids are read with `int64Text`. */
  int64(): number {
    const value =
      this.#buffer.readInt32BE(this.offset) * 0x1_0000_0000 + this.#buffer.readUInt32BE(this.offset + 4);
    this.offset += 8;
    return value;
  }

  int64Text(): string {
    const value = this.#buffer.readBigInt64BE(this.offset).toString();
    this.offset += 8;
    return value;
  }

  string(): string {
    return this.take(this.int16()).toString('utf8');
  }

  /** The next bytes, without copying them. */
  take(length: number): Buffer {
    const value = this.#buffer.subarray(this.offset, this.offset + Math.max(length, 0));
    this.offset += Math.max(length, 0);
    return value;
  }

  varint(): number {
    const raw = this.uvarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#buffer[this.offset] ?? 0;
      this.offset += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  varlong(): number {
    const start = this.offset;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#buffer[this.offset] ?? 0;
      this.offset += 1;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (low >>> 1) ^ -(low & 1);
    }
    this.offset = start;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#buffer[this.offset] ?? 0;
      this.offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return Number((value >> 1n) ^ -(value & 1n));
  }

  /** Length-prefixed bytes of a record; null when the length is negative. */
  varBytes(): Buffer | null {
    const length = this.varint();
    return length < 0 ? null : this.take(length);
  }
}
