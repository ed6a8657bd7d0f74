import type { PartitionView } from '#shared/contract/cluster-types.ts';
import { formatCount } from '../../strings/counts.ts';
import { Badge } from '../../ui/badge.tsx';
import css from '../detail-page.module.css';
import { type FactColumn, FactsTable } from '../lists/facts-table.tsx';

const columns: readonly FactColumn<PartitionView>[] = [
  {
    id: 'partition',
    title: 'Partition',
    width: 'minmax(28px, 0.6fr)',
    lead: true,
    cell: ({ partition }) => <span className={css.mono}>{partition}</span>,
  },
  {
    id: 'offsets',
    title: 'Start – end',
    width: 'minmax(84px, 1.6fr)',
    align: 'end',
    lead: true,
    cell: ({ startOffset, endOffset }) => (
      <span className={css.mono}>
        {offset(startOffset)} – {offset(endOffset)}
      </span>
    ),
  },
  {
    id: 'leader',
    title: 'leader',
    width: 'minmax(40px, 0.7fr)',
    align: 'end',
    cell: ({ leader }) => (leader === null ? <Badge tone="error">none</Badge> : leader),
  },
  {
    id: 'replicas',
    title: 'replicas',
    only: 'wide',
    width: 'minmax(52px, 1fr)',
    align: 'end',
    hint: ({ replicas }) => `Replicas on brokers ${replicas.join(', ')}`,
    cell: ({ replicas }) => replicas.join(' '),
  },
  {
    id: 'isr',
    title: 'ISR',
    width: 'minmax(52px, 1fr)',
    align: 'end',
    hint: ({ inSync }) => `In sync on brokers ${inSync.join(', ')}`,
    cell: ({ inSync, replicas }) =>
      inSync.length < replicas.length ? (
        <Badge tone="warning">
          {inSync.length === 0 ? 'none' : inSync.join(' ')} of {replicas.join(' ')}
        </Badge>
      ) : (
        inSync.join(' ')
      ),
  },
  {
    id: 'lso',
    title: 'LSO',
    width: 'minmax(56px, 1fr)',
    align: 'end',
    hint: () => 'Last stable offset: up to here, every transaction has ended',
    cell: ({ lastStableOffset }) => offset(lastStableOffset),
  },
];

/** Each partition: where it lies, and from which offset to which it reaches. */
export function TopicPartitions({ partitions }: { readonly partitions: readonly PartitionView[] }) {
  return (
    <FactsTable
      label="Partitions"
      columns={columns}
      rows={partitions}
      rowKey={({ partition }) => String(partition)}
      wideFrom={420}
    />
  );
}

function offset(value: number | null): string {
  return value === null ? '?' : formatCount(value);
}
