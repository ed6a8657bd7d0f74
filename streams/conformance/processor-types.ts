import { CaseError } from './case-error.ts';
import type { StepOf } from './case-format.ts';
import { type Column, describeColumn, isSameColumn } from './column-types.ts';
import type { ProcessorSpec, TransformerSpec } from './function-format.ts';

type StoreStep = StepOf<'store'>;

export interface KeyAndValue {
  readonly key: Column;
  readonly value: Column;
}

/** Processors that make records of their own, or change keys: not for `processValues`. */
const CHANGES_KEYS: ReadonlySet<ProcessorSpec['fn']> = new Set(['collect', 'tick', 'swap']);

const KEY_VALUE: readonly StoreStep['kind'][] = ['key-value'];

/** Checks a processor with its store and returns the types it forwards. */
export function processedTypes(
  spec: ProcessorSpec,
  input: KeyAndValue,
  stores: ReadonlyMap<string, StoreStep>,
  keepsKeys: boolean,
): KeyAndValue {
  if (keepsKeys && CHANGES_KEYS.has(spec.fn))
    throw new CaseError(`"${spec.fn}" does not keep the key: use the step "process"`);
  const { key, value } = input;
  if (typeof key !== 'string')
    throw new CaseError('processors take plain keys, so map the windowed key first');
  const check = (kinds: readonly StoreStep['kind'][], stored: Column = value): void => {
    if (!('store' in spec)) return;
    checkStore(spec.fn, stores.get(spec.store), spec.store, kinds, { key, value: stored });
  };
  switch (spec.fn) {
    case 'count':
      check(KEY_VALUE, 'long');
      return { key, value: 'long' };
    case 'drop-repeated':
    case 'collect':
      check(KEY_VALUE);
      return input;
    case 'scan':
    case 'put-if-absent':
      check(KEY_VALUE);
      return { key, value: 'string' };
    case 'timestamped-put':
      check(['timestamped-key-value']);
      return { key, value: 'string' };
    case 'timestamped-window-put':
      check(['timestamped-window']);
      return { key, value: 'string' };
    case 'window-put':
      check(['window']);
      return { key, value: 'string' };
    case 'session-put':
      check(['session']);
      return { key, value: 'string' };
    case 'versioned-put':
      check(['versioned']);
      return { key, value: 'string' };
    case 'tick':
    case 'times':
      return { key, value: 'string' };
    case 'swap':
      return { key: value, value: key };
    case 'fail-when-contains':
      if (value !== 'string') throw new CaseError(`"${spec.fn}" takes a value that is a string`);
      return input;
    case 'add-header':
    case 'remove-headers':
    case 'shift-timestamp':
      return input;
  }
}

/** Checks a transformer with its store and returns the type of the values it makes. */
export function transformedValue(
  spec: TransformerSpec,
  { key, value }: KeyAndValue,
  stores: ReadonlyMap<string, StoreStep>,
): Column {
  if (spec.fn === 'fill' && value !== 'string')
    throw new CaseError(`"${spec.fn}" takes a value that is a string`);
  if (spec.fn === 'number') {
    if (typeof key !== 'string')
      throw new CaseError(`"${spec.fn}" takes a key that is plain, not ${describeColumn(key)}`);
    checkStore(spec.fn, stores.get(spec.store), spec.store, KEY_VALUE, { key, value: 'long' });
  }
  return 'string';
}

function checkStore(
  fn: string,
  store: StoreStep | undefined,
  name: string,
  kinds: readonly StoreStep['kind'][],
  wanted: KeyAndValue,
): void {
  if (store === undefined)
    throw new CaseError(`the processor uses the store "${name}": add it with a "store" step before`);
  if (!kinds.includes(store.kind))
    throw new CaseError(
      `"${fn}" takes a ${kinds.join(' or ')} store, and "${name}" is a ${store.kind} store`,
    );
  for (const column of ['key', 'value'] as const) {
    if (!isSameColumn(store[column], wanted[column]))
      throw new CaseError(
        `the store "${name}" has a ${column} that is ${describeColumn(store[column])}, ` +
          `but "${fn}" puts ${describeColumn(wanted[column])}`,
      );
  }
}
