/** SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in hexadecimal. Here because `shared` has no Node. */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const hash = fractions(8, 1 / 2);
  const view = new DataView(message.buffer);
  const schedule = new Int32Array(64);
  for (let block = 0; block < message.length; block += 64) {
    fillSchedule(schedule, view, block);
    addInto(hash, compress(hash, schedule));
  }
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const message = new Uint8Array(length);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return message;
}

/** The first 32 bits of the fractional parts of the roots of the first primes. */
function fractions(count: number, power: number): Int32Array {
  const words = new Int32Array(count);
  let found = 0;
  for (let candidate = 2; found < count; candidate++) {
    if (!isPrime(candidate)) continue;
    const root = candidate ** power;
    words[found++] = Math.floor((root - Math.floor(root)) * 0x1_0000_0000);
  }
  return words;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

const roundConstants = fractions(64, 1 / 3);

function fillSchedule(schedule: Int32Array, view: DataView, block: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(block + i * 4);
  for (let i = 16; i < 64; i++) {
    const w15 = at(schedule, i - 15);
    const w2 = at(schedule, i - 2);
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[i] = at(schedule, i - 16) + s0 + at(schedule, i - 7) + s1;
  }
}

function compress(hash: Int32Array, schedule: Int32Array): Int32Array {
  const state = Int32Array.from(hash);
  for (let i = 0; i < 64; i++) {
    const t1 =
      at(state, 7) + mixed(state, 4, 6, 11, 25) + choice(state) + at(roundConstants, i) + at(schedule, i);
    const t2 = mixed(state, 0, 2, 13, 22) + majority(state);
    state.copyWithin(1, 0, 7);
    state[4] = at(state, 4) + t1;
    state[0] = t1 + t2;
  }
  return state;
}

function mixed(state: Int32Array, index: number, first: number, second: number, third: number): number {
  const word = at(state, index);
  return rotate(word, first) ^ rotate(word, second) ^ rotate(word, third);
}

function choice(state: Int32Array): number {
  return (at(state, 4) & at(state, 5)) ^ (~at(state, 4) & at(state, 6));
}

function majority(state: Int32Array): number {
  const a = at(state, 0);
  const b = at(state, 1);
  const c = at(state, 2);
  return (a & b) ^ (a & c) ^ (b & c);
}

function addInto(hash: Int32Array, state: Int32Array): void {
  for (let i = 0; i < 8; i++) hash[i] = at(hash, i) + at(state, i);
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
