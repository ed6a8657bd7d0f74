import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

export interface StaticFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** The name holds a hash of the content, so it never changes under this name. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Other names by which a browser asks for a file that is there. */
const aliases: Readonly<Record<string, string>> = { '/': '/index.html', '/favicon.ico': '/favicon.svg' };

/**
 * A file of the built user interface by the path of its address, or null. Nothing outside the root is ever given:
 * not by dots, encoded or not, not by a backslash, not by a link.
 */
export async function readStaticFile(root: string, address: string): Promise<StaticFile | null> {
  const name = decodePath(aliases[address] ?? address);
  const type = name === null ? undefined : types[path.extname(name).toLowerCase()];
  if (name === null || type === undefined) return null;
  try {
    const realRoot = await realpath(root);
    const real = await realpath(path.join(realRoot, name));
    if (!real.startsWith(realRoot + path.sep)) return null;
    return { bytes: await readFile(real), type, immutable: name.startsWith('/assets/') };
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function decodePath(address: string): string | null {
  try {
    const name = decodeURIComponent(address);
    const strange = !name.startsWith('/') || /[\\\0]/.test(name) || name.split('/').includes('..');
    return strange ? null : name;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG';
}
