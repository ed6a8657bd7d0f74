import type { Json } from '../../expressions/typed-expression.ts';
import { Unpredictable } from './sample-record.ts';

/** The order in which stores have keys: that of their bytes. Known for texts and for whole numbers from 0. */
export function compareKeys(one: Json, other: Json): number {
  if (typeof one === 'string' && typeof other === 'string') return compareTexts(one, other);
  if (isOrdinal(one) && isOrdinal(other)) return one - other;
  throw new Unpredictable('the order of keys that are neither texts nor whole numbers is not known');
}

/** UTF-8 keeps the order of code points, which the order of strings in JavaScript is not. */
function compareTexts(one: string, other: string): number {
  const [ours, theirs] = [[...one], [...other]];
  const at = ours.findIndex((character, index) => character !== theirs[index]);
  if (at < 0) return ours.length - theirs.length;
  return (ours[at]?.codePointAt(0) ?? 0) - (theirs[at]?.codePointAt(0) ?? -1);
}

function isOrdinal(key: Json): key is number {
  return typeof key === 'number' && Number.isSafeInteger(key) && key >= 0;
}
