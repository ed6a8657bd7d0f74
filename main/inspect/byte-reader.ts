/** Reads big-endian bytes from front to back. What is not there is an error for the caller to catch. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    this.#at += 1;
    return this.#view.getUint8(this.#at - 1);
  }

  int32(): number {
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4);
  }

  /** A number of 64 bits that JavaScript can hold. */
  int64(): number {
    this.#at += 8;
    const value = Number(this.#view.getBigInt64(this.#at - 8));
    if (!Number.isSafeInteger(value)) throw new RangeError('No such number is expected here.');
    return value;
  }

  take(length: number): Uint8Array {
    if (length < 0 || length > this.left) throw new RangeError('The bytes end too early.');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

/** Null where the bytes are not of this form, or go on after it. */
export function parseBytes<T>(bytes: Uint8Array, parse: (reader: ByteReader) => T | null): T | null {
  const reader = new ByteReader(bytes);
  try {
    const parsed = parse(reader);
    return reader.left === 0 ? parsed : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
