import { updateTopic } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { waysOfReading } from '../topic-readers.ts';
import { listWords } from '../words.ts';

/** Of a state topic a stream of changes may be wanted, the latest ones at least. */
export const compactedStream: Rule = {
  title: 'A stream of facts is not compacted',
  severity: 'error',
  why: 'Compaction drops the earlier records of a key, so a reader that comes late or falls behind never sees those facts.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      if (topic.cleanup === 'delete') return [];
      const { asStream } = waysOfReading(design, topic.id);
      if (asStream.length === 0) return [];
      const verb = asStream.length === 1 ? 'reads' : 'read';
      return [
        {
          where: atTopic(topic, 'cleanup'),
          severity: topic.role === 'state' ? 'warning' : 'error',
          data: { topic: topic.name, readers: asStream },
          message: `${listWords(asStream)} ${verb} ${topic.name} as a stream, but it is compacted and may have lost earlier records of a key.`,
          ...(topic.role === 'state'
            ? {}
            : { fix: updateTopic(topic, 'Do not compact it', { cleanup: 'delete' }) }),
        },
      ];
    }),
};
