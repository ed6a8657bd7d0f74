import type { Design, Topic } from '../../design/design.ts';
import { allIds } from '../../design/queries/all-ids.ts';
import { readersOf, writersOf } from '../../design/queries/topic-use.ts';
import { addExternal, type Fix } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';

/** Dead letters are read by people, so nobody need read them in the drawing. */
export const deadTopic: Rule = {
  title: 'A topic is written and read',
  severity: 'warning',
  why: 'A topic that nobody writes gives nothing, and one that nobody reads is paid for and never used.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      const isWritten = writersOf(design, topic.id).length > 0;
      const isRead = topic.role === 'deadLetter' || readersOf(design, topic.id).length > 0;
      if (isWritten && isRead) return [];
      if (!isWritten && !isRead) {
        return [found(topic, 'unused', `Nobody writes or reads ${topic.name}.`)];
      }
      const message = isWritten
        ? `Nobody reads ${topic.name}; wire a reader, or mark the system outside that reads it.`
        : `Nobody writes ${topic.name}; wire a writer, or mark the system outside that writes it.`;
      return [
        {
          ...found(topic, isWritten ? 'unread' : 'unwritten', message),
          fix: outside(design, topic, isWritten),
        },
      ];
    }),
};

function found(topic: Topic, what: string, message: string): Finding {
  return { where: atTopic(topic), data: { topic: topic.name, what }, message };
}

function outside(design: Design, topic: Topic, reads: boolean): Fix {
  const taken = allIds(design);
  const wanted = `outside-${topic.id}`.slice(0, 70);
  const id = [wanted, ...Array.from({ length: 99 }, (_, at) => `${wanted}-${at + 2}`)].find(
    (one) => !taken.has(one),
  );
  return addExternal(
    {
      id: id ?? wanted,
      name: `${reads ? 'Reader' : 'Writer'} of ${topic.name}`.slice(0, 120),
      kind: 'other',
      ...(reads ? { reads: [topic.id] } : { writes: [topic.id] }),
    },
    reads ? 'Say that a system outside reads it' : 'Say that a system outside writes it',
  );
}
