import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ChildMessage, ChildSettings } from './chaos-child.ts';

const program = fileURLToPath(new URL('./chaos-child.ts', import.meta.url));
const PARENT_DEATH_TOOL = '/usr/bin/setpriv';
const CLOSE_TIME_LIMIT_MS = 60_000;
const STORE_TIME_LIMIT_MS = 10_000;

/** A seat for one instance of the topology: a process that is started, broken and started again. */
export class Instance {
  readonly name: string;
  readonly #settings: ChildSettings;
  readonly #onEnd: (sentence: string) => void;
  #child: ChildProcess | null = null;
  #expectedEnd = false;
  #processedBefore = 0;
  #processed = 0;
  state = 'NOT_RUNNING';
  tasks = 0;

  /** `onEnd` hears of an end that nobody asked for. */
  constructor(name: string, settings: ChildSettings, onEnd: (sentence: string) => void) {
    this.name = name;
    this.#settings = settings;
    this.#onEnd = onEnd;
  }

  get alive(): boolean {
    return this.#child !== null;
  }

  /** Records processed in all lives of this instance. */
  get processed(): number {
    return this.#processedBefore + this.#processed;
  }

  start(): void {
    if (this.#child !== null) return;
    const [file, ...words] = commandLine(JSON.stringify(this.#settings));
    const log = openSync(this.#settings.logFile, 'a');
    const child = spawn(file, words, { stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    this.#child = child;
    this.#expectedEnd = false;
    this.state = 'CREATED';
    const killWithOwner = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithOwner);
    let reason = '';
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'error') reason = message.error;
      if (message.type !== 'status' || this.#child !== child) return;
      this.state = message.state;
      this.tasks = message.tasks;
      this.#processed = message.processed;
    });
    child.once('exit', (code, signal) => {
      process.off('exit', killWithOwner);
      if (this.#child === child) this.#ended();
      if (!this.#expectedEnd) this.#onEnd(`${this.name} ended by itself (${signal ?? code}): ${reason}`);
    });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** SIGKILL; returns when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#expectedEnd = true;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** A last commit, then the end. False when it took too long and the process was killed. */
  async close(): Promise<boolean> {
    const child = this.#child;
    if (child === null) return true;
    this.#expectedEnd = true;
    const ended = once(child, 'exit');
    if (child.connected) child.send({ type: 'close' });
    const inTime = await Promise.race([
      ended.then(() => true),
      sleep(CLOSE_TIME_LIMIT_MS, false, { ref: false }),
    ]);
    if (!inTime) await this.kill();
    return inTime;
  }

  /** What this instance's part of the counts' store holds. */
  async counts(): Promise<readonly (readonly [string, number])[]> {
    const child = this.#child;
    if (child === null) return [];
    const answer = new Promise<readonly (readonly [string, number])[]>((resolve) => {
      const listen = (message: ChildMessage): void => {
        if (message.type !== 'store') return;
        child.off('message', listen);
        resolve(message.entries);
      };
      child.on('message', listen);
    });
    child.send({ type: 'store' });
    return Promise.race([answer, sleep(STORE_TIME_LIMIT_MS, [], { ref: false })]);
  }

  #ended(): void {
    this.#child = null;
    this.#processedBefore += this.#processed;
    this.#processed = 0;
    this.tasks = 0;
    this.state = 'NOT_RUNNING';
  }
}

/** On Linux the kernel ends the child when its owner is killed outright, even a child that is stopped. */
function commandLine(settings: string): [string, ...string[]] {
  const node: [string, ...string[]] = [process.execPath, '--conditions=millstream-source', program, settings];
  return existsSync(PARENT_DEATH_TOOL) ? [PARENT_DEATH_TOOL, '--pdeathsig', 'KILL', ...node] : node;
}
