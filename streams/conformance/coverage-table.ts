import type { FiledCase } from './case-files.ts';
import { CHECKLIST } from './checklist.ts';

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
