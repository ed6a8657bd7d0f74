import type { ValueTransformer } from '../src/processor.ts';
import type { KeyValueStore } from '../src/state-stores.ts';
import type { TransformerSpec } from './function-format.ts';
import { show } from './functions.ts';

/** The named transformers of cases. */
export function createTransformer(spec: TransformerSpec): ValueTransformer<unknown, unknown, unknown> {
  switch (spec.fn) {
    case 'number':
      return numbering(spec.store);
    case 'with-time':
      return withTime();
    case 'fill':
      return { transform: (_key, value) => value ?? spec.text };
  }
}

function numbering(name: string): ValueTransformer<unknown, unknown, unknown> {
  let counts: KeyValueStore<unknown, number>;
  return {
    init(context) {
      counts = context.getStateStore(name);
    },
    transform(key, value) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.put(key, count);
      return value === null ? null : `${show(value)}#${count}`;
    },
  };
}

function withTime(): ValueTransformer<unknown, unknown, unknown> {
  let now = (): number => -1;
  return {
    init(context) {
      now = () => context.currentStreamTimeMs();
    },
    transform: (_key, value) => (value === null ? null : `${show(value)}@${now()}`),
  };
}
