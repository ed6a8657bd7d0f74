import { useMemo, useState } from 'react';
import type { StoreContent, StoreEntry } from '#shared/contract/inspect.ts';
import { formatCount } from '../../strings/counts.ts';
import { formatAge, formatInstant } from '../../strings/record-times.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { payloadBlock, payloadLine } from '../records/payload-text.ts';
import { useNow } from '../use-now.ts';
import css from './store-table.module.css';

interface StoreTableProps {
  readonly content: StoreContent;
  readonly contains: string;
}

/** The entries of a store. The one that is chosen is laid out beside them. */
export function StoreTable({ content, contains }: StoreTableProps) {
  const now = useNow(1_000);
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(content.kind, now), [content.kind, now]);
  const entry = content.entries.find((each) => keyOf(each) === chosen);
  return (
    <div className={css.split}>
      <div className={css.table}>
        <Table
          label="Store entries"
          columns={columns}
          rows={content.entries}
          rowKey={keyOf}
          selected={chosen}
          onSelect={(each) => setChosen(keyOf(each) === chosen ? null : keyOf(each))}
          empty={
            <EmptyState
              title={contains === '' ? 'The store is empty' : 'No entry has these words'}
              text={
                contains === ''
                  ? 'Its changelog holds no key that is still alive.'
                  : `“${contains}” is in no key and no value of what was scanned.`
              }
            />
          }
        />
      </div>
      {entry === undefined ? null : <Entry entry={entry} />}
    </div>
  );
}

function columnsOf(kind: StoreContent['kind'], now: number): readonly Column<StoreEntry>[] {
  const updated: Column<StoreEntry> = {
    id: 'updated',
    title: 'Updated',
    width: '68px',
    align: 'end',
    mono: true,
    cell: ({ timestamp }) => (
      <span className={css.dim} title={formatInstant(timestamp)}>
        {formatAge(timestamp, now)}
      </span>
    ),
  };
  const window: Column<StoreEntry> = {
    id: 'window',
    title: 'Window',
    width: '196px',
    mono: true,
    cell: (entry) => <WindowCell entry={entry} />,
  };
  return [
    {
      id: 'key',
      title: 'Key',
      width: 'minmax(110px, 0.35fr)',
      mono: true,
      cell: ({ key }) => <span title={payloadLine(key)}>{payloadLine(key)}</span>,
    },
    ...(kind === 'keyValue' ? [] : [window]),
    {
      id: 'value',
      title: 'Value',
      width: 'minmax(140px, 1fr)',
      mono: true,
      cell: ({ value }) => payloadLine(value).slice(0, 600),
    },
    updated,
  ];
}

function WindowCell({ entry: { window } }: { readonly entry: StoreEntry }) {
  if (window === null) {
    return '';
  }
  const [day, start = ''] = formatInstant(window.start).split(' ');
  const end = window.end === null ? '?' : formatInstant(window.end).split(' ')[1];
  const whole = `${formatInstant(window.start)} – ${window.end === null ? 'end not known' : formatInstant(window.end)}`;
  return (
    <span title={whole}>
      <span className={css.dim}>{day?.slice(5)} </span>
      {withoutZeros(start)} – {withoutZeros(end ?? '?')}
    </span>
  );
}

/** Most windows start and end on whole seconds. */
function withoutZeros(time: string): string {
  return time.replace(/\.000$/, '');
}

function Entry({ entry: { key, value, timestamp, partition, offset } }: { readonly entry: StoreEntry }) {
  return (
    <section className={css.entry} aria-label="Chosen entry">
      <p className={css.key}>{payloadLine(key)}</p>
      <p className={css.facts}>
        {formatInstant(timestamp)}, changelog partition {partition}, offset {formatCount(offset)}
      </p>
      <pre className={css.value}>{payloadBlock(value)}</pre>
      {value.truncated ? (
        <p className={css.facts}>Cut at {formatCount(value.text.length)} characters.</p>
      ) : null}
    </section>
  );
}

function keyOf({ partition, key, window }: StoreEntry): string {
  return JSON.stringify([partition, key.text, window?.start ?? null, window?.end ?? null]);
}
