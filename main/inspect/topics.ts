import type { TopicListing } from '#shared/contract/cluster-types.ts';
import type { ClusterPort } from '../clusters/cluster-port.ts';

/** Every topic of the cluster by name, the cluster's own ones last. */
export async function listTopics(port: ClusterPort, signal?: AbortSignal): Promise<TopicListing[]> {
  const topics = await port.listTopics(signal);
  return topics.toSorted((a, b) => Number(a.internal) - Number(b.internal) || compareNames(a.name, b.name));
}

export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
