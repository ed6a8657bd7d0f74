import type { TypeRef } from '../../design/types.ts';
import { nameOf, type Project } from './project.ts';

/** A type as TypeScript says it. `use` is told the name of each schema's type that occurs. */
export function typeText(project: Project, type: TypeRef, use: (name: string) => string): string {
  if (typeof type === 'string') return scalarText[type];
  if ('ref' in type) return use(nameOf(project.names.types, type.ref));
  if ('list' in type) return `readonly ${parenthesised(typeText(project, type.list, use))}[]`;
  return `Readonly<Record<string, ${typeText(project, type.map, use)}>>`;
}

/** Instants are milliseconds since the epoch; bytes are text in base 64, as JSON carries them. */
const scalarText = {
  string: 'string',
  int: 'number',
  double: 'number',
  boolean: 'boolean',
  timestamp: 'number',
  bytes: 'string',
} as const;

function parenthesised(text: string): string {
  return text.startsWith('readonly ') ? `(${text})` : text;
}
