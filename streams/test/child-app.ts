import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MetricsSnapshot } from '../src/kafka/metrics-snapshot.ts';
import type { ChildConfig } from './word-count-child.ts';

/** A message of the child; its fields depend on its type. */
interface ChildMessage {
  readonly type: string;
  readonly state?: string;
  readonly entries?: [string, number][];
  readonly metrics?: MetricsSnapshot;
  readonly tasks?: string[];
  readonly error?: string;
}

const path = fileURLToPath(new URL('./word-count-child.ts', import.meta.url));

/** The word count in a process of its own, to be killed. */
export class ChildApp {
  readonly process: ChildProcess;
  state = 'CREATED';
  error: string | null = null;

  constructor(config: ChildConfig) {
    this.process = fork(path, [JSON.stringify(config)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.process.on('message', (message: ChildMessage) => {
      if (message.type === 'state') this.state = message.state ?? '';
      if (message.type === 'error') {
        this.error = message.error ?? '';
        process.stderr.write(`${this.error}\n`);
      }
    });
  }

  get running(): boolean {
    return this.state === 'RUNNING';
  }

  async ask(type: 'store' | 'metrics'): Promise<ChildMessage> {
    const answer = new Promise<ChildMessage>((resolve) => {
      const listen = (message: ChildMessage): void => {
        if (message.type !== type) return;
        this.process.off('message', listen);
        resolve(message);
      };
      this.process.on('message', listen);
    });
    this.process.send({ type });
    return answer;
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.send({ type: 'close' });
    await ended;
  }
}
