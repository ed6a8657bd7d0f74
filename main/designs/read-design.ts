import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { isMissing, toFileProblem } from './file-problems.ts';

/** The largest design that is read or written, in bytes; the largest that fits the pipe. */
export const designLimit = 12 * 1024 * 1024;

/** The revision of a file that is not there. */
export const noRevision = 'none';

export interface DesignText {
  readonly text: string;
  readonly revision: string;
}

/** The text of a design and its revision; null when there is no such file. */
export async function readDesign(real: string, shown: string): Promise<DesignText | null> {
  const bytes = await readBytes(real, shown);
  if (bytes === null) return null;
  return { text: decode(bytes, shown), revision: toRevision(bytes) };
}

/** What a text is known by: a hash of its bytes. */
export function toRevision(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}

async function readBytes(real: string, shown: string): Promise<Uint8Array | null> {
  try {
    // Without O_NONBLOCK the opening of a named pipe would wait for its writer.
    const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new RpcError('refused', `${shown} is not a file.`, { path: shown });
      if (stats.size > designLimit) throw tooLarge(shown);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw toFileProblem(error, 'opened', shown);
  }
}

/** A lossy reading would lose what it could not read with the next save, so there is none. */
function decode(bytes: Uint8Array, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RpcError('bad-input', `${shown} is not UTF-8 text, so it cannot be a design.`, { path: shown });
  }
}

export function tooLarge(shown: string): RpcError {
  return new RpcError('too-large', `${shown} is larger than ${designLimit / 1024 / 1024} MiB.`, {
    path: shown,
    limit: designLimit,
  });
}
