import type { Topic } from '../../design/design.ts';
import { updateTopic } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';

export const truthRetention: Rule = {
  title: 'A source of truth does not expire',
  severity: 'error',
  why: 'What has expired cannot be replayed, so no view can be rebuilt and no new one be started from the beginning.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      const limit = limitOf(topic);
      if (!topic.sourceOfTruth || limit === null) return [];
      const { 'retention.bytes': _, ...config } = topic.config ?? {};
      return [
        {
          where: atTopic(topic, 'retentionMs'),
          data: { topic: topic.name, limit },
          message: `${topic.name} is a source of truth, but its records are deleted by ${limit}.`,
          fix: updateTopic(topic, 'Keep its records for ever', {
            retentionMs: null,
            ...(limit === 'size' ? { config } : {}),
          }),
        },
      ];
    }),
};

/** By what its records expire, where they do; a compacted topic keeps the last of each key. */
function limitOf(topic: Topic): 'age' | 'size' | null {
  if (topic.cleanup === 'compact') return null;
  if (topic.retentionMs !== null) return 'age';
  return Number(topic.config?.['retention.bytes'] ?? -1) >= 0 ? 'size' : null;
}
