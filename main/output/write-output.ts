import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { FileMap } from '#shared/codegen/file-map.ts';
import { Manifest, manifestPath } from '#shared/codegen/manifest.ts';
import type { WrittenFile } from '#shared/contract/output.ts';
import { OutputError } from './output-error.ts';
import { openOutputFolder, pathInside, readIfThere } from './output-folder.ts';
import { type OutputStep, planOutput } from './plan-output.ts';

export interface WriteOptions {
  /** Say what would happen, and change nothing. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes what was generated into a folder, each file at once or not at all. The manifest is written last: a run
 * that is cut short is finished by the next one. Throws `OutputError` with one sentence.
 */
export async function writeOutput(
  folder: string,
  files: FileMap,
  options: WriteOptions = {},
): Promise<readonly WrittenFile[]> {
  const manifest = files.get(manifestPath);
  if (manifest === undefined)
    throw new OutputError('These files have no manifest, so they cannot be written.');
  const { target } = Manifest.parse(JSON.parse(manifest.text));
  const output = await openOutputFolder(folder, target);
  const plan = await planOutput(files, output.manifest, async (path) =>
    readIfThere(await pathInside(output.path, path)),
  );
  if (options.dryRun) return plan.files;

  const last: OutputStep = { do: 'write', path: manifestPath, text: manifest.text, executable: false };
  for (const step of [...plan.steps, last]) {
    options.signal?.throwIfAborted();
    await perform(output.path, step);
  }
  return plan.files;
}

async function perform(folder: string, step: OutputStep): Promise<void> {
  const path = await pathInside(folder, step.path);
  switch (step.do) {
    case 'write':
      await mkdir(dirname(path), { recursive: true });
      return writeFileAtomic(path, step.text, { mode: step.executable ? 0o755 : 0o644 });
    case 'remove':
      await rm(path);
      return removeEmptyParents(folder, path);
    case 'move': {
      const to = await pathInside(folder, step.to);
      await mkdir(dirname(to), { recursive: true });
      await rename(path, to);
      return removeEmptyParents(folder, path);
    }
  }
}

async function removeEmptyParents(folder: string, path: string): Promise<void> {
  for (let parent = dirname(path); parent !== folder; parent = dirname(parent)) {
    try {
      await rmdir(parent);
    } catch {
      return; // Not empty: it stays.
    }
  }
}
