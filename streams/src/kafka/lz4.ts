import { SerializationError } from '../errors.ts';
import { findMatches } from './match-finder.ts';

const MAGIC = 0x184d2204;
/** Kafka's own frames: version 1, independent blocks of up to 64 KiB, no checksums behind them. */
const FRAME_START = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const BLOCK_SIZE = 64 * 1024;
const NOT_COMPRESSED = 0x8000_0000;
const MIN_MATCH = 4;
/** The format wants the last bytes of a block as they are. */
const LAST_LITERALS = 5;
const LAST_MATCH = 12;

/** Decodes LZ4 frames (lz4_Frame_format.md). Checksums are not looked at: the batch has one. */
export function readLz4Frame(bytes: Buffer): Buffer {
  if (bytes.length < FRAME_START.length || bytes.readUInt32LE(0) !== MAGIC) throw broken();
  const flags = bytes[4] ?? 0;
  const hasBlockChecksums = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  let at = 7 + (hasSize ? 8 : 0);
  let target: Buffer = Buffer.allocUnsafe(Math.max(bytes.length * 3, BLOCK_SIZE));
  let end = 0;
  for (;;) {
    if (at + 4 > bytes.length) throw broken();
    const header = bytes.readUInt32LE(at);
    at += 4;
    if (header === 0) return target.subarray(0, end);
    const length = header & 0x7fff_ffff;
    const block = bytes.subarray(at, at + length);
    if (block.length < length) throw broken();
    if (header >= NOT_COMPRESSED) {
      target = withRoom(target, end, length);
      target.set(block, end);
      end += length;
    } else {
      const grown = readBlock(block, target, end);
      target = grown.target;
      end = grown.end;
    }
    at += length + (hasBlockChecksums ? 4 : 0);
  }
}

/** Decodes one block behind what is there already, which it may refer to. */
function readBlock(block: Buffer, into: Buffer, start: number): { target: Buffer; end: number } {
  let target = into;
  let end = start;
  let at = 0;
  const longer = (first: number): number => {
    let length = first;
    if (first !== 15) return length;
    for (;;) {
      const more = block[at] ?? 0;
      at += 1;
      length += more;
      if (more !== 255 || at > block.length) return length;
    }
  };
  while (at < block.length) {
    const token = block[at] ?? 0;
    at += 1;
    const literals = longer(token >>> 4);
    target = withRoom(target, end, literals);
    if (at + literals > block.length) throw broken();
    block.copy(target, end, at, at + literals);
    end += literals;
    at += literals;
    if (at >= block.length) break;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const length = longer(token & 0x0f) + MIN_MATCH;
    if (distance === 0 || distance > end) throw broken();
    target = withRoom(target, end, length);
    repeat(target, end, distance, length);
    end += length;
  }
  return { target, end };
}

/** Copies bytes from `distance` before; they may overlap, and then repeat themselves. */
export function repeat(target: Buffer, end: number, distance: number, length: number): void {
  if (distance >= length) target.copyWithin(end, end - distance, end - distance + length);
  else
    for (let index = 0; index < length; index += 1) target[end + index] = target[end + index - distance] ?? 0;
}

function withRoom(target: Buffer, end: number, more: number): Buffer {
  if (end + more <= target.length) return target;
  const grown = Buffer.allocUnsafe((end + more) * 2);
  target.copy(grown, 0, 0, end);
  return grown;
}

/** Encodes a frame as Kafka's Java clients write it. */
export function lz4Frame(bytes: Buffer): Buffer {
  const parts: Buffer[] = [FRAME_START];
  for (let start = 0; start < bytes.length; start += BLOCK_SIZE) {
    const block = bytes.subarray(start, start + BLOCK_SIZE);
    const packed = packBlock(block);
    const length = Buffer.allocUnsafe(4);
    const smaller = packed.length < block.length;
    length.writeUInt32LE(smaller ? packed.length : (block.length | NOT_COMPRESSED) >>> 0);
    parts.push(length, smaller ? packed : block);
  }
  parts.push(Buffer.alloc(4));
  return Buffer.concat(parts);
}

function packBlock(block: Buffer): Buffer {
  const target = Buffer.allocUnsafe(block.length + Math.ceil(block.length / 255) + 16);
  let end = 0;
  const writeLength = (length: number): void => {
    let rest = length - 15;
    for (; rest >= 255; rest -= 255) {
      target[end] = 255;
      end += 1;
    }
    target[end] = rest;
    end += 1;
  };
  const writeSequence = (from: number, literals: number, distance: number, length: number): void => {
    const matched = distance === 0 ? 0 : length - MIN_MATCH;
    target[end] = (Math.min(literals, 15) << 4) | Math.min(matched, 15);
    end += 1;
    if (literals >= 15) writeLength(literals);
    end += block.copy(target, end, from, from + literals);
    if (distance === 0) return;
    target[end] = distance & 0xff;
    target[end + 1] = distance >>> 8;
    end += 2;
    if (matched >= 15) writeLength(matched);
  };
  const rest = findMatches(
    block,
    { lastStart: LAST_MATCH, lastEnd: LAST_LITERALS, farthest: 0xffff },
    writeSequence,
  );
  writeSequence(rest, block.length - rest, 0, 0);
  return target.subarray(0, end);
}

function broken(): SerializationError {
  return new SerializationError('The LZ4 data is broken.');
}
