import type { ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';

/** A step that looks at records and passes them on; commits wait for the promises of what it looks with. */
export function sideEffect<K, V>(action: (key: K, value: V) => unknown): ProcessorSupplier {
  const supplier: ProcessorSupplier<K, V, K, V> = () => {
    let wait: (work: Promise<unknown>) => void = () => undefined;
    let forward: (record: StreamRecord<K, V>) => void = () => undefined;
    return {
      init(context) {
        wait = (work) => context.awaitBeforeCommit(work);
        forward = (record) => context.forward(record);
      },
      process(record) {
        const work = action(record.key, record.value);
        if (work instanceof Promise) wait(work);
        forward(record);
      },
    };
  };
  return supplier as ProcessorSupplier;
}
