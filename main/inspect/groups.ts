import type { GroupDescription, GroupListing } from '#shared/contract/cluster-types.ts';
import type { PartitionLag } from '#shared/contract/inspect.ts';
import { ClusterError, type ClusterPort } from '../clusters/cluster-port.ts';
import { readGroupLag } from './group-lag.ts';
import { compareNames } from './topics.ts';

export async function listGroups(port: ClusterPort, signal?: AbortSignal): Promise<GroupListing[]> {
  return (await port.listGroups(signal)).toSorted((a, b) => compareNames(a.id, b.id));
}

/** A group with its members, and how far behind it is on every partition it has to do with. */
export async function describeGroup(
  port: ClusterPort,
  id: string,
  signal?: AbortSignal,
): Promise<{ group: GroupDescription; lag: PartitionLag[] }> {
  const [group] = await port.describeGroups([id], signal);
  if (!group) throw new ClusterError('not-found', `There is no group "${id}" on this cluster.`);
  return { group, lag: await readGroupLag(port, group, {}, signal) };
}
