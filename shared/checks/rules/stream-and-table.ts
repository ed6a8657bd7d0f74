import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { waysOfReading } from '../topic-readers.ts';
import { listWords } from '../words.ts';

/** Compacted or expiring topics that are read both ways are reported by the rules about those. */
export const streamAndTable: Rule = {
  title: 'A topic read both as a stream and as a table',
  severity: 'info',
  why: 'The table would like it compacted and the streams need every record: kept for ever it serves both, and a new table reads it all.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      if (topic.cleanup !== 'delete' || topic.retentionMs !== null) return [];
      const { asStream, asTable } = waysOfReading(design, topic.id);
      if (asStream.length === 0 || asTable.length === 0) return [];
      return [
        {
          where: atTopic(topic),
          data: { topic: topic.name, streams: asStream, tables: asTable },
          message: `${topic.name} is read as a table by ${listWords(asTable)} and as a stream by ${listWords(asStream)}, so it keeps every record.`,
        },
      ];
    }),
};
