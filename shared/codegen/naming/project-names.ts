import type { Design } from '../../design/design.ts';
import { sha256 } from '../sha256.ts';
import { camelNames, camelNamesBeside, capital, kebabNames } from './legal-names.ts';
import { globalNames, reservedWords } from './reserved-words.ts';
import { type NamingRule, uniqueNames } from './unique-names.ts';

/** What everything in a generated project is called, by id. */
export interface ProjectNames {
  /** The npm scope, and the name of the workspace. */
  readonly project: string;
  readonly types: ReadonlyMap<string, string>;
  /** The list of an enumeration's symbols. */
  readonly symbolLists: ReadonlyMap<string, string>;
  /** Of a topic: its property in `topics`. */
  readonly topics: ReadonlyMap<string, string>;
  /** Of a service: its folder, and its package's name within the scope. */
  readonly services: ReadonlyMap<string, string>;
  readonly feeds: ReadonlyMap<string, string>;
}

const typeNames: NamingRule = {
  fromText: (text) => text.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 160),
  fromId: (id) => `Schema_${id.replaceAll('-', '_')}`,
  taken: new Set([...reservedWords, ...globalNames, 'Check', 'Serde', 'Serdes']),
};

export function nameProject(design: Design): ProjectNames {
  const types = uniqueNames(design.schemas, typeNames);
  const checks = [...types.values()].map(checkName);
  const enums = design.schemas.filter((schema) => schema.kind === 'enum');
  return {
    project: kebabNames.fromText(design.name) || 'system',
    types,
    symbolLists: uniqueNames(
      enums.map(({ id, name }) => ({ id, name: plural(name) })),
      camelNamesBeside(checks),
    ),
    topics: uniqueNames(design.topics, camelNames),
    services: uniqueNames(design.services, { ...kebabNames, taken: new Set(['events', 'runtime']) }),
    feeds: uniqueNames(design.feeds, kebabNames),
  };
}

/** The name of the function that checks a value of a type. */
export function checkName(typeName: string): string {
  return `check${capital(typeName)}`;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** The files of a service's handlers, by the handler's name. */
export function nameHandlerFiles(handlers: Iterable<string>): ReadonlyMap<string, string> {
  const items = [...new Set(handlers)].map((name) => ({ id: name, name }));
  return uniqueNames(items, {
    fromText: kebabNames.fromText,
    fromId: (name) => `handler-${sha256(name).slice(0, 12)}`,
  });
}
