import type { Design, Schema, Topic } from '../../design/design.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import type { TypeRef } from '../../design/types.ts';
import type { ProjectNames } from '../naming/project-names.ts';

/** A design with the names of its project: what every emitter sees. */
export interface Project {
  readonly design: Design;
  readonly names: ProjectNames;
  readonly generatorVersion: string;
  /** The file the design was read from; named in comments and copied into the project. */
  readonly designFile: string;
}

export function eventsPackage(project: Project): string {
  return `@${project.names.project}/events`;
}

export function runtimePackage(project: Project): string {
  return `@${project.names.project}/runtime`;
}

export const streamsPackage = '@millstream/streams';

export function schemaOf(project: Project, type: TypeRef): Schema | undefined {
  return typeof type === 'object' && 'ref' in type
    ? indexDesign(project.design).schemas.get(type.ref)
    : undefined;
}

export function topicOf(project: Project, id: string | null): Topic {
  const topic = id === null ? undefined : indexDesign(project.design).topics.get(id);
  if (topic === undefined) throw new Error(`The plan let an operator through whose topic ${id} is unknown.`);
  return topic;
}

/** A name that the naming stage gave; its absence is a mistake of ours. */
export function nameOf(names: ReadonlyMap<string, string>, id: string): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`The naming stage gave "${id}" no name.`);
  return name;
}
