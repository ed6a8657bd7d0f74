import { memo } from 'react';
import type { Payload } from '#shared/contract/cluster-types.ts';
import { formatCount } from '../../strings/counts.ts';
import { formatAge, formatInstant } from '../../strings/record-times.ts';
import { classNames } from '../../ui/class-names.ts';
import { payloadLine } from './payload-text.ts';
import type { KeptRecord } from './record-buffer.ts';
import { RecordDetail } from './record-detail.tsx';
import css from './record-list.module.css';

interface RecordRowProps {
  readonly kept: KeptRecord;
  readonly now: number;
  readonly open: boolean;
  readonly onToggle: (id: number) => void;
}

/** A record on one line; pressing it opens the whole of it below. */
export const RecordRow = memo(
  function RecordRow({ kept, now, open, onToggle }: RecordRowProps) {
    const { partition, offset, timestamp, key, value } = kept.record;
    return (
      <>
        <button
          type="button"
          aria-expanded={open}
          className={classNames(css.row, open && css.open)}
          onClick={() => onToggle(kept.id)}
        >
          <span className="visually-hidden">
            Record {offset} of partition {partition}:
          </span>
          <span className={classNames(css.end, css.dim)} title={formatInstant(timestamp)}>
            {formatAge(timestamp, now)}
          </span>
          <span className={classNames(css.end, css.dim)}>{partition}</span>
          <span className={css.end}>{formatCount(offset)}</span>
          <PayloadCell payload={key} />
          <PayloadCell payload={value} tombstone />
        </button>
        {open ? <RecordDetail record={kept.record} /> : null}
      </>
    );
  },
  (before, after) =>
    before.kept === after.kept &&
    before.open === after.open &&
    // The age is the only thing that time changes.
    formatAge(before.kept.record.timestamp, before.now) === formatAge(after.kept.record.timestamp, after.now),
);

interface PayloadCellProps {
  readonly payload: Payload;
  readonly tombstone?: boolean;
}

function PayloadCell({ payload, tombstone = false }: PayloadCellProps) {
  return (
    <span className={classNames(css.payload, payload.kind === 'null' && css.null)}>
      {payload.kind === 'null' && tombstone ? 'null (tombstone)' : payloadLine(payload).slice(0, 600)}
    </span>
  );
}
