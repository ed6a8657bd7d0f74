import { atTopic } from '../places.ts';
import { repeated } from '../repeated.ts';
import type { Rule } from '../rule.ts';

/** Kafka keeps names that differ only in . and _ apart, but its metrics do not; it refuses the second. */
export const duplicateTopicName: Rule = {
  title: 'A topic has its name to itself',
  severity: 'error',
  why: 'On a cluster a name is one topic: records of both would mix, under settings of which one wins.',
  check: (design) =>
    repeated(design.topics, ({ name }) => name.replaceAll('.', '_')).map(([topic, earlier]) => ({
      where: atTopic(topic, 'name'),
      data: { topic: topic.name, other: earlier.name },
      message:
        topic.name === earlier.name
          ? `Two topics are called ${topic.name}.`
          : `${topic.name} and ${earlier.name} differ only in dots and underscores, which Kafka refuses.`,
    })),
};
