import { type TableScenario, text } from './table-scenario.ts';

const keys = 'a b c a b -';
const sides = [
  { topic: 'l', keys, values: 'x0 x1 x2 - x3' },
  { topic: 'r', keys, values: 'y0 y1 y2 - -' },
];
const three = [
  { topic: 'l', keys: 'a b a b -', values: 'x0 x1 - x3' },
  { topic: 'r', keys: 'a b a b -', values: 'y0 y1 - -' },
  { topic: 't', keys: 'a b a b -', values: 'z0 z1 - -' },
];

const concat = (one: string | null, two: string | null): string => `${one}${two}`;

/** No result for two values with the same digit. */
function differing(one: string | null, two: string | null): string | null {
  return one !== null && two !== null && one[1] === two[1] ? null : `${one}${two}`;
}

function tables(builder: Parameters<TableScenario['build']>[0]) {
  return { left: builder.table('l', text), right: builder.table('r', text) };
}

const joinerNull: TableScenario = {
  name: 'joiner-null',
  seed: 13,
  inputs: sides,
  build(builder) {
    const { left, right } = tables(builder);
    const rare = (_key: string, value: string | null): boolean => !`${value}`.includes('y2');
    const kept = (name: string) => ({ name, materialized: { name: `${name}m`, ...text } });
    const named = (name: string) => ({ name });
    left.join(right, differing, kept('i')).filter(rare).toStream().to('inner', text);
    left.leftJoin(right, differing, kept('f')).filter(rare).toStream().to('left', text);
    left.outerJoin(right, differing, kept('o')).filter(rare).toStream().to('outer', text);
    left.join(right, differing, named('i2')).filter(rare).toStream().to('inner2', text);
    left.leftJoin(right, differing, named('f2')).filter(rare).toStream().to('left2', text);
    left.outerJoin(right, differing, named('o2')).filter(rare).toStream().to('outer2', text);
    left.leftJoin(right, differing, named('f3')).toStream().to('left3', text);
    left.outerJoin(right, differing, named('o3')).toStream().to('outer3', text);
  },
  topics: [
    ...['inner', 'left', 'outer', 'inner2', 'left2', 'outer2', 'left3', 'outer3'],
    ...['app-im-changelog', 'app-fm-changelog', 'app-om-changelog'],
  ],
};

const chained: TableScenario = {
  name: 'chained',
  seed: 17,
  inputs: three,
  build(builder) {
    const { left, right } = tables(builder);
    const third = builder.table('t', text);
    const joined = (name: string) => left.outerJoin(right, concat, { name });
    joined('o').join(third, concat, { name: 'c1' }).toStream().to('c1', text);
    third.leftJoin(joined('o2'), concat, { name: 'c2' }).toStream().to('c2', text);
    left
      .leftJoin(right, differing, { name: 'o3' })
      .outerJoin(third, concat, { name: 'c3' })
      .toStream()
      .to('c3', text);
    third
      .outerJoin(left.join(right, differing, { name: 'o4' }), concat, { name: 'c4' })
      .toStream()
      .to('c4', text);
    const kept = left.outerJoin(right, differing, { name: 'o5', materialized: { name: 'o5m', ...text } });
    third
      .join(kept, concat, { name: 'c5', materialized: { name: 'c5m', ...text } })
      .filter((_key, value) => !value.includes('z1'))
      .toStream()
      .to('c5', text);
  },
  topics: ['c1', 'c2', 'c3', 'c4', 'c5', 'app-o5m-changelog', 'app-c5m-changelog'],
};

const selfAndSteps: TableScenario = {
  name: 'self-and-steps',
  seed: 19,
  inputs: sides,
  build(builder) {
    const { left, right } = tables(builder);
    left.join(left, concat, { name: 's1' }).toStream().to('s1', text);
    left.outerJoin(left, concat, { name: 's2' }).toStream().to('s2', text);
    left
      .leftJoin(left, concat, { name: 's3', materialized: { name: 's3m', ...text } })
      .filter((_key, value) => value.includes('1'))
      .toStream()
      .to('s3', text);
    const mark = (value: string): string | null => (value === 'x0' ? null : `${value}m`);
    const onlyOne = (_key: string, value: string): boolean => value === 'y1';
    const mapped = left.mapValues(mark);
    const filtered = right.filter(onlyOne);
    mapped.outerJoin(filtered, concat, { name: 's4' }).toStream().to('s4', text);
    filtered.leftJoin(mapped, concat, { name: 's5' }).toStream().to('s5', text);
    mapped.join(filtered, concat, { name: 's6' }).toStream().to('s6', text);
    left
      .mapValues(mark, { materialized: { name: 'mm', ...text } })
      .outerJoin(right.filter(onlyOne, { materialized: { name: 'ff', ...text } }), concat, { name: 's7' })
      .toStream()
      .to('s7', text);
  },
  topics: [
    ...['s1', 's2', 's3', 'app-s3m-changelog', 's4', 's5', 's6', 's7'],
    ...['app-mm-changelog', 'app-ff-changelog'],
  ],
};

/** Joins of tables by key: kinds, stores, old values, joiners without a result, joins of joins. */
export const tableJoinScenarios: readonly TableScenario[] = [
  {
    name: 'outer',
    seed: 7,
    inputs: sides,
    build(builder) {
      const { left, right } = tables(builder);
      left.outerJoin(right, concat, { name: 'o' }).toStream().to('outer', text);
    },
    topics: ['outer'],
  },
  {
    name: 'outer-stores',
    seed: 11,
    inputs: sides,
    build(builder) {
      const { left, right } = tables(builder);
      const store = (name: string) => ({ materialized: { name, ...text } });
      left
        .outerJoin(right, concat, { name: 'o', ...store('om') })
        .toStream()
        .to('outer', text);
      left
        .outerJoin(right, concat, { name: 'p' })
        .filter((_key, value) => value.includes('x'))
        .toStream()
        .to('filtered', text);
      left
        .outerJoin(right, concat, { name: 'q', ...store('qm') })
        .filter((_key, value) => value.includes('1'))
        .toStream()
        .to('filtered-store', text);
    },
    topics: ['outer', 'app-om-changelog', 'filtered', 'filtered-store', 'app-qm-changelog'],
  },
  joinerNull,
  chained,
  selfAndSteps,
];
