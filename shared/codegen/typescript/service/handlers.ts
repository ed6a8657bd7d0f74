import type { ExpressionSlot, VariableType } from '../../plan/expression-slot.ts';
import { Imports } from '../imports.ts';
import { eventsPackage, nameOf, type Project, streamsPackage } from '../project.ts';
import { docComment } from '../text.ts';
import { typeText } from '../type-text.ts';

/** A function that the user writes: what it is given and what it must give. `gives: null` is a side effect. */
export interface HandlerSignature {
  /** The operator that calls it, by the name a person reads. */
  readonly operator: string;
  readonly what: string;
  readonly variables: Readonly<Record<string, VariableType>>;
  readonly gives: ExpressionSlot['gives'] | null;
  /** Something outside Kafka; told in the comment. */
  readonly note: string | undefined;
}

interface HandlersOfService {
  readonly handlers: ReadonlyMap<string, HandlerSignature>;
  readonly handlerNames: ReadonlyMap<string, string>;
}

/** `generated/handlers.ts`: the signature of each function in `handlers/`. */
export function emitHandlerTypes(project: Project, { handlers, handlerNames }: HandlersOfService): string {
  const imports = new Imports();
  const members = [...handlers].map(([name, handler]) =>
    emitMember(project, imports, nameOf(handlerNames, name), handler),
  );
  return `${imports.text()}
/** The functions of \`src/handlers\`, one file each. When the drawing changes, the compiler shows which to mend. */
export interface Handlers {
${members.join('\n')}}
`;
}

function emitMember(project: Project, imports: Imports, name: string, handler: HandlerSignature): string {
  const use = (type: string) => imports.type(eventsPackage(project), type);
  const variables = Object.entries(handler.variables).map(
    ([variable, type]) => `readonly ${variable}: ${variableText(project, imports, type, use)}`,
  );
  const gives = handler.gives === null ? 'void | Promise<void>' : typeText(project, handler.gives, use);
  const says =
    handler.gives === null ? `“${handler.operator}”.` : `The ${handler.what} of “${handler.operator}”.`;
  const comment = docComment([says, handler.note ?? ''].join(' ').trim(), '  ');
  return `${comment}  ${name}(input: { ${variables.join('; ')} }): ${gives};\n`;
}

function variableText(
  project: Project,
  imports: Imports,
  type: VariableType,
  use: (name: string) => string,
): string {
  if (type === 'window') return imports.type(streamsPackage, 'Window');
  if (typeof type === 'object' && 'path' in type) {
    return `${imports.type(streamsPackage, 'HttpRequest')}<${imports.type(streamsPackage, 'PathParameters')}<'${type.path}'>>['params']`;
  }
  if (typeof type === 'object' && 'nullable' in type)
    return `${typeText(project, type.nullable, use)} | null`;
  return typeText(project, type, use);
}

/** A handler's own file as it is at first: it works for a side effect, and says what to write otherwise. */
export function emitHandlerFile(name: string, handler: HandlerSignature, path: string): string {
  const doc = docComment(
    `${handler.gives === null ? `“${handler.operator}”` : `The ${handler.what} of “${handler.operator}”`}: this file is yours and is never written again.`,
  );
  const heading = `import type { Handlers } from '../generated/handlers.js';\n\n${doc}`;
  if (handler.gives === null) {
    return `${heading}export const ${name}: Handlers['${name}'] = (input) => {
  console.log('${name}', JSON.stringify(input));
};
`;
  }
  return `${heading}export const ${name}: Handlers['${name}'] = () => {
  throw new Error('${name} is not written yet: write it in ${path}.');
};
`;
}
