import * as zlib from 'node:zlib';
import { lz4Frame, readLz4Frame } from './lz4.ts';
import { readSnappy, snappyStream } from './snappy.ts';

/** How the records of a batch are compressed. zstd needs Node 22.15. */
export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** The names by their number in a batch's attributes. */
const NAMES: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

/** True when this Node can write and read it. */
export function isSupported(compression: Compression): boolean {
  return compression !== 'zstd' || typeof zlib.zstdCompressSync === 'function';
}

export function compressionId(compression: Compression): number {
  return NAMES.indexOf(compression);
}

export function compressionName(id: number): string {
  return NAMES[id] ?? String(id);
}

/** Compresses the records of a batch as Kafka's Java clients frame them. */
export function compress(compression: Compression, bytes: Buffer): Uint8Array {
  switch (compression) {
    case 'none':
      return bytes;
    case 'gzip':
      return zlib.gzipSync(bytes);
    case 'snappy':
      return snappyStream(bytes);
    case 'lz4':
      return lz4Frame(bytes);
    case 'zstd':
      return zlib.zstdCompressSync(bytes);
  }
}

/** The records of a batch again; null when this Node cannot read that compression. */
export function decompress(id: number, bytes: Buffer): Buffer | null {
  switch (NAMES[id]) {
    case 'none':
      return bytes;
    case 'gzip':
      return zlib.gunzipSync(bytes);
    case 'snappy':
      return readSnappy(bytes);
    case 'lz4':
      return readLz4Frame(bytes);
    case 'zstd':
      return typeof zlib.zstdDecompressSync === 'function' ? zlib.zstdDecompressSync(bytes) : null;
    default:
      return null;
  }
}
