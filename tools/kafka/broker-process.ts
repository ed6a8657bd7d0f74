import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeBrokerFailure } from './broker-failure.ts';

export interface JavaCommand {
  readonly java: string;
  readonly arguments: readonly string[];
  readonly logFile: string;
  /** True for a broker that keeps running after the process that started it has ended. */
  readonly outlivesOwner: boolean;
}

export interface BrokerProcess {
  readonly pid: number;
  hasEnded(): boolean;
  /** Resolves when the process has ended, true, or when the time is over, false. */
  waitForEnd(timeLimitMs: number): Promise<boolean>;
  signal(signal: NodeJS.Signals): void;
}

const POLL_MS = 20;
const READY_LINE = 'Kafka Server started';
const PARENT_DEATH_TOOL = '/usr/bin/setpriv';

/** Starts a JVM whose output goes to a file. */
export async function startBrokerProcess(command: JavaCommand): Promise<BrokerProcess> {
  mkdirSync(path.dirname(command.logFile), { recursive: true });
  const log = openSync(command.logFile, 'w');
  const [file, ...prefix] = withParentDeathSignal(command);
  const child = spawn(file, [...prefix, ...command.arguments], {
    stdio: ['ignore', log, log],
    detached: command.outlivesOwner,
  });
  closeSync(log);
  if (command.outlivesOwner) child.unref();
  else killWithOwner(child);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return toBrokerProcess(child);
}

/** Waits until the broker in that process serves clients; otherwise throws one sentence from its log. */
export async function waitUntilReady(
  broker: BrokerProcess,
  logFile: string,
  timeLimitMs: number,
  signal?: AbortSignal,
) {
  const deadline = Date.now() + timeLimitMs;
  while (!readFileSync(logFile, 'utf8').includes(READY_LINE)) {
    signal?.throwIfAborted();
    if (broker.hasEnded())
      throw describeBrokerFailure(readFileSync(logFile, 'utf8'), 'it ended while starting');
    if (Date.now() > deadline) {
      const circumstance = `it was not ready after ${Math.round(timeLimitMs / 1000)} s`;
      throw describeBrokerFailure(readFileSync(logFile, 'utf8'), circumstance);
    }
    await pause(POLL_MS);
  }
}

// On Linux the kernel can end the broker when its owner is killed outright, which no handler here would see.
function withParentDeathSignal(command: JavaCommand): [string, ...string[]] {
  if (command.outlivesOwner || !existsSync(PARENT_DEATH_TOOL)) return [command.java];
  return [PARENT_DEATH_TOOL, '--pdeathsig', 'KILL', command.java];
}

function killWithOwner(child: ChildProcess): void {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

function toBrokerProcess(child: ChildProcess): BrokerProcess {
  const pid = child.pid;
  if (pid === undefined) throw new Error('A started process has an id.');
  const ended = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  return {
    pid,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async waitForEnd(timeLimitMs) {
      const tooLate = new AbortController();
      const timer = pause(timeLimitMs, false as const, { signal: tooLate.signal }).catch(
        () => false as const,
      );
      const result = await Promise.race([ended, timer]);
      tooLate.abort();
      return result;
    },
    signal: (signal) => void child.kill(signal),
  };
}
