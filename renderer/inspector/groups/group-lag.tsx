import { useMemo, useState } from 'react';
import type { PartitionLag } from '#shared/contract/inspect.ts';
import { formatBehind, formatCount } from '../../strings/counts.ts';
import { classNames } from '../../ui/class-names.ts';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from '../detail-page.module.css';
import { type FactColumn, FactsTable } from '../lists/facts-table.tsx';
import { LongName } from '../lists/long-name.tsx';

type LagOrder = 'place' | 'worst';

const orders: readonly { readonly value: LagOrder; readonly label: string }[] = [
  { value: 'place', label: 'Partition' },
  { value: 'worst', label: 'Worst first' },
];

const columns: readonly FactColumn<PartitionLag>[] = [
  {
    id: 'partition',
    title: 'Partition',
    width: 'minmax(96px, 2fr)',
    lead: true,
    hint: ({ topic, partition }) => `${topic}, partition ${partition}`,
    cell: ({ topic, partition }) => (
      <span className={css.place}>
        <LongName name={topic} />
        <span className={classNames(css.mono, css.dim)}>{partition}</span>
      </span>
    ),
  },
  {
    id: 'behind',
    title: 'Behind',
    width: 'minmax(76px, 1fr)',
    align: 'end',
    lead: true,
    cell: ({ lagMs }) => (lagMs === null ? '?' : formatBehind(lagMs)),
  },
  { id: 'lag', title: 'lag', width: 'minmax(44px, 0.7fr)', align: 'end', cell: ({ lag }) => figure(lag) },
  {
    id: 'progress',
    title: 'at',
    width: '0',
    only: 'narrow',
    hint: () => 'Committed offset and end of the partition',
    cell: ({ committed, endOffset }) =>
      `${committed === null ? 'never' : figure(committed)} of ${figure(endOffset)}`,
  },
  {
    id: 'committed',
    title: 'committed',
    only: 'wide',
    width: 'minmax(62px, 0.8fr)',
    align: 'end',
    cell: ({ committed }) => (committed === null ? 'never' : figure(committed)),
  },
  {
    id: 'end',
    title: 'end',
    only: 'wide',
    width: 'minmax(56px, 0.8fr)',
    align: 'end',
    cell: ({ endOffset }) => figure(endOffset),
  },
  {
    id: 'owner',
    title: 'owner',
    width: 'minmax(60px, 1.4fr)',
    hint: ({ owner }) => owner ?? 'No member has this partition now.',
    cell: ({ owner }) => owner ?? 'nobody',
  },
];

/** How far behind the group is, for each partition it has to do with. */
export function GroupLag({ lag }: { readonly lag: readonly PartitionLag[] }) {
  const [order, setOrder] = useState<LagOrder>('place');
  const rows = useMemo(() => lag.toSorted(order === 'place' ? byPlace : byWorst), [lag, order]);
  return (
    <Section title="Lag by partition" count={lag.length}>
      {lag.length === 0 ? (
        <p className={css.none}>The group has committed nothing and has no partitions.</p>
      ) : (
        <>
          <div className={css.lagHead}>
            <Segmented label="Order of partitions" value={order} choices={orders} onChoose={setOrder} />
          </div>
          <FactsTable
            label="Lag by partition"
            columns={columns}
            rows={rows}
            rowKey={({ topic, partition }) => `${topic} ${partition}`}
            wideFrom={440}
          />
        </>
      )}
    </Section>
  );
}

function byPlace(a: PartitionLag, b: PartitionLag): number {
  return a.topic.localeCompare(b.topic) || a.partition - b.partition;
}

function byWorst(a: PartitionLag, b: PartitionLag): number {
  return (b.lagMs ?? -1) - (a.lagMs ?? -1) || (b.lag ?? -1) - (a.lag ?? -1) || byPlace(a, b);
}

function figure(value: number | null): string {
  return value === null ? '?' : formatCount(value);
}
