import { readersOf } from '../../design/queries/topic-use.ts';
import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { listWords } from '../words.ts';

export const commandConsumer: Rule = {
  title: 'A command has one receiver',
  severity: 'warning',
  why: 'A command asks for one thing to be done once; with two receivers two act on it.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      if (topic.role !== 'command') return [];
      const names = new Set(
        readersOf(design, topic.id).map((use) =>
          use.by === 'operator' ? use.service.name : use.external.name,
        ),
      );
      if (names.size < 2) return [];
      return [
        {
          where: atTopic(topic),
          data: { topic: topic.name, readers: [...names] },
          message: `${listWords([...names])} read the commands on ${topic.name}; give each a topic of its own, or make it an event.`,
        },
      ];
    }),
};
