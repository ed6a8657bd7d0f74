import type { ProcessorSpec } from './function-format.ts';

/** The stores a processor is connected to. */
export function processorStores(spec: ProcessorSpec): readonly string[] {
  return 'store' in spec ? [spec.store] : [];
}
