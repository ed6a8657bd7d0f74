import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ServiceDescription } from './services.js';

const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;
const killAfterMs = 15_000;

/** Runs services as processes of their own; one that ends is started again. */
export class Supervisor {
  readonly #children = new Map<string, ChildProcess>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  readonly #pauses = new Map<string, number>();
  #stopping = false;

  start(service: ServiceDescription): void {
    const child = spawn(process.execPath, ['--enable-source-maps', service.main], {
      env: { ...process.env, PORT: String(service.port), INSTANCE_ID: `${service.name}-1` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.set(service.name, child);
    const started = Date.now();
    const prefix = `${service.name.padEnd(18)} | `;
    createInterface({ input: child.stdout }).on('line', (line) => console.log(prefix + line));
    createInterface({ input: child.stderr }).on('line', (line) => console.error(prefix + line));
    child.on('exit', (code, signal) =>
      this.#ended(service, started, signal ?? `exit code ${code}`),
    );
  }

  pidOf(name: string): number | undefined {
    return this.#children.get(name)?.pid;
  }

  /** Asks every service to end, and insists after a while. Resolves when none is left. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const restart of this.#restarts) clearTimeout(restart);
    await Promise.all([...this.#children.values()].map(end));
  }

  /** Starts it again: soon when it ran for a while, later each time when it did not. */
  #ended(service: ServiceDescription, started: number, how: string): void {
    this.#children.delete(service.name);
    if (this.#stopping) return;
    const before =
      Date.now() - started > longestPauseMs ? undefined : this.#pauses.get(service.name);
    const pause = before === undefined ? shortestPauseMs : Math.min(before * 2, longestPauseMs);
    this.#pauses.set(service.name, pause);
    console.error(`${service.name} ended (${how}); starting it again.`);
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      this.start(service);
    }, pause);
    this.#restarts.add(restart);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  await ended;
  clearTimeout(insist);
}
