import { readFileSync, writeFileSync } from 'node:fs';
import type { FiledCase } from './case-files.ts';
import { coverageTable } from './coverage-table.ts';
import { stepTable } from './step-table.ts';

const README = new URL('./README.md', import.meta.url);
const END = '<!-- end -->';

/** The tables of README.md that are made: the comment before each, and what belongs there. */
export function readmeTables(
  cases: readonly FiledCase[],
): readonly (readonly [begin: string, table: string])[] {
  return [
    ['<!-- the steps: renewed by --record -->', stepTable()],
    ['<!-- which case covers what: renewed by --record -->', coverageTable(cases)],
  ];
}

/** A table as README.md has it now. */
export function readReadmeTable(begin: string): string {
  const { start, end, text } = locate(begin);
  return text.slice(start, end).trim();
}

export function writeReadmeTables(cases: readonly FiledCase[]): void {
  for (const [begin, table] of readmeTables(cases)) {
    const { start, end, text } = locate(begin);
    writeFileSync(README, `${text.slice(0, start)}\n\n${table}\n\n${text.slice(end)}`);
  }
}

function locate(begin: string): { readonly start: number; readonly end: number; readonly text: string } {
  const text = readFileSync(README, 'utf8');
  const at = text.indexOf(begin);
  if (at < 0) throw new Error(`README.md has no "${begin}".`);
  return { start: at + begin.length, end: text.indexOf(END, at), text };
}
