import type { ClusterPort } from '../../cluster-port.ts';

/** Records between what a group committed and the ends, over the partitions it committed. */
export async function groupLag(port: ClusterPort, group: string): Promise<number> {
  const committed = await port.committedOffsets(group);
  const ends = await port.listOffsets(committed, 'latest');
  const endOf = new Map(ends.map(({ topic, partition, offset }) => [`${topic} ${partition}`, offset ?? 0]));
  return committed.reduce(
    (sum, { topic, partition, offset }) => sum + (endOf.get(`${topic} ${partition}`) ?? 0) - offset,
    0,
  );
}
