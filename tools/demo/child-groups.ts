import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A program and all that it starts, in a process group of its own so that all of it can be ended. */
export interface RunningGroup {
  readonly ended: boolean;
  /** The last lines that it wrote, on one line. */
  lastLines(count: number): string;
  stop(): Promise<void>;
}

const patienceMs = 15_000;
const keptCharacters = 20_000;

export function startGroup(
  command: string,
  args: readonly string[],
  { cwd, env }: Surroundings,
): RunningGroup {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = collect(child);
  return {
    get ended() {
      return hasEnded(child);
    },
    lastLines: (count) => lastLines(said(), count),
    stop: async () => {
      if (hasEnded(child) || child.pid === undefined) return;
      const exit = once(child, 'exit');
      const { pid } = child;
      child.kill('SIGTERM');
      const giveUp = setTimeout(() => process.kill(-pid, 'SIGKILL'), patienceMs);
      await exit;
      clearTimeout(giveUp);
    },
  };
}

/** Runs a program to its end; what it said last is in the error when it fails. */
export async function runStep(
  command: string,
  args: readonly string[],
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<void> {
  const child = spawn(command, args, { cwd, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  throw new Error(`“${command} ${args.at(-1) ?? ''}” ended with ${code}: ${lastLines(said(), 4)}`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function collect(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-keptCharacters);
    });
  }
  return () => said;
}

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join(' / ');
}
