import type { KeyValue } from '../src/dsl-options.ts';
import { Serdes } from '../src/serdes.ts';
import { type TableScenario, text } from './table-scenario.ts';

const values = 'p1 p2 q1 q2 r1 n1 p9 - p1 q12 -';
const inputs = [{ topic: 't', keys: 'a b c d e -', values }];

/** `p12` is the value 12 of group p; group n and the value 9 are none. */
function toGroup(_key: string, value: string): KeyValue<string | null, string | null> {
  return [value.startsWith('n') ? null : value.slice(0, 1), value[1] === '9' ? null : value.slice(1)];
}

const cut = (value: string): string => value.slice(0, 40);

function strip(aggregate: string, value: string): string | null {
  const rest = aggregate.replace(new RegExp(`\\.${value}(?!\\d)`), '');
  return rest === '' ? null : rest;
}

const list = [
  () => '',
  (_key: string, value: string, all: string): string => cut(`${all}.${value}`),
  (_key: string, value: string, all: string): string | null => strip(all, value),
] as const;

const add = (all: string, value: string): string => cut(`${all}+${value}`);
const subtract = (all: string, value: string): string => cut(`${all}-${value}`);

/** Aggregations of grouped tables: what leaves a group and what comes, groups that vanish, two in a row. */
export const groupedTableScenarios: readonly TableScenario[] = [
  {
    name: 'count',
    seed: 3,
    spread: 14,
    inputs,
    build(builder) {
      builder
        .table('t', text)
        .groupBy(toGroup, { name: 'g', ...text })
        .count({ name: 'count' })
        .toStream()
        .to('count', { value: Serdes.long() });
    },
    topics: ['app-g-repartition', 'count', 'app-count-changelog'],
  },
  {
    name: 'reduce',
    seed: 5,
    spread: 14,
    inputs,
    build(builder) {
      const grouped = builder.table('t', text).groupBy(toGroup, text);
      grouped
        .reduce(add, subtract, { name: 'sum', ...text })
        .toStream()
        .to('sum');
      grouped
        .reduce(
          (sum, value) => String(Number(sum) + Number(value)),
          (sum, value) => (sum === value ? null : String(Number(sum) - Number(value))),
          { name: 'num', ...text },
        )
        .filter((_key, value) => value !== '3')
        .toStream()
        .to('num');
    },
    topics: [
      ...['app-sum-repartition', 'app-num-repartition', 'sum', 'num'],
      ...['app-sum-changelog', 'app-num-changelog'],
    ],
  },
  {
    name: 'aggregate',
    seed: 9,
    spread: 14,
    inputs,
    build(builder) {
      const table = builder.table('t', text);
      const grouped = table.filter((_key, value) => value !== 'q1').groupBy(toGroup, { name: 'g', ...text });
      grouped
        .aggregate(...list, { name: 'list', ...text })
        .toStream()
        .to('list');
      grouped
        .aggregate(
          () => '^',
          (key, value, all) => (value === '2' ? null : cut(`${key}${all}${value}`)),
          (_key, value, all) => cut(`${all}/${value}`),
          { name: 'odd', ...text },
        )
        .join(table, (one, two) => one + two, { name: 'j' })
        .toStream()
        .to('joined', text);
    },
    topics: ['app-g-repartition', 'list', 'app-list-changelog', 'app-odd-changelog', 'joined'],
  },
  {
    name: 'two-levels',
    seed: 21,
    spread: 14,
    inputs: [
      { topic: 't', keys: 'a b c d e -', values },
      { topic: 'u', keys: 'a b c d e', values: 'u1 -' },
    ],
    build(builder) {
      builder
        .table('t', text)
        .outerJoin(builder.table('u', text), (one) => one ?? 'p7', { name: 'o' })
        .groupBy(toGroup, { name: 'g', ...text })
        .aggregate(...list, { name: 'list', ...text })
        .groupBy((_key, value) => ['all', String(value.length)], { name: 'all', ...text })
        .reduce(add, subtract, { name: 'all', ...text })
        .toStream()
        .to('all');
    },
    topics: ['app-g-repartition', 'app-list-changelog', 'app-all-repartition', 'all'],
  },
];
