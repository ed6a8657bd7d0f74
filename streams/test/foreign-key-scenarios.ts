import type { StreamsBuilder } from '../src/streams-builder.ts';
import { type TableScenario, text } from './table-scenario.ts';

const left = { topic: 'l', keys: 'a b c d a b -', values: 'p1 p2 q1 q2 r1 n1 n2 - p1 q1 -' };
const right = { topic: 'r', keys: 'p q r p q -', values: 'P1 P2 P3 - -' };
const inputs = [left, right, left];
const own = [
  'app-j-subscription-registration-topic',
  'app-j-subscription-response-topic',
  'app-j-subscription-store-changelog',
];

const join = (one: string, two: string | null): string => `${one}/${two}`;
const notP2 = (one: string, two: string | null): string | null => (two === 'P2' ? null : `${one}${two}`);
const pointer = (value: string): string | null => (value.startsWith('n') ? null : value.slice(0, 1));
const ending = (value: string): string => value.slice(-31);

function tables(builder: StreamsBuilder) {
  return { l: builder.table('l', text), r: builder.table('r', text) };
}

const chained: TableScenario = {
  name: 'chained',
  seed: 13,
  spread: 14,
  inputs: [...inputs, { topic: 's', keys: '1 2 3 a b', values: 'S1 S2 -' }],
  build(builder) {
    const { l, r } = tables(builder);
    const s = builder.table('s', text);
    const one = l.leftJoin(r, pointer, join, { name: 'j', materialized: { name: 'jm', ...text } });
    const second = (value: string): string | null => (value.endsWith('null') ? null : value.slice(-1));
    one
      .join(s, second, join, { name: 'j2', materialized: { name: 'jm2', ...text } })
      .toStream()
      .to('out', text);
    s.outerJoin(one, (a, b) => `${a}/${b}`, { name: 'k' })
      .toStream()
      .to('out2', text);
  },
  topics: [...own, 'out', 'out2', 'app-j2-subscription-registration-topic', 'app-jm2-changelog'],
};

const regrouped: TableScenario = {
  name: 'regrouped',
  seed: 17,
  spread: 14,
  inputs,
  build(builder) {
    const { l, r } = tables(builder);
    const unlessQ1 = l.mapValues((value) => (value === 'q1' ? null : value));
    const latest = r
      .groupBy((key, value) => [key, value], { name: 'g', ...text })
      .reduce(
        (_all, value) => value,
        (all, value) => (all === value ? null : all),
        { name: 'gm', ...text },
      );
    l.outerJoin(unlessQ1, (one) => one, { name: 'o', materialized: { name: 'om', ...text } })
      .leftJoin(latest, pointer, join, { name: 'j', materialized: { name: 'jm', ...text } })
      .groupBy((_key, value) => [value.slice(0, 1), value], { name: 'g2', ...text })
      .reduce(
        (all, value) => ending(`${all}+${value}`),
        (all, value) => ending(`${all}-${value}`),
        { name: 'g2m', ...text },
      )
      .toStream()
      .to('out');
  },
  topics: [...own, 'out'],
};

/** Joins of tables by foreign key: what is asked and answered, stale answers, stores, self joins, chains. */
export const foreignKeyScenarios: readonly TableScenario[] = [
  {
    name: 'inner',
    seed: 3,
    spread: 14,
    inputs,
    build(builder) {
      const { l, r } = tables(builder);
      l.join(r, pointer, join, { name: 'j' }).toStream().to('out', text);
    },
    topics: [...own, 'out'],
  },
  {
    name: 'left',
    seed: 5,
    spread: 14,
    inputs,
    build(builder) {
      const { l, r } = tables(builder);
      l.leftJoin(r, pointer, join, { name: 'j' }).toStream().to('out', text);
    },
    topics: [...own, 'out'],
  },
  {
    name: 'inner-store',
    seed: 7,
    spread: 14,
    inputs,
    build(builder) {
      const { l, r } = tables(builder);
      l.join(r, pointer, notP2, { name: 'j', materialized: { name: 'jm', ...text } })
        .filter((_key, value) => value.includes('1'))
        .toStream()
        .to('out');
    },
    topics: [...own, 'out', 'app-jm-changelog'],
  },
  {
    name: 'left-store',
    seed: 9,
    spread: 14,
    inputs,
    build(builder) {
      const { l, r } = tables(builder);
      l.leftJoin(r, pointer, notP2, { name: 'j', materialized: { name: 'jm', ...text } })
        .filter((_key, value) => value.includes('1'))
        .toStream()
        .to('out');
    },
    topics: [...own, 'out', 'app-jm-changelog'],
  },
  {
    name: 'steps',
    seed: 11,
    spread: 14,
    inputs,
    build(builder) {
      const { l, r } = tables(builder);
      const marked = r.mapValues((value) => (value === 'P3' ? null : `${value}m`), {
        materialized: { name: 'marked', ...text },
      });
      const to = (value: string, key: string): string | null => (key === 'd' ? 'q' : pointer(value));
      l.filter((_key, value) => value !== 'p2')
        .join(marked, to, join, { name: 'j', materialized: { name: 'jm', ...text } })
        .join(l, (one, two) => `${one}/${two}`, { name: 'k' })
        .toStream()
        .to('out', text);
    },
    topics: [...own, 'out'],
  },
  chained,
  {
    name: 'self',
    seed: 15,
    spread: 14,
    inputs: [{ topic: 'l', keys: 'a b c d -', values: 'a b c d -' }],
    build(builder) {
      const l = builder.table('l', text);
      const itself = (value: string): string => value;
      l.join(l, itself, join, { name: 'j' }).toStream().to('out', text);
      l.leftJoin(l, itself, join, { name: 'j2' }).toStream().to('out2', text);
    },
    topics: [...own, 'out', 'out2'],
  },
  regrouped,
];
