import type { Patch } from 'immer';
import type { Design } from '../design.ts';

/**
 * Replays the patches of a command, or its inverse to undo it. Immer's own function of this name copies every
 * value of a patch; here the values go in as they are, so that what was removed comes back as the same objects
 * and views of it need not be drawn again. Only what lies on the path of a patch is copied, once.
 */
export function applyPatches(design: Design, patches: readonly Patch[]): Design {
  if (patches.length === 0) return design;
  const copies = new Set<object>();
  const root = copyOnce(design, copies);
  for (const { op, path, value } of patches) {
    const last = path.at(-1);
    if (last === undefined) throw new Error('A patch of a design names a place in it.');
    applyAt(holderOf(root, path.slice(0, -1), copies), op, last, value);
  }
  for (const copy of copies) Object.freeze(copy);
  return root;
}

function holderOf(root: object, path: Patch['path'], copies: Set<object>): object {
  return path.reduce((holder, step) => {
    const inner: unknown = Reflect.get(holder, step);
    if (typeof inner !== 'object' || inner === null)
      throw new Error(`A patch leads nowhere: ${path.join('/')}`);
    const copy = copyOnce(inner, copies);
    Reflect.set(holder, step, copy);
    return copy;
  }, root);
}

function copyOnce<T extends object>(value: T, copies: Set<object>): T {
  if (copies.has(value)) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as T;
  copies.add(copy);
  return copy;
}

function applyAt(holder: object, op: Patch['op'], last: string | number, value: unknown): void {
  if (op === 'remove' && Array.isArray(holder)) holder.splice(Number(last), 1);
  else if (op === 'remove') Reflect.deleteProperty(holder, last);
  else if (op === 'add' && Array.isArray(holder)) holder.splice(Number(last), 0, value);
  else Reflect.set(holder, last, value);
}
