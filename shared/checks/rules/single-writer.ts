import type { Design, Topic } from '../../design/design.ts';
import { atTopic } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { ownWritersOf } from '../topic-writers.ts';
import { listWords } from '../words.ts';

/** Commands have many senders, and dead letters many causes; only facts and state have one writer. */
export const singleWriter: Rule = {
  title: 'One service writes each event type',
  severity: 'warning',
  why: 'With one writer there is one place that keeps the rules and the schema of an event.',
  check: (design) =>
    design.topics
      .filter(({ role }) => role === 'event' || role === 'state')
      .flatMap((topic) =>
        topic.ownership ? againstOwnership(design, topic) : severalWriters(design, topic),
      ),
};

function severalWriters(design: Design, topic: Topic): readonly Finding[] {
  const writers = ownWritersOf(design, topic.id);
  const isOnlyOutside = writers.every(({ service }) => service === null);
  if (writers.length < 2 || isOnlyOutside) return [];
  const names = writers.map(({ name }) => name);
  return [
    {
      where: atTopic(topic, 'ownership'),
      data: { topic: topic.name, writers: names },
      message:
        `${listWords(names)} all write ${topic.name}; give each its own topic, or declare which event types each owns.`.replace(
          'all write',
          names.length === 2 ? 'both write' : 'all write',
        ),
    },
  ];
}

function againstOwnership(design: Design, topic: Topic): readonly Finding[] {
  const owners = topic.ownership?.owners ?? [];
  const strangers = ownWritersOf(design, topic.id).filter(
    ({ service }) => service === null || !owners.some((owner) => owner.service === service),
  );
  const unowned = strangers.map(
    ({ name }): Finding => ({
      where: atTopic(topic, 'ownership'),
      data: { topic: topic.name, writer: name },
      message: `${name} writes ${topic.name}, but owns none of its event types.`,
    }),
  );
  return [...unowned, ...sharedTypes(topic)];
}

function sharedTypes(topic: Topic): readonly Finding[] {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const owner of topic.ownership?.owners ?? []) {
    for (const type of new Set(owner.types)) (seen.has(type) ? shared : seen).add(type);
  }
  return [...shared].map((type) => ({
    where: atTopic(topic, 'ownership'),
    data: { topic: topic.name, type },
    message: `More than one service owns ${type} on ${topic.name}.`,
  }));
}
