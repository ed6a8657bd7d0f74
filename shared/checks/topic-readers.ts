import type { Design } from '../design/design.ts';
import { readersOf } from '../design/queries/topic-use.ts';

/** The names of the services that read a topic as a stream of facts, and as a table of latest values. */
export function waysOfReading(
  design: Design,
  topic: string,
): { readonly asStream: readonly string[]; readonly asTable: readonly string[] } {
  const asStream = new Set<string>();
  const asTable = new Set<string>();
  for (const use of readersOf(design, topic)) {
    if (use.by === 'external') continue;
    if (use.operator.kind === 'stream') asStream.add(use.service.name);
    if (use.operator.kind === 'table' || use.operator.kind === 'globalTable') asTable.add(use.service.name);
  }
  return { asStream: [...asStream], asTable: [...asTable] };
}
