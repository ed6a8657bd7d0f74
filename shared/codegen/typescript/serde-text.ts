import type { Topic } from '../../design/design.ts';
import type { TypeRef } from '../../design/types.ts';
import type { Imports } from './imports.ts';
import { type Project, schemaOf, streamsPackage } from './project.ts';
import { typeText } from './type-text.ts';

/** How values of a type become bytes, as an expression over `Serdes`. */
export type SerdeFormat = 'string' | 'long' | 'json';

/** The format of a topic's keys: `auto` is decided by the type. */
export function keyFormat(topic: Topic): SerdeFormat {
  const format = topic.key.format ?? 'auto';
  return format === 'auto' ? autoFormat(topic.key.type) : format;
}

/** A string is UTF-8, an int an 8-byte long, anything else JSON. */
export function autoFormat(type: TypeRef): SerdeFormat {
  return type === 'string' ? 'string' : type === 'int' ? 'long' : 'json';
}

export function serdeText(
  project: Project,
  imports: Imports,
  type: TypeRef,
  format: SerdeFormat,
  use: (typeName: string) => string,
): string {
  const serdes = imports.value(streamsPackage, 'Serdes');
  const text = typeText(project, type, use);
  if (format === 'long') return `${serdes}.long()`;
  if (format === 'json') return `${serdes}.json<${text}>()`;
  if (schemaOf(project, type)?.kind !== 'enum') return `${serdes}.string()`;
  return `(${serdes}.string() as ${imports.type(streamsPackage, 'Serde')}<${text}>)`;
}
