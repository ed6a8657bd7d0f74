import { readFileSync } from 'node:fs';

/** Clock ticks of `/proc/<pid>/stat`; Linux has had 100 a second for its user interfaces since 2.6. */
const TICKS_PER_SECOND = 100;

/** CPU seconds a process has used, in user and kernel, with all its threads. */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Most memory the process has had resident, in MiB. */
export function readPeakMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}
