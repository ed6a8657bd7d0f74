import type { FileMap, GeneratedFile } from '#shared/codegen/file-map.ts';
import { type Manifest, manifestPath } from '#shared/codegen/manifest.ts';
import { sha256 } from '#shared/codegen/sha256.ts';
import type { WrittenFile } from '#shared/contract/output.ts';

/** One change to make in the folder. `to` is where a file that is no longer wanted goes. */
export type OutputStep =
  | { readonly do: 'write'; readonly path: string; readonly text: string; readonly executable: boolean }
  | { readonly do: 'remove'; readonly path: string }
  | { readonly do: 'move'; readonly path: string; readonly to: string };

export interface OutputPlan {
  readonly files: readonly WrittenFile[];
  readonly steps: readonly OutputStep[];
}

export const orphanFolder = '_orphaned';

/**
 * Decides what happens to each file. `onDisk` tells the text that stands there now, null where there is none.
 * Nothing a person made is lost: what was edited stays, what was theirs moves.
 */
export async function planOutput(
  files: FileMap,
  earlier: Manifest | null,
  onDisk: (path: string) => Promise<string | null>,
): Promise<OutputPlan> {
  const written: WrittenFile[] = [];
  const steps: OutputStep[] = [];
  for (const [path, file] of files) {
    if (path === manifestPath) continue;
    const [status, more] = planFile(path, file, await onDisk(path), earlier?.files[path]?.sha256);
    written.push({ path, status });
    steps.push(...more);
  }
  for (const path of Object.keys(earlier?.files ?? {}).filter((path) => !files.has(path))) {
    const text = await onDisk(path);
    if (text === null) continue;
    const [status, step] = await planLeftover(path, text, earlier, onDisk);
    written.push({ path, status });
    steps.push(step);
  }
  return { files: written, steps };
}

type Sum = string | undefined;

function planFile(
  path: string,
  file: GeneratedFile,
  current: string | null,
  earlierSum: Sum,
): [WrittenFile['status'], OutputStep[]] {
  const write: OutputStep = { do: 'write', path, text: file.text, executable: file.executable ?? false };
  if (current === null) return ['created', [write]];
  if (current === file.text || file.ownership === 'once') return ['unchanged', []];
  if (sha256(current) === earlierSum) return ['updated', [write]];
  return ['kept', [{ ...write, path: `${path}.new` }]];
}

async function planLeftover(
  path: string,
  text: string,
  earlier: Manifest | null,
  onDisk: (path: string) => Promise<string | null>,
): Promise<[WrittenFile['status'], OutputStep]> {
  const before = earlier?.files[path];
  if (before?.ownership === 'generated' && before.sha256 === sha256(text)) {
    return ['removed', { do: 'remove', path }];
  }
  const to = `${orphanFolder}/${path}`;
  const taken = await onDisk(to);
  const free = taken === null || taken === text ? to : `${to}.${sha256(text).slice(0, 12)}`;
  return ['orphaned', { do: 'move', path, to: free }];
}
