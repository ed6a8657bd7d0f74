import { readFileSync, writeFileSync } from 'node:fs';
import { caseSchema } from './case-format.ts';

const FILE = new URL('./case.schema.json', import.meta.url);

/** The schema as it is published, for editors. */
export function readCaseSchema(): unknown {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

export function writeCaseSchema(): void {
  writeFileSync(FILE, `${JSON.stringify(caseSchema(), null, 2)}\n`);
}
