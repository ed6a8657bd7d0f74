import type { Design, Topic } from '../../design/design.ts';
import { emittersOf, readersOf } from '../../design/queries/topic-use.ts';
import { updateTopic } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { listWords } from '../words.ts';

export const privateTopic: Rule = {
  title: 'A private topic stays at home',
  severity: 'warning',
  why: 'Whoever reads it depends on what its owner takes to be free to change.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      if (!topic.private) return [];
      const owners = ownersOf(design, topic);
      if (owners.size === 0) return [];
      const readers = readersOf(design, topic.id).filter(
        (use) => use.by === 'external' || !owners.has(use.service.id),
      );
      const names = [
        ...new Set(readers.map((use) => (use.by === 'external' ? use.external.name : use.service.name))),
      ];
      if (names.length === 0) return [];
      const verb = names.length === 1 ? 'reads' : 'read';
      return [
        {
          where: atTopic(topic, 'private'),
          data: { topic: topic.name, readers: names },
          message: `${listWords(names)} ${verb} ${topic.name}, which is private to another service.`,
          fix: updateTopic(topic, 'Make the topic public', { private: undefined }),
        },
      ];
    }),
};

function ownersOf(design: Design, topic: Topic): ReadonlySet<string> {
  const declared = topic.ownership?.owners.map((owner) => owner.service) ?? [];
  return new Set(declared.length > 0 ? declared : emittersOf(design, topic.id).map(({ id }) => id));
}
