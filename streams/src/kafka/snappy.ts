import { SerializationError } from '../errors.ts';
import { repeat } from './lz4.ts';
import { findMatches } from './match-finder.ts';

/** Java clients frame blocks of Snappy with this, a version and the oldest version that can read it. */
const STREAM_START = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const MAGIC_BYTES = 8;
const BLOCK_SIZE = 32 * 1024;
const MAX_COPY = 64;

/** Decodes Snappy (format_description.txt), in the frames of Java clients or as one bare block. */
export function readSnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, MAGIC_BYTES).equals(STREAM_START.subarray(0, MAGIC_BYTES))) return readBlock(bytes);
  const blocks: Buffer[] = [];
  for (let at = STREAM_START.length; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw broken();
    const length = bytes.readUInt32BE(at);
    at += 4;
    if (at + length > bytes.length) throw broken();
    blocks.push(readBlock(bytes.subarray(at, at + length)));
    at += length;
  }
  const [only] = blocks;
  return only !== undefined && blocks.length === 1 ? only : Buffer.concat(blocks);
}

function readBlock(block: Buffer): Buffer {
  let at = 0;
  let size = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = block[at];
    if (byte === undefined || shift > 28) throw broken();
    at += 1;
    size += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  // A byte of Snappy stands for at most 64 / 3 others, so more is a lie.
  if (size > block.length * 22) throw broken();
  const target = Buffer.allocUnsafe(size);
  let end = 0;
  while (at < block.length) {
    const tag = block[at] ?? 0;
    at += 1;
    if ((tag & 3) === 0) {
      const extra = Math.max((tag >>> 2) - 59, 0);
      const length = (extra === 0 ? tag >>> 2 : littleEndian(block, at, extra)) + 1;
      at += extra;
      if (end + length > size || at + length > block.length) throw broken();
      block.copy(target, end, at, at + length);
      at += length;
      end += length;
      continue;
    }
    const { distance, length, bytes } = readCopy(block, at, tag);
    at += bytes;
    if (distance === 0 || distance > end || end + length > size) throw broken();
    repeat(target, end, distance, length);
    end += length;
  }
  if (end !== size) throw broken();
  return target;
}

function readCopy(
  block: Buffer,
  at: number,
  tag: number,
): { distance: number; length: number; bytes: number } {
  const kind = tag & 3;
  if (kind === 1) {
    const distance = ((tag >>> 5) << 8) | (block[at] ?? 0);
    return { distance, length: ((tag >>> 2) & 7) + 4, bytes: 1 };
  }
  const bytes = kind === 2 ? 2 : 4;
  return { distance: littleEndian(block, at, bytes), length: (tag >>> 2) + 1, bytes };
}

function littleEndian(block: Buffer, at: number, bytes: number): number {
  let value = 0;
  for (let index = 0; index < bytes; index += 1) value += (block[at + index] ?? 0) * 2 ** (8 * index);
  return value;
}

/** Encodes blocks in the frame that Java clients write and read. */
export function snappyStream(bytes: Buffer): Buffer {
  const parts: Buffer[] = [STREAM_START];
  for (let start = 0; start < bytes.length; start += BLOCK_SIZE) {
    const packed = packBlock(bytes.subarray(start, start + BLOCK_SIZE));
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(packed.length);
    parts.push(length, packed);
  }
  return Buffer.concat(parts);
}

function packBlock(block: Buffer): Buffer {
  const target = Buffer.allocUnsafe(block.length + Math.ceil(block.length / 6) + 32);
  let end = 0;
  for (let rest = block.length; ; rest >>>= 7) {
    target[end] = rest > 0x7f ? (rest & 0x7f) | 0x80 : rest;
    end += 1;
    if (rest <= 0x7f) break;
  }
  const writeLiterals = (from: number, count: number): void => {
    if (count === 0) return;
    const length = count - 1;
    if (length < 60) {
      target[end] = length << 2;
      end += 1;
    } else {
      target[end] = 61 << 2;
      target.writeUInt16LE(length, end + 1);
      end += 3;
    }
    end += block.copy(target, end, from, from + count);
  };
  const writeMatch = (from: number, literals: number, distance: number, length: number): void => {
    writeLiterals(from, literals);
    for (let rest = length; rest > 0; ) {
      const part = Math.min(rest, MAX_COPY);
      target[end] = ((part - 1) << 2) | 2;
      target.writeUInt16LE(distance, end + 1);
      end += 3;
      rest -= part;
    }
  };
  const rest = findMatches(block, { lastStart: 4, lastEnd: 0, farthest: 0xffff }, writeMatch);
  writeLiterals(rest, block.length - rest);
  return target.subarray(0, end);
}

function broken(): SerializationError {
  return new SerializationError('The Snappy data is broken.');
}
