import { readFileSync, writeFileSync } from 'node:fs';
import type { FiledCase } from './case-files.ts';
import { CHECKLIST } from './checklist.ts';

const README = new URL('./README.md', import.meta.url);
const BEGIN = '<!-- which case covers what: renewed by --record -->';
const END = '<!-- end -->';

/** Markdown: for each line of the checklist the cases that cover it. */
export function coverageTable(cases: readonly FiledCase[]): string {
  const rows = CHECKLIST.map(({ heading, line, elsewhere }) => {
    const files = cases
      .filter(({ found }) => found.covers === line)
      .map(({ file }) => file.replace(/\.json$/, ''));
    const where = [...files, ...(elsewhere === undefined ? [] : [elsewhere])].join(', ');
    return `| ${heading} | ${line} | ${where} |`;
  });
  return ['| heading | line | cases, or the test elsewhere |', '|---|---|---|', ...rows].join('\n');
}

/** The table as README.md has it. */
export function readCoverageTable(): string {
  const text = readFileSync(README, 'utf8');
  return text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)).trim();
}

export function writeCoverageTable(cases: readonly FiledCase[]): void {
  const text = readFileSync(README, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(README, `${before}\n${coverageTable(cases)}\n${text.slice(text.indexOf(END))}`);
}
