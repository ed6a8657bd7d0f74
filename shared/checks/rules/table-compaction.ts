import { updateTopic } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { waysOfReading } from '../topic-readers.ts';
import { listWords } from '../words.ts';

/** A topic that is read both ways and kept for ever is left to the rule about that. */
export const tableCompaction: Rule = {
  title: 'A topic read as a table is compacted',
  severity: 'warning',
  why: 'A table needs the latest value of each key and no other: without compaction live keys expire, or the topic grows for ever.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      if (topic.cleanup !== 'delete') return [];
      const { asStream, asTable } = waysOfReading(design, topic.id);
      const expires = topic.retentionMs !== null;
      if (asTable.length === 0 || (!expires && asStream.length > 0)) return [];
      const effect = expires ? 'keys that do not change expire' : 'it grows for ever';
      return [
        {
          where: atTopic(topic, 'cleanup'),
          data: { topic: topic.name, readers: asTable, expires },
          message:
            `${listWords(asTable)} reads ${topic.name} as a table, but it is not compacted, so ${effect}.`.replace(
              'reads',
              asTable.length === 1 ? 'reads' : 'read',
            ),
          fix:
            asStream.length === 0
              ? updateTopic(topic, 'Compact it', { cleanup: 'compact', retentionMs: null })
              : updateTopic(topic, 'Keep its records for ever', { retentionMs: null }),
        },
      ];
    }),
};
