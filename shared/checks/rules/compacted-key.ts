import { indexDesign } from '../../design/queries/index-design.ts';
import type { Expression } from '../../design/types.ts';
import type { Finding, Rule } from '../rule.ts';

export const compactedKey: Rule = {
  title: 'Records of a compacted topic have a key',
  severity: 'error',
  why: 'Kafka refuses a record without a key on a compacted topic.',
  check: (design) => {
    const { topics, operators } = indexDesign(design);
    const compacted = (id: string | null) => {
      const topic = id === null ? undefined : topics.get(id);
      return topic && topic.cleanup !== 'delete' ? topic : undefined;
    };
    const written = [...operators.values()].flatMap(({ operator }): readonly Finding[] => {
      const topic = operator.kind === 'httpWrite' ? compacted(operator.topic) : undefined;
      if (!topic || operator.kind !== 'httpWrite' || !isNull(operator.key)) return [];
      return [found({ kind: 'operator', id: operator.id, field: 'key' }, operator.name, topic.name)];
    });
    const fed = design.feeds.flatMap((feed): readonly Finding[] => {
      const topic = 'topic' in feed.into ? compacted(feed.into.topic) : undefined;
      const hasKey = feed.key !== undefined && feed.key !== '' && !isNull(feed.key);
      return topic && !hasKey
        ? [found({ kind: 'feed', id: feed.id, field: 'key' }, feed.name, topic.name)]
        : [];
    });
    return [...written, ...fed];
  },
};

function isNull(key: Expression): boolean {
  return typeof key === 'string' && key.trim() === 'null';
}

function found(where: Finding['where'], name: string, topic: string): Finding {
  return {
    where,
    data: { name, topic },
    message: `“${name}” writes records without a key to ${topic}, which is compacted.`,
  };
}
