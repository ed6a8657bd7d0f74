import type { StepOf, WindowsSpec } from './case-format.ts';
import type { Plain } from './column-types.ts';
import type { TransformerSpec } from './function-format.ts';
import type { RandomDraft } from './random-draft.ts';
import {
  randomAggregator,
  randomJoiner,
  randomKeyMapper,
  randomMerger,
  randomPredicate,
  randomReducer,
  randomValueMapper,
} from './random-functions.ts';
import { addRandomProcessor } from './random-processors.ts';

/** Adds one operator, with the steps around it, where something is there to put it on. */
export type RandomOperator = (draft: RandomDraft) => void;

/** Every operator, as often as it should come. */
export const RANDOM_OPERATORS: readonly [RandomOperator, ...RandomOperator[]] = [
  readAgain,
  readAgain,
  filter,
  mapValues,
  mapKeys,
  flatMap,
  branch,
  merge,
  repartition,
  addRandomProcessor,
  toTable,
  toStream,
  toStream,
  joinStreams,
  joinStreams,
  joinTable,
  joinTable,
  joinGlobalTable,
  joinTables,
  joinTables,
  joinByForeignKey,
  joinByForeignKey,
  aggregateStream,
  aggregateStream,
  aggregateStream,
  aggregateStream,
  aggregateTable,
  aggregateTable,
  cogroup,
  suppress,
  suppress,
  transformValues,
];

/** Another stream of topics that are read already. */
function readAgain(draft: RandomDraft): void {
  const { random, steps } = draft;
  const read = random.pickFrom(steps.filter((step) => step.op === 'stream'));
  if (read === undefined) return;
  const topics = random.chance(0.5) ? read.topics : read.topics.toReversed();
  draft.add({ ...read, as: draft.newName('s'), topics });
}

function filter(draft: RandomDraft): void {
  const from = draft.any('stream', 'table');
  if (from === undefined) return;
  const store = from.kind === 'table' && draft.random.chance(0.3) ? draft.newStore() : {};
  draft.add({
    op: draft.random.pick(['filter', 'filterNot']),
    from: from.name,
    as: draft.newName('f'),
    when: randomPredicate(draft.random, from.key, from.value),
    ...store,
  });
}

function mapValues(draft: RandomDraft): void {
  const from = draft.any('stream', 'table');
  if (from === undefined) return;
  const store = from.kind === 'table' && draft.random.chance(0.3) ? draft.newStore() : {};
  const mapper = randomValueMapper(draft.random, from.value);
  draft.add({ op: 'mapValues', from: from.name, as: draft.newName('m'), with: mapper, ...store });
}

function mapKeys(draft: RandomDraft): void {
  const from = draft.any('stream');
  if (from === undefined) return;
  const { random } = draft;
  const key = randomKeyMapper(random, from.key, from.value);
  const as = draft.newName('k');
  if (random.chance(0.5)) draft.add({ op: 'selectKey', from: from.name, as, key });
  else draft.add({ op: 'map', from: from.name, as, key, value: randomValueMapper(random, from.value) });
}

function flatMap(draft: RandomDraft): void {
  const from = draft.any('stream');
  if (from === undefined) return;
  const { random } = draft;
  const each =
    from.value === 'string' && random.chance(0.6)
      ? ({ fn: 'words' } as const)
      : ({ fn: 'repeat', times: random.whole(0, 2) } as const);
  const as = draft.newName('x');
  const key = randomKeyMapper(random, from.key, from.value);
  if (random.chance(0.5)) draft.add({ op: 'flatMapValues', from: from.name, as, each });
  else draft.add({ op: 'flatMap', from: from.name, as, each, key });
}

function branch(draft: RandomDraft): void {
  const from = draft.any('stream');
  if (from === undefined) return;
  const branches = [draft.newName('b'), draft.newName('b')].map((as) => ({
    as,
    when: randomPredicate(draft.random, from.key, from.value),
  }));
  const otherwise = draft.random.chance(0.5) ? { otherwise: draft.newName('b') } : {};
  draft.add({ op: 'branch', from: from.name, branches, ...otherwise });
}

function merge(draft: RandomDraft): void {
  const from = draft.any('stream');
  const other = from === undefined ? undefined : draft.withKey(from.key, 'stream');
  if (from === undefined || other === undefined) return;
  draft.add({ op: 'merge', from: from.name, with: other.name, as: draft.newName('u') });
}

function repartition(draft: RandomDraft): void {
  const from = draft.any('stream');
  if (from === undefined) return;
  draft.add({ op: 'repartition', from: from.name, as: draft.newName('r'), name: draft.newName('through') });
}

function toTable(draft: RandomDraft): void {
  const from = draft.any('stream');
  if (from === undefined) return;
  draft.add({
    op: 'toTable',
    from: from.name,
    as: draft.newName('t'),
    ...draft.newStore(),
  });
}

function toStream(draft: RandomDraft): void {
  const from = draft.any('table');
  if (from === undefined) return;
  const isPlain = typeof from.key === 'string';
  const { random } = draft;
  const key = random.chance(isPlain ? 0.2 : 0.6)
    ? { key: randomKeyMapper(random, from.key, from.value) }
    : {};
  draft.add({ op: 'toStream', from: from.name, as: draft.newName('s'), ...key });
}

function joinStreams(draft: RandomDraft): void {
  const from = draft.any('stream');
  const other = from === undefined ? undefined : draft.withKey(from.key, 'stream');
  if (from === undefined || other === undefined) return;
  const { random } = draft;
  const [before, after] = [random.pick([0, 5, 10, 20]), random.pick([0, 5, 10, 20])];
  draft.add({
    op: 'joinStreams',
    how: random.pick(['inner', 'left', 'outer']),
    from: from.name,
    with: other.name,
    as: draft.newName('j'),
    name: draft.newName('join'),
    joiner: randomJoiner(random, from.value, other.value),
    windows: { before, after, grace: random.pick([0, 5, 20]) },
  });
}

function joinTable(draft: RandomDraft): void {
  const from = draft.any('stream');
  const other = from === undefined ? undefined : draft.withKey(from.key, 'table');
  if (from === undefined || other === undefined) return;
  const { random } = draft;
  const waits = other.versioned === true && random.chance(0.7);
  // Kafka Streams' buffer fails at a null key.
  const keyed = draft.newName('f');
  if (waits) draft.add({ op: 'filterNot', from: from.name, as: keyed, when: { fn: 'key-is-null' } });
  draft.add({
    op: 'joinTable',
    how: random.pick(['inner', 'left']),
    from: waits ? keyed : from.name,
    with: other.name,
    as: draft.newName('j'),
    name: draft.newName('join'),
    joiner: randomJoiner(random, from.value, other.value),
    ...(waits ? { grace: random.pick([0, 5, 20]) } : {}),
  });
}

function joinGlobalTable(draft: RandomDraft): void {
  const from = draft.any('stream');
  const other = draft.any('global table');
  if (from === undefined || other === undefined) return;
  const { random } = draft;
  draft.add({
    op: 'joinGlobalTable',
    how: random.pick(['inner', 'left']),
    from: from.name,
    with: other.name,
    as: draft.newName('j'),
    key: randomKeyMapper(random, from.key, from.value),
    joiner: randomJoiner(random, from.value, other.value),
  });
}

function joinTables(draft: RandomDraft): void {
  const from = draft.any('table');
  const other = from === undefined ? undefined : draft.withKey(from.key, 'table');
  if (from === undefined || other === undefined) return;
  const { random } = draft;
  draft.add({
    op: 'joinTables',
    how: random.pick(['inner', 'left', 'outer']),
    from: from.name,
    with: other.name,
    as: draft.newName('j'),
    name: draft.newName('join'),
    joiner: randomJoiner(random, from.value, other.value),
    ...(random.chance(0.4) ? draft.newStore() : {}),
  });
}

function joinByForeignKey(draft: RandomDraft): void {
  const from = draft.any('table');
  const other = draft.any('table');
  if (from === undefined || other === undefined) return;
  const { random } = draft;
  draft.add({
    op: 'joinByForeignKey',
    how: random.pick(['inner', 'left']),
    from: from.name,
    with: other.name,
    as: draft.newName('j'),
    name: draft.newName('join'),
    foreignKey: randomKeyMapper(random, from.key, from.value),
    joiner: randomJoiner(random, from.value, other.value),
    // Without a store, later steps that look rows up would ask for serdes.
    ...draft.newStore(),
  });
}

/** A grouping of a stream, by its own key or by another. */
function group(draft: RandomDraft): string | undefined {
  const from = draft.any('stream');
  if (from === undefined) return undefined;
  const as = draft.newName('g');
  const name = draft.newName('by');
  const key = randomKeyMapper(draft.random, from.key, from.value);
  const added = draft.random.chance(0.5)
    ? draft.add({ op: 'groupByKey', from: from.name, as, name })
    : draft.add({ op: 'groupBy', from: from.name, as, key, name });
  return added ? as : undefined;
}

function randomWindows(draft: RandomDraft): WindowsSpec {
  const { random } = draft;
  const grace = random.pick([0, 5, 20]);
  return random.pick<WindowsSpec>([
    { kind: 'tumbling', size: random.pick([5, 10, 30]), grace },
    { kind: 'hopping', size: 20, advance: random.pick([5, 7, 10]), grace },
    { kind: 'sliding', difference: random.pick([1, 5, 15]), grace },
    { kind: 'session', gap: random.pick([0, 5, 15]), grace },
  ]);
}

function windowed(draft: RandomDraft, from: string, mayEmit: boolean): string {
  if (!draft.random.chance(0.6)) return from;
  const emits = mayEmit && draft.random.chance(0.3) ? ({ emit: 'on-window-close' } as const) : {};
  const as = draft.newName('w');
  const step: StepOf<'windowedBy'> = { op: 'windowedBy', from, as, windows: randomWindows(draft), ...emits };
  return draft.add(step) ? as : from;
}

function aggregateStream(draft: RandomDraft): void {
  const grouped = group(draft);
  if (grouped === undefined) return;
  addAggregation(draft, windowed(draft, grouped, true));
}

function addAggregation(draft: RandomDraft, from: string): void {
  const { random } = draft;
  const thing = draft.get(from);
  if (thing === undefined) return;
  const longer = thing.windows !== undefined && random.chance(0.2) ? { retention: 100_000 } : {};
  const store = thing.windows === undefined ? draft.newStore() : { store: draft.newName('store') };
  const unlogged = random.chance(0.05) ? { logged: false } : {};
  const named = { from, as: draft.newName('a'), ...store, ...longer, ...unlogged };
  const isTable = thing.kind === 'grouped table';
  const way = random.whole(0, 2);
  if (way === 0) draft.add({ op: 'count', ...named });
  else if (way === 1) {
    const subtract = isTable ? { subtract: randomReducer(random, thing.value) } : {};
    draft.add({ op: 'reduce', ...named, with: randomReducer(random, thing.value), ...subtract });
  } else {
    const value = random.pick<Plain>(
      thing.value === 'long' ? ['string', 'long'] : ['string', 'string', 'long'],
    );
    const subtract = isTable ? { subtract: randomAggregator(random, thing.value, value) } : {};
    const merge = thing.windows?.kind === 'session' ? { merge: randomMerger(random, value) } : {};
    const add = randomAggregator(random, thing.value, value);
    draft.add({ op: 'aggregate', ...named, initial: initial(value), add, ...subtract, ...merge, value });
  }
}

function initial(value: Plain): string | number {
  return value === 'long' ? 0 : '';
}

function aggregateTable(draft: RandomDraft): void {
  const from = draft.any('table');
  if (from === undefined) return;
  const { random } = draft;
  const as = draft.newName('g');
  const key = randomKeyMapper(random, from.key, from.value);
  const value = randomValueMapper(random, from.value);
  if (draft.add({ op: 'groupTable', from: from.name, as, key, value, name: draft.newName('by') }))
    addAggregation(draft, as);
}

function cogroup(draft: RandomDraft): void {
  const first = group(draft);
  const one = first === undefined ? undefined : draft.get(first);
  if (one === undefined) return;
  const { random } = draft;
  const value = random.pick<Plain>(['string', 'string', 'long']);
  let from = draft.newName('c');
  if (
    !draft.add({ op: 'cogroup', from: one.name, as: from, add: randomAggregator(random, one.value, value) })
  )
    return;
  const second = random.chance(0.8) ? group(draft) : undefined;
  const two = second === undefined ? undefined : draft.get(second);
  if (two !== undefined) {
    const as = draft.newName('c');
    const add = randomAggregator(random, two.value, value);
    if (draft.add({ op: 'cogroup', from, with: two.name, as, add })) from = as;
  }
  const source = windowed(draft, from, false);
  const merge = draft.get(source)?.windows?.kind === 'session' ? { merge: randomMerger(random, value) } : {};
  const store = source === from ? draft.newStore() : { store: draft.newName('store') };
  const named = { from: source, as: draft.newName('a'), ...store };
  draft.add({ op: 'aggregate', ...named, initial: initial(value), ...merge, value });
}

function transformValues(draft: RandomDraft): void {
  const from = draft.any('table');
  if (from === undefined) return;
  const { random } = draft;
  const counts = draft.newName('store');
  const transformer = random.pick<TransformerSpec>([
    { fn: 'number', store: counts },
    { fn: 'with-time' },
    { fn: 'fill', text: 'none' },
  ]);
  if (transformer.fn === 'number') {
    if (typeof from.key !== 'string') return;
    draft.add({ op: 'store', store: counts, kind: 'key-value', key: from.key, value: 'long' });
  }
  const own = random.chance(0.5) ? draft.newStore() : {};
  const named = { from: from.name, as: draft.newName('v'), name: draft.newName('transform') };
  const added = draft.add({ op: 'transformValues', ...named, transformer, ...own });
  if (!added && transformer.fn === 'number') draft.dropLast();
}

function suppress(draft: RandomDraft): void {
  const from = draft.any('table');
  if (from === undefined) return;
  const { random } = draft;
  const named = { from: from.name, as: draft.newName('p'), name: draft.newName('hold') };
  if (typeof from.key !== 'string' && random.chance(0.7)) {
    draft.add({ op: 'suppress', ...named, until: 'window-closes' });
    return;
  }
  const full = random.chance(0.4)
    ? { maxRecords: random.whole(1, 3), whenFull: random.pick(['emit', 'emit', 'shut-down'] as const) }
    : {};
  draft.add({ op: 'suppress', ...named, until: random.pick([0, 5, 20]), ...full });
}
