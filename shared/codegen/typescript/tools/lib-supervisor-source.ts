/** `tools/lib/supervisor.ts` of a generated project. */
export const libSupervisorSource = `import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ServiceInstance } from './services.js';

const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;
const killAfterMs = 15_000;

/** Runs services as processes of their own; one that ends is started again. */
export class Supervisor {
  readonly #children = new Map<ServiceInstance, ChildProcess>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  readonly #pauses = new Map<ServiceInstance, number>();
  #stopping = false;

  start(instance: ServiceInstance): void {
    const { service, number, label, port } = instance;
    const child = spawn(process.execPath, ['--enable-source-maps', service.main], {
      env: { ...process.env, PORT: String(port), INSTANCE_ID: \`\${service.name}-\${number}\` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.set(instance, child);
    const started = Date.now();
    const prefix = \`\${label.padEnd(18)} | \`;
    createInterface({ input: child.stdout }).on('line', (line) => console.log(prefix + line));
    createInterface({ input: child.stderr }).on('line', (line) => console.error(prefix + line));
    child.on('exit', (code, signal) => this.#ended(instance, started, signal ?? \`exit code \${code}\`));
  }

  pidOf(instance: ServiceInstance): number | undefined {
    return this.#children.get(instance)?.pid;
  }

  /** Asks every process to end, and insists after a while. Resolves when none is left. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const restart of this.#restarts) clearTimeout(restart);
    await Promise.all([...this.#children.values()].map(end));
  }

  /** Starts it again: soon when it ran for a while, later each time when it did not. */
  #ended(instance: ServiceInstance, started: number, how: string): void {
    this.#children.delete(instance);
    if (this.#stopping) return;
    const before = Date.now() - started > longestPauseMs ? undefined : this.#pauses.get(instance);
    const pause = before === undefined ? shortestPauseMs : Math.min(before * 2, longestPauseMs);
    this.#pauses.set(instance, pause);
    console.error(\`\${instance.label} ended (\${how}); starting it again.\`);
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      this.start(instance);
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
`;
