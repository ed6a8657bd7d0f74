import type { Design } from '#shared/design/design.ts';

/** What is only for the reader, and changes nothing that runs. */
const forReaders: ReadonlySet<string> = new Set(['layout', 'notes', 'note', 'requests']);

/** Whether two designs differ in something that the sandbox runs; moved boxes and notes do not count. */
export function runsDifferently(a: Design, b: Design): boolean {
  if (a === b) {
    return false;
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Design)[]);
  return [...keys].some((key) => !forReaders.has(key) && a[key] !== b[key] && text(a[key]) !== text(b[key]));
}

function text(part: unknown): string {
  return JSON.stringify(part);
}
