import type { CodeTarget } from './code-target.ts';

/** The folder that is offered first: beside the design's file, named after it and the target. */
export function firstFolder(path: string | null, target: CodeTarget): string {
  const suffix = target === 'typescript' ? 'services' : 'topics';
  if (path === null) {
    return suffix;
  }
  const separator = path.includes('\\') ? '\\' : '/';
  const parts = path.split(separator);
  const name = (parts.pop() ?? '').replace(/(\.millstream)?\.json$/, '');
  return [...parts, `${name === '' ? 'design' : name}-${suffix}`].join(separator);
}
