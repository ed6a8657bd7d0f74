import type { ConformanceCase, Datum, Input } from './case-format.ts';
import type { Plain } from './column-types.ts';
import { RandomDraft } from './random-draft.ts';
import { LETTERS } from './random-functions.ts';
import { RANDOM_OPERATORS } from './random-operators.ts';
import { RandomSource } from './random-source.ts';

const MOST_OPERATORS = 6;
const MOST_TRIES = 60;
const WORDS = ['a', 'b', 'ab', 'c a', 'b c', 'abc', ''] as const;

interface SourceTopic {
  readonly topic: string;
  readonly key: Plain;
  readonly value: Plain;
}

/** A random case: the same seed gives the same one. */
export function randomCase(seed: number): ConformanceCase {
  const random = new RandomSource(seed);
  const draft = new RandomDraft(random);
  const topics = addSources(draft);
  const operators = random.whole(1, MOST_OPERATORS);
  for (let added = 0, tries = 0; added < operators && tries < MOST_TRIES; tries += 1) {
    const before = draft.steps.length;
    random.pick(RANDOM_OPERATORS)(draft);
    if (draft.steps.length > before) added += 1;
  }
  addSinks(draft);
  return {
    name: `random case ${seed}`,
    covers: 'random',
    ...(random.chance(0.1) ? { emitInterval: random.pick([10, 1000]) } : {}),
    topology: draft.steps,
    input: randomInput(random, topics),
  };
}

function addSources(draft: RandomDraft): SourceTopic[] {
  const { random } = draft;
  const topics: SourceTopic[] = [];
  const source = (
    types: Pick<SourceTopic, 'key' | 'value'> = {
      key: random.chance(0.9) ? 'string' : 'long',
      value: random.chance(0.8) ? 'string' : 'long',
    },
  ): SourceTopic => {
    const added: SourceTopic = { topic: draft.newName('in'), ...types };
    topics.push(added);
    return added;
  };
  for (let count = random.whole(1, 2); count > 0; count -= 1) {
    const { topic, ...types } = source();
    const read = random.chance(0.1) ? [topic, source(types).topic] : [topic];
    const timestamps = random.chance(0.1) ? { timestamps: { fn: 'partition-time' } as const } : {};
    draft.add({ op: 'stream', as: draft.newName('s'), topics: read, ...types, ...timestamps });
  }
  for (let count = random.whole(0, 2); count > 0; count -= 1) {
    const store = random.chance(0.6) ? { store: draft.newName('store') } : {};
    const history =
      'store' in store && random.chance(0.3) ? { historyRetention: random.pick([0, 20, 1000]) } : {};
    draft.add({ op: 'table', as: draft.newName('t'), ...source(), ...store, ...history });
  }
  if (random.chance(0.25)) {
    const store = draft.newName('store');
    draft.add({ op: 'globalTable', as: draft.newName('o'), ...source(), store });
  }
  return topics;
}

/** What nobody follows is written to a topic of its own; what is followed, sometimes. */
function addSinks(draft: RandomDraft): void {
  const used = new Set(
    draft.steps.flatMap((step) => ['from' in step ? step.from : '', 'with' in step ? step.with : '']),
  );
  for (const thing of draft.all('stream', 'table')) {
    if (used.has(thing.name) && !draft.random.chance(0.3)) continue;
    let from = thing.name;
    if (thing.kind === 'table') {
      from = draft.newName('s');
      draft.add({ op: 'toStream', from: thing.name, as: from });
    }
    const known = draft.random.chance(0.3) ? draft.random.pickFrom(draft.topicsAfter(thing)) : undefined;
    draft.add({ op: 'to', from, topic: known ?? draft.newName('out') });
  }
}

function randomInput(random: RandomSource, topics: readonly SourceTopic[]): Input[] {
  const input: Input[] = [];
  let time = random.whole(0, 30);
  for (let count = random.whole(4, 24); count > 0; count -= 1) {
    if (random.chance(0.06)) input.push({ advance: random.pick([5, 50, 1000]) });
    const topic = random.pickFrom(topics);
    if (topic === undefined) continue;
    // Now and then the same time again, an older one, or a jump that closes windows.
    if (random.chance(0.7)) time = Math.max(0, time + random.whole(-12, 15));
    if (random.chance(0.05)) time += random.pick([60, 100_000]);
    const key = random.chance(0.07) ? null : datum(random, topic.key, LETTERS);
    const value = random.chance(0.14) ? null : datum(random, topic.value, WORDS);
    const headers: [string, string][] | null = random.chance(0.1) ? [['h', random.pick(LETTERS)]] : null;
    input.push({ topic: topic.topic, key, value, at: time, ...(headers === null ? {} : { headers }) });
  }
  return input;
}

function datum(random: RandomSource, type: Plain, texts: readonly [string, ...string[]]): Datum {
  return type === 'long' ? random.whole(0, 3) : random.pick(texts);
}
