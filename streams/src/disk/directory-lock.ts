import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StreamsConfigError } from '../errors.ts';

const NAME = '.lock';
const held = new Set<string>();

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process began, where the system tells; keeps a reused process id apart. */
  readonly started: string | null;
}

/**
 * Takes a directory for this instance alone. Returns the function that gives it back. Throws
 * `StreamsConfigError` naming the directory when another instance that is alive has it; the lock of
 * a process that died is taken over.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, NAME);
  if (held.has(path)) throw inUse(directory, process.pid);
  const owner: Owner = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(owner));
  try {
    takeOver(directory, path, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(path);
  return () => {
    if (held.delete(path)) rmSync(path, { force: true });
  };
}

/** A link is made whole or not at all, so nobody reads half of a lock. */
function takeOver(directory: string, path: string, mine: string): void {
  for (;;) {
    try {
      linkSync(mine, path);
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const owner = readOwner(path);
    if (owner !== null && isAlive(owner)) throw inUse(directory, owner.pid);
    removeStale(directory, path, `${mine}.old`);
  }
}

/** Moved aside first and looked at again: somebody else may have taken the lock over meanwhile. */
function removeStale(directory: string, path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const owner = readOwner(aside);
  if (owner === null || !isAlive(owner)) {
    rmSync(aside, { force: true });
    return;
  }
  renameSync(aside, path);
  throw inUse(directory, owner.pid);
}

function readOwner(path: string): Owner | null {
  try {
    const owner: Partial<Owner> = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof owner.pid !== 'number' || typeof owner.host !== 'string') return null;
    return { host: owner.host, pid: owner.pid, started: owner.started ?? null };
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** A process of this very id that is not this process cannot be alive: its lock was left behind. */
function isAlive({ host, pid, started }: Owner): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return false;
  }
  return started === startOf(pid);
}

/** Field 22 of Linux's `/proc/<pid>/stat`: start time in ticks since boot. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'EACCES')) return null;
    throw error;
  }
}

function inUse(directory: string, pid: number): StreamsConfigError {
  return new StreamsConfigError(
    `The state directory "${directory}" is in use by another instance (process ${pid}); give each instance ` +
      'a stateDir of its own, or stop that one.',
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
