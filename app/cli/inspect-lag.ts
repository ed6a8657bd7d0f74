import type { Command } from 'commander';
import type { PartitionLag } from '#shared/contract/inspect.ts';
import { print, printJson } from './print.ts';
import { formatTable } from './table.ts';
import { addClusterOptions, type ClusterFlags, type OpenCluster, withCluster } from './with-cluster.ts';

const header = ['GROUP', 'TOPIC', 'PARTITION', 'COMMITTED', 'END', 'LAG', 'BEHIND', 'OWNER'];

interface GroupLag {
  readonly group: string;
  readonly state: string;
  /** What could not be read of the group, in one sentence. */
  readonly incomplete: string | null;
  readonly lag: readonly PartitionLag[];
}

export function addInspectLag(inspect: Command): void {
  addClusterOptions(
    inspect
      .command('lag')
      .description('how far a group is behind on each partition; without a group, all of them')
      .argument('[GROUP]'),
  ).action(async (group: string | undefined, { bootstrap, json }: ClusterFlags) =>
    withCluster(bootstrap, async (open) => {
      const found = await readLag(open, group);
      if (json) return printJson({ groups: found });
      const rows = found.flatMap((one) => one.lag.map((lag) => toRow(one.group, lag)));
      const notes = found.flatMap((one) => (one.incomplete ? [`${one.group}: ${one.incomplete}\n`] : []));
      return print((formatTable(header, rows) || 'No group has committed anything.\n') + notes.join(''));
    }),
  );
}

async function readLag(
  { cluster, inspect, signal }: OpenCluster,
  only: string | undefined,
): Promise<GroupLag[]> {
  const ids =
    only === undefined ? (await inspect.groups({ cluster }, signal)).groups.map(({ id }) => id) : [only];
  const found: GroupLag[] = [];
  for (const id of ids) {
    const { group, lag } = await inspect.group({ cluster, group: id }, signal);
    found.push({ group: id, state: group.state, incomplete: group.incomplete, lag });
  }
  return found;
}

function toRow(group: string, one: PartitionLag) {
  return [
    group,
    one.topic,
    one.partition,
    one.committed,
    one.endOffset,
    one.lag,
    one.lagMs === null ? null : formatDuration(one.lagMs),
    one.owner,
  ];
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

export function formatDuration(milliseconds: number): string {
  const fitting = units.find(([, length]) => milliseconds >= length);
  if (!fitting) return `${Math.round(milliseconds)} ms`;
  const [unit, length] = fitting;
  return `${(milliseconds / length).toFixed(1)} ${unit}`;
}
