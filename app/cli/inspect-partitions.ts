import type { Command } from 'commander';
import { print, printJson } from './print.ts';
import { formatTable } from './table.ts';
import { addClusterOptions, type ClusterFlags, withCluster } from './with-cluster.ts';

const header = ['PARTITION', 'LEADER', 'REPLICAS', 'IN SYNC', 'START', 'END', 'STABLE', 'RECORDS'];

export function addInspectPartitions(inspect: Command): void {
  addClusterOptions(
    inspect
      .command('partitions')
      .description('the partitions of a topic: leaders, replicas and offsets')
      .argument('<TOPIC>'),
  ).action(async (topic: string, { bootstrap, json }: ClusterFlags) =>
    withCluster(bootstrap, async ({ cluster, inspect, signal }) => {
      const described = await inspect.topic({ cluster, topic }, signal);
      if (json) return printJson(described);
      const rows = described.partitions.map((one) => [
        one.partition,
        one.leader,
        one.replicas.join(','),
        one.inSync.join(','),
        one.startOffset,
        one.endOffset,
        one.lastStableOffset,
        one.startOffset === null || one.endOffset === null ? null : one.endOffset - one.startOffset,
      ]);
      return print(formatTable(header, rows));
    }),
  );
}
