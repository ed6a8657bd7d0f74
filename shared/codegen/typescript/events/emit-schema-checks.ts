import type { Field, Schema } from '../../../design/design.ts';
import type { TypeRef } from '../../../design/types.ts';
import { checkName } from '../../naming/project-names.ts';
import { Imports } from '../imports.ts';
import { nameOf, type Project, schemaOf } from '../project.ts';
import { propertyName, quote } from '../text.ts';

/** `schema-checks.ts`: for each schema what a value from outside must look like. */
export function emitSchemaChecks(project: Project): string {
  const imports = new Imports();
  const done = new Set<string>();
  const checks = inOrderOfUse(project).map((schema) => {
    const text = emitCheck({ project, imports, done }, schema);
    done.add(schema.id);
    return text;
  });
  return `${imports.text()}\n${checks.join('\n')}`;
}

interface CheckContext {
  readonly project: Project;
  readonly imports: Imports;
  /** Schemas whose check stands above already; another can only be named inside a function. */
  readonly done: ReadonlySet<string>;
}

const combinators = './check.js';

function emitCheck(context: CheckContext, schema: Schema): string {
  const { project, imports } = context;
  const typeName = nameOf(project.names.types, schema.id);
  const declaration = `export const ${checkName(typeName)}: ${imports.type(combinators, 'Check')} = `;
  if (schema.kind === 'enum') {
    const list = imports.value('./types.js', nameOf(project.names.symbolLists, schema.id));
    return `${declaration}${imports.value(combinators, 'oneOf')}(${list});\n`;
  }
  const fields = schema.fields.map(
    (field) => `  ${propertyName(field.name)}: ${fieldCheck(context, field)},\n`,
  );
  const record = imports.value(combinators, 'record');
  return `${declaration}${record}(${quote(typeName)}, {\n${fields.join('')}});\n`;
}

function fieldCheck(context: CheckContext, field: Field): string {
  const check = typeCheck(context, field.type);
  return field.optional ? `${context.imports.value(combinators, 'optional')}(${check})` : check;
}

function typeCheck(context: CheckContext, type: TypeRef): string {
  const { project, imports, done } = context;
  if (typeof type === 'string') return imports.value(combinators, scalarChecks[type]);
  if ('list' in type) return `${imports.value(combinators, 'listOf')}(${typeCheck(context, type.list)})`;
  if ('map' in type) return `${imports.value(combinators, 'mapOf')}(${typeCheck(context, type.map)})`;
  const schema = schemaOf(project, type);
  const name = checkName(nameOf(project.names.types, type.ref));
  return schema && done.has(schema.id) ? name : `(value, path) => ${name}(value, path)`;
}

const scalarChecks = {
  string: 'text',
  int: 'wholeNumber',
  double: 'number',
  boolean: 'trueOrFalse',
  timestamp: 'instant',
  bytes: 'base64',
} as const;

/** Each schema after those that its fields name, as far as they do not name each other. */
function inOrderOfUse(project: Project): Schema[] {
  const order = new Set<Schema>();
  const open = new Set<Schema>();
  const visit = (schema: Schema | undefined): void => {
    if (schema === undefined || open.has(schema)) return;
    open.add(schema);
    for (const field of schema.kind === 'record' ? schema.fields : []) {
      visit(schemaOf(project, innermost(field.type)));
    }
    order.add(schema);
  };
  for (const schema of project.design.schemas) visit(schema);
  return [...order];
}

function innermost(type: TypeRef): TypeRef {
  if (typeof type === 'string' || 'ref' in type) return type;
  return innermost('list' in type ? type.list : type.map);
}
