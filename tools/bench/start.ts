import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Measurement } from './bench.ts';

const RUNS = 3;
const LISTENING = /^Millstream is at http/;
const TIME_LIMIT_MS = 120_000;

/** The time from `npm run demo` to the line with the address; the first of several also warms up. */
export async function measureStart(root: string): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    measurements.push({ name: `demo, start ${run}`, value: `${Math.round(await startOnce(root))} ms` });
  }
  return measurements;
}

async function startOnce(root: string): Promise<number> {
  const start = performance.now();
  const args = ['run', '--silent', 'demo', '--', '--no-open'];
  const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = once(child, 'exit');
  const timer = setTimeout(() => endGroup(child.pid), TIME_LIMIT_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (LISTENING.test(line)) return performance.now() - start;
    }
    throw new Error('The demo ended without saying where it listens: try "npm run demo -- --no-open".');
  } finally {
    clearTimeout(timer);
    endGroup(child.pid);
    await ended;
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
