import { lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Manifest, manifestPath } from '#shared/codegen/manifest.ts';
import { OutputError } from './output-error.ts';

/** A folder that may be written to, and what an earlier run left in it. */
export interface OutputFolder {
  readonly path: string;
  readonly manifest: Manifest | null;
}

/** Refuses a folder that somebody else filled: only an empty one, or one with our manifest, is ours to write. */
export async function openOutputFolder(folder: string, target: string): Promise<OutputFolder> {
  const path = resolve(folder);
  const entries = await listEntries(path);
  const manifest = entries.length === 0 ? null : await readManifest(path);
  if (manifest === null && entries.some((entry) => entry !== '.git')) {
    throw new OutputError(
      `The folder ${path} is not empty and was not written by Millstream: choose an empty or new folder.`,
    );
  }
  if (manifest !== null && manifest.target !== target) {
    throw new OutputError(
      `The folder ${path} holds the ${manifest.target} output: choose another folder for ${target}.`,
    );
  }
  return { path, manifest };
}

async function listEntries(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    if (hasCode(error, 'ENOTDIR')) {
      throw new OutputError(`${path} is not a folder: choose an empty or new folder.`);
    }
    throw error;
  }
}

async function readManifest(path: string): Promise<Manifest | null> {
  const text = await readIfThere(join(path, manifestPath));
  if (text === null) return null;
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw new OutputError(
      `${join(path, manifestPath)} cannot be read as this version's manifest: restore it, or choose an empty folder.`,
    );
  }
}

/** The file's text, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

/**
 * The absolute path of a file inside the folder. Refuses a path that leaves it, in words or through a symbolic
 * link that stands in the way.
 */
export async function pathInside(folder: string, relativePath: string): Promise<string> {
  const path = resolve(folder, relativePath);
  const inWords = relativePath.split(/[\\/]/);
  if (!path.startsWith(folder + sep) || inWords.includes('..') || inWords.includes('')) {
    throw new OutputError(
      `The path "${relativePath}" does not stay inside ${folder}, so nothing was written.`,
    );
  }
  for (let parent = path; parent !== folder; parent = dirname(parent)) {
    const found = await lstatIfThere(parent);
    if (found?.isSymbolicLink() === true) {
      throw new OutputError(
        `${parent} is a symbolic link, and files are not written through links: remove it, or choose another folder.`,
      );
    }
  }
  return path;
}

async function lstatIfThere(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
