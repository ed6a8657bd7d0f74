import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliBench {
  readonly folder: string;
  /** Runs the real command line in the folder, to its end. */
  run(...args: string[]): Promise<Finished>;
  /** The same, ended by a signal once the words are on its standard output. */
  runUntil(words: string, signal: NodeJS.Signals, args: readonly string[]): Promise<Finished>;
  remove(): Promise<void>;
}

const main = path.resolve(import.meta.dirname, 'main.ts');
const command = [process.execPath, '--conditions=millstream-source', main];
export const ordersDesign = path.resolve(import.meta.dirname, '../../examples/orders.millstream.json');

export async function createCliBench(): Promise<CliBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'millstream-cli-'));
  return {
    folder,
    run: (...args) => runIn(folder, [...command, ...args]),
    runUntil: (words, signal, args) => runIn(folder, [...command, ...args], { words, signal }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The command line as the first part of a shell pipe. */
export function runPiped(bench: CliBench, args: readonly string[], reader: string): Promise<Finished> {
  const quoted = [...command, ...args].map((word) => `'${word}'`).join(' ');
  return runIn(bench.folder, ['bash', '-c', `set -o pipefail; ${quoted} | ${reader}`]);
}

function runIn(
  folder: string,
  [file = '', ...args]: readonly string[],
  end?: { readonly words: string; readonly signal: NodeJS.Signals },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, XDG_STATE_HOME: path.join(folder, 'state') };
    const child = spawn(file, args, { cwd: folder, env });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
      if (end && output.stdout.includes(end.words)) child.kill(end.signal);
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
