import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { ownWritersOf } from '../topic-writers.ts';
import { listWords } from '../words.ts';

export const declaredWriters: Rule = {
  title: 'Several writers with event types of their own are fine',
  severity: 'info',
  why: 'The topic holds one story told by several services; each still is the only writer of its part.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      const owners = topic.ownership?.owners ?? [];
      const writers = ownWritersOf(design, topic.id);
      const types = owners.flatMap((owner) => [...new Set(owner.types)]);
      const isDisjoint = new Set(types).size === types.length;
      const isDeclared = writers.every(({ service }) => owners.some((owner) => owner.service === service));
      if (writers.length < 2 || !isDisjoint || !isDeclared) return [];
      const parts = writers.map(({ service, name }) => {
        return `${name} ${listWords(owners.find((owner) => owner.service === service)?.types ?? [])}`;
      });
      return [
        {
          where: atTopic(topic, 'ownership'),
          data: { topic: topic.name, writers: writers.map(({ name }) => name) },
          message: `${topic.name} has ${writers.length} writers, each of event types of its own: ${parts.join('; ')}.`,
        },
      ];
    }),
};
