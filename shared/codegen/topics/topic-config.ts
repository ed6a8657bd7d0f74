import type { Topic } from '../../design/design.ts';

/** A topic's configuration as Kafka spells it. */
export function topicConfig(topic: Topic): Record<string, string> {
  return {
    'cleanup.policy': topic.cleanup,
    ...(topic.cleanup === 'compact' ? {} : { 'retention.ms': String(topic.retentionMs ?? -1) }),
    ...topic.config,
  };
}
