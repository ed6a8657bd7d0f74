import { readFileSync } from 'node:fs';
import { CaseError } from './case-error.ts';
import { type ConformanceCase, caseFormat } from './case-format.ts';
import { type ResolvedCase, resolveCase } from './resolve-case.ts';

/** Reads and checks a case file. Throws `CaseError` with one sentence that begins with the file. */
export function readCase(file: string): ResolvedCase {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CaseError(missing ? `${file}: there is no such file.` : `${file}: it cannot be read.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new CaseError(`${file}: not JSON: ${(error as Error).message}.`);
  }
  try {
    return parseCase(content);
  } catch (error) {
    if (error instanceof CaseError) throw new CaseError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Checks the form of a case, then its names and types. */
export function parseCase(content: unknown): ResolvedCase {
  const parsed = caseFormat.safeParse(content);
  if (parsed.success) return resolveCase(parsed.data);
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).reduce<string>(
    (all, part) =>
      typeof part === 'number' ? `${all}[${part}]` : all === '' ? String(part) : `${all}.${String(part)}`,
    '',
  );
  const what = issue?.message ?? 'it is not a case';
  throw new CaseError(
    `${path === '' ? 'the case' : path}: ${what}; see case.schema.json for what is allowed.`,
  );
}

/** The case as a file holds it. */
export function toCaseFile(found: ConformanceCase | ResolvedCase): string {
  const topology = found.topology.map((step) => {
    const { types: _types, ...plain } = step as ResolvedCase['topology'][number];
    return plain;
  });
  return `${JSON.stringify({ ...found, topology }, null, 2)}\n`;
}
