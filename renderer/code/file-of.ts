import { kebabNames } from '#shared/codegen/naming/legal-names.ts';
import { nameProject } from '#shared/codegen/naming/project-names.ts';
import type { Design, Service } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { storeName } from '#shared/design/queries/kafka-names.ts';

export interface CodePlace {
  readonly path: string;
  /** From 1; null: the beginning. */
  readonly line: number | null;
}

type Texts = ReadonlyMap<string, { readonly text: string }>;

/** Where the code of a thing of the drawing stands; null when no file is about it. */
export function placeOf(design: Design, files: Texts, id: string): CodePlace | null {
  const { operators, services, topics, schemas } = indexDesign(design);
  const placed = operators.get(id.replace(/^reads:/, ''));
  if (placed !== undefined) {
    const { operator, service } = placed;
    const handler = 'handler' in operator ? kebabNames.fromText(operator.handler) : null;
    const words = [`'${operator.id}'`, storeName(operator), 'path' in operator ? operator.path : null];
    return (
      findIn(
        files,
        folderOf(design, service),
        words.filter((word) => word !== null),
      ) ??
      firstOf(files, [`${folderOf(design, service)}/src/handlers/${handler}.ts`]) ??
      serviceFile(design, files, service)
    );
  }
  const service = services.get(id);
  if (service !== undefined) {
    return serviceFile(design, files, service);
  }
  const topic = topics.get(id);
  if (topic !== undefined) {
    return (
      findIn(files, 'packages/events/src/topics', [`'${topic.name}'`]) ??
      findIn(files, 'topics', [`"${topic.name}"`]) ??
      findIn(files, '', [topic.name])
    );
  }
  const schema = schemas.get(id);
  return schema === undefined ? null : findIn(files, 'packages/events/src/types', [schema.name]);
}

function serviceFile(design: Design, files: Texts, service: Service): CodePlace | null {
  const folder = folderOf(design, service);
  const names = ['generated/topology', 'generated/gateway', 'main'];
  return firstOf(
    files,
    names.map((name) => `${folder}/src/${name}.ts`),
  );
}

function folderOf(design: Design, service: Service): string {
  return `services/${nameProject(design).services.get(service.id) ?? service.id}`;
}

/** The first line with the first of the words that is anywhere; tests and manifests only speak about the code. */
function findIn(files: Texts, folder: string, words: readonly string[]): CodePlace | null {
  const sources = [...files].filter(
    ([path]) => path.startsWith(folder) && !path.includes('/test/') && !path.startsWith('.millstream'),
  );
  for (const word of words) {
    for (const [path, { text }] of sources) {
      const line = text.split('\n').findIndex((each) => each.includes(word));
      if (line >= 0) {
        return { path, line: line + 1 };
      }
    }
  }
  return null;
}

function firstOf(files: Texts, paths: readonly string[]): CodePlace | null {
  const path = paths.find((each) => files.has(each));
  return path === undefined ? null : { path, line: null };
}
