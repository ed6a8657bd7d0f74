import { useCallback } from 'react';
import { useWindow } from '../../store/window-context.tsx';
import { useClusterHandle } from '../use-inspector.ts';
import { usePolled } from '../use-polled.ts';

/** How many partitions a topic has on the cluster; 0 until that is known. */
export function usePartitionCount(topic: string): number {
  const { client } = useWindow();
  const cluster = useClusterHandle();
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const { topics } = await client.inspect.topics({ cluster: cluster ?? '' }, signal);
      return topics.find(({ name }) => name === topic)?.partitions ?? 0;
    },
    [client, cluster, topic],
  );
  return usePolled(cluster === null ? null : ask, 30_000).value ?? 0;
}
