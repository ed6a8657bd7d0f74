import { memo } from 'react';
import type { TopicListing } from '#shared/contract/cluster-types.ts';
import type { OverlayTopic } from '#shared/contract/inspect.ts';
import type { TopicRole } from '#shared/design/design.ts';
import { counted, formatCount, formatRate } from '../../strings/counts.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TopicGlyph } from '../../ui/kafka-glyphs.tsx';
import css from '../lists/list-page.module.css';
import { LongName } from '../lists/long-name.tsx';

interface TopicRowProps {
  readonly topic: TopicListing;
  readonly figure: OverlayTopic | undefined;
  /** The role it has in the drawing; absent: it is not drawn. */
  readonly role: TopicRole | undefined;
}

/** Rendered anew only when its own figures change, however fast one scrolls. */
export const TopicRow = memo(function TopicRow({ topic, figure, role }: TopicRowProps) {
  const { name, partitions, underReplicated, offline } = topic;
  const rate = figure?.rate ?? null;
  return (
    <div className={css.row}>
      <span className={css.first}>
        <span className={classNames(css.glyph, role !== undefined && css[role])}>
          <TopicGlyph size={14} />
        </span>
        <LongName name={name} className={css.name} />
        {rate === null ? null : <span className={css.figure}>{formatRate(rate)}</span>}
      </span>
      <span className={css.second}>
        <span className={css.facts}>
          {counted(partitions, 'partition')}
          {figure === undefined ? '' : ` · ${counted(figure.records, 'record')}`}
          {topic.internal ? ' · internal' : ''}
        </span>
        {offline > 0 ? <Badge tone="error">{formatCount(offline)} offline</Badge> : null}
        {underReplicated > 0 ? (
          <Badge
            tone="warning"
            title={`${counted(underReplicated, 'partition')} with too few in-sync replicas`}
          >
            {formatCount(underReplicated)} under-replicated
          </Badge>
        ) : null}
      </span>
    </div>
  );
});
