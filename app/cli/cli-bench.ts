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
  remove(): Promise<void>;
}

const main = path.resolve(import.meta.dirname, 'main.ts');
export const ordersDesign = path.resolve(import.meta.dirname, '../../examples/orders.millstream.json');

export async function createCliBench(): Promise<CliBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'millstream-cli-'));
  return {
    folder,
    run: (...args) => runIn(folder, [process.execPath, '--conditions=millstream-source', main, ...args]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The command line as the first part of a shell pipe. */
export function runPiped(bench: CliBench, args: readonly string[], reader: string): Promise<Finished> {
  const quoted = [process.execPath, '--conditions=millstream-source', main, ...args]
    .map((word) => `'${word}'`)
    .join(' ');
  return runIn(bench.folder, ['bash', '-c', `set -o pipefail; ${quoted} | ${reader}`]);
}

function runIn(folder: string, [command = '', ...args]: readonly string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, XDG_STATE_HOME: path.join(folder, 'state') };
    const child = spawn(command, args, { cwd: folder, env });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
