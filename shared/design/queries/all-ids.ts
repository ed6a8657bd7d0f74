import type { Design } from '../design.ts';
import { type DesignIndex, indexDesign } from './index-design.ts';

const sets = new WeakMap<Design, ReadonlySet<string>>();

/** Every id that is taken in a design: a new one must differ from all of them. */
export function allIds(design: Design): ReadonlySet<string> {
  const known = sets.get(design);
  if (known) return known;
  const index = indexDesign(design);
  const ids = new Set(indexKeys.flatMap((kind) => [...index[kind].keys()]));
  sets.set(design, ids);
  return ids;
}

/** Whether an id is taken; cheaper than all of them when a design has just changed. */
export function hasId(design: Design, id: string): boolean {
  const index = indexDesign(design);
  return indexKeys.some((kind) => index[kind].has(id));
}

const indexKeys = [
  'schemas',
  'topics',
  'services',
  'operators',
  'wires',
  'externals',
  'requests',
  'feeds',
  'notes',
] as const satisfies readonly (keyof DesignIndex)[];
