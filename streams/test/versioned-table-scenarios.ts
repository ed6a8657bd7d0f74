import { Serdes } from '../src/serdes.ts';
import type { StreamsBuilder } from '../src/streams-builder.ts';
import { type TableScenario, text } from './table-scenario.ts';
import { versionsOf } from './versioned-store-scenarios.ts';

const keys = 'a b c a b -';
const l = { topic: 'l', keys, values: 'x0 x1 x2 - x3 -' };
const r = { topic: 'r', keys, values: 'y0 y1 y2 - -' };

const concat = (one: string | null, two: string | null): string => `${one}${two}`;
const slashed = (one: string, two: string | null): string => `${one}/${two}`;
const pointer = (value: string): string | null => (value.startsWith('n') ? null : value.slice(0, 1));
const not = (word: string) => (_key: string, value: string) => value !== word;
const cut = (value: string): string => value.slice(0, 40);

function strip(aggregate: string, value: string): string | null {
  const rest = aggregate.replace(new RegExp(`\\.${value}(?!\\d)`), '');
  return rest === '' ? null : rest;
}

function versioned(name: string, historyRetentionMs: number) {
  return { name, historyRetentionMs, ...text };
}

function table(builder: StreamsBuilder, topic: string, historyRetentionMs: number) {
  return builder.table(topic, { ...text, store: `${topic}v`, historyRetentionMs });
}

const changelogs = (...stores: readonly string[]) => stores.map((store) => `app-${store}-changelog`);

const madeVersioned: TableScenario = {
  name: 'made-versioned',
  seed: 15,
  spread: 60,
  inputs: [l, r],
  build(builder) {
    const plain = builder.table('l', { ...text, store: 'lm' });
    const v = plain.mapValues((value) => value, { materialized: versioned('lv', 20) });
    v.filter(not('x1')).toStream().to('filtered');
    v.groupBy((key, value) => [value, key], { name: 'g', ...text })
      .count({ name: 'c', key: Serdes.string() })
      .toStream()
      .mapValues(String)
      .to('counts', text);
    const w = builder.stream('r', text).toTable(versioned('rv', 15));
    w.toStream().to('r2');
    w.filter((_key, value) => value === 'y1', { materialized: versioned('ff', 12) })
      .join(v, concat, { name: 'j', materialized: versioned('jv', 9) })
      .filter((_key, value) => value.endsWith('1'))
      .toStream()
      .to('j');
  },
  topics: ['filtered', 'counts', 'r2', 'j', ...changelogs('lv', 'jv')],
};

const joins: TableScenario = {
  name: 'joins',
  seed: 17,
  spread: 60,
  inputs: [l, r, { topic: 'p', keys, values: 'z0 z1 -' }],
  build(builder) {
    const left = table(builder, 'l', 20);
    const right = table(builder, 'r', 25);
    const plain = builder.table('p', text);
    const ones = (_key: string, value: string): boolean => value.includes('1');
    left.join(right, concat, { name: 'i' }).toStream().to('inner', text);
    left.leftJoin(right, concat, { name: 'f' }).toStream().to('left', text);
    left.outerJoin(right, concat, { name: 'o' }).toStream().to('outer', text);
    left.outerJoin(plain, concat, { name: 'o2' }).toStream().to('outer-plain', text);
    plain
      .leftJoin(left.filter(not('x2')), concat, { name: 'f2' })
      .toStream()
      .to('plain-left', text);
    left
      .join(right, concat, { name: 'iv', materialized: versioned('ivv', 10) })
      .filter(ones)
      .toStream()
      .to('inner-versioned');
    left
      .outerJoin(right, concat, { name: 'om', materialized: { name: 'omm', ...text } })
      .filter(ones)
      .toStream()
      .to('outer-plain-store');
  },
  topics: [
    ...['inner', 'left', 'outer', 'outer-plain', 'plain-left', 'inner-versioned', 'outer-plain-store'],
    ...changelogs('ivv', 'omm'),
  ],
};

const foreignKeys: TableScenario = {
  name: 'foreign-keys',
  seed: 19,
  spread: 60,
  inputs: [
    { topic: 'l', keys: 'a b c d a b -', values: 'p1 p2 q1 q2 r1 n1 n2 - p1 q1 -' },
    { topic: 'r', keys: 'p q r p q -', values: 'P1 P2 P3 - -' },
  ],
  build(builder) {
    const left = table(builder, 'l', 20);
    const right = table(builder, 'r', 25);
    left
      .join(right, pointer, slashed, { name: 'j', materialized: { name: 'jm', ...text } })
      .toStream()
      .to('inner');
    left
      .leftJoin(right, pointer, slashed, { name: 'j2', materialized: versioned('jv', 15) })
      .filter((_key, value) => value.includes('1'))
      .toStream()
      .to('left');
  },
  topics: [
    ...['app-j-subscription-registration-topic', 'app-j-subscription-response-topic', 'inner', 'left'],
    ...changelogs('jm', 'jv'),
  ],
};

const groups: TableScenario = {
  name: 'groups',
  seed: 21,
  spread: 60,
  inputs: [l, r],
  build(builder) {
    const left = table(builder, 'l', 20);
    const grouped = left
      .groupBy((_key, value) => [value.slice(1), value], { name: 'g', ...text })
      .aggregate(
        () => '',
        (_key, value, all) => cut(`${all}.${value}`),
        (_key, value, all) => strip(all, value),
        versioned('agg', 6),
      );
    grouped.toStream().to('agg');
    grouped
      .filter((_key, value) => value.length > 4)
      .toStream()
      .to('agg-filtered');
    const summed = builder
      .stream('r', text)
      .groupByKey()
      .aggregate(
        () => '',
        (_key, value, all) => (all.length > 8 ? null : all + value),
        versioned('sagg', 10),
      );
    summed.toStream().to('sagg');
    summed.join(left, concat, { name: 'j' }).toStream().to('joined', text);
  },
  topics: [
    ...['app-g-repartition', 'agg', 'agg-filtered', 'app-agg-changelog'],
    ...['sagg', 'app-sagg-changelog', 'joined'],
  ],
  after: (driver) => versionsOf(driver, 'sagg', 2),
};

/** Steps over tables that keep versions: who skips what is out of order, and who does not. */
export const versionedTableScenarios: readonly TableScenario[] = [
  {
    name: 'steps',
    seed: 13,
    spread: 60,
    inputs: [l],
    build(builder) {
      const source = table(builder, 'l', 20);
      source.toStream().to('all');
      source.filter(not('x1')).toStream().to('filtered');
      source
        .mapValues((value) => (value === 'x2' ? null : `${value}m`))
        .toStream()
        .to('mapped', text);
      for (const store of [versioned('fv', 10), { name: 'fm', ...text }]) {
        const kept = source.filter(not('x1'), { materialized: store });
        kept.filter(not('x2')).toStream().to(store.name);
      }
      source
        .filter(not('x1'))
        .mapValues((value) => `${value}!`, { materialized: versioned('mv', 10) })
        .toStream()
        .to('mv');
    },
    topics: ['all', 'filtered', 'mapped', 'fv', 'fm', 'mv', ...changelogs('lv', 'fv', 'fm', 'mv')],
    after: (driver) => versionsOf(driver, 'fv', 2),
  },
  madeVersioned,
  joins,
  foreignKeys,
  groups,
  {
    name: 'stream-table',
    seed: 23,
    spread: 60,
    inputs: [l, r],
    build(builder) {
      const rows = table(builder, 'l', 20);
      const stream = builder.stream('r', text);
      stream.join(rows, concat, { name: 'j', ...text }).to('join', text);
      const steps = rows.mapValues((value) => (value === 'x2' ? null : `${value}m`)).filter(not('x1m'));
      stream.leftJoin(steps, concat, { name: 'k', ...text }).to('left', text);
      stream
        .leftJoin(rows.join(rows, concat, { name: 'self' }), concat, { name: 'm', ...text })
        .to('joined', text);
    },
    topics: ['join', 'left', 'joined'],
  },
];
