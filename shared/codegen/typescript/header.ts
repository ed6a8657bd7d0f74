import type { Service } from '../../design/design.ts';
import { sha256 } from '../sha256.ts';
import type { Project } from './project.ts';

/** The line above a file that is written again each time. `sum` tells from which state of the drawing it is. */
export function header(project: Project, sum: string): string {
  return `// Made by Millstream from ${project.designFile} (${sum}). Do not edit: it is written again each time.\n\n`;
}

/** Changes when a service, or what it agrees on with others, does; not when a box is moved on the canvas. */
export function serviceSum(project: Project, service: Service): string {
  return shortSum([service, project.design.schemas, project.design.topics]);
}

export function eventsSum(project: Project): string {
  return shortSum([project.design.schemas, project.design.topics]);
}

function shortSum(parts: unknown): string {
  return sha256(JSON.stringify(parts)).slice(0, 12);
}
