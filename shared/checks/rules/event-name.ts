import type { Design, Topic } from '../../design/design.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { updateTopic } from '../fix.ts';
import { atTopic } from '../places.ts';
import type { Rule } from '../rule.ts';
import { listWords, wordsOf } from '../words.ts';

/** Verbs that name an order to do something, and are hardly ever the first word of a thing's name. */
const imperatives = new Set(
  (
    'add allocate apply approve assign authorize authorise calculate cancel change close compute confirm create ' +
    'decline delete deliver dispatch execute fetch generate get handle initiate make modify notify open pay perform ' +
    'place prepare process publish register reject release remove reserve retry send set ship start stop submit ' +
    'update validate verify withdraw'
  ).split(' '),
);

export const eventName: Rule = {
  title: 'Events are named as facts',
  severity: 'warning',
  why: 'An event says what has happened and anyone may listen; an order to do something is a command, with one receiver and an expected answer.',
  check: (design) =>
    design.topics.flatMap((topic) => {
      if (topic.role !== 'event') return [];
      const names = [...new Set(namesOf(design, topic).filter(isImperative))];
      if (names.length === 0) return [];
      const where = names.includes(topic.name) ? '' : ` on ${topic.name}`;
      return [
        {
          where: atTopic(topic, 'name'),
          data: { topic: topic.name, names },
          message: `${listWords(names)}${where} ${names.length === 1 ? 'sounds' : 'sound'} like a command, but ${topic.name} is a topic of events; name what has happened, or make it a command topic.`,
          fix: updateTopic(topic, 'Make it a command topic', { role: 'command' }),
        },
      ];
    }),
};

function namesOf(design: Design, topic: Topic): readonly string[] {
  const type = topic.value.type;
  const schema =
    typeof type === 'object' && 'ref' in type ? indexDesign(design).schemas.get(type.ref) : undefined;
  const types = topic.ownership?.owners.flatMap((owner) => owner.types) ?? [];
  return [topic.name, ...(schema ? [schema.name] : []), ...types];
}

/** Verbs that are nouns as well: `process-metrics`, `release-notes`, `ship-arrived`. */
const alsoNouns = new Set('change close open place process release set ship start stop'.split(' '));
const pastParticiple =
  /(ed|sent|paid|sold|made|lost|done|taken|bought|built|written|begun|gone|held|spent|won)$/;

function isImperative(name: string): boolean {
  const words = wordsOf(name);
  const [first = ''] = words;
  const last = words.at(-1) ?? '';
  if (!imperatives.has(first)) return false;
  if (words.length === 1) return !alsoNouns.has(first);
  return !pastParticiple.test(last) && !(alsoNouns.has(first) && last.endsWith('s'));
}
