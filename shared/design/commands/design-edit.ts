import type { z } from 'zod';
import type { Box, Design } from '../design.ts';
import { exists } from '../parse/integrity-problems.ts';
import { jsonPathText } from '../parse/json-path.ts';
import { shapeProblems } from '../parse/shape-problems.ts';
import { hasId } from '../queries/all-ids.ts';
import type { Reference } from '../references.ts';
import type { CommandProblem } from './command-problem.ts';

/** A change under way. `design` is the design before it and stays; `draft` is what the command changes. */
export interface DesignEdit {
  readonly design: Design;
  readonly draft: Design;
  /** The ids of what was added, changed or removed. */
  readonly touched: Set<string>;
}

/** One command: its shape, and how it changes a draft. A problem leaves the draft to be thrown away. */
export interface CommandSpec<D extends string, S extends z.ZodType<{ do: D }>> {
  readonly schema: S;
  readonly apply: (edit: DesignEdit, command: z.infer<S>) => CommandProblem | null;
}

export function defineCommand<D extends string, S extends z.ZodType<{ do: D }>>(
  spec: CommandSpec<D, S>,
): CommandSpec<D, S> {
  return spec;
}

/** The problem of a thing that is to be added: its id is taken, or it refers to nothing. */
export function additionProblem(
  design: Design,
  id: string,
  references: readonly Reference[],
): CommandProblem | null {
  if (hasId(design, id)) return { code: 'id-taken', id };
  return danglingProblem(design, references, id);
}

/** The problem of a reference to nothing; a thing may refer to itself. */
export function danglingProblem(
  design: Design,
  references: readonly Reference[],
  self?: string,
): CommandProblem | null {
  const dangling = references.find((reference) => reference.id !== self && !exists(design, reference));
  if (!dangling) return null;
  const { kind, id, path } = dangling;
  return { code: 'unknown-reference', kind, id, path: jsonPathText(path) };
}

/** A thing with changed fields, checked against its shape. A field that is changed to undefined goes. */
export function withChanges<S extends z.ZodType>(
  shape: S,
  thing: object,
  changes: object,
): { readonly changed: z.infer<S>; readonly problem: null } | { readonly problem: CommandProblem } {
  const entries = Object.entries({ ...thing, ...changes }).filter(([, value]) => value !== undefined);
  const whole = Object.fromEntries(entries);
  const result = shape.safeParse(whole);
  if (result.success) return { changed: result.data, problem: null };
  return { problem: { code: 'not-valid', problems: shapeProblems(result.error, whole) } };
}

/** Changes the draft of a thing to its next state, only the fields that differ, so that patches stay small. */
export function assignFields<T extends object>(draft: T | undefined, before: T | undefined, next: T): void {
  if (!draft || !before) return;
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(next, name)) Reflect.deleteProperty(draft, name);
  }
  for (const [name, value] of Object.entries(next)) {
    const old: unknown = Reflect.get(before, name);
    if (old !== value && JSON.stringify(old) !== JSON.stringify(value)) Reflect.set(draft, name, value);
  }
}

/** Puts a box on the canvas, on whole points: fractions only make files noisy. */
export function placeBox({ draft }: DesignEdit, id: string, box: Box | undefined): void {
  if (!box) return;
  const rounded = {
    x: wholePoint(box.x),
    y: wholePoint(box.y),
    ...(box.width !== undefined && { width: Math.max(1, wholePoint(box.width)) }),
    ...(box.height !== undefined && { height: Math.max(1, wholePoint(box.height)) }),
  };
  if (JSON.stringify(draft.layout.nodes[id]) !== JSON.stringify(rounded)) draft.layout.nodes[id] = rounded;
}

/** Adding 0 turns −0, which JSON does not keep, into 0. */
function wholePoint(value: number): number {
  return Math.round(value) + 0;
}

/** Where a thing stands in a list; null when it is not there. */
export function placeOf(list: readonly { readonly id: string }[], id: string): number | null {
  const at = list.findIndex((thing) => thing.id === id);
  return at < 0 ? null : at;
}
