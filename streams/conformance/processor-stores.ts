import type { ProcessorSpec, TransformerSpec } from './function-format.ts';

/** The stores a processor or a transformer is connected to. */
export function processorStores(spec: ProcessorSpec | TransformerSpec): readonly string[] {
  return 'store' in spec ? [spec.store] : [];
}
