import { fail } from '../evaluation-failure.ts';
import type { Json } from '../json.ts';
import type { TypedNode } from '../typed-expression.ts';

/** What one evaluation has at hand: the variables, the macros' variables, and the steps it has left. */
export interface Frame {
  readonly bindings: Readonly<Record<string, Json | undefined>>;
  readonly locals: Map<string, Json>;
  stepsLeft: number;
}

export type Run = (frame: Frame) => Json;

/** Turns a part into a function; the parts of a part are compiled by the same. */
export type Compile = (node: TypedNode) => Run;

export function condition(value: Json): boolean {
  return typeof value === 'boolean' ? value : fail(`A condition gave ${wordFor(value)}, not true or false.`);
}

export function numberOf(value: Json): number {
  return typeof value === 'number' ? value : fail(`${capital(wordFor(value))} is no number to compute with.`);
}

export function wordFor(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${shorten(JSON.stringify(value))}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export function hasKey(holder: Json, key: Json): boolean {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, String(key));
}
