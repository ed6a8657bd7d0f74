import { readFile } from 'node:fs/promises';
import { type DesignProblem, designProblemText } from '#shared/design/parse/design-problem.ts';
import { nothingThere } from '../nothing-there.ts';
import { UsageError } from '../usage-error.ts';

export async function readDesignText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw nothingThere('design', file);
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder, not a design.`);
    throw new UsageError(`${file} cannot be read${code === null ? '' : `: the system says ${code}`}.`);
  }
}

/** The first problem, and how many more there are, in one line. */
export function describeProblems(file: string, problems: readonly DesignProblem[]): string {
  const [first] = problems;
  if (!first) return `${file} is not a design.`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more; --json lists them)` : '';
  return `${file}: ${designProblemText(first)}${more}`;
}
