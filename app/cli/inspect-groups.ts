import type { Command } from 'commander';
import { print, printJson } from './print.ts';
import { formatTable } from './table.ts';
import { addClusterOptions, type ClusterFlags, withCluster } from './with-cluster.ts';

export function addInspectGroups(inspect: Command): void {
  addClusterOptions(
    inspect.command('groups').description('every group of the cluster, of every kind'),
  ).action(async ({ bootstrap, json }: ClusterFlags) =>
    withCluster(bootstrap, async ({ cluster, inspect, signal }) => {
      const { groups } = await inspect.groups({ cluster }, signal);
      if (json) return printJson({ groups });
      const rows = groups.map((group) => [group.id, group.type, group.state, group.protocolType]);
      return print(
        formatTable(['GROUP', 'TYPE', 'STATE', 'PROTOCOL'], rows) || 'The cluster has no groups.\n',
      );
    }),
  );
}
