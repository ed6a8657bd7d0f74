import { closeSync, openSync, readSync } from 'node:fs';

/** LMDB's mark, in the first of the two pages that each of its files begins with. */
const MAGIC = Buffer.from([0xde, 0xc0, 0xef, 0xbe]);
const HEAD_BYTES = 64;
const SMALLEST_BYTES = 8_192;

/**
 * True of a file that begins as LMDB's do. What was cut to nothing or overwritten, as after a crash of the
 * machine or a full disk, must not be opened: LMDB would end the process, or begin with an empty store.
 */
export function isEnvironment(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SMALLEST_BYTES);
    const isLongEnough = readSync(file, head, 0, SMALLEST_BYTES, 0) === SMALLEST_BYTES;
    return isLongEnough && head.subarray(0, HEAD_BYTES).includes(MAGIC);
  } finally {
    closeSync(file);
  }
}
