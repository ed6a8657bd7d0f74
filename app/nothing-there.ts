import path from 'node:path';
import { UsageError } from './usage-error.ts';

/** What the user named is not there: the path as given, and for a relative one where it was looked for. */
export function nothingThere(what: 'design' | 'folder', given: string): UsageError {
  const where = path.isAbsolute(given) ? '' : ` in ${process.cwd()}`;
  return new UsageError(`There is no ${what} ${given}${where}.`);
}
