import { type TableScenario, text } from './table-scenario.ts';

const l = { topic: 'l', keys: 'a b c a b', values: 'x0 x1 x2 - x3 -' };
const r = { topic: 'r', keys: 'a b c a b', values: 'y0 y1 y2 - y3' };
const concat = (one: string, two: string | null): string => `${one}${two}`;
const versioned = { ...text, store: 'lv', historyRetentionMs: 40 };

/** Joins of streams with tables as of the records' time, after a grace period. */
export const graceJoinScenarios: readonly TableScenario[] = [
  {
    name: 'grace',
    seed: 3,
    spread: 40,
    inputs: [l, r, r],
    build(builder) {
      const table = builder.table('l', versioned);
      const stream = builder.stream('r', text);
      stream.join(table, concat, { name: 'j', ...text, gracePeriodMs: 10 }).to('join', text);
      stream.leftJoin(table, concat, { name: 'k', ...text, gracePeriodMs: 0 }).to('left0', text);
      const mapped = table.mapValues((value) => (value === 'x2' ? null : `${value}m`));
      stream.leftJoin(mapped, concat, { name: 'm', ...text, gracePeriodMs: 25 }).to('left', text);
    },
    topics: ['join', 'left0', 'left'],
  },
  {
    name: 'grace-rekeyed',
    seed: 5,
    spread: 40,
    inputs: [{ ...l, keys: 'ak bk ck' }, r, r],
    build(builder) {
      const table = builder.table('l', versioned);
      builder
        .stream('r', text)
        .selectKey((key) => `${key}k`)
        .join(table, concat, { name: 'j', ...text, gracePeriodMs: 10 })
        .groupByKey(text)
        .reduce((_last, value) => value, { name: 'last', ...text })
        .toStream()
        .to('out');
    },
    topics: ['app-j-repartition', 'out', 'app-last-changelog'],
  },
];
