import type { Design } from '../design/design.ts';
import { writersOf } from '../design/queries/topic-use.ts';

/** Who writes a topic in its own right: a service, or an external system (`service: null`). */
export interface TopicWriter {
  readonly service: string | null;
  readonly name: string;
}

/**
 * The writers of a topic, each once. A dead letter is no writer of the topic's own events, and a connector
 * source writes for its external system, which may be marked as the writer itself.
 */
export function ownWritersOf(design: Design, topic: string): readonly TopicWriter[] {
  const writers = new Map<string, TopicWriter>();
  for (const use of writersOf(design, topic)) {
    if (use.by === 'external') {
      writers.set(use.external.id, { service: null, name: use.external.name });
      continue;
    }
    if (use.operator.kind === 'deadLetter') continue;
    writers.set(use.service.id, { service: use.service.id, name: use.service.name });
    if (use.operator.kind === 'connectorSource' && use.operator.external !== null) {
      writers.delete(use.operator.external);
    }
  }
  for (const use of writersOf(design, topic)) {
    if (use.by === 'operator' && use.operator.kind === 'connectorSource' && use.operator.external !== null) {
      writers.delete(use.operator.external);
    }
  }
  return [...writers.values()];
}
