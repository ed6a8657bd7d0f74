/** The most one message may weigh as JSON, in bytes. */
export const messageLimit = 16 * 1024 * 1024;
const deepest = 200;

/**
 * Weighs what JSON can say: an upper bound of its bytes. `not-plain` is anything that would not come out as it went
 * in (a date, a map, a number that is not finite, a cycle); the walk ends as soon as the limit is passed.
 */
export function weigh(value: unknown, limit: number): number | 'too-large' | 'not-plain' {
  const scale: Scale = { bytes: 0, limit, plain: true };
  add(value, scale, 0);
  if (!scale.plain) return 'not-plain';
  return scale.bytes > limit ? 'too-large' : scale.bytes;
}

interface Scale {
  bytes: number;
  readonly limit: number;
  plain: boolean;
}

function add(value: unknown, scale: Scale, depth: number): void {
  if (!scale.plain || scale.bytes > scale.limit) return;
  if (typeof value === 'string') scale.bytes += stringBytes(value, scale.limit);
  else if (typeof value === 'number' && Number.isFinite(value)) scale.bytes += numberBytes(value);
  else if (typeof value === 'boolean' || value === null) scale.bytes += 6;
  else if (typeof value === 'object' && depth < deepest) addMembers(value, scale, depth + 1);
  else scale.plain = false;
}

function addMembers(value: object, scale: Scale, depth: number): void {
  scale.bytes += 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      scale.bytes += 1;
      add(item, scale, depth);
      if (!scale.plain || scale.bytes > scale.limit) return;
    }
    return;
  }
  if (!isPlainObject(value)) {
    scale.plain = false;
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    scale.bytes += stringBytes(key, scale.limit) + 2;
    add(member, scale, depth);
    if (!scale.plain || scale.bytes > scale.limit) return;
  }
}

/** A plain object of whichever realm: its prototype is nothing, or has nothing above it. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** At most; `-1.2345678901234567e-300` is the longest there is. */
function numberBytes(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? 7 : 25;
}

/** Bytes of a string in JSON and UTF-8, quotes and escapes counted; a surrogate counts as an escape. */
function stringBytes(text: string, limit: number): number {
  if (text.length > limit) return text.length + 2;
  let bytes = 2;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 6;
    else if (unit === 0x22 || unit === 0x5c) bytes += 2;
    else if (unit < 0x80) bytes += 1;
    else bytes += unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
