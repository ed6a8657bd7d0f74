import type { TransformerSpec } from './function-format.ts';
import {
  aggregateAgain,
  aggregateStream,
  aggregateTable,
  cogroup,
  cogroupMore,
} from './random-aggregations.ts';
import type { RandomDraft } from './random-draft.ts';
import { randomJoiner, randomKeyMapper, randomPredicate, randomValueMapper } from './random-functions.ts';
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
  aggregateAgain,
  aggregateAgain,
  cogroup,
  cogroupMore,
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
