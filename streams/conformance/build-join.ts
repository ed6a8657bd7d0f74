import { JoinWindows } from '../src/windows.ts';
import { serdeOf } from './column-serdes.ts';
import { joiner, keyMapper, type OfThree } from './functions.ts';
import type { Options } from './loose-dsl.ts';
import { type ResolvedOf, serdes, storeOptions, type Workbench } from './workbench.ts';

type JoinStep = ResolvedOf<
  'joinStreams' | 'joinTable' | 'joinGlobalTable' | 'joinTables' | 'joinByForeignKey'
>;

const METHODS = { inner: 'join', left: 'leftJoin', outer: 'outerJoin' } as const;

/** Adds one of the joins. */
export function addJoin(step: JoinStep, bench: Workbench): void {
  switch (step.op) {
    case 'joinStreams':
      joinStreams(step, bench);
      return;
    case 'joinTable': {
      const grace = step.grace === undefined ? {} : { gracePeriodMs: step.grace };
      const joined = { name: step.name, ...serdes(step.types.key, step.types.value), ...grace };
      const stream = bench.stream(step.from);
      const made = stream[METHODS[step.how]](bench.table(step.with), ofStream(joiner(step.joiner)), joined);
      bench.keep(step.as, made);
      return;
    }
    case 'joinGlobalTable': {
      const stream = bench.stream(step.from);
      const key = keyMapper(step.key);
      const made = stream[METHODS[step.how]](bench.table(step.with), key, ofStream(joiner(step.joiner)));
      bench.keep(step.as, made);
      return;
    }
    case 'joinTables': {
      const table = bench.table(step.from);
      const made = table[METHODS[step.how]](
        bench.table(step.with),
        ofTables(joiner(step.joiner)),
        named(step),
      );
      bench.keep(step.as, made);
      return;
    }
    case 'joinByForeignKey': {
      const table = bench.table(step.from);
      const extractor = keyMapper(step.foreignKey);
      const foreignKey = (value: unknown, key: unknown): unknown => extractor(key, value);
      const join = ofTables(joiner(step.joiner));
      bench.keep(step.as, table[METHODS[step.how]](bench.table(step.with), foreignKey, join, named(step)));
      return;
    }
  }
}

function joinStreams(step: ResolvedOf<'joinStreams'>, bench: Workbench): void {
  const { before, after, grace } = step.windows;
  const widest = Math.max(0, before, after);
  const windows = JoinWindows.ofTimeDifferenceAndGrace(widest, grace).before(before).after(after);
  const { key, value, otherValue } = step.types;
  const joined: Options = {
    name: step.name,
    ...serdes(key, value),
    ...(otherValue === undefined ? {} : { otherValue: serdeOf(otherValue) }),
  };
  const stream = bench.stream(step.from);
  const other = bench.stream(step.with);
  bench.keep(step.as, stream[METHODS[step.how]](other, ofStream(joiner(step.joiner)), windows, joined));
}

function ofStream(join: OfThree): (value: unknown, other: unknown, key: unknown) => unknown {
  return (value, other, key) => join(key, value, other);
}

/** Joiners of tables are not told the key. */
function ofTables(join: OfThree): (value: unknown, other: unknown) => unknown {
  return (value, other) => join(null, value, other);
}

function named(step: ResolvedOf<'joinTables' | 'joinByForeignKey'>): Options {
  const { outKey, outValue } = step.types;
  const { name, store, historyRetention } = step;
  if (store === undefined) return { name };
  return { name, materialized: storeOptions({ store, historyRetention }, outKey, outValue) };
}
