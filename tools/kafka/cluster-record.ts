import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clusterMark } from './cluster-launch.ts';
import { LOCAL_FOLDERS } from './local-folders.ts';

/** What is written down about a running cluster, so that it can be found and ended by another process. */
export interface ClusterRecord {
  readonly clusterId: string;
  /** The process that must end it; null when it is meant to outlive the one that started it. */
  readonly ownerPid: number | null;
  readonly folder: string;
  readonly startedAt: string;
  readonly brokers: ReadonlyArray<{ readonly id: number; readonly port: number; readonly pid: number }>;
}

const RECORD_FILE = 'cluster.json';
const END_TIME_LIMIT_MS = 5_000;

export async function writeRunRecord(record: ClusterRecord): Promise<void> {
  await writeRecord(path.join(record.folder, RECORD_FILE), record);
}

export function readRunRecord(folder: string): ClusterRecord | undefined {
  return readRecord(path.join(folder, RECORD_FILE));
}

export async function writeRecord(file: string, record: ClusterRecord): Promise<void> {
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** Reads a record; one that is missing or was cut short by a crash counts as none. */
export function readRecord(file: string): ClusterRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ClusterRecord;
  } catch {
    return undefined;
  }
}

/** The brokers of the record that still run, known by process id and command line. */
export function runningBrokers(record: ClusterRecord): ClusterRecord['brokers'] {
  const mark = clusterMark(record.clusterId);
  return record.brokers.filter((broker) => readCommandLine(broker.pid).includes(mark));
}

/** Kills the brokers of a record that still run and waits until they are gone. */
export async function killBrokers(record: ClusterRecord): Promise<number> {
  const running = runningBrokers(record);
  for (const broker of running) process.kill(broker.pid, 'SIGKILL');
  const deadline = Date.now() + END_TIME_LIMIT_MS;
  while (runningBrokers(record).length > 0 && Date.now() < deadline) await pause(20);
  return running.length;
}

/** Ends and removes clusters whose owner was killed before it could do so. */
export async function sweepAbandonedRuns(): Promise<number> {
  if (!existsSync(LOCAL_FOLDERS.runs)) return 0;
  let swept = 0;
  for (const name of await readdir(LOCAL_FOLDERS.runs)) {
    const folder = path.join(LOCAL_FOLDERS.runs, name);
    const record = readRunRecord(folder);
    if (!record || record.ownerPid === null || isAlive(record.ownerPid)) continue;
    await killBrokers(record);
    await rm(folder, { recursive: true, force: true });
    swept += 1;
  }
  return swept;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readCommandLine(pid: number): string {
  try {
    if (existsSync('/proc/self')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
