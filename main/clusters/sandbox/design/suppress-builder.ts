import { BufferConfig, Suppressed } from '@millstream/streams';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { suppressName } from '#shared/design/queries/kafka-names.ts';
import type { AnyTable } from './build-context.ts';

/** The table, with its results held back where the drawing says so. */
export function suppressed({ suppress, store }: OperatorOf<'aggregate'>, table: AnyTable): AnyTable {
  if (suppress === undefined || suppress.kind === 'onWindowClose') return table;
  const name = { name: suppressName(store) };
  if (suppress.kind === 'untilWindowCloses') {
    return table.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), name);
  }
  const { waitMs, maxRecords } = suppress;
  const buffer = maxRecords === undefined ? BufferConfig.unbounded() : BufferConfig.maxRecords(maxRecords);
  return table.suppress(Suppressed.untilTimeLimit(waitMs, buffer), name);
}
