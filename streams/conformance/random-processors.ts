import type { StepOf } from './case-format.ts';
import type { Plain } from './column-types.ts';
import type { ProcessorSpec } from './function-format.ts';
import type { RandomDraft } from './random-draft.ts';

type Kept = StepOf<'store'>['kind'];

interface Choice {
  readonly kind: Kept | null;
  readonly value?: Plain;
  spec(store: string, draft: RandomDraft): ProcessorSpec;
}

const TIMES = ['stream-time', 'wall-clock-time'] as const;

const CHOICES: readonly [Choice, ...Choice[]] = [
  { kind: 'key-value', value: 'long', spec: (store) => ({ fn: 'count', store }) },
  { kind: 'key-value', spec: (store) => ({ fn: 'drop-repeated', store }) },
  {
    kind: 'key-value',
    spec: (store, { random }) => ({
      fn: 'collect',
      store,
      every: random.pick([5, 10, 40]),
      time: random.pick(TIMES),
      clear: random.chance(0.5),
    }),
  },
  { kind: 'key-value', spec: (store, { random }) => ({ fn: 'scan', store, reverse: random.chance(0.5) }) },
  { kind: 'key-value', spec: (store) => ({ fn: 'put-if-absent', store }) },
  {
    kind: 'window',
    spec: (store, { random }) => ({ fn: 'window-put', store, before: random.pick([0, 10, 30]) }),
  },
  { kind: 'timestamped-key-value', spec: (store) => ({ fn: 'timestamped-put', store }) },
  {
    kind: 'timestamped-window',
    spec: (store, { random }) => ({
      fn: 'timestamped-window-put',
      store,
      before: random.pick([0, 10, 30]),
    }),
  },
  {
    kind: 'session',
    spec: (store, { random }) => ({ fn: 'session-put', store, gap: random.pick([0, 5, 15]) }),
  },
  {
    kind: 'versioned',
    spec: (store, { random }) => ({ fn: 'versioned-put', store, ago: random.pick([0, 5, 30]) }),
  },
  { kind: null, spec: () => ({ fn: 'times' }) },
  {
    kind: null,
    spec: (_store, { random }) => ({
      fn: 'tick',
      every: random.pick([5, 10, 40]),
      time: random.pick(TIMES),
      ...(random.chance(0.4) ? { times: random.whole(1, 3) } : {}),
    }),
  },
  { kind: null, spec: () => ({ fn: 'add-header', name: 'added', text: 'yes' }) },
  { kind: null, spec: () => ({ fn: 'remove-headers' }) },
  { kind: null, spec: () => ({ fn: 'swap' }) },
  { kind: null, spec: (_store, { random }) => ({ fn: 'shift-timestamp', by: random.whole(-15, 15) }) },
];

/** Adds a processor, and the store it needs. */
export function addRandomProcessor(draft: RandomDraft): void {
  const from = draft.any('stream');
  if (from === undefined || typeof from.key !== 'string' || typeof from.value !== 'string') return;
  const { random } = draft;
  const choice = random.pick(CHOICES);
  const types = { key: from.key, value: choice.value ?? from.value };
  const known = draft.steps.find(
    (step) =>
      step.op === 'store' &&
      step.kind === choice.kind &&
      step.key === types.key &&
      step.value === types.value,
  );
  const shared = known?.op === 'store' && random.chance(0.4) ? known.store : null;
  const store = shared ?? draft.newName('store');
  const spec = choice.spec(store, draft);
  const keeps = spec.fn !== 'collect' && spec.fn !== 'tick' && spec.fn !== 'swap';
  if (choice.kind !== null && shared === null) {
    const isWindow = choice.kind === 'window' || choice.kind === 'timestamped-window';
    const windows = isWindow ? { size: 10, duplicates: random.chance(0.3) } : {};
    const retention = choice.kind.endsWith('key-value') ? {} : { retention: random.pick([20, 100, 60_000]) };
    draft.add({ op: 'store', store, kind: choice.kind, ...types, ...windows, ...retention });
  }
  const added = draft.add({
    op: keeps && random.chance(0.5) ? 'processValues' : 'process',
    from: from.name,
    as: draft.newName('q'),
    name: draft.newName('step'),
    processor: spec,
  });
  if (!added && choice.kind !== null && shared === null) draft.dropLast();
}
