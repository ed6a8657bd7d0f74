import type { Command } from 'commander';
import { print, printJson } from './print.ts';
import { formatTable } from './table.ts';
import { addClusterOptions, type ClusterFlags, withCluster } from './with-cluster.ts';

export function addInspectTopics(inspect: Command): void {
  addClusterOptions(inspect.command('topics').description('every topic of the cluster')).action(
    async ({ bootstrap, json }: ClusterFlags) =>
      withCluster(bootstrap, async ({ cluster, inspect, signal }) => {
        const { topics } = await inspect.topics({ cluster }, signal);
        if (json) return printJson({ topics });
        const rows = topics.map((topic) => [
          topic.name,
          topic.partitions,
          topic.replication,
          topic.underReplicated,
          topic.offline,
          topic.internal ? 'internal' : '',
        ]);
        const header = ['TOPIC', 'PARTITIONS', 'REPLICATION', 'UNDER-REPLICATED', 'OFFLINE', 'KIND'];
        return print(formatTable(header, rows) || 'The cluster has no topics.\n');
      }),
  );
}
