import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CaseError } from './case-error.ts';
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
  return namesIn(CASES).map((file) => ({ file, found: readCase(path.join(CASES, file)) }));
}

/** The file itself, or all cases of a folder. */
export function caseFiles(place: string): string[] {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder) return [place];
  const names = namesIn(place);
  if (names.length === 0) throw new CaseError(`There is no case, no .json file, in ${place}.`);
  return names.map((name) => path.join(place, name));
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
}
