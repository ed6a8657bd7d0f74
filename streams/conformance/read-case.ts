import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { z } from 'zod';
import { CaseError } from './case-error.ts';
import { type ConformanceCase, caseFormat } from './case-format.ts';
import type { ResolvedCase } from './case-scope.ts';
import { resolveCase } from './resolve-case.ts';
import { stepFields } from './step-table.ts';

/** Reads and checks a case file. Throws `CaseError` with one sentence that names the file. */
export function readCase(file: string): ResolvedCase {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const where = isAbsolute(file) ? '' : ` in ${process.cwd()}`;
    throw new CaseError(missing ? `There is no case ${file}${where}.` : `${file}: it cannot be read.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''), withoutMinusZero);
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

/** Java's longs have one zero. */
function withoutMinusZero(_name: string, value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** Checks the form of a case, then its names and types. */
export function parseCase(content: unknown): ResolvedCase {
  const parsed = caseFormat.safeParse(content);
  if (parsed.success) return resolveCase(parsed.data);
  const { path, message } = tellingIssue(parsed.error.issues);
  const where = path.reduce<string>(
    (all, part) =>
      typeof part === 'number' ? `${all}[${part}]` : all === '' ? String(part) : `${all}.${String(part)}`,
    '',
  );
  const allowed = fieldsAt(content, path) ?? 'see case.schema.json for what is allowed';
  throw new CaseError(`${where === '' ? 'the case' : where}: ${message}; ${allowed}.`);
}

/** For a problem of a step as a whole: the fields it takes. */
function fieldsAt(content: unknown, path: readonly PropertyKey[]): string | null {
  const [list, index] = path;
  if (list !== 'topology' || typeof index !== 'number' || path.length !== 2) return null;
  const op = opOf(content, index);
  const fields = stepFields().find((each) => each.op === op);
  return fields === undefined ? null : `"${fields.op}" takes ${fields.names.join(', ')}`;
}

function opOf(content: unknown, index: number): unknown {
  const { topology } = content as { readonly topology: readonly { readonly op: unknown }[] };
  return topology[index]?.op;
}

type Issue = z.core.$ZodIssue;

interface Told {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The problem that says most: a field that does not exist, or else the first; of alternatives, the nearest. */
function tellingIssue(issues: readonly Issue[]): Told {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return { path: [], message: 'it is not a case' };
  if (issue.code === 'invalid_type') return { path: issue.path, message: typeProblem(issue) };
  if (issue.code !== 'invalid_union' || issue.message !== 'Invalid input') return issue;
  const [nearest] = issue.errors.toSorted((one, two) => one.length - two.length);
  if (nearest === undefined || nearest.length === 0) return issue;
  const told = tellingIssue(nearest);
  return { path: [...issue.path, ...told.path], message: told.message };
}

function typeProblem({ expected, message }: z.core.$ZodIssueInvalidType): string {
  if (message.endsWith('received undefined')) return 'it is missing';
  return expected === 'int' ? 'it must be a whole number' : message;
}

/** The case as a file holds it. */
export function toCaseFile(found: ConformanceCase | ResolvedCase): string {
  const topology = found.topology.map((step) => {
    const { types: _types, ...plain } = step as ResolvedCase['topology'][number];
    return plain;
  });
  return `${JSON.stringify({ ...found, topology }, null, 2)}\n`;
}
