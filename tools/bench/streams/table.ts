import type { Measurement } from '../bench.ts';
import type { BenchOptions } from './bench-options.ts';
import type { RunResult } from './run-app.ts';

const WIDTHS = [14, 14, 15, 15, 12];
const COLUMNS = ['records/s', 'second half', 'CPU s/million', 'second half', 'peak memory'];

export function formatHeading({ records, repeat, compression }: BenchOptions): Measurement {
  const of = repeat === 1 ? 'one run' : `median of ${repeat} runs`;
  const name = `${records.toLocaleString('en')} records, ${compression} compression, ${of}`;
  return { name, value: toColumns(COLUMNS) };
}

export function formatResult(name: string, result: RunResult): Measurement {
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  return {
    name,
    value: toColumns([
      whole(result.recordsPerSecond),
      whole(result.steadyPerSecond),
      result.cpuPerMillion.toFixed(2),
      result.steadyCpuPerMillion.toFixed(2),
      `${whole(result.peakMegabytes)} MiB`,
    ]),
  };
}

export function formatFailure(name: string, error: unknown): Measurement {
  return { name, value: `failed: ${error instanceof Error ? error.message : String(error)}` };
}

/** The run in the middle, by records per second; the figures of a row belong to one run. */
export function medianOf(results: readonly RunResult[]): RunResult {
  const sorted = [...results].sort((left, right) => left.recordsPerSecond - right.recordsPerSecond);
  const middle = sorted[(sorted.length - 1) >> 1];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function toColumns(cells: readonly string[]): string {
  return cells.map((cell, index) => cell.padStart(WIDTHS[index] ?? 0)).join('');
}
