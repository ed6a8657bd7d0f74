import type { SerdeFormat } from '../../design/queries/serde-format.ts';
import type { TypeRef } from '../../design/types.ts';
import type { Imports } from './imports.ts';
import { type Project, schemaOf, streamsPackage } from './project.ts';
import { typeText } from './type-text.ts';

/** The serde of a type in a format, as an expression over `Serdes`. */
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
