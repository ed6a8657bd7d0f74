import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeLimitMs: number;
  readonly output: 'shown' | 'dropped';
}

export interface CommandEnd {
  readonly code: number | null;
  readonly timedOut: boolean;
}

const GRACE_MS = 5_000;

/**
 * Runs Node with these arguments, its output going where ours goes. The command and all it started are one
 * process group, which is ended when the time is over, when we are, and when the command itself has ended.
 */
export async function runCommand({ args, cwd, env, timeLimitMs, output }: Command): Promise<CommandEnd> {
  const stream = output === 'shown' ? 'inherit' : 'ignore';
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stream, stream],
    detached: true,
  });
  const group = child.pid === undefined ? 0 : -child.pid;
  const forward = (signal: NodeJS.Signals) => {
    signalGroup(group, 'SIGKILL');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, forward);
  const over = new AbortController();
  const timer = endAfter(timeLimitMs, group, over.signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  over.abort();
  signalGroup(group, 'SIGKILL');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, forward);
  return { code, timedOut: await timer };
}

async function endAfter(timeLimitMs: number, group: number, over: AbortSignal): Promise<boolean> {
  try {
    await pause(timeLimitMs, undefined, { signal: over });
  } catch {
    return false;
  }
  signalGroup(group, 'SIGTERM');
  await pause(GRACE_MS, undefined, { signal: over }).catch(() => undefined);
  signalGroup(group, 'SIGKILL');
  return true;
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal);
  } catch (error) {
    // ESRCH: everybody in the group has ended, which is what we want.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
