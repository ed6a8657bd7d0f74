import type { Topic } from '../../design/design.ts';
import { updateTopic } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { counted } from '../words.ts';

const minInsync = 'min.insync.replicas';

export const truthDurability: Rule = {
  title: 'A source of truth survives a broker',
  severity: 'warning',
  why: 'With three replicas of which two must have a record, one broker can be lost without losing records or stopping writers.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      const required = Number(topic.config?.[minInsync] ?? 1);
      if (required > topic.replication) return [unwritable(topic, required)];
      if (!topic.sourceOfTruth) return [];
      if (topic.replication < 3) {
        return [weak(topic, 'replication', `has ${counted(topic.replication, 'replica')}, not three`)];
      }
      if (required < 2) return [weak(topic, 'config', 'acknowledges a record that only one replica has')];
      return [];
    }),
};

function unwritable(topic: Topic, required: number): Finding {
  return {
    where: atTopic(topic, 'config'),
    severity: 'error',
    data: { topic: topic.name, replication: topic.replication, required },
    message: `${topic.name} needs ${counted(required, 'replica')} for each write but has ${topic.replication}, so no write with acks=all succeeds.`,
    fix: durable(topic),
  };
}

function weak(topic: Topic, field: string, what: string): Finding {
  return {
    where: atTopic(topic, field),
    data: { topic: topic.name, replication: topic.replication },
    message: `${topic.name} is a source of truth, but ${what}.`,
    fix: durable(topic),
  };
}

function durable(topic: Topic): Finding['fix'] {
  const replication = Math.max(3, topic.replication);
  return updateTopic(topic, 'Keep three replicas, two in sync', {
    replication,
    config: { ...topic.config, [minInsync]: '2' },
  });
}
