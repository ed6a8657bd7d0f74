import type { ValueTransformer } from '../src/processor.ts';
import type { KeyValueStore } from '../src/state-stores.ts';
import { Stores } from '../src/store-builder.ts';
import { type TableScenario, text } from './table-scenario.ts';

const keys = 'a b c a b -';
const l = { topic: 'l', keys, values: 'x0 x1 x2 - x3 -' };
const r = { topic: 'r', keys, values: 'y0 y1 y2 - -' };

type Transformer = ValueTransformer<string, string, string>;

const concat = (one: string | null, two: string | null): string => `${one}${two}`;
const not = (word: string) => (_key: string, value: string) => value !== word;
const stateless = (transform: Transformer['transform']) => (): Transformer => ({ transform });
const mark = stateless((_key, value) => (value === null ? null : `${value}t`));
const markGone = stateless((_key, value) => (value === null ? 'gone' : `${value}t`));
const markSome = stateless((_key, value) => {
  if (value === null) return 'gone';
  return value === 'x1' ? null : `${value}t`;
});

/** Counts the changes of each key; every fifth removes the row. */
function counting(): Transformer {
  let count: (key: string) => number = () => 0;
  return {
    init(context) {
      const seen = context.getStateStore<KeyValueStore<string, string>>('seen');
      count = (key) => {
        const next = Number(seen.get(key) ?? 0) + 1;
        seen.put(key, String(next));
        return next;
      };
    },
    transform(key, value) {
      const number = count(key);
      return number % 5 === 0 ? null : `${value}${number}`;
    },
  };
}

/** `transformValues` and `filterNot` of tables: state, deletions, lookups, versions. */
export const tableTransformScenarios: readonly TableScenario[] = [
  {
    name: 'transform',
    seed: 3,
    inputs: [l, r],
    build(builder) {
      const left = builder.table('l', text);
      const right = builder.table('r', text);
      builder.addStateStore(Stores.keyValueStore('seen', text));
      left
        .transformValues(stateless((key, value) => `${key}${value}`))
        .toStream()
        .to('plain', text);
      left
        .transformValues(counting, { name: 'n', stores: ['seen'] })
        .toStream()
        .to('counting', text);
      left
        .transformValues(markSome, { materialized: { name: 'tm', ...text } })
        .filter(not('x2t'))
        .toStream()
        .to('kept');
      left
        .transformValues(markSome)
        .filterNot((_key, value) => value === 'x2t')
        .toStream()
        .to('not-kept', text);
      left
        .filterNot((_key, value) => value === 'x1', { materialized: { name: 'fnm', ...text } })
        .transformValues(mark)
        .outerJoin(right, concat, { name: 'o' })
        .toStream()
        .to('outer', text);
      right.leftJoin(left.transformValues(markGone), concat, { name: 'o2' }).toStream().to('left', text);
      right
        .join(left.transformValues(mark).filter(not('x2t')), concat, { name: 'o3' })
        .filter((_key, value) => value.includes('1'))
        .toStream()
        .to('inner', text);
      left
        .transformValues(stateless((_key, value) => (value === null ? null : value.slice(1))))
        .groupBy((key, value) => [value, key], { name: 'g', ...text })
        .reduce(
          (_all, value) => value,
          (all, value) => (all === value ? null : all),
          { name: 'gm', ...text },
        )
        .toStream()
        .to('grouped');
    },
    topics: [
      ...['plain', 'counting', 'kept', 'app-tm-changelog', 'not-kept', 'outer', 'left', 'inner', 'grouped'],
    ],
  },
  {
    name: 'transform-versioned',
    seed: 5,
    spread: 60,
    inputs: [l, r],
    build(builder) {
      const rows = builder.table('l', { ...text, store: 'lv', historyRetentionMs: 20 });
      const marked = rows.transformValues(markGone);
      marked.filter(not('x1t')).toStream().to('filtered', text);
      builder
        .stream('r', text)
        .leftJoin(marked, concat, { name: 'j', ...text })
        .to('joined', text);
      rows
        .transformValues(mark, { materialized: { name: 'tv', historyRetentionMs: 15, ...text } })
        .filter(not('x1t'))
        .toStream()
        .to('versioned');
    },
    topics: ['filtered', 'joined', 'versioned', 'app-tv-changelog'],
  },
];
