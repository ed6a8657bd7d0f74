/**
 * Murmur3 of 128 bits (x64 variant) with the seed Kafka Streams uses, as 16 bytes: how a foreign-key join
 * recognises the row it was asked for.
 */
export function murmur3(data: Uint8Array): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const one = new Word(0, SEED);
  const two = new Word(0, SEED);
  const part = new Word(0, 0);
  const whole = data.length - (data.length % 16);
  for (let at = 0; at < whole; at += 16) {
    mixFirst(one, part.set(view.getUint32(at + 4, true), view.getUint32(at, true)));
    one.rotate(27).add(two).times5plus(0x52dce729);
    mixSecond(two, part.set(view.getUint32(at + 12, true), view.getUint32(at + 8, true)));
    two.rotate(31).add(one).times5plus(0x38495ab5);
  }
  if (data.length - whole > 8) mixSecond(two, part.setBytes(data, whole + 8));
  if (data.length > whole) mixFirst(one, part.setBytes(data, whole));
  const length = part.set(0, data.length);
  one.xor(length);
  two.xor(length);
  one.add(two);
  two.add(one);
  finish(one);
  finish(two);
  one.add(two);
  two.add(one);
  const result = Buffer.allocUnsafe(16);
  for (const [index, word] of [one, two].entries()) {
    result.writeInt32BE(word.high | 0, index * 8);
    result.writeInt32BE(word.low | 0, index * 8 + 4);
  }
  return result;
}

const SEED = 104729;

function mixFirst(sum: Word, part: Word): void {
  sum.xor(part.times(0x87c37b91, 0x114253d5).rotate(31).times(0x4cf5ad43, 0x2745937f));
}

function mixSecond(sum: Word, part: Word): void {
  sum.xor(part.times(0x4cf5ad43, 0x2745937f).rotate(33).times(0x87c37b91, 0x114253d5));
}

function finish(sum: Word): void {
  sum
    .xorShifted33()
    .times(0xff51afd7, 0xed558ccd)
    .xorShifted33()
    .times(0xc4ceb9fe, 0x1a85ec53)
    .xorShifted33();
}

/** An unsigned 64-bit number in two halves, changed in place: several times faster than BigInt. */
class Word {
  high: number;
  low: number;

  constructor(high: number, low: number) {
    this.high = high;
    this.low = low;
  }

  set(high: number, low: number): this {
    this.high = high;
    this.low = low;
    return this;
  }

  /** Up to eight bytes, the first one lowest. */
  setBytes(data: Uint8Array, from: number): this {
    this.set(0, 0);
    for (let at = Math.min(data.length, from + 8) - 1; at >= from; at -= 1) {
      this.high = (this.high << 8) | (this.low >>> 24);
      this.low = (this.low << 8) | (data[at] ?? 0);
    }
    return this;
  }

  xor(other: Word): this {
    return this.set(this.high ^ other.high, this.low ^ other.low);
  }

  add(other: Word): this {
    const low = (this.low >>> 0) + (other.low >>> 0);
    return this.set((this.high + other.high + (low > 0xffff_ffff ? 1 : 0)) | 0, low | 0);
  }

  times(high: number, low: number): this {
    const [a, b] = [this.low & 0xffff, this.low >>> 16];
    const [c, d] = [low & 0xffff, low >>> 16];
    const middle = ((a * c) >>> 16) + ((a * d) & 0xffff) + ((b * c) & 0xffff);
    const carry = b * d + ((a * d) >>> 16) + ((b * c) >>> 16) + (middle >>> 16);
    const upper = carry + Math.imul(this.high, low) + Math.imul(this.low, high);
    return this.set(upper | 0, (middle << 16) | ((a * c) & 0xffff));
  }

  times5plus(addend: number): this {
    this.times(0, 5);
    const low = (this.low >>> 0) + addend;
    return this.set((this.high + (low > 0xffff_ffff ? 1 : 0)) | 0, low | 0);
  }

  rotate(bits: number): this {
    const { high, low } = bits < 32 ? this : { high: this.low, low: this.high };
    const by = bits % 32;
    return this.set((high << by) | (low >>> (32 - by)), (low << by) | (high >>> (32 - by)));
  }

  xorShifted33(): this {
    return this.set(this.high, this.low ^ (this.high >>> 1));
  }
}
