import type { z } from 'zod';
import { type JsonPath, jsonAt, jsonPathText } from './json-path.ts';

export interface ShapeProblem {
  readonly path: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** What zod found wrong in a document, as places and sentences. */
export function shapeProblems(error: z.ZodError, document: unknown): readonly ShapeProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, document));
}

function problemsOf(issue: Issue, document: unknown): readonly ShapeProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: jsonPathText([...issue.path, key]),
      message: 'This is not a field that is known here.',
    }));
  }
  return [{ path: jsonPathText(issue.path), message: sentenceOf(issue, document) }];
}

function sentenceOf(issue: Issue, document: unknown): string {
  if (isMissing(document, issue.path)) return 'This is missing.';
  const value = jsonAt(document, issue.path);
  switch (issue.code) {
    case 'invalid_type':
      return `This must be ${typeNames[issue.expected] ?? issue.expected}, but is ${nameOf(value)}.`;
    case 'invalid_value':
      return `This must be ${oneOf(issue.values)}, but is ${nameOf(value)}.`;
    case 'too_big':
      return `This must ${bound(issue.origin, 'at most', issue.maximum)}.`;
    case 'too_small':
      return `This must ${bound(issue.origin, 'at least', issue.minimum)}.`;
    case 'invalid_format':
      return `This is ${nameOf(value)}, which does not fit: ${issue.message}.`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? `This ${issue.message}.`
        : `This is ${nameOf(value)}, which is not a ${issue.discriminator} that is known here.`;
    case 'custom':
      return `This ${issue.message}.`;
    default:
      return 'This does not have a shape that is known here.';
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function isMissing(document: unknown, path: JsonPath): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  const holder = jsonAt(document, path.slice(0, -1));
  return typeof holder === 'object' && holder !== null && !Object.hasOwn(holder, last);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`;
  return typeof value === 'object' ? 'an object' : String(value);
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value));
  return names.length === 1 ? String(names[0]) : `one of ${names.join(', ')}`;
}

function bound(origin: string, word: string, limit: number | bigint): string {
  if (origin === 'string') return `have ${word} ${limit} characters`;
  if (origin === 'array') return `have ${word} ${limit} entries`;
  return `be ${word} ${limit}`;
}
