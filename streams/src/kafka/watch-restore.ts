import type { RestoreProgress } from './restore-listener.ts';
import type { RuntimeParts } from './runtime-parts.ts';

/** Shows how far a restore is in the metrics, and logs its beginning and its end. */
export function watchRestore(
  { config: { logger }, metrics }: Pick<RuntimeParts, 'config' | 'metrics'>,
  { task, store, topic, partition, from, to, restored, position }: RestoreProgress,
): void {
  const remaining = to - position;
  metrics.restoring(task, store, remaining > 0 ? remaining : null);
  const place = { task, store, topic, partition };
  if (remaining <= 0) logger.info('store restored', { ...place, records: restored });
  else if (position === from) logger.info('restoring a store', { ...place, from, to });
}
