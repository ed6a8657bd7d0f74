import { createRequire } from 'node:module';
import { StreamsConfigError } from '../errors.ts';
import { messageOf } from '../internals/record-queue.ts';

/** A table of an environment: bytes to bytes, ordered by unsigned bytes. */
export interface LmdbTable {
  getBinary(key: Uint8Array): Buffer | undefined;
  putSync(key: Uint8Array, value: Uint8Array): boolean;
  removeSync(key: Uint8Array): boolean;
  clearSync(): void;
  getRange(options: LmdbRange): Iterable<{ readonly key: Buffer; readonly value: Buffer }>;
  getKeys(options: LmdbRange): Iterable<Buffer>;
  getStats(): { readonly entryCount: number };
}

/** Bounds of a scan; `end` is exclusive unless said otherwise. In reverse, `start` is the upper bound. */
export interface LmdbRange {
  readonly start?: Uint8Array;
  readonly end?: Uint8Array;
  readonly inclusiveEnd?: boolean;
  readonly reverse?: boolean;
}

/** One LMDB environment: a directory with `data.mdb` and `lock.mdb`. */
export interface LmdbEnvironment {
  openDB(options: { name: string; encoding: 'binary'; keyEncoding: 'binary' }): LmdbTable;
  transactionSync<T>(work: () => T): T;
  close(): Promise<void>;
}

interface Lmdb {
  open(options: {
    path: string;
    encoding: 'binary';
    keyEncoding: 'binary';
    maxDbs: number;
    noSync: boolean;
    overlappingSync: boolean;
  }): LmdbEnvironment;
}

/** Longest key that LMDB takes with pages of 4 KiB. */
export const MAX_KEY_BYTES = 1978;

const MAX_TABLES = 1_000;
const require = createRequire(import.meta.url);
let loaded: Lmdb | null = null;

/**
 * Loads LMDB, which has a binary per platform: only users of stores on disk need it.
 * Throws `StreamsConfigError` when there is none for this platform.
 */
export function loadLmdb(): void {
  lmdb();
}

/** Opens or makes an environment. With `durable` a transaction is on the disk itself when it returns. */
export function openEnvironment(path: string, durable: boolean): LmdbEnvironment {
  return lmdb().open({
    path,
    encoding: 'binary',
    keyEncoding: 'binary',
    maxDbs: MAX_TABLES,
    noSync: !durable,
    overlappingSync: false,
  });
}

function lmdb(): Lmdb {
  try {
    loaded ??= require('lmdb') as Lmdb;
    return loaded;
  } catch (cause) {
    throw new StreamsConfigError(
      `Stores cannot be kept on disk, because LMDB does not load on this platform ` +
        `(${messageOf(cause).split('\n')[0]}); leave stateDir out to keep them in memory.`,
      { cause },
    );
  }
}
