import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchRun } from './cases.ts';
import { readCpuSeconds, readPeakMegabytes } from './process-cost.ts';
import type { Progress } from './progress.ts';

/** A library's program for a run. */
export interface AppCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** What one run cost. */
export interface RunResult {
  readonly recordsPerSecond: number;
  /** Of the second half of the records, when compilers and caches are warm. */
  readonly steadyPerSecond: number;
  readonly cpuPerMillion: number;
  readonly steadyCpuPerMillion: number;
  readonly peakMegabytes: number;
}

interface Mark {
  readonly done: number;
  readonly at: number;
  readonly cpu: number;
}

const POLL_MS = 20;
/** Who has not closed in order by then is ended. */
const CLOSE_MS = 10_000;
/** An application that brings nothing new for this long is stuck. */
const STANDSTILL_MS = 60_000;

/**
 * Runs an application from its first record until all its results are readable, and lets it end.
 * With `cached` there are fewer results than records: then the end is when it has closed in order.
 */
export async function runApp(
  command: AppCommand,
  run: BenchRun,
  progress: Progress,
  cached: boolean,
): Promise<RunResult> {
  const app = await startApp(command);
  try {
    await app.line('first');
    const first: Mark = { done: 0, at: performance.now(), cpu: readCpuSeconds(app.pid) };
    const { half, last } = cached
      ? await watchProcess(app, run, first)
      : await watchOutput(app, run, progress, first);
    const peakMegabytes = app.peak();
    await Promise.race([app.line('closed'), pause(CLOSE_MS)]);
    // It may have a profile to write.
    await Promise.race([app.exited, pause(CLOSE_MS)]);
    return {
      recordsPerSecond: ratePerSecond(first, last),
      steadyPerSecond: ratePerSecond(half, last),
      cpuPerMillion: cpuPerMillion(first, last),
      steadyCpuPerMillion: cpuPerMillion(half, last),
      peakMegabytes,
    };
  } finally {
    await app.end();
  }
}

/** What a restore took; the program prints `restored RECORDS MILLISECONDS`. */
export async function runRestore(command: AppCommand): Promise<{ perSecond: number; records: number }> {
  const app = await startApp(command);
  try {
    const [, records = '0', milliseconds = '1'] = (await app.line('restored')).split(' ');
    await app.line('closed');
    return {
      records: Number(records),
      perSecond: Number(records) / (Math.max(Number(milliseconds), 1) / 1_000),
    };
  } finally {
    await app.end();
  }
}

type App = Awaited<ReturnType<typeof startApp>>;

async function watchOutput(
  app: App,
  run: BenchRun,
  progress: Progress,
  first: Mark,
): Promise<{ half: Mark; last: Mark }> {
  let half = first;
  let moved = first;
  for (;;) {
    const done = await progress.done(run);
    const mark = { done, at: performance.now(), cpu: app.cpu() };
    if (done > moved.done) moved = mark;
    if (done >= run.records) return { half, last: { ...mark, done: run.records } };
    if (half === first && done >= run.records / 2) half = mark;
    if (mark.at - moved.at > STANDSTILL_MS)
      throw new Error(`stopped after ${done} of ${run.records} records`);
    await pause(POLL_MS);
  }
}

async function watchProcess(app: App, run: BenchRun, first: Mark): Promise<{ half: Mark; last: Mark }> {
  const mark = (): Mark => ({ done: run.records, at: performance.now(), cpu: app.cpu() });
  await app.line('done');
  const before = mark();
  await app.line('closed');
  return { half: first, last: { ...mark(), cpu: Math.max(before.cpu, app.cpu()) } };
}

async function startApp(command: AppCommand) {
  const child = spawn(command.file, command.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const seen: string[] = [];
  const waiting = new Map<string, (line: string) => void>();
  let errors = '';
  let cpu = 0;
  let peak = 0;
  const look = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    try {
      cpu = Math.max(cpu, readCpuSeconds(pid));
      peak = Math.max(peak, readPeakMegabytes(pid));
    } catch (error) {
      // A process that has just ended has no figures any more; the last ones stay.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4_000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    look();
    seen.push(line);
    for (const [word, resolve] of waiting) if (line.startsWith(word)) resolve(line);
  });
  const line = async (word: string): Promise<string> => {
    const there = seen.find((each) => each.startsWith(word));
    if (there !== undefined) return there;
    const found = new Promise<string>((resolve) => waiting.set(word, resolve));
    const ended = exited.then(() => pause(100)).then(() => null);
    const result = await Promise.race([found, ended]);
    if (result === null) throw new Error(firstProblem(errors) ?? `it ended before it said "${word}"`);
    return result;
  };
  return {
    pid,
    line,
    cpu: () => {
      look();
      return cpu;
    },
    peak: () => {
      look();
      return peak;
    },
    exited,
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

function firstProblem(errors: string): string | undefined {
  return errors
    .split('\n')
    .find((line) => /exception|error/i.test(line))
    ?.trim();
}

function ratePerSecond(from: Mark, to: Mark): number {
  return (to.done - from.done) / ((to.at - from.at) / 1_000);
}

function cpuPerMillion(from: Mark, to: Mark): number {
  return ((to.cpu - from.cpu) / (to.done - from.done)) * 1_000_000;
}
