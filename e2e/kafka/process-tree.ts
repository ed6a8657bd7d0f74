import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
}

/** Every process that runs on this machine; one that has ended and only waits to be noticed is left out. */
export function listProcesses(): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
}

/** All that a process has started, and what those have started. */
export function descendantsOf(pid: number): readonly RunningProcess[] {
  const all = listProcesses();
  const found = new Map<number, RunningProcess>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const each of all) {
      if (each.parent === pid || found.has(each.parent)) found.set(each.pid, each);
    }
  }
  return [...found.values()];
}

export function isRunning(pid: number): boolean {
  return readProcess(pid).length > 0;
}

function readProcess(pid: number): readonly RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return state === 'Z' || state === 'X'
      ? []
      : [{ pid, parent: Number(parent), group: Number(group), command }];
  } catch (error) {
    // It ended while it was looked at.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
