import type { Schema } from '../../../design/design.ts';
import { nameOf, type Project } from '../project.ts';
import { docComment, propertyName, quote } from '../text.ts';
import { typeText } from '../type-text.ts';

/** `types.ts`: an interface for each record, a union of texts for each enumeration. */
export function emitTypes(project: Project): string {
  return project.design.schemas.map((schema) => emitType(project, schema)).join('\n');
}

function emitType(project: Project, schema: Schema): string {
  const name = nameOf(project.names.types, schema.id);
  if (schema.kind === 'enum') {
    const list = nameOf(project.names.symbolLists, schema.id);
    const symbols = schema.symbols.map(quote).join(', ');
    return `${docComment(schema.note)}export const ${list} = [${symbols}] as const;
export type ${name} = (typeof ${list})[number];
`;
  }
  const fields = schema.fields.map((field) => {
    const type = typeText(project, field.type, (used) => used);
    const mark = field.optional ? '?' : '';
    const orNull = field.optional ? ' | null' : '';
    return `${docComment(field.note, '  ')}  readonly ${propertyName(field.name)}${mark}: ${type}${orNull};`;
  });
  return `${docComment(schema.note)}export interface ${name} {\n${fields.join('\n')}\n}\n`;
}
