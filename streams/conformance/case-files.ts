import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ResolvedCase } from './case-scope.ts';
import { readCase } from './read-case.ts';

export const CASES = path.join(import.meta.dirname, 'cases');

/** A case with the name of its file, from `cases` on. */
export interface FiledCase {
  readonly file: string;
  readonly found: ResolvedCase;
}

/** All hand-written cases, in the order of their files. Throws `CaseError`. */
export function readAllCases(): FiledCase[] {
  return readdirSync(CASES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted()
    .map((file) => ({ file, found: readCase(path.join(CASES, file)) }));
}
