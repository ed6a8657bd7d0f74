import { useMemo, useState } from 'react';
import type { StoreContent, StoreEntry } from '#shared/contract/inspect.ts';
import { formatCount } from '../../strings/counts.ts';
import { formatAge, formatInstant } from '../../strings/record-times.ts';
import { storeDetailText, timesTitle } from '../../strings/store-words.ts';
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
  const { kind } = content;
  const hasTimes = content.entries.some((each) => each.window !== null);
  const columns = useMemo(() => columnsOf(kind, hasTimes, now), [kind, hasTimes, now]);
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

function columnsOf(
  kind: StoreContent['kind'],
  hasTimes: boolean,
  now: number,
): readonly Column<StoreEntry>[] {
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
    title: timesTitle(kind),
    width: '196px',
    mono: true,
    cell: (entry) => <WindowCell entry={entry} openEnd={kind === 'versioned' ? 'now' : '?'} />,
  };
  return [
    {
      id: 'key',
      title: 'Key',
      width: 'minmax(110px, 0.35fr)',
      mono: true,
      cell: ({ key }) => <span title={payloadLine(key)}>{payloadLine(key)}</span>,
    },
    ...(hasTimes ? [window] : []),
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

interface WindowCellProps {
  readonly entry: StoreEntry;
  /** What stands where no end is known. */
  readonly openEnd: string;
}

function WindowCell({ entry: { window }, openEnd }: WindowCellProps) {
  if (window === null) {
    return '';
  }
  const [day, start = ''] = formatInstant(window.start).split(' ');
  const end = window.end === null ? openEnd : formatInstant(window.end).split(' ')[1];
  const whole = `${formatInstant(window.start)} – ${window.end === null ? (openEnd === '?' ? 'end not known' : openEnd) : formatInstant(window.end)}`;
  return (
    <span title={whole}>
      <span className={css.dim}>{day?.slice(5)} </span>
      {withoutZeros(start)} – {withoutZeros(end ?? openEnd)}
    </span>
  );
}

/** Most windows start and end on whole seconds. */
function withoutZeros(time: string): string {
  return time.replace(/\.000$/, '');
}

function Entry({ entry }: { readonly entry: StoreEntry }) {
  const { key, value, detail, timestamp, partition, offset } = entry;
  return (
    <section className={css.entry} aria-label="Chosen entry">
      <p className={css.key}>{payloadLine(key)}</p>
      <p className={css.facts}>
        {formatInstant(timestamp)}, changelog partition {partition}, offset {formatCount(offset)}
      </p>
      {detail === null ? null : <p className={css.facts}>{capitalised(storeDetailText(detail))}.</p>}
      {detail?.of === 'heldBack' ? (
        <p className={css.facts}>Readers of the table see {payloadLine(detail.before)} meanwhile.</p>
      ) : null}
      <pre className={css.value}>{payloadBlock(value)}</pre>
      {value.truncated ? (
        <p className={css.facts}>Cut at {formatCount(value.text.length)} characters.</p>
      ) : null}
    </section>
  );
}

/** A changelog's key may stand for several values that wait. */
function keyOf({ partition, key, value, window, timestamp, detail }: StoreEntry): string {
  const more = detail === null ? [] : [timestamp, value.text, detail];
  return JSON.stringify([partition, key.text, window?.start ?? null, window?.end ?? null, ...more]);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
