import type { Design, Topic } from '../design.ts';
import type { TypeRef } from '../types.ts';
import { indexDesign } from './index-design.ts';

/** How a key or a value becomes bytes: UTF-8 text, an 8-byte big-endian integer, or JSON in UTF-8. */
export type SerdeFormat = 'string' | 'long' | 'json';

/** The format of a type where nothing else is said: strings and enumerations are text, ints longs, the rest JSON. */
export function formatOfType(design: Design, type: TypeRef): SerdeFormat {
  if (type === 'string') return 'string';
  if (type === 'int') return 'long';
  if (typeof type === 'string' || !('ref' in type)) return 'json';
  return indexDesign(design).schemas.get(type.ref)?.kind === 'enum' ? 'string' : 'json';
}

/** The format of a topic's keys. */
export function keyFormatOf(design: Design, topic: Topic): SerdeFormat {
  const format = topic.key.format ?? 'auto';
  return format === 'auto' ? formatOfType(design, topic.key.type) : format;
}
