import type { StepOf, WindowsSpec } from './case-format.ts';
import type { Plain } from './column-types.ts';
import type { RandomDraft } from './random-draft.ts';
import {
  randomAggregator,
  randomKeyMapper,
  randomMerger,
  randomReducer,
  randomValueMapper,
} from './random-functions.ts';

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

export function aggregateStream(draft: RandomDraft): void {
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

export function aggregateTable(draft: RandomDraft): void {
  const from = draft.any('table');
  if (from === undefined) return;
  const { random } = draft;
  const as = draft.newName('g');
  const key = randomKeyMapper(random, from.key, from.value);
  const value = randomValueMapper(random, from.value);
  if (draft.add({ op: 'groupTable', from: from.name, as, key, value, name: draft.newName('by') }))
    addAggregation(draft, as);
}

export function cogroup(draft: RandomDraft): void {
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
  aggregateCogrouped(draft, windowed(draft, from, false), value);
}

function aggregateCogrouped(draft: RandomDraft, from: string, value: Plain): boolean {
  const thing = draft.get(from);
  if (thing === undefined) return false;
  const merge = thing.windows?.kind === 'session' ? { merge: randomMerger(draft.random, value) } : {};
  const store = thing.windows === undefined ? draft.newStore() : { store: draft.newName('store') };
  const named = { from, as: draft.newName('a'), ...store };
  return draft.add({ op: 'aggregate', ...named, initial: initial(value), ...merge, value });
}

/** Another table of what was grouped, cogrouped or put in windows before. */
export function aggregateAgain(draft: RandomDraft): void {
  const from = draft.any(
    'grouped stream',
    'grouped table',
    'cogrouped stream',
    'windowed stream',
    'windowed cogrouped stream',
  );
  if (from === undefined) return;
  const { name, kind, adders } = from;
  if (adders === undefined)
    addAggregation(draft, kind === 'grouped stream' ? windowed(draft, name, true) : name);
  else {
    const source = kind === 'cogrouped stream' ? windowed(draft, name, false) : name;
    // Its aggregators go with one of them.
    if (!aggregateCogrouped(draft, source, 'string')) aggregateCogrouped(draft, source, 'long');
  }
}

/** One more grouping for what was cogrouped before. */
export function cogroupMore(draft: RandomDraft): void {
  const from = draft.any('cogrouped stream');
  const other = from === undefined ? undefined : draft.withKey(from.key, 'grouped stream');
  if (from === undefined || other === undefined) return;
  const { random } = draft;
  const add = randomAggregator(random, other.value, random.pick<Plain>(['string', 'long']));
  draft.add({ op: 'cogroup', from: from.name, with: other.name, as: draft.newName('c'), add });
}
